package dev.tandem.tuning.example.personal;

import java.util.Locale;

/** Checks that tell numbers of a kind from other digits. */
final class Checksums {
    private Checksums() {}

    /** Luhn's check of a card number: 12 to 19 digits, spaces and hyphens between them ignored. */
    static boolean card(CharSequence written) {
        int sum = 0;
        int count = 0;
        int first = -1;
        boolean alike = true;
        for (int i = written.length() - 1; i >= 0; i--) {
            int digit = Character.digit(written.charAt(i), 10);
            if (digit < 0) {
                continue;
            }
            alike &= first < 0 || digit == first;
            first = digit;
            int doubled = count % 2 == 1 ? 2 * digit : digit;
            sum += doubled > 9 ? doubled - 9 : doubled;
            count++;
        }
        // No card begins with 0, 1 (but JCB's old 1800), 7, 8 or 9.
        boolean issued = first >= 2 && first <= 6 || written.toString().startsWith("1800");
        return count >= 12 && count <= 19 && sum % 10 == 0 && issued && !alike;
    }

    /** ISO 13616: two letters, two check digits, and the whole modulo 97 is 1. */
    static boolean iban(CharSequence written) {
        var compact = written.toString().replaceAll("[\\s-]", "").toUpperCase(Locale.ROOT);
        if (compact.length() < 15 || compact.length() > 34) {
            return false;
        }
        int rest = 0;
        for (int i = 0; i < compact.length(); i++) {
            int value = Character.digit(compact.charAt((i + 4) % compact.length()), 36);
            rest = (value > 9 ? 100 * rest + value : 10 * rest + value) % 97;
        }
        return rest == 1;
    }

    /** Numbers that were never given out as US social security numbers. */
    static boolean socialSecurity(String area, String group, String serial) {
        return !area.equals("000")
                && !area.equals("666")
                && area.charAt(0) != '9'
                && !group.equals("00")
                && !serial.equals("0000");
    }
}
