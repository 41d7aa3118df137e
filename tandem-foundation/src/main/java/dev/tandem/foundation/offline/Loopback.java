package dev.tandem.foundation.offline;

import java.util.Locale;
import java.util.regex.Pattern;

/** Which hosts are this machine, told by their spelling alone: nothing is looked up. */
final class Loopback {
    private static final Pattern ADDRESS = Pattern.compile(
            "127(?:\\.(?:25[0-5]|2[0-4]\\d|1?\\d?\\d)){3}|\\[?(?:::1|(?:0{1,4}:){7}0{0,3}1)(?:%\\w+)?]?");

    private Loopback() {}

    static boolean is(String host) {
        var name = host.toLowerCase(Locale.ROOT);
        return name.equals("localhost")
                || name.endsWith(".localhost")
                || ADDRESS.matcher(name).matches();
    }
}
