"""Ratios with interval, and P where there is one, as printed in open-access trial reports.

The table's own columns (inside, log-symmetric, P from the width, coherent) are reproduced on all rows; then the
386 P values are counted by the readings under which they fit.
"""

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_brief.printed import Interval, number
from evidence_brief.stats import coherence, readings

DATA = Path(__file__).parent / "data" / "clinical_ratios.csv"


# By the plainest reading under which P fits, and whether P and interval decide alike.
READINGS = {
    ("symmetric interval", True): 328,
    ("interval that need not be symmetric", True): 18,
    ("one-sided P", True): 7,
    ("90% interval", True): 4,
    ("99% interval", True): 1,
    ("none", True): 22,
    ("none", False): 6,
}


def rows():
    with DATA.open(encoding="utf-8", newline="") as file:
        return [pytest.param(row, id=f"{row['pmcid']}: {row['raw']}") for row in csv.DictReader(file)]


def printed(row):
    return tuple(number(row[name]).interval for name in ("est", "lo", "hi"))


def printed_p(row):
    p = number(row["reported_p"])
    return p.interval if row["p_comp"] == "=" else Interval(Fraction(0), p.value, includes_high=False)


def level(row):
    return Fraction(int(row["level"]), 100)


@pytest.mark.parametrize("row", rows())
def test_ratio_inside_and_symmetric(row):
    assert coherence.inside(*printed(row)) == (row["est_inside_ci"] == "TRUE")
    assert coherence.symmetric(*printed(row), log=True) == (row["log_symmetric_within_rounding"] == "TRUE")


@pytest.mark.parametrize("row", [row for row in rows() if row.values[0]["p_comp"]])
def test_ratio_implied_p(row):
    implied = coherence.implied_p_range(*printed(row), float(level(row)), log=True)
    assert f"{implied.low:.4g}" == f"{float(row['p_low_implied']):.4g}"
    assert f"{implied.high:.4g}" == f"{float(row['p_high_implied']):.4g}"
    assert implied.widest_low <= implied.low <= implied.high <= implied.widest_high
    fits = readings.readings(*printed(row), printed_p(row), level(row), log=True).fits
    assert ("symmetric interval" in fits) == (row["p_coherent_within_rounding"] == "TRUE")


def test_ratio_p_values_by_reading():
    counted = Counter()
    for row in (each.values[0] for each in rows()):
        if row["p_comp"]:
            found = readings.readings(*printed(row), printed_p(row), level(row), log=True)
            counted[(found.fits or ("none",))[0], found.same_decision] += 1
    assert counted == READINGS


def test_ratio_contradictions():
    # One interval with a misprinted limit, four estimates beside their interval (two trials), and six P values that
    # decide otherwise: three of them are of interactions, as their text says.
    found = [
        row
        for row in (each.values[0] for each in rows())
        if readings.readings(*printed(row), printed_p(row) if row["p_comp"] else None, level(row), log=True).contradicts
    ]
    assert len(found) == 11
    assert sum(row["est_inside_ci"] == "FALSE" for row in found) == 5
    assert sum("interaction" in row["raw"] for row in found) == 3


def test_ratio_table_is_used_whole():
    assert len(rows()) == 763
    assert sum(bool(row.values[0]["p_comp"]) for row in rows()) == 386
