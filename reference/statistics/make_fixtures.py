"""Makes the golden values of the statistics of comparisons with scipy and statsmodels.

Run from the repository root: python3 reference/statistics/make_fixtures.py
Writes tandem-evaluation/src/test/resources/dev/tandem/evaluation/compare/statistics/reference.json.
"""

import itertools
import json
import pathlib

import numpy
from scipy import stats
from statsmodels.stats.contingency_tables import mcnemar
from statsmodels.stats.multitest import multipletests
from statsmodels.stats.power import TTestPower
from statsmodels.stats.proportion import proportion_confint

TARGET = pathlib.Path("tandem-evaluation/src/test/resources/dev/tandem/evaluation/compare/statistics/reference.json")
RANDOM = numpy.random.default_rng(20261126)


def normal():
    return [{"z": z, "probability": float(stats.norm.cdf(z))} for z in (-12, -6.5, -3.1, -1.96, -0.2, 0, 0.7, 2.5758, 5)]


def student():
    return [
        {"tails": tails, "degrees": degrees, "quantile": float(stats.t.ppf(1 - tails / 2, degrees))}
        for tails in (0.05, 0.01, 0.0003)
        for degrees in (1, 2, 3, 9, 10, 49, 199, 999, 1000, 1001, 5000)
    ]


def binomial():
    return [
        {"hits": k, "draws": n, "rate": p, "probability": float(stats.binom.pmf(k, n, p)), "up_to": float(stats.binom.cdf(k, n, p))}
        for k, n, p in ((0, 1, 0.5), (3, 10, 0.2), (15, 16, 0.9), (40, 100, 0.5), (900, 2000, 0.47), (9900, 20000, 0.5))
    ]


def mcnemar_tests():
    pairs = ((0, 0), (1, 0), (5, 5), (0, 6), (12, 3), (30, 14), (33, 18), (210, 260), (7, 100))
    return [{"first": b, "second": c, "p": float(mcnemar([[40, b], [c, 30]], exact=True).pvalue)} for b, c in pairs]


def wilson():
    rows = []
    for hits, cases, confidence in ((0, 20, 0.95), (20, 20, 0.95), (37, 50, 0.95), (196, 200, 0.99), (1, 3, 0.9)):
        low, high = proportion_confint(hits, cases, alpha=1 - confidence, method="wilson")
        rows.append({"hits": hits, "cases": cases, "confidence": confidence, "low": float(low), "high": float(high)})
    return rows


def holm():
    rows = []
    for size in (1, 3, 6, 36):
        p = numpy.round(RANDOM.uniform(0, 1, size) ** 4, 6)
        rows.append({"p": p.tolist(), "adjusted": multipletests(p, method="holm")[1].tolist()})
    rows.append({"p": [0.01, 0.01, 0.04, 0.03], "adjusted": multipletests([0.01, 0.01, 0.04, 0.03], method="holm")[1].tolist()})
    return rows


def weighted_holm():
    """Closed testing with weighted Bonferroni tests, which is what Holm's procedure with weights shortens."""
    rows = []
    for size in (2, 4, 7):
        for _ in range(4):
            p = numpy.round(RANDOM.uniform(0, 1, size) ** 4, 6)
            weights = numpy.round(RANDOM.uniform(0.1, 1, size), 3)
            adjusted = numpy.zeros(size)
            for chosen in itertools.product((False, True), repeat=size):
                members = [i for i in range(size) if chosen[i]]
                if members:
                    total = sum(weights[i] for i in members)
                    local = min(1, min(p[i] * total / weights[i] for i in members))
                    for i in members:
                        adjusted[i] = max(adjusted[i], local)
            rows.append({"p": p.tolist(), "weights": weights.tolist(), "adjusted": adjusted.tolist()})
    return rows


def sign_flips():
    rows = []
    for size, scale in ((3, 0.2), (8, 0.1), (12, 0.3), (16, 0.05)):
        differences = numpy.round(RANDOM.normal(0.08, scale, size), 3)
        result = stats.permutation_test(
            (differences,), lambda x, axis: numpy.mean(x, axis=axis), permutation_type="samples", vectorized=True, n_resamples=10**6)
        rows.append({"differences": differences.tolist(), "p": float(result.pvalue), "exact": True})
    for size, shift in ((40, 0.0), (120, 0.05), (200, 0.06)):
        differences = numpy.round(numpy.clip(RANDOM.normal(shift, 0.35, size), -1, 1), 3)
        result = stats.permutation_test(
            (differences,), lambda x, axis: numpy.mean(x, axis=axis), permutation_type="samples", vectorized=True,
            n_resamples=400_000, batch=20_000, rng=numpy.random.default_rng(size))
        rows.append({"differences": differences.tolist(), "p": float(result.pvalue), "exact": False})
    return rows


def mcnemar_power():
    """Every number of disagreements, every split of them, tested one by one."""
    rows = []
    for better, worse, level, examples in ((0.2, 0.1, 0.05, 200), (0.15, 0.05, 0.05 / 6, 100), (0.3, 0.0, 0.01, 40), (0.12, 0.1, 0.05, 400)):
        power = 0.0
        for n in range(examples + 1):
            weight = stats.binom.pmf(n, examples, better + worse)
            if weight < 1e-14:
                continue
            k = numpy.arange(n // 2 + 1, n + 1)
            p = numpy.minimum(1, 2 * stats.binom.sf(k - 1, n, 0.5))
            power += weight * stats.binom.pmf(k[p <= level], n, better / (better + worse)).sum()
        rows.append({"better": better, "worse": worse, "level": level, "examples": examples, "power": float(power)})
    return rows


def mean_power():
    rows = []
    for difference, deviation, level, examples in ((0.1, 0.4, 0.05, 100), (0.05, 0.3, 0.008, 250), (0.2, 0.5, 0.05, 30)):
        power = TTestPower().power(difference / deviation, examples, level, alternative="two-sided")
        rows.append({"difference": difference, "deviation": deviation, "level": level, "examples": examples, "power": float(power)})
    return rows


TARGET.parent.mkdir(parents=True, exist_ok=True)
TARGET.write_text(json.dumps({
    "normal": normal(), "student": student(), "binomial": binomial(), "mcnemar": mcnemar_tests(), "wilson": wilson(), "holm": holm(),
    "weighted_holm": weighted_holm(), "sign_flip": sign_flips(), "mcnemar_power": mcnemar_power(), "mean_power": mean_power(),
}) + "\n")
