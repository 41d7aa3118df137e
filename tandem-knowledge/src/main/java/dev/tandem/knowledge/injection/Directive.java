package dev.tandem.knowledge.injection;

import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.regex.Pattern;

/** What the words of a sentence say of whether it directs a language model. Each is a number; the model weighs them. */
enum Directive {
    /** It speaks of the reply that its reader is about to give. */
    REPLY("\\b(?:your|the|each|every)\\s+(?:(?:next|final|own|entire|whole|complete|following|future|subsequent)\\s+)?"
            + "(?:answers?|responses?|repl(?:y|ies)|outputs?|completions?|messages?)\\b"
            + "|\\b(?:you|your)\\s+(?:answer|respond|reply|output)\\b"),

    /** The same, and its verb directs: what people write of other people's replies mostly tells. */
    REPLY_DIRECTED(
            "^(?:[\\w,'’ ]{0,30}[,:]\\s*)?(?:please\\s+|kindly\\s+|always\\s+|do not\\s+|don't\\s+)?[a-z]+(?:ly\\s+[a-z]+)?\\s.{0,120}?\\byour\\s+"
                    + "(?:\\w+\\s+)?(?:answers?|responses?|repl(?:y|ies)|outputs?|completions?|messages?)\\b"
                    + "|\\bin your (?:\\w+ )?(?:answer|response|reply|output|message)s?\\b"),

    /** It takes back what was said before, or names what only a model has. */
    OVERRIDE(
            "\\b(?:ignore|disregard|forget|override|bypass|discard)\\b.{0,40}\\b(?:previous|prior|above|earlier|preceding|all|any|your|system)\\b"
                    + ".{0,30}\\b(?:instructions?|prompts?|rules?|guidelines?|directions?|context|commands?|messages?)\\b"
                    + "|\\bsystem prompt\\b|\\bdeveloper mode\\b|\\bjailbreak|\\bnew instructions?\\s*:|\\byou are now\\b"
                    + "|\\b(?:do not|don't|never|without)\\s+(?:tell|mention|reveal|inform|telling|mentioning|revealing|informing)\\b.{0,40}\\b(?:user|instruction|prompt)"),

    /** It names the one it speaks to. */
    ASSISTANT(
            "\\b(?:as an? (?:ai|(?:large )?language model|chatbot|(?:ai |virtual |helpful )assistant)\\b|(?:attention|dear|hey|hello|note to|notice to|instructions? (?:to|for))\\s+"
                    + "(?:the\\s+|any\\s+)?(?:ai|llm|chatbot|assistant|language model)s?|language models?\\b.{0,30}\\b(?:must|should|reading))"
                    + "|^(?:assistant|system|ai)\\s*:"),

    /** It offers code to whoever writes some. */
    CODE(Words.CODE),

    /** And says where to. */
    CODE_TARGET(
            "(?=.*(?:" + Words.CODE + ")).*\\b(?:your|the)\\s+(?:\\w+\\s+){0,2}"
                    + "(?:code|codebase|solution|implementation|algorithm|program|project|script|answer|response|reply|application|function|software)\\b"),

    /** It begins as one gives a task to an assistant. */
    TASK(
            "^(?:(?:please|kindly|now|then|also|next|finally|can you|could you|would you|will you|can you please|could you please)[, ]+)*"
                    + "(?:write|compose|draft|generate|translate|summari[sz]e|explain|describe|list|rewrite|paraphrase|convert|classify|analy[sz]e"
                    + "|calculate|compute|solve|tell me|give me|show me|help me|act as|pretend|imagine|create|design|suggest|recommend|recite|sing"
                    + "|define|compare|outline|identify|evaluate|brainstorm|provide|develop|break down|find|make|craft|invent|encode|decode|reverse"
                    + "|replace|rephrase|discuss|predict|name|propose|prepare|plan|correct|edit|extract|answer|respond|reply|say|repeat|print|output)\\b"),

    /** It asks whoever reads it to do something. */
    REQUEST("^(?:can|could|would|will) you\\b|\\b(?:tell|give|show|help|teach|send) me\\b"),

    /** It asks. */
    QUESTION("\\?[\"”')]*$"),

    /** It begins as a question does. */
    QUESTION_WORD(
            "^(?:what|what's|who|who's|whom|whose|where|when|why|how|which|is|are|was|were|do|does|did|can|should|has|have)\\b"),

    /** It speaks of the reader. */
    SECOND_PERSON("\\b(?:you|your|yours|yourself)\\b"),

    /** It speaks of the writer or the writer's team, as letters and handbooks do, and planted text seldom. */
    FIRST_PERSON("\\b(?:we|our|us|i|my|i'm|we're|i've|we've)\\b"),

    /** It asks about its own writer: questions that a document answers do. */
    OWN_QUESTION("\\b(?:we|our|us|i|my|i'm|we're|i've|we've)\\b.*\\?[\"”')]*$"),

    /** It points at what stands around it. */
    POINTER("\\b(?:this|these|here)\\b"),

    /** It leads to something outside. */
    LINK(
            "https?://|\\bwww\\.|\\b[\\w.-]+@[\\w-]+\\.\\w+|\\b[a-z0-9-]+\\.(?:com|net|org|xyz|io|ru|info)\\b|!\\[[^\\]]*\\]\\(");

