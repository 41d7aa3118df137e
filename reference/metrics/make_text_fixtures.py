"""Makes the golden fixtures of the text metrics with sacrebleu (BLEU, chrF), rouge-score (ROUGE) and NLTK (stems).

Run from the repository root:
    python3 -m venv /tmp/metrics && /tmp/metrics/bin/pip install -r reference/metrics/requirements-text.txt
    /tmp/metrics/bin/python reference/metrics/make_text_fixtures.py

Writes text.json and stems.txt into tandem-evaluation/src/test/resources/dev/tandem/evaluation/metric/text. The sentences
are written for this script and damaged at random with a fixed seed.
"""

import json
import logging
import pathlib
import random

from nltk.stem.porter import PorterStemmer
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU, CHRF

TARGET = pathlib.Path("tandem-evaluation/src/test/resources/dev/tandem/evaluation/metric/text")
WORDS = pathlib.Path("tandem-tuning/src/main/resources/dev/tandem/tuning/example/personal/words.txt")
ROUGE_KINDS = ["rouge1", "rouge2", "rougeL", "rougeLsum"]

BLEUS = {f"{tok}{'-lc' if lc else ''}": dict(tokenize=tok, lowercase=lc)
         for tok, lc in [("13a", False), ("13a", True), ("intl", False), ("char", False), ("none", False)]}
CHRFS = {"chrf": {}, "chrf-lc": dict(lowercase=True), "chrf++": dict(word_order=2)}

SENTENCES = [
    "The parcel left our warehouse on Tuesday and should reach you within three working days.",
    "You can return any item within 30 days; the refund takes 5-7 business days.",
    "Parental leave lasts 26 weeks, of which 12 are fully paid.",
    "It's not that we don't care - we can't ship to P.O. boxes, and we won't.",
    "She said: \"The results weren't significant (p = 0.07), but they're promising.\"",
    "The model reached 87.5% accuracy, up from 1,024 to 2,048.50 points in 2023-24.",
    "R&amp;D costs rose by 3&nbsp;% &lt;see table&gt; &quot;roughly&quot; &amp;amp; more.",
    "Visit https://example.org/a_b?c=d&e=f#g or write to help@example.org!",
    "The cat sat on the mat.\nThe dog lay on the rug.\nBoth were tired.",
    "First line, hyphen-\nated at the end.\r\nSecond line\n\nFourth line after an empty one.",
    "Die Größe beträgt 12,5 cm – das ist „ziemlich“ groß, nicht wahr?",
    "Où est l'hôtel ? C'est à côté de l'église, près du café…",
    "今天天气很好，我们去公园散步吧。你想一起来吗？",
    "東京は日本の首都です。人口は約1400万人です。",
    "Москва — столица России; население 13 миллионов человек.",
    "ΟΔΟΣ ΣΟΦΟΣ και Οδός: ο δρόμος είναι μακρύς.",
    "ΑΣ ΣΑ Σ ΑΣ. ΑΣ.Α Α.Σ ΑΣ'Σ 1Σ Σ1 ΑΣ\u0301 ΑΣ\u0301Α ΑΣ\u200bΑ AΣ-A ʰΣ ΣΣ aΣ😀 中Σ",
    "İstanbul'da hava bugün çok güzel, İzmir'de ise yağmurlu.",
    "مرحبا بالعالم، كيف حالك اليوم؟",
    "नमस्ते दुनिया, आप कैसे हैं?",
    "Emoji work too: 😀😃 👩‍👩‍👧 and flags 🇩🇪, x² + y² = z², ½ cup, №5, ™ and ©.",
    "a_b {c} [d] <e> `f` ~g~ ^h^ |i| \\j\\ k/l m*n o+p q=r s%t u$v w#x y@z",
    "Numbers: 1.5 1,5 .5 5. 1. 2, 3 10-20 -7 +8 1/2 3:4 5% $6 7€ 8°C 9th",
    "Wait... what?! No way!!! (Really?) 'Yes' -- really.",
    "<skipped> this was <skipped> skipped <skipped>",
    "The relational organisations were conditionally generalising their operators' hopefulness and decisiveness.",
    "Flies dying, lying and trying; happily enjoying skies, news, innings and outings that proceeded successfully.",
    "Tokens with nbsp\u00a0here, thin\u2009space, zero\u200bwidth, ideographic\u3000space, \x1cfile and \x85next line.",
    "yes",
    "No.",
    "a b c d e f g h a b c d e f g h a b c d",
    "the the the the the the the",
    "Combining: e\u0301 a\u0308 n\u0303; full width ＡＢＣ１２３，。！ and ligature ﬁ ﬂ.",
    "def add(a, b):\n    return a + b  # sums\n\nprint(add(1, 2))",
    "| name | price |\n|---|---|\n| tea | 3.20 |\n| coffee | 4 |",
    "Dr. Smith et al. (2019) vs. Jones, Inc.: U.S.A., e.g. No. 5, i.e. the 10-foot wall.",
]
SPECIAL = ["", " ", "\n", ".", "?!", "  leading and trailing  ", "&", "&amp;", "-", "\u00a0", "。", "😀", "0", "...", "-\n", "\x1f"]


