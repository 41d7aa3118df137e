package dev.tandem.answering.route;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.regex.Pattern;

/** How people say calculations, rewritten in signs: "what is a fifth of 80", "how many times does 8 go into 2000?" */
final class SpokenArithmetic {
    private static final Pattern INTRODUCTION = Pattern.compile(
            "^(?:(?:please|hey|hi|ai|so|ok|okay|and|then|can you|could you|would you|will you|i need you to|i need to know|i want to know|i would"
                    + " like to know|tell me|help me|let me know|calculate|compute|solve|evaluate|work out|figure out|give me|find|do you know|"
                    + "what's|whats|what is|what are|what does|what do you get for|what do i get for|what would|what will|what|how much is|how much's|"
                    + "how much would|how many is|how much|the answer to|the answer for|the result of|the value of|the sum of (?=\\S+ plus)|equals)\\b[\\s,:]*)+");
    private static final Pattern END = Pattern.compile(
            "(?:\\s*(?:=|\\?|\\.(?!\\d)|!|,|please|equal to|equals?|be|is|for me|make|makes|come to|amount to|altogether|in total))+$");
    private static final String N = "(\\(?[\\d.]+(?: / \\d+\\))?%?)";
    private static final Map<Pattern, String> FORMS = forms();

    private SpokenArithmetic() {}

    private static Map<Pattern, String> forms() {
        var forms = new LinkedHashMap<Pattern, String>();
        put(forms, "(?<=\\d)\\s*(?:per cent|percent|pct)\\b", "%");
        put(forms, "\\b(?:dollars?|euros?|pounds?|cents?|bucks)\\b", " ");
        put(
                forms,
                "^(?:how many times (?:does|do|will|can) )" + N + " (?:go|goes|fit|fits) in(?:to)? " + N + "$",
                "$2 / $1");
        put(forms, "^(?:percentage|percent|%) (?:of|is) " + N + " (?:is|of) " + N + "$", "$2 / $1 * 100");
        put(forms, "^(?:subtract|take|deduct) " + N + " from " + N + "$", "$2 - $1");
        put(forms, "^" + N + " (?:subtracted|taken) from " + N + "$", "$2 - $1");
        put(forms, "^add " + N + " (?:to|and|plus) " + N + "$", "$1 + $2");
        put(forms, "^multiply " + N + " (?:by|with|and) " + N + "$", "$1 * $2");
        put(forms, "^(?:divide|split) " + N + " (?:by|into|among|between) " + N + "$", "$1 / $2");
        put(forms, "^split " + N + " " + N + " ways$", "$1 / $2");
        put(forms, "^(?:increase|raise) " + N + " by " + N + "$", "$1 + $1 * $2");
        put(forms, "^(?:decrease|reduce|lower) " + N + " by " + N + "%$", "$1 - $1 * $2%");
        put(forms, "^(?:the )?sum of " + N + " and " + N + "$", "$1 + $2");
        put(forms, "^(?:the )?difference (?:between|of) " + N + " and " + N + "$", "$1 - $2");
        put(forms, "^(?:the )?product of " + N + " and " + N + "$", "$1 * $2");
        put(forms, "^(?:the )?quotient of " + N + " and " + N + "$", "$1 / $2");
        put(forms, "^(?:the )?(?:average|mean) of " + N + " and " + N + "$", "($1 + $2) / 2");
        put(forms, "^(?:a |an )?" + N + " tip (?:on|for|of) (?:a |an )?" + N + "(?: bill| tab| check)?$", "$1 of $2");
        put(forms, "\\boff of\\b", "off");
        put(forms, "\\b(?:double|twice)\\b", " 2 * ");
        put(forms, "\\b(?:triple|thrice)\\b", " 3 * ");
        put(forms, "\\bto the (\\d+)(?:st|nd|rd|th)(?: power)?\\b", "^ $1");
        put(forms, "\\b(?:the )?square root of\\b", " root ");
        put(forms, "\\b(?:the )?factorial of " + N, "$1 factorial");
        put(forms, "\\bmultiplied by\\b", "*");
        put(forms, "\\bdivided by\\b", "/");
        put(forms, "\\b(?:raised )?to the power of\\b", "^");
        return forms;
    }

    private static void put(Map<Pattern, String> forms, String form, String signs) {
        forms.put(Pattern.compile(form), signs);
    }

    /** The expression that a text may be; any text is given back in some form. */
    static String expression(String question) {
        var text = question.toLowerCase(Locale.ROOT)
                .strip()
                .replaceAll("[$€£]", "")
                .replaceAll("(?<=\\d),(?=\\d{3}(?!\\d))", "");
        text = END.matcher(INTRODUCTION.matcher(text).replaceFirst("")).replaceFirst("");
        text = NumberWords.digits(text);
        for (var form : FORMS.entrySet()) {
            text = form.getKey()
                    .matcher(text)
                    .replaceAll(form.getValue())
                    .strip()
                    .replaceAll("\\s+", " ");
        }
        return text;
    }
}
