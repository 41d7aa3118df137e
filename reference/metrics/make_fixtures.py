"""Makes the golden fixtures of the retrieval measures with pytrec_eval (trec_eval 9.0.8).

Run from the repository root:
    python3 -m venv /tmp/metrics && /tmp/metrics/bin/pip install -r reference/metrics/requirements.txt
    /tmp/metrics/bin/python reference/metrics/make_fixtures.py

Writes tandem-evaluation/src/test/resources/dev/tandem/evaluation/metric/trec-eval.json: cases of judgements, a run, and
every measure per query as the reference gives it.
"""

import json
import pathlib
import random

import pytrec_eval

TARGET = pathlib.Path("tandem-evaluation/src/test/resources/dev/tandem/evaluation/metric")
CUTOFFS = [1, 3, 5, 10, 20, 100]
AT_CUTOFFS = {"ndcg": "ndcg_cut", "recall": "recall", "precision": "P", "hit_rate": "success", "map": "map_cut"}
WHOLE = {"ndcg": "ndcg", "map": "map", "mrr": "recip_rank", "r_precision": "Rprec"}


def measure(qrels, run):
    """Every measure per query, under Tandem's names."""
    cuts = ",".join(map(str, CUTOFFS))
    wanted = {f"{name}.{cuts}" for name in AT_CUTOFFS.values()} | set(WHOLE.values())
    judged = {q: run[q] for q in run if q in qrels}
    values = pytrec_eval.RelevanceEvaluator(qrels, wanted).evaluate(judged)
    result = {}
    for query, found in values.items():
        row = {ours: found[theirs] for ours, theirs in WHOLE.items()}
        for k in CUTOFFS:
            row.update({f"{ours}@{k}": found[f"{theirs}_{k}"] for ours, theirs in AT_CUTOFFS.items()})
            # trec_eval 9 has no cutoff for the reciprocal rank: below the cutoff it is zero.
            row[f"mrr@{k}"] = found["recip_rank"] if found["recip_rank"] >= 1 / k else 0.0
        result[query] = row
    return result


def shuffled(rng, scores):
    items = list(scores.items())
    rng.shuffle(items)
    return dict(items)


def random_case(rng, queries, documents, grades, scores, ids):
    """A case whose judgements and hits overlap in part; `scores` draws one score."""
    qrels, run = {}, {}
    for number in range(queries):
        pool = [ids(n) for n in range(documents)]
        judged = {d: rng.choice(grades) for d in rng.sample(pool, rng.randint(1, documents // 2))}
        judged[pool[0]] = max(0, *judged.values())
        qrels[f"q{number}"] = judged
        run[f"q{number}"] = {d: scores() for d in rng.sample(pool, rng.randint(0, documents))}
    return qrels, {q: shuffled(rng, s) for q, s in run.items()}


def cases():
    rng = random.Random(20261123)
    plain = lambda n: f"d{n}"
    letters = ["a", "Z", "é", "ß", "ｆ", "\uffee", "\U0001f600", "\U00010000", "日本", "~", "ẞ", "\ue000"]
    unicode_id = lambda n: letters[n % len(letters)] + (str(n // len(letters)) if n >= len(letters) else "")
    yield "graded", random_case(rng, 12, 40, [0, 1, 2, 3, 4], rng.random, plain)
    yield "binary, deeper than the last cutoff", random_case(rng, 4, 160, [0, 1], rng.random, plain)
    yield "many ties", random_case(rng, 12, 30, [0, 0, 1, 2], lambda: rng.randint(0, 3) / 2, plain)
    yield "negative grades", random_case(rng, 12, 25, [-2, -1, 0, 1, 2], lambda: rng.randint(-5, 5), plain)
    yield "unicode ids in ties", random_case(rng, 12, 24, [0, 1, 3], lambda: float(rng.randint(0, 1)), unicode_id)
    near = lambda: 1.0 + rng.randint(0, 40) * 1e-8
    yield "scores that differ beyond single precision", random_case(rng, 12, 25, [0, 1, 2], near, plain)
    large = lambda: 16_777_216.0 + rng.randint(0, 6)
    yield "large scores that single precision rounds", random_case(rng, 8, 25, [0, 1], large, plain)
    yield "tiny, huge and signed zero scores", (
        {"q": {"a": 1, "b": 0, "c": 2, "d": 1, "e": 0, "f": 1, "g": 2}},
        {"q": {"a": 1e-46, "b": 0.0, "c": -0.0, "d": 1e39, "e": 1e40, "f": -1e39, "g": -1e300}},
    )
    yield "queries on one side only", (
        {"both": {"a": 1, "b": 1}, "not run": {"a": 1}, "nothing retrieved": {"a": 1}},
        {"both": {"b": 2.0, "x": 3.0}, "not judged": {"a": 1.0}, "nothing retrieved": {}},
    )
    yield "nothing relevant", ({"q": {"a": 0, "b": 0}}, {"q": {"a": 2.0, "x": 1.0}})
    yield "more relevant than the cutoff", (
        {"q": {f"d{n}": 1 + n % 3 for n in range(30)}},
        {"q": {f"d{n}": float(n * 7 % 31) for n in range(0, 30, 2)}},
    )


def main():
    made = [
        {"name": name, "qrels": qrels, "run": run, "expected": measure(qrels, run)} for name, (qrels, run) in cases()
    ]
    TARGET.mkdir(parents=True, exist_ok=True)
    text = json.dumps({"reference": "pytrec_eval-terrier 0.5.11, trec_eval 9.0.8", "cases": made}, separators=(",", ":"))
    (TARGET / "trec-eval.json").write_text(text + "\n", encoding="utf-8")
    print(len(made), "cases,", sum(len(c["expected"]) for c in made), "queries,", len(text), "bytes")


if __name__ == "__main__":
    main()
