"""How long sacrebleu, rouge-score and SQuAD's F1 take over the files that `bench/run ScoreSpeed FOLDER ...` leaves.

    /tmp/metrics/bin/python reference/metrics/time_text_metrics.py FOLDER

Corpus BLEU and chrF, ROUGE-1, -2, -L and -Lsum and F1 a pair: no sentence scores of BLEU and chrF and no intervals,
both of which ScoreSpeed includes.
"""

import json
import logging
import pathlib
import sys
import time

from make_answer_fixtures import compute_f1
from rouge_score.rouge_scorer import RougeScorer
from sacrebleu.metrics import BLEU, CHRF


def main():
    logging.disable(logging.WARNING)
    folder = pathlib.Path(sys.argv[1])
    read = lambda name: [json.loads(line) for line in (folder / name).read_text(encoding="utf-8").splitlines()]
    predictions = [record["prediction"] for record in read("predictions.jsonl")]
    references = [record["references"][0] for record in read("references.jsonl")]
    scorer = RougeScorer(["rouge1", "rouge2", "rougeL", "rougeLsum"])
    total = 0.0
    for name, work in [
        ("BLEU", lambda: BLEU().corpus_score(predictions, [references]).score),
        ("chrF", lambda: CHRF().corpus_score(predictions, [references]).score),
        ("ROUGE", lambda: sum(scorer.score(r, p)["rouge1"].fmeasure for p, r in zip(predictions, references)) / len(predictions)),
        ("F1", lambda: sum(compute_f1(r, p) for p, r in zip(predictions, references)) / len(predictions)),
    ]:
        began, processor = time.perf_counter(), time.process_time()
        score = work()
        total += time.process_time() - processor
        print(f"{name}: {time.perf_counter() - began:.2f} s, {time.process_time() - processor:.2f} s of processor; {score:.4f}")
    print(f"all: {total:.2f} s of processor")


if __name__ == "__main__":
    main()
