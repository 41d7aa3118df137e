"""Makes the golden fixtures of the answer metrics with the functions of SQuAD's evaluate-v2.0.py, restated here.

Run from the repository root: python3 reference/metrics/make_answer_fixtures.py
Needs no package. Writes tandem-evaluation/src/test/resources/dev/tandem/evaluation/metric/squad.json.
"""

import collections
import json
import pathlib
import random
import re
import string

TARGET = pathlib.Path("tandem-evaluation/src/test/resources/dev/tandem/evaluation/metric/squad.json")


def normalize_answer(s):
    """Lower text and remove punctuation, articles and extra whitespace."""
    s = s.lower()
    s = "".join(ch for ch in s if ch not in set(string.punctuation))
    s = re.sub(re.compile(r"\b(a|an|the)\b", re.UNICODE), " ", s)
    return " ".join(s.split())


def get_tokens(s):
    return normalize_answer(s).split() if s else []


def compute_exact(a_gold, a_pred):
    return int(normalize_answer(a_gold) == normalize_answer(a_pred))


def compute_f1(a_gold, a_pred):
    gold_toks = get_tokens(a_gold)
    pred_toks = get_tokens(a_pred)
    common = collections.Counter(gold_toks) & collections.Counter(pred_toks)
    num_same = sum(common.values())
    if len(gold_toks) == 0 or len(pred_toks) == 0:
        return int(gold_toks == pred_toks)
    if num_same == 0:
        return 0
    precision = 1.0 * num_same / len(pred_toks)
    recall = 1.0 * num_same / len(gold_toks)
    return (2 * precision * recall) / (precision + recall)


def case(answer, references):
    gold_answers = [a for a in references if normalize_answer(a)] or [""]
    return {
        "answer": answer,
        "references": references,
        "normalised": normalize_answer(answer),
        "exact_match": max(compute_exact(a, answer) for a in gold_answers),
        "f1": max(compute_f1(a, answer) for a in gold_answers),
    }


def cases():
    yield case("The Panthers' defense", ["Panthers defense", "a defense"])
    yield case("308", ["308 points", "three hundred"])
    yield case("", [])
    yield case("something", [])
    yield case("the", [])
    yield case("the", ["a"])
    yield case("", ["Denver"])
    yield case("U.S.A. – the 10-foot wall", ["USA 10foot wall"])
    rng = random.Random(20261123)
    words = ["a", "an", "the", "The", "theory", "An", "a.", "(the)", "a_b", "_the", "the-end", "308", "3.5", "İstanbul",
             "ΟΔΟΣ", "Straße", "ẞ", "é", "a\u0301", "the\u0301", "日本", "a日", "½", "a²", "«a»", "“the”", "don't", "N/A",
             "$5", "\U0001f600", "ﬁ", "Ⅻ", "a\u200db", "the\u203fx", "x", "y", "x"]
    spaces = [" ", "  ", "\t", "\n", "\u00a0", "\u2003", "\u3000", "\x1c", "\x1f", "\x85", "\u2028", "\u200b", "\ufeff"]
    draw = lambda most: "".join(rng.choice(words) + rng.choice(spaces) for _ in range(rng.randint(0, most)))
    for _ in range(300):
        yield case(draw(8), [draw(6) for _ in range(rng.randint(0, 4))])


def main():
    made = list(cases())
    TARGET.write_text(json.dumps(made, separators=(",", ":")) + "\n", encoding="utf-8")
    print(len(made), "cases,", TARGET.stat().st_size, "bytes")


if __name__ == "__main__":
    main()
