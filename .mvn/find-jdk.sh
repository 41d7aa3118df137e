# Sourced by ./tandem and ./mvnw: sets JAVA_HOME to a JDK 21 or newer, without starting a JVM.
# Looks at TANDEM_JAVA_HOME, JAVA_HOME, the PATH, then the usual folders (the newest there wins).
tandem_java_minimum=21

tandem_java_major() { # major version of the JDK in folder $1, read from its `release` file; nothing if none
  [ -x "$1/bin/java" ] && [ -x "$1/bin/javac" ] && [ -r "$1/release" ] &&
    sed -n 's/^JAVA_VERSION="\([0-9]*\).*/\1/p' "$1/release"
}

tandem_find_jdk() { # works under the caller's set -e and -u as without
  on_path=$(command -v javac 2>/dev/null || true)
  [ -z "$on_path" ] || on_path=$(dirname "$(dirname "$(readlink -f "$on_path" 2>/dev/null || echo "$on_path")")")
  for candidate in "${TANDEM_JAVA_HOME:-}" "${JAVA_HOME:-}" "${on_path:-}"; do
    major=$(tandem_java_major "$candidate" || true)
    if [ -n "$major" ] && [ "$major" -ge "$tandem_java_minimum" ]; then
      printf %s "$candidate"
      return 0
    fi
  done
  newest=0
  found=
  for candidate in /usr/lib/jvm/* /opt/java/* /opt/jdk* "$HOME"/.sdkman/candidates/java/* "$HOME"/.jdks/* \
    "$HOME"/.local/share/mise/installs/java/* /Library/Java/JavaVirtualMachines/*/Contents/Home; do
    major=$(tandem_java_major "$candidate" || true)
    if [ -n "$major" ] && [ "$major" -ge "$tandem_java_minimum" ] && [ "$major" -gt "$newest" ]; then
      newest=$major
      found=$candidate
    fi
  done
  [ -n "$found" ] && printf %s "$found"
}

if tandem_jdk=$(tandem_find_jdk); then
  JAVA_HOME=$tandem_jdk
  export JAVA_HOME
else
  echo "Tandem needs a JDK $tandem_java_minimum or newer and found none (looked at TANDEM_JAVA_HOME, JAVA_HOME, PATH, /usr/lib/jvm, ~/.sdkman, ~/.jdks)." >&2
  echo "Install one, for example Eclipse Temurin 25 from https://adoptium.net, or set JAVA_HOME to where it is." >&2
  exit 78
fi