    /** Verbs that begin instructions, beyond those of {@link #TASK}. */
    private static final Set<String> VERBS =
            Set.of(("abbreviate absorb act add adopt advise advertise alter always anagram append apply arrange"
                            + " ask assume attach augment avoid be begin blend boost build call capitalize censor change check choose claim click combine conclude"
                            + " confirm consider contact continue copy deny deploy direct disguise display do don't download embed emphasize employ encourage encrypt"
                            + " end engage enhance enlist enrich ensure enter execute express fetch fill finish follow format forward fuse get go group guide"
                            + " harmonize hide highlight impersonate incorporate include infuse inject insert install instruct integrate interweave introduce invite invoke"
                            + " join jumble keep leave let leverage link load mask meld mention merge misspell mix mock modify never note obfuscate offer"
                            + " omit open perform persuade play post present pretend promote put quote randomly read rearrange refer refuse remember remind remove"
                            + " render reorder report request respond return reveal run scramble search send set share shift shuffle sign sort speak spell start"
                            + " state stop store substitute swap switch take talk tease transform treat try turn type update upload urge use utilize visit warn weave"
                            + " work wrap")
                    .split(" "));

    /** Patterns that others are made of. */
    private static final class Words {
        static final String CODE =
                "\\b(?:following|subsequent|below|above|next)\\s+(?:\\w+\\s+)?(?:code|snippets?|scripts?|function)\\b"
                        + "|\\bcode (?:snippet|excerpt|block|section|segment|fragment)s?\\b";
    }

    private static final Pattern FIRST_WORDS =
            Pattern.compile("^(?:(?:please|kindly|now|then|also|next|finally)[, ]+|\\w+ly[, ]+)?([a-z']+)");

    private static final double LEAST_LETTERS = 0.7;

    private final Pattern pattern;

    Directive(String pattern) {
        this.pattern = Pattern.compile(pattern, Pattern.DOTALL);
    }

    private static final List<Directive> ALL = List.of(values());

    private static final Set<Directive> OUTRIGHT = EnumSet.of(REPLY_DIRECTED, OVERRIDE, ASSISTANT, CODE_TARGET);

    /** How many numbers {@link #of} gives. */
    static final int COUNT = ALL.size() + 3;

    /** Whether a sentence is worth a closer look: most of what documents hold is not, and costs nothing more. */
    static boolean mayBeIn(String sentence) {
        var words = lower(sentence);
        if (!isProse(words)) {
            return false;
        }
        return TASK.pattern.matcher(words).find()
                || QUESTION.pattern.matcher(words).find()
                || OVERRIDE.pattern.matcher(words).find()
                || ASSISTANT.pattern.matcher(words).find()
                || CODE.pattern.matcher(words).find()
                || REPLY.pattern.matcher(words).find()
                || QUESTION_WORD.pattern.matcher(words).find()
                || beginsWithVerb(words);
    }

    /** How a sentence speaks. */
    enum Mood {
        ASKS,
        DIRECTS,
        TELLS
    }

    static Mood mood(String sentence) {
        var words = lower(sentence);
        if (QUESTION.pattern.matcher(words).find()) {
            return Mood.ASKS;
        }
        return TASK.pattern.matcher(words).find() || beginsWithVerb(words) ? Mood.DIRECTS : Mood.TELLS;
    }

    /** Whether a line of code, which no reader takes for prose, still speaks to a model. */
    static boolean isBlatant(String line) {
        var words = lower(line);
        return OVERRIDE.pattern.matcher(words).find()
                || ASSISTANT.pattern.matcher(words).find()
                || REPLY.pattern.matcher(words).find();
    }

    /** A number for each kind, then whether it begins with a verb, its length, and whether it is short. */
    static double[] of(String sentence) {
        var words = lower(sentence);
        var values = new double[COUNT];
        for (int i = 0; i < ALL.size(); i++) {
            values[i] = ALL.get(i).pattern.matcher(words).find() ? 1 : 0;
        }
        int length = words.split("\\s+").length;
        values[ALL.size()] = beginsWithVerb(words) ? 1 : 0;
        values[ALL.size() + 1] = Math.log(length);
        values[ALL.size() + 2] = length < 5 ? 1 : 0;
        return values;
    }

    /** Whether, by the numbers of {@link #of}, a sentence speaks to a model by its words alone. */
    static boolean isOutright(double[] words) {
        return OUTRIGHT.stream().anyMatch(each -> words[ALL.indexOf(each)] > 0);
    }

    /** Not a command line, a formula or a row of numbers. */
    private static boolean isProse(String words) {
        long letters =
                words.chars().filter(c -> Character.isLetter(c) || c == ' ').count();
        return letters >= LEAST_LETTERS * words.length() && !words.contains(" --");
    }

    private static boolean beginsWithVerb(String words) {
        var first = FIRST_WORDS.matcher(words);
        return first.find() && VERBS.contains(first.group(1));
    }

    private static String lower(String sentence) {
        return sentence.toLowerCase(Locale.ROOT)
                .replace('’', '\'')
                .replace('\n', ' ')
                .strip();
    }
}
