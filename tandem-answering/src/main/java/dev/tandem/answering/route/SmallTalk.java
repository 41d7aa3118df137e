package dev.tandem.answering.route;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * Greetings, thanks, farewells, assent, and questions about who answers: a text of which nothing is left without a known phrase,
 * names and fillers, or whose words sound like it ({@link SmallTalkWords}), so that "hi, how many days of leave do I get?" is a question for the documents.
 */
final class SmallTalk {
    private static final String FILLERS =
            "(?: |^)(?:hi|hello|hey|please|ai|there|so|ok|okay|well|oh|really|very|much|just|again|now|today|everyone|friend|buddy|"
                    + "sir|then|for me|to me|tandem)(?= |$)";

    private static final String OTHER =
            "I answer questions from the documents of this workspace. What would you like to know?";

    private static final Map<Pattern, String> REPLIES = replies();

    private SmallTalk() {}

    /** The reply to a kind of talk; empty for what is no small talk. */
    static Optional<String> reply(TalkExamples.Kind kind) {
        return switch (kind) {
            case GREETING -> Optional.of("Hello. What would you like to know from the documents?");
            case WELLBEING -> Optional.of("All is well here. What would you like to know from the documents?");
            case THANKS -> Optional.of("You are welcome.");
            case BYE -> Optional.of("Goodbye.");
            case IDENTITY ->
                Optional.of(
                        "I am Tandem, a program: I answer questions from the documents of this workspace, and cite where each"
                                + " answer stands.");
            case CAPABILITY ->
                Optional.of(
                        "I answer questions from the documents of this workspace, and I calculate: \"what is 15% of 230?\""
                                + " What would you like to know?");
            case PERSON ->
                Optional.of(
                        "I am a program and have no life of my own. What would you like to know from the documents?");
            case JOKE -> Optional.of("I answer questions from documents; jokes are not among my talents.");
            case ASSENT -> Optional.of("All right. What would you like to know from the documents?");
            case COMPLAINT, FOLLOW_UP ->
                Optional.of("I am sorry if an answer was no help. Ask in other words, or name the document.");
            case REPEAT, MEMORY, DOCUMENTS -> Optional.empty();
        };
    }

    static Optional<String> reply(String text) {
        var said = text.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replaceAll("[^\\p{L}\\p{N}' ]+", " ")
                .replaceAll("\\s+", " ")
                .strip();
        if (said.isEmpty()) {
            return Optional.empty();
        }
        var bare = said.replaceAll(FILLERS, " ").replaceAll("\\s+", " ").strip();
        if (bare.isEmpty()) {
            return Optional.of("Hello. What would you like to know from the documents?");
        }
        return REPLIES.entrySet().stream()
                .filter(reply -> reply.getKey().matcher(said).matches()
                        || reply.getKey().matcher(bare).matches())
                .map(Map.Entry::getValue)
                .findFirst()
                .or(() -> SmallTalkWords.isSmallTalk(said) ? Optional.of(OTHER) : Optional.empty());
    }

    private static Map<Pattern, String> replies() {
        var replies = new LinkedHashMap<Pattern, String>();
        put(
                replies,
                "Hello. What would you like to know from the documents?",
                "hi|hello|hey|yo|hola|howdy|greetings|good (?:morning|afternoon|evening|day)|nice to (?:meet|see) you|what's up|whats up|"
                        + "(?:how's|hows|how is) (?:it going|everything|life)(?: with you)?|how are (?:you|things)(?: doing| going)?|"
                        + "how (?:do you do|have you been|are you feeling)|what's (?:going on|new)|whats (?:going on|new)");
        put(
                replies,
                "You are welcome.",
                "(?:many |a lot of )?thanks?(?: you)?(?: (?:so|very|a) (?:much|lot|bunch))*(?: (?:for|kindly).{0,40})?|thank you.{0,40}|"
                        + "i (?:appreciate|am thankful for|'m thankful for).{0,40}|cheers|much appreciated|great|perfect|awesome|nice");
        put(
                replies,
                "Goodbye.",
                "(?:good ?)?bye(?: bye)?|see (?:you|ya)(?: (?:later|soon|tomorrow))?|adios|farewell|good night|"
                        + "(?:it was |it's been )?(?:nice|good|great) (?:talking|chatting|speaking|to talk|to speak|to chat)(?: (?:to|with) you)?|"
                        + "have a (?:nice|good|great) (?:day|one|evening|weekend)|talk to you (?:later|soon)|later|goodbye.{0,20}");
        put(
                replies,
                "I am Tandem: I answer questions from the documents of this workspace, and cite where each answer stands.",
                "(?:who|what) are you|(?:what(?:'s| is)|whats|tell me|state) your name|do you have a name|who (?:made|built|created|designed|"
                        + "programmed|developed) you|(?:are|r) you (?:a |an )?(?:human|real|bot|robot|computer|machine|person|ai|alive|real person|"
                        + "real human)(?:(?: or)?(?: a| an)? (?:human|bot|robot|computer|machine|person|ai|real|real person|real human))*|"
                        + "what can (?:you do|you help(?: me)? with|i ask(?: you)?(?: about)?|you answer)|what do you know|"
                        + "what are you(?:r capabilities| able to do| capable of)|how can you help(?: me)?|how old are you|what is your age|"
                        + "what's your age|where are you from|where were you born|who do you work for|who is your boss|help");
        put(
                replies,
                "I answer questions from documents; jokes are not among my talents.",
                "(?:tell|say|give)(?: me)?(?: a| another| some)?(?: good| funny)? jokes?|do you (?:know|have) any(?: good)? jokes|"
                        + "(?:tell me|say) something funny|make me laugh");
        put(
                replies,
                "All right. What would you like to know from the documents?",
                "yes|yeah|yep|yup|sure|no|nope|nah|maybe|perhaps|i don't know|not sure|i'm not sure|that's (?:right|correct|true|wrong)|right|"
                        + "correct|exactly|true|false|never ?mind|cancel|stop|forget it|i see|understood|got it");
        return replies;
    }

    private static void put(Map<Pattern, String> replies, String reply, String phrases) {
        replies.put(Pattern.compile("(?:" + phrases + ")"), reply);
    }
}
