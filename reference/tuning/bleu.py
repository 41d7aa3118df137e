"""Corpus BLEU of what `bench/run StarterQuality` wrote.

    venv/bin/pip install sacrebleu==2.6.0
    venv/bin/python reference/tuning/bleu.py OUT/laptop-full/predictions.jsonl ...

Lower case; the texts of RNNLG are in words already (tokenisation "none"), those of E2E are split as 13a does. Two numbers:
- exact: an input's references are the texts of the test set that have exactly this input (one for nearly all of RNNLG's,
  about seven for E2E's);
- alike (RNNLG only): also the texts of test inputs with the same act and the same keys in the same order, the input's own
  values put in place of theirs where the text repeats them word by word. This is near to how Wen et al. (2016) group
  references by delexicalised dialogue act, but not their script.
"""
import collections
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


def skeleton(act):
    """The keys, and the values that are never said word by word."""
    name, pairs = parse(act)
    fixed = {"true", "false", "yes", "no", "none", "dontcare", ""}
    return name, tuple((key, value if value in fixed else "*") for key, value in pairs)


def put(text, theirs, ours):
    """Their text about our values; None if a value is not repeated in it."""
    text = f" {text} "
    marks = []
    for n, ((key, old), (_, new)) in enumerate(zip(theirs, ours)):
        if old == new or key == "type":
            continue
        if f" {old} " not in text:
            return None
        text = text.replace(f" {old} ", f" \0{n}\0 ", 1)
        marks.append((n, new))
    for n, new in marks:
        text = text.replace(f"\0{n}\0", new)
    return text.strip()


def alike(rows):
    groups = collections.defaultdict(list)
    for row in rows:
        groups[skeleton(row["input"])].append(row)
    result = []
    for row in rows:
        ours = parse(row["input"])[1]
        refs = dict.fromkeys(row["references"])
        for other in groups[skeleton(row["input"])]:
            for text in other["references"]:
                changed = put(text, parse(other["input"])[1], ours)
                if changed is not None:
                    refs[changed] = None
        result.append(list(refs))
    return result


for file in sys.argv[1:]:
    rows = [json.loads(line) for line in open(file, encoding="utf-8")]
    rnnlg = all(re.fullmatch(r"[?a-z_]+\(.*\)", row["input"], re.S) for row in rows)
    predictions = [row["prediction"] for row in rows]
    tokenize = "none" if rnnlg else "13a"
    line = f"{file}: {len(rows)} inputs, BLEU exact {bleu(predictions, [row['references'] for row in rows], tokenize):.4f}"
    if rnnlg:
        grouped = alike(rows)
        line += f", alike {bleu(predictions, grouped, tokenize):.4f} ({sum(map(len, grouped)) / len(rows):.1f} references)"
    print(line)
