"""Published counts of the samples that have a mean and an SD, on a scale of whole numbers.

The intervals are mean and SD ± the table's rounding errors, ends included.
"""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_brief.printed import Interval
from evidence_brief.stats.closure import closure_count

DATA = Path(__file__).parent / "data" / "closure_counts.csv"


def rows():
    with DATA.open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(row, id=f"{row['source']}: {row['mean']} ± {row['sd']} of {row['n']}")
            for row in csv.DictReader(file)
        ]


def around(row, figure):
    value, error = Fraction(row[figure]), Fraction(row[f"rounding_error_{figure}"])
    return Interval(value - error, value + error)


@pytest.mark.parametrize("row", rows())
def test_closure_golden(row):
    scale = int(row["scale_min"]), int(row["scale_max"])
    count = closure_count(around(row, "mean"), around(row, "sd"), int(row["n"]), *scale)
    assert count == int(row["expected_count"])
    assert row["own_exact_dp_count"] in ("", str(count))


def test_closure_golden_holds_every_row():
    assert len(rows()) == 9
