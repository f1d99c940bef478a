"""Published confidence intervals of proportions, their differences and their ratios, each to its printed digits.

Limits that the publication leaves blank lie beyond −1 or 1 and are not compared, save that ours are cut there. Where
a peer is wrong, ours stand in OURS with the reason, and the last tests show the arithmetic.
"""

import csv
import math
from pathlib import Path

import numpy as np
import pytest

from evidence_brief.printed import show
from evidence_brief.stats import (
    conditional_odds_ratio,
    differences,
    exact_proportions,
    odds_ratios,
    proportions,
    ratios,
    score,
    score_arrays,
    unconditional_intervals,
)

DATA = Path(__file__).parent / "data"

SINGLE = {method.key: method.interval for method in proportions.METHODS}
PAPERS_ONLY = {"wang", "pradhan-banerjee"}
"""Methods of the table that are not ours."""

METHODS = {
    "RD": {
        "1 Wald": "wald",
        "2 Wald cc": "wald_cc",
        "3 Beal Haldane": "beal_haldane",
        "haldane": "beal_haldane",
        "4 Beal Jeffreys-Perks": "jeffreys_perks",
        "5 Mee": "mee",
        "6 Miettinen-Nurminen": "miettinen_nurminen",
        "7 true profile likelihood": "true_profile",
        "8 exact tail-area profile": "exact_profile",
        "9 mid-P tail-area profile": "mid_p_profile",
        "10 Newcombe hybrid score": "newcombe",
        "wilson": "newcombe",
        "Newcombe (MOVER-Wilson)": "newcombe",
        "11 Newcombe hybrid score cc": "newcombe_cc",
        "wilson-cc": "newcombe_cc",
        "miettinen-nurminen-brown-li": "mn_brown_li",
        "Chan-Zhang exact unconditional": "chan_zhang",
        "SAS exact unconditional score (Chan-Zhang)": "chan_zhang",
        "StatXact 11 two one-sided score": "chan_zhang",
        "SAS exact unconditional (unstandardized)": "santner_snell",
        "Agresti-Min exact unconditional": "agresti_min",
        "diffscoreci (Mee/MN)": "miettinen_nurminen",
    },
    "RR": {
        "score (Koopman)": "koopman",
        "Koopman score": "koopman",
        "riskscoreci (Koopman)": "koopman",
        "score skewness-corrected": "gart_nam",
        "MOVER-Wilson": "mover_wilson",
        "MOVER-R Wilson": "mover_wilson",
        "Price-Bonett approximate Bayes": "price_bonett",
        "SAS exact unconditional score": "chan_zhang",
    },
    "OR": {
        "MOVER-R Wilson": "mover_wilson",
        "Cornfield exact conditional": "cornfield_exact",
        "Cornfield mid-P": "cornfield_mid_p",
        "Baptista-Pike exact conditional": "baptista_pike",
        "Baptista-Pike exact": "baptista_pike",
        "Baptista-Pike mid-P": "baptista_pike_mid_p",
        "independence-smoothed logit": "independence_smoothed",
        "Woolf logit": "woolf",
        "orscoreci": "miettinen_nurminen",
    },
}
FUNCTIONS = {
    measure: {method.key: method.interval for method in module.METHODS}
    for measure, module in (("RD", differences), ("RR", ratios), ("OR", odds_ratios))
}
OURS = {
    # An interval that leaves out values which the test accepts (test_agresti_min_…).
    ("RD", "agresti-min", 56, 70, 48, 80): ("0.0453", "0.3402"),
    ("RD", "agresti-min", 84, 101, 89, 105): ("-0.1242", "0.0902"),
    ("RD", "agresti-min", 9, 10, 3, 10): ("0.1557", "0.8509"),
    ("RR", "Agresti-Min", 7, 34, 1, 34): ("1.13", "89"),
    # Mee's limits under Miettinen and Nurminen's name.
    ("RD", "Miettinen-Nurminen", 7, 34, 1, 34): ("0.027", "0.35"),
    # contingencytables: the "exact" limits are those of the mid-P.
    ("OR", "Cornfield exact conditional", 9, 13, 4, 14): ("0.8472", "40.4374"),
    ("OR", "Baptista-Pike exact conditional", 1, 8, 5, 12): ("0.0075", "2.2069"),
    # contingencytables: limits of proportions where those of odds belong.
    ("OR", "MOVER-R Wilson", 9, 13, 4, 14): ("1.1679", "27.1490"),
    # PropCIs stops at z = 1.9603 and 1.9605.
    ("OR", "orscoreci", 7, 34, 1, 34): ("1.246622", "56.46158"),
    # SAS: the last digit (test_chan_zhang_…).
    ("RR(2/1)", "SAS exact unconditional score", 4, 12, 9, 11): ("1.0965", "10.8647"),
}


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counts(row):
    return tuple(int(row[count]) for count in ("x1", "n1", "x2", "n2"))


