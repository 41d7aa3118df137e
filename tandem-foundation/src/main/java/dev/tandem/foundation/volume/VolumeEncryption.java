package dev.tandem.foundation.volume;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Whether what lies in a folder is encrypted on its medium, as far as can be seen without asking anybody for rights. Linux only: volumes
 * under dm-crypt (LUKS, also with LVM or RAID above) by what the kernel says of block devices, and file systems that encrypt by
 * themselves by their names. Encryption that cannot be seen from here (of single folders by fscrypt, of ZFS, of a disk by itself, of a
 * virtual machine's host) is {@link State#UNKNOWN} or {@link State#PLAIN}.
 *
 * @param how what encrypts it, or why it is not known, in words
 */
public record VolumeEncryption(State state, String how) {
    private static final Set<String> ENCRYPTING =
            Set.of("ecryptfs", "fuse.gocryptfs", "fuse.cryfs", "fuse.encfs", "fuse.securefs", "fuse.veracrypt");
    private static final Set<String> IN_MEMORY = Set.of("tmpfs", "ramfs");
    private static final Set<String> ELSEWHERE = Set.of("overlay", "zfs", "nfs", "nfs4", "cifs", "9p", "virtiofs");

    /** dm-crypt's mark in front of a device's identifier. */
    private static final String CRYPT = "CRYPT-";

    /** What is known. */
    public enum State {
        ENCRYPTED,
        PLAIN,
        UNKNOWN
    }

    /** Of the volume that a folder lies on; the folder need not be there yet. */
    public static VolumeEncryption of(Path folder) {
        var mounts = Path.of("/proc/self/mountinfo");
        if (!Files.isReadable(mounts)) {
            return new VolumeEncryption(State.UNKNOWN, "it can be seen on Linux only");
        }
        try {
            return of(real(folder), Files.readAllLines(mounts), Path.of("/sys"));
        } catch (IOException e) {
            return new VolumeEncryption(State.UNKNOWN, "the system does not say: " + e.getMessage());
        }
    }

    private static Path real(Path folder) throws IOException {
        var existing = folder.toAbsolutePath().normalize();
        while (existing.getParent() != null && !Files.exists(existing, LinkOption.NOFOLLOW_LINKS)) {
            existing = existing.getParent();
        }
        return existing.toRealPath();
    }

    /**
     * The same from what the kernel says.
     *
     * @param folder without links
     * @param mounts lines of {@code /proc/self/mountinfo}
     * @param sys where {@code sysfs} is mounted
     */
    static VolumeEncryption of(Path folder, List<String> mounts, Path sys) {
        return mounts.stream()
                .flatMap(line -> Mount.parse(line).stream())
                .filter(mount -> folder.startsWith(mount.point()))
                // Of several at one place the last one covers the others.
                .reduce((first, second) ->
                        second.point().getNameCount() >= first.point().getNameCount() ? second : first)
                .map(mount -> of(mount, sys))
                .orElseGet(() -> new VolumeEncryption(State.UNKNOWN, "no volume is mounted there"));
    }

    private static VolumeEncryption of(Mount mount, Path sys) {
        if (ENCRYPTING.contains(mount.type())) {
            return new VolumeEncryption(State.ENCRYPTED, mount.type());
        }
        if (IN_MEMORY.contains(mount.type())) {
            return new VolumeEncryption(State.UNKNOWN, "it is kept in memory (" + mount.type() + ")");
        }
        if (ELSEWHERE.contains(mount.type())) {
            return new VolumeEncryption(State.UNKNOWN, "what lies below " + mount.type() + " cannot be seen");
        }
        return device(mount, sys)
                .map(device -> isCrypt(device)
                        ? new VolumeEncryption(State.ENCRYPTED, "dm-crypt")
                        : new VolumeEncryption(State.PLAIN, "no encryption of " + mount.source() + " can be seen"))
                .orElseGet(() ->
                        new VolumeEncryption(State.UNKNOWN, "the system does not say what " + mount.source() + " is"));
    }

    /** Its folder in {@code sysfs}: by its numbers, or by its name for file systems that have numbers of their own (btrfs). */
    private static Optional<Path> device(Mount mount, Path sys) {
        var byNumbers = sys.resolve("dev/block").resolve(mount.numbers());
        if (Files.isDirectory(byNumbers)) {
            return Optional.of(byNumbers);
        }
        try {
            var name = Path.of(mount.source()).toRealPath().getFileName();
            return Optional.ofNullable(name)
                    .map(each -> sys.resolve("class/block").resolve(each.toString()))
                    .filter(Files::isDirectory);
        } catch (IOException noDevice) {
            return Optional.empty();
        }
    }

    /** A device is, or every device that it is made of. */
    private static boolean isCrypt(Path device) {
        try {
            var uuid = device.resolve("dm/uuid");
            if (Files.isRegularFile(uuid) && Files.readString(uuid).startsWith(CRYPT)) {
                return true;
            }
            var below = device.resolve("slaves");
            if (!Files.isDirectory(below)) {
                return false;
            }
            try (var parts = Files.list(below)) {
                var all = parts.sorted(Comparator.naturalOrder()).toList();
                return !all.isEmpty() && all.stream().allMatch(VolumeEncryption::isCrypt);
            }
        } catch (IOException unreadable) {
            return false;
        }
    }

    /**
     * A line of {@code /proc/self/mountinfo}, see proc(5).
     *
     * @param numbers of the device, major and minor
     */
    private record Mount(String numbers, Path point, String type, String source) {
        private static final int NUMBERS = 2;
        private static final int POINT = 4;

        static Optional<Mount> parse(String line) {
            var fields = Arrays.asList(line.split(" "));
            int end = fields.indexOf("-");
            return end > POINT && fields.size() > end + 2
                    ? Optional.of(new Mount(
                            fields.get(NUMBERS),
                            Path.of(unescaped(fields.get(POINT))),
                            fields.get(end + 1),
                            unescaped(fields.get(end + 2))))
                    : Optional.empty();
        }

        /** Spaces and such stand there in octal. */
        private static String unescaped(String field) {
            return field.replace("\\040", " ")
                    .replace("\\011", "\t")
                    .replace("\\012", "\n")
                    .replace("\\134", "\\");
        }
    }
}
