"""Outcomes of randomised trials, two groups, annotated by people (Evidence Inference): Welch's and Fisher's P.

Rows without all figures of both groups have no P. The table's own P values are given to five digits, and "0" where
they are smaller than floats.
"""

import csv
from collections import Counter
from decimal import Decimal
from pathlib import Path

import pytest

from evidence_brief.printed import number
from evidence_brief.stats import means, two_by_two
from evidence_brief.stats.mean_ranges import welch_range

DATA = Path(__file__).parent / "data" / "clinical_comparisons.csv"
FISHER = next(test.p for test in two_by_two.TESTS if test.key == "fisher")
OWN = "own_p_fisher_or_welch"


def rows():
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def of_type(kind):
    return [
        pytest.param(row, id=f"{i}: {row['pmcid']} {row['outcome']}")
        for i, row in enumerate(rows(), 2)
        if row["outcome_type"] == kind and row[OWN]
    ]


def half_last_digit(text):
    return float(Decimal(5).scaleb(Decimal(text).as_tuple().exponent - 1)) * (1 + 1e-9)


def five_digits(text):
    value = Decimal(text)
    return half_last_digit(text) if not value else max(half_last_digit(text), float(value) * 1e-12)


@pytest.mark.parametrize("row", of_type("continuous"))
def test_welch_golden(row):
    first = float(row["mean1"]), float(row["sd1"]), int(row["n1"])
    second = float(row["mean2"]), float(row["sd2"]), int(row["n2"])
    p = means.welch(*first, *second).p
    if row[OWN] == "0":
        assert p < 1e-300
    else:
        assert p == pytest.approx(float(row[OWN]), abs=five_digits(row[OWN]))


@pytest.mark.parametrize("row", of_type("continuous"))
def test_welch_range_golden_holds_the_p_of_the_printed_numbers(row):
    m1, sd1, m2, sd2 = (number(row[column]).interval for column in ("mean1", "sd1", "mean2", "sd2"))
    n1, n2 = int(row["n1"]), int(row["n2"])
    found = welch_range(m1, sd1, n1, m2, sd2, n2)
    p = means.welch(*(float(row[c]) for c in ("mean1", "sd1")), n1, *(float(row[c]) for c in ("mean2", "sd2")), n2).p
    assert found.p_low <= p <= found.p_high


@pytest.mark.parametrize("row", of_type("binary"))
def test_fisher_golden(row):
    p = FISHER(*(int(row[column]) for column in ("e1", "n1", "e2", "n2")))
    assert p == pytest.approx(float(row[OWN]), abs=five_digits(row[OWN]))


def test_comparisons_golden_rows_without_p():
    without = [row for row in rows() if not row[OWN]]
    assert Counter(row["data_complete"] for row in without) == {"FALSE": 184, "TRUE": 13}
    complete = [row for row in without if row["data_complete"] == "TRUE"]
    eventless = [row for row in complete if row["e1"] == row["e2"] == "0"]
    thousands = [row for row in complete if "," in row["n1"]]  # "1,525"
    sizeless = [row for row in complete if not row["n1"]]
    assert (len(eventless), len(thousands), len(sizeless)) == (8, 4, 1)
    assert all(FISHER(0, int(row["n1"]), 0, int(row["n2"])) == 1 for row in eventless)
    assert (len(of_type("continuous")), len(of_type("binary"))) == (155, 78)