def digits(text):
    return len(text.partition(".")[2])


def printed(row):
    """The printed limits, blank where blank, with the trailing zeros that the table lost."""
    limits = (row["lower"], row["upper"])
    if "significant digits" in row["source"] or "PropCIs" in row["source"]:
        return limits
    decimals = max(map(digits, limits))
    return tuple(limit and show(float(limit), decimals) for limit in limits)


def as_printed(limits, expected):
    return tuple(text and show(limit, digits(text)) for limit, text in zip(limits, expected, strict=True))


def two_groups():
    return [row for row in rows("ci_2x2.csv") if row["method"] not in PAPERS_ONLY]


def recomputed(row):
    x1, n1, x2, n2 = counts(row)
    if "(2" in row["measure"]:  # the second group against the first
        x1, n1, x2, n2 = x2, n2, x1, n1
    measure, method = row["measure"][:2], row["method"]
    if method == "Chan-Zhang" and measure == "RR":  # StatXact, Berger and Boos's gamma
        return unconditional_intervals.chan_zhang(x1, n1, x2, n2, measure="ratio", gamma=1e-6)
    key = METHODS[measure].get(method, method.lower().replace("-", "_").replace(" ", "_"))
    return FUNCTIONS[measure][key](x1, n1, x2, n2, float(row["level"]))


@pytest.mark.parametrize(
    "row",
    [pytest.param(row, id=f"{row['source']}: {counts(row)} {row['measure']} {row['method']}") for row in two_groups()],
)
def test_two_groups_published(row):
    expected = OURS.get((row["measure"], row["method"], *counts(row)), printed(row))
    limits = recomputed(row)
    assert as_printed(limits, expected) == expected
    if row["measure"] == "RD":
        assert -1 <= limits[0] <= limits[1] <= 1


def test_two_groups_methods_that_are_not_ours_are_few():
    assert len(rows("ci_2x2.csv")) - len(two_groups()) == 7
    found = {(row["measure"], row["method"], *counts(row)) for row in two_groups()}
    assert set(OURS) <= found
    assert len(OURS) == 10


SINGLE_NAMES = {
    "Wilson cc": "wilson_cc",
    "Clopper-Pearson": "clopper_pearson",
    "Blaker exact": "blaker",
    "likelihood ratio": "likelihood_ratio",
    "lik": "likelihood_ratio",
}
SEED_123 = 0.2875775201
"""R's first uniform number after set.seed(123), by which DescTools draws Witting's interval."""

DESCTOOLS_ROOT = {"lik": 5e-7, "witting": 1e-4}
"""How near DescTools comes to the roots it looks for (its uniroot stops early)."""


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"{row['source']}: {row['x']}/{row['n']} {row['method']}")
        for row in rows("ci_single_proportion.csv")
    ],
)
def test_single_proportion_published(row):
    x, n, level, method = int(row["x"]), int(row["n"]), float(row["level"]), row["method"]
    if method == "witting":
        limits = exact_proportions.witting(x, n, SEED_123, level)
    else:
        limits = SINGLE[SINGLE_NAMES.get(method, method.lower().replace("-", "_"))](x, n, level)
    if row["source"].startswith("DescTools"):
        expected = (float(row["lower"]), float(row["upper"]))
        assert limits == pytest.approx(expected, abs=DESCTOOLS_ROOT.get(method, 2e-15))
    else:
        expected = printed(row)
        assert as_printed(limits, expected) == expected


