"""The second path on published tables: Barnard P values with ties, and intervals of two proportions.

Rows of other methods than those of `stats.exact` are left to the golden tests of the first path.
"""

import csv
import math
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_brief.stats import exact

DATA = Path(__file__).parent / "data"

METHODS = {
    ("RD", "1 Wald"): "difference_wald",
    ("RD", "Wald"): "difference_wald",
    ("RD", "5 Mee"): "mee",
    ("RD", "Mee"): "mee",
    ("RD", "mee"): "mee",
    ("RD", "6 Miettinen-Nurminen"): "miettinen_nurminen",
    ("RD", "Miettinen-Nurminen"): "miettinen_nurminen",
    ("RD", "miettinen-nurminen"): "miettinen_nurminen",
    ("RD", "10 Newcombe hybrid score"): "newcombe",
    ("RD", "Newcombe (MOVER-Wilson)"): "newcombe",
    ("RD", "wilson"): "newcombe",
    ("RD", "agresti-caffo"): "agresti_caffo",
    ("RR", "Miettinen-Nurminen"): "rr_score",
    ("RR", "score (Koopman)"): "koopman",
    ("RR", "Koopman score"): "koopman",
    ("RR", "riskscoreci (Koopman)"): "koopman",
    ("OR", "Cornfield exact conditional"): "odds_ratio_exact",
    ("OR", "Woolf logit"): "odds_ratio_log",
}
# The label of these rows names another method than the one that the limits come from.
MISLABELLED = {
    # The 95% mid-P interval: at both limits the tail is .025 if the observed table counts half.
    ("9/13/4/14", "OR", "Cornfield exact conditional"): (0.8472, 40.4374),
    # Mee's .0284 to .3439: the variance without N/(N − 1).
    ("7/34/1/34", "RD", "Miettinen-Nurminen"): (0.0270, 0.3453),
}


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def counts(row):
    return tuple(int(row[count]) for count in ("x1", "n1", "x2", "n2"))


def shown(row):
    return "/".join(map(str, counts(row)))


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"scipy#18798 {row['scipy_1.17.1_method']} {shown(row)}")
        for row in rows("barnard_ties.csv")
    ],
)
def test_barnard_ties_second_path(row):
    key = {"barnard pooled": "barnard", "barnard unpooled": "barnard_unpooled"}[row["scipy_1.17.1_method"]]
    assert float(exact.p_value(key, *counts(row))) == pytest.approx(float(row["exact_rational_order_p"]), rel=1e-9)


def within_rounding(value, printed):
    if printed in ("", "Inf"):
        return value == float("inf")
    half_digit = float(Decimal(5).scaleb(Decimal(printed).as_tuple().exponent - 1))
    return abs(value - float(printed)) <= half_digit * (1 + 1e-9)


@pytest.mark.parametrize(
    ("row", "method"),
    [
        pytest.param(row, method, id=f"{row['source']}: {shown(row)} {row['measure']} {row['method']}")
        for row in rows("ci_2x2.csv")
        if (method := METHODS.get((row["measure"], row["method"])))
    ],
)
def test_interval_published_second_path(row, method):
    keywords = {"clip": False} if method == "difference_wald" else {}
    limits = getattr(exact, method)(*counts(row), Fraction(row["level"]), **keywords)
    other = MISLABELLED.get((shown(row), row["measure"], row["method"]))
    if other:
        assert tuple(round(float(limit), 4) for limit in limits) == other
    else:
        assert all(
            within_rounding(float(limit), row[end]) for limit, end in zip(limits, ("lower", "upper"), strict=True)
        )


def mid_tail(odds_ratio, where):
    """Probability of 9 of 13 against 4 of 14 counted half, and of the tables on that side of it."""
    weights = {i: math.comb(13, i) * math.comb(14, 13 - i) * odds_ratio**i for i in range(14)}
    return sum(weights[i] for i in weights if where(i)) / sum(weights.values()) + weights[9] / sum(weights.values()) / 2


def test_interval_called_cornfield_exact_is_the_mid_p_interval():
    assert round(mid_tail(1.0226, lambda i: i > 9), 4) == round(mid_tail(31.5025, lambda i: i < 9), 4) == 0.025


def test_interval_called_miettinen_nurminen_is_mees():
    assert tuple(f"{float(limit):.3g}" for limit in exact.mee(7, 34, 1, 34)) == ("0.0284", "0.344")
    assert tuple(f"{float(limit):.3g}" for limit in exact.miettinen_nurminen(7, 34, 1, 34)) == ("0.027", "0.345")
