"""Corpus BLEU of what `bench/run StarterQuality` wrote.

    venv/bin/pip install sacrebleu==2.6.0
    venv/bin/python reference/tuning/bleu.py OUT/laptop-full/predictions.jsonl ...

Lower case; the texts of RNNLG are in words already (tokenisation "none"), those of E2E are split as 13a does. Two numbers:
- exact: an input's references are the texts of the test set that have exactly this input (one for nearly all of RNNLG's,
  about seven for E2E's);
- grouped (RNNLG only): as the corpus's authors count (Wen et al. 2016, github.com/shawnwun/RNNLG, DataReader and
  DataLexicaliser): a test input's references are the texts of all test inputs with the same act and the same set of keys,
  whatever their order, values other than yes, no, none and dontcare exchanged for the input's own; a full stop at the end
  is left away. Theirs scores five sentences an input, this one only: the answer that was given.
"""
import collections
import itertools
import json
import re
import sys

import sacrebleu


def parse(act):
    name, inside = re.fullmatch(r"([^(]*)\((.*)\)", act, re.S).groups()
    pairs = [part.partition("=")[::2] for part in inside.split(";") if part]
    return name, tuple(pairs)


def bleu(predictions, references, tokenize):
    most = max(map(len, references))
    streams = [[refs[i] if i < len(refs) else None for refs in references] for i in range(most)]
    return sacrebleu.corpus_bleu(predictions, streams, tokenize=tokenize, lowercase=True).score / 100


SPECIAL = {"none": "none", "true": "yes", "yes": "yes", "false": "no", "no": "no", "dontcare": "dontcare", "dont_care": "dontcare"}


def features(act):
    """The act, and its sorted keys with the values that are never said word by word."""
    name, pairs = parse(act)
    seen = collections.Counter()
    result = []
    for key, value in pairs:
        if not value:
            result.append((key, "?"))
        elif value in SPECIAL:
            result.append((key, SPECIAL[value]))
        else:
            seen[key] += 1
            result.append((key, f"_{seen[key]}"))
    return name, tuple(sorted(result))


def values(act):
    return [(key, value) for key, value in parse(act)[1] if value and value not in SPECIAL]


def without_values(text, act):
    for key, value in sorted(values(act), key=lambda pair: len(pair[1]), reverse=True):
        parts = value.replace(" or ", " and ").split(" and ")
        for order in itertools.permutations(parts):
            found = next((joined for joined in (" and ".join(order), " or ".join(order)) if joined in text), None)
            if found:
                text = f" {text} ".replace(f" {found} ", f" SLOT_{key.upper()} ", 1)[1:-1]
                break
    return text


def with_values(text, act):
    for key, value in sorted(values(act), key=lambda pair: len(pair[0]), reverse=True):
        text = f" {text} ".replace(f" SLOT_{key.upper()} ", f" {value} ", 1)[1:-1]
    return text


def plain(text):
    return re.sub(r" [.?!]$", "", text)


def grouped(rows):
    groups = collections.defaultdict(list)
    for row in rows:
        for text in row["references"]:
            groups[features(row["input"])].append(without_values(plain(text), row["input"]))
    return [list(dict.fromkeys(with_values(text, row["input"]) for text in groups[features(row["input"])])) for row in rows]


for file in sys.argv[1:]:
    rows = [json.loads(line) for line in open(file, encoding="utf-8")]
    rnnlg = all(re.fullmatch(r"[?a-z_]+\(.*\)", row["input"], re.S) for row in rows)
    predictions = [row["prediction"] for row in rows]
    tokenize = "none" if rnnlg else "13a"
    line = f"{file}: {len(rows)} inputs, BLEU exact {bleu(predictions, [row['references'] for row in rows], tokenize):.4f}"
    if rnnlg:
        references = grouped(rows)
        score = bleu([plain(text) for text in predictions], references, tokenize)
        line += f", grouped {score:.4f} ({sum(map(len, references)) / len(rows):.1f} references)"
    print(line)