def test_likelihood_ratio_root_is_ours_and_not_desctools():
    def distance(p):
        return abs(2 * (84 * math.log(84 / (101 * p)) + 17 * math.log(17 / (101 * (1 - p)))) - 1.959963984540054**2)

    ours = proportions.likelihood_ratio(84, 101)
    theirs = (0.750858699977225, 0.895899772033449)
    assert max(map(distance, ours)) < 1e-11
    assert min(map(distance, theirs)) > 1e-6


@pytest.mark.parametrize(
    ("x1", "n1", "x2", "n2", "lower", "upper"),
    [
        pytest.param(9, 10, 3, 10, "0.1705", "0.8090", id="b"),
        pytest.param(0, 10, 0, 20, "-0.1611", "0.2775", id="e"),
        pytest.param(0, 10, 0, 10, "-0.2775", "0.2775", id="f"),
        pytest.param(10, 10, 0, 20, "0.6791", "1.0000", id="g"),
        pytest.param(10, 10, 0, 10, "0.6075", "1.0000", id="h"),
    ],
)
def test_newcombe_1998_table_ii_method_10(x1, n1, x2, n2, lower, upper):
    assert as_printed(differences.newcombe(x1, n1, x2, n2), (lower, upper)) == (lower, upper)


def two_sided_p(x1, n1, x2, n2, delta):
    """P of Agresti and Min's test on a plain grid of p2: never more than the supremum."""
    statistic = abs(score_arrays.difference(n1, n2, delta))
    region = statistic >= statistic[x1, x2] * (1 - 1e-9)
    p2 = np.linspace(max(0, -delta), min(1, 1 - delta), 4001)[:, np.newaxis]
    first, second = (
        np.array([math.comb(n, x) for x in range(n + 1)], dtype=float)
        * p ** np.arange(n + 1)
        * q ** np.arange(n, -1, -1)
        for n, p, q in ((n1, p2 + delta, np.maximum(0, 1 - p2 - delta)), (n2, p2, 1 - p2))
    )
    return ((first @ region) * second).sum(axis=1).max()


def test_agresti_min_published_limits_leave_accepted_values_out():
    assert two_sided_p(84, 101, 89, 105, 0.0895) > 0.0515  # beyond the published 0.0877
    assert two_sided_p(84, 101, 89, 105, -0.1235) > 0.05  # beyond −0.1202
    assert two_sided_p(56, 70, 48, 80, 0.0460) > 0.05  # beyond 0.0506


def test_agresti_min_published_limits_let_rejected_values_in():
    assert two_sided_p(9, 10, 3, 10, 0.8515) < 0.0495  # within the published 0.8522
    assert two_sided_p(56, 70, 48, 80, 0.3405) < 0.05  # within 0.3406


def test_exact_conditional_limits_of_contingencytables_are_those_of_the_mid_p():
    mid_p = conditional_odds_ratio.cornfield_mid_p(9, 13, 4, 14)
    assert as_printed(mid_p, ("1.0226", "31.5025")) == ("1.0226", "31.5025")
    mid_p = conditional_odds_ratio.baptista_pike_mid_p(1, 8, 5, 12)
    assert as_printed(mid_p, ("0.0151", "1.7523")) == ("0.0151", "1.7523")


def test_miettinen_nurminen_of_the_2015_table_is_mee():
    expected = ("0.028", "0.34")
    assert as_printed(differences.mee(7, 34, 1, 34), expected) == expected


def test_orscoreci_of_propcis_stops_short_of_the_root():
    for psi, z in (
        (1.246309, "1.9603"),
        (56.48613, "1.9605"),
        (odds_ratios.miettinen_nurminen(7, 34, 1, 34)[0], "1.9600"),
    ):
        excess, variance, _ = score.odds_ratio_moments(7, 34, 1, 34, psi)
        assert show(abs(excess) / math.sqrt(variance * 68 / 67), 4) == z


def test_chan_zhang_lower_limit_of_the_ratio_is_above_that_of_sas():
    test = unconditional_intervals._Test(9, 11, 4, 12, 0.025, "ratio", 1, 0.0)
    assert not test.accepts(1.09645, -1)  # SAS prints 1.0964
    assert test.accepts(1.09646, -1)