def damaged(rng, text):
    """The text as a model might have written it instead."""
    words = text.split(" ")
    for _ in range(rng.randint(0, 1 + len(words) // 3)):
        at = rng.randrange(len(words))
        kind = rng.randrange(8)
        if kind == 0 and len(words) > 1:
            del words[at]
        elif kind == 1:
            words.insert(at, rng.choice(rng.choice(SENTENCES).split(" ")))
        elif kind == 2:
            words[at] = rng.choice(rng.choice(SENTENCES).split(" "))
        elif kind == 3:
            other = rng.randrange(len(words))
            words[at], words[other] = words[other], words[at]
        elif kind == 4:
            words[at] = words[at].swapcase()
        elif kind == 5:
            words[at] = words[at] + rng.choice([".", ",", "!", "'s", ")", "-", "\n", " "])
        elif kind == 6 and words[at]:
            place = rng.randrange(len(words[at]))
            words[at] = words[at][:place] + words[at][place + 1:]
        elif kind == 7:
            words.insert(at, words[at])
    return " ".join(words)


def corpora():
    rng = random.Random(20261126)
    made = lambda: rng.choice(SENTENCES)
    yield "one reference", [(damaged(rng, s), [damaged(rng, s)]) for s in SENTENCES for _ in range(4)]
    yield "three references", [(damaged(rng, s), [damaged(rng, s), damaged(rng, made()), damaged(rng, s)])
                               for s in SENTENCES for _ in range(2)]
    yield "as many references as there are", [(damaged(rng, s), [damaged(rng, s) for _ in range(rng.randint(1, 4))])
                                              for s in SENTENCES]
    yield "strange texts", ([(s, [t]) for s in SPECIAL for t in ["", "yes", s]]
                            + [("yes", [s]) for s in SPECIAL] + [(made(), [made()]) for _ in range(20)])
    long = " ".join(SENTENCES[:12])
    yield "long texts of many lines", [(damaged(rng, long), [damaged(rng, long)]) for _ in range(2)] + [
        (damaged(rng, "\n".join(SENTENCES[a:a + 5])), [damaged(rng, "\n".join(SENTENCES[a:a + 6]))]) for a in range(0, 30, 3)]
    yield "nothing in common", [("aaa bbb", ["ccc ddd"]), ("x", ["y"])]
    yield "shorter than four words", [("a b", ["a b c"]), ("yes", ["yes"]), ("a b", ["a b"])]


def streams(pairs):
    most = max(len(references) for _, references in pairs)
    return [[r[i] if i < len(r) else None for _, r in pairs] for i in range(most)]


def number(value):
    return float(f"{value:.7g}")


def case(name, pairs):
    predictions = [p for p, _ in pairs]
    made = {"name": name, "pairs": [{"prediction": p, "references": r} for p, r in pairs], "corpus": {}, "sentences": {}}
    for kind, metrics, options in [("bleu", BLEU, BLEUS), ("chrf", CHRF, CHRFS)]:
        for label, settings in options.items():
            label = label if kind == "chrf" else f"bleu-{label}"
            metric = metrics(**settings)
            score = metric.corpus_score(predictions, streams(pairs))
            made["corpus"][label] = {"name": score.name, "score": number(score.score), "signature": str(metric.get_signature())}
            single = metrics(**settings, effective_order=True) if kind == "bleu" else metric
            made["sentences"][label] = [number(single.sentence_score(p, r).score) for p, r in pairs]
    for stem in [False, True]:
        scorer = RougeScorer(ROUGE_KINDS, use_stemmer=stem)
        scores = [scorer.score_multi(r, p) for p, r in pairs]
        for rouge in ROUGE_KINDS:
            values = [[number(s[rouge].precision), number(s[rouge].recall), number(s[rouge].fmeasure)] for s in scores]
            made["sentences"][rouge + ("-stem" if stem else "")] = values
    return made


def stems():
    """A sample of English words, and endings put on beginnings so that every rule is met on both sides."""
    rng = random.Random(7)
    english = sorted({w.strip().lower() for w in WORDS.read_text(encoding="utf-8").splitlines()
                      if w.strip().isascii() and w.strip().isalpha()})
    words = set(rng.sample(english, 1500))
    endings = """sses ies ss s ied eed ed ing y ational tional enci anci izer bli alli entli eli ousli ization ation ator alism
        iveness fulness ousness aliti iviti biliti fulli logi icate ative alize iciti ical ful ness al ance ence er ic able
        ible ant ement ment ent ion ou ism ate iti ous ive ize e ll lly ated bled ized tting lling ssed zzing ying yed""".split()
    beginnings = ["t", "b", "ay", "sk", "yy", "tr", "at", "oat", "hop", "fil", "rel", "yoy", "adopt", "condit", "commun",
                  "ge", "theo", "syzyg", "wax", "x9", "2", "aeiou", "bow"]
    words |= {b + e for b in beginnings for e in endings}
    words |= {"sky skies dying lying tying news innings inning outings outing cannings canning howe proceed exceed succeed "
              "die dies died ties spy fly try enjoy enjoyment happy yyyy yyyyy yes by x".split(" ")[i] for i in range(31)}
    stemmer = PorterStemmer()
    return "".join(f"{w} {stemmer.stem(w)}\n" for w in sorted(words))


def main():
    logging.disable(logging.WARNING)
    TARGET.mkdir(parents=True, exist_ok=True)
    made = [case(name, pairs) for name, pairs in corpora()]
    text = json.dumps({"reference": "sacrebleu 2.6.0, rouge-score 0.1.2, nltk 3.10.4", "corpora": made}, separators=(",", ":"))
    (TARGET / "text.json").write_text(text + "\n", encoding="utf-8")
    (TARGET / "stems.txt").write_text(stems(), encoding="utf-8")
    print(sum(len(c["pairs"]) for c in made), "pairs,", len(text), "bytes;",
          (TARGET / "stems.txt").read_text(encoding="utf-8").count("\n"), "stems")


if __name__ == "__main__":
    main()
