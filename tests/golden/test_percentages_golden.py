"""Percentages as printed in open-access articles on trials: n, N and percent, found by a plain pattern.

What is pinned is how many fit, and why the others do not, as far as the text shows. Many of them are noise of
the pattern: the percentage is of other patients, or belongs to another figure of the sentence.
"""

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

from evidence_brief.checks.rounding import DEPARTURES
from evidence_brief.patients import fitting_counts
from evidence_brief.printed import number

DATA = Path(__file__).parent / "data" / "clinical_percentages.csv"


def reason(row):
    """Why a row fits, or might not."""
    printed, x, n = number(row["pct"] + "%"), int(row["n"]), int(row["N"])
    if x in fitting_counts(printed.as_fraction, n):
        return "fits"
    for departure in DEPARTURES:
        if x in fitting_counts(departure.shares(printed), n):
            return departure.condition
    digits = abs(Fraction(100 * x, n) - printed.value) * 10**printed.decimals
    if digits <= Fraction(3, 2):
        return "off by one in the last digit"
    fewer = any(x in fitting_counts(printed.as_fraction, m) for m in range(max(x, n * 9 // 10), n))
    more = any(x in fitting_counts(printed.as_fraction, m) for m in range(n + 1, n * 11 // 10 + 1))
    if fewer or more:
        return "of up to a tenth fewer patients" if fewer else "of up to a tenth more patients"
    return "of other patients, another figure, or wrong"


def rows():
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def test_percentages_golden_how_many_fit():
    assert Counter(map(reason, rows())) == {
        "fits": 1833,
        "cut off instead of rounded": 44,
        "of other patients, another figure, or wrong": 40,
        "of up to a tenth fewer patients": 22,
        "off by one in the last digit": 21,
        "rounded twice": 15,
        "of up to a tenth more patients": 8,
    }


def test_percentages_golden_agrees_with_the_table():
    assert all((reason(row) == "fits") == (row["consistent_rounding_halfunit"] == "TRUE") for row in rows())
