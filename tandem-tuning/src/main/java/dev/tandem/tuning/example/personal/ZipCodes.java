package dev.tandem.tuning.example.personal;

import java.util.regex.Pattern;

/** Post codes outside of addresses: behind a place, on a line of their own, or said to be one. */
final class ZipCodes {
    private static final String CODE =
            "(?:\\d{5}(?:-\\d{4})?|\\d{4}(?:-\\d{3})?|\\d{3} \\d{2}|\\d{2}-\\d{3}|\\d{3}|[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2}|[A-Z]\\d[A-Z] \\d[A-Z]\\d)";
    private static final Pattern PLACES =
            Pattern.compile("(?m)^[ >\\t]*(" + CODE + ")[ \\t]*$|\\b\\p{Lu}[\\p{L}.]+,? (" + CODE
                    + ")\\.?$|(?i:zip(?: ?code)?|post(?:al)? ?code|postcode)(?: is|:)? ?(" + CODE
                    + ")\\b|\\b[A-Z]{2} (\\d{5}(?:-\\d{4})?)\\b"
                    + "|\\b([A-Z]\\d[A-Z] \\d[A-Z]\\d|[A-Z]{1,2}\\d[A-Z\\d]? \\d[A-Z]{2})\\b");

    private ZipCodes() {}

    static void find(Found found) {
        if (!found.hasDigits()) {
            return;
        }
        var matcher = PLACES.matcher(found.text());
        while (matcher.find()) {
            for (int group = 1; group <= matcher.groupCount(); group++) {
                if (matcher.group(group) != null) {
                    found.add(PersonalKind.ZIP_CODE, matcher.start(group), matcher.end(group));
                }
            }
        }
    }
}
