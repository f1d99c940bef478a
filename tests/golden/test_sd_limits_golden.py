"""Published smallest and largest SDs of scores with an exact mean; a score of k items moves in steps of 1/k."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_brief.printed import Interval, number, show
from evidence_brief.stats.bounds import sd_limits, sd_possible

DATA = Path(__file__).parent / "data" / "sd_limits.csv"


def rows():
    with DATA.open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(row, id=f"{row['source']}: {row['mean']} of {row['n']}, {row['items']} items")
            for row in csv.DictReader(file)
        ]


@pytest.mark.parametrize("row", rows())
def test_sd_limits_golden(row):
    n, minimum, maximum, step = int(row["n"]), int(row["min"]), int(row["max"]), Fraction(1, int(row["items"]))
    mean = Interval(Fraction(row["mean"]), Fraction(row["mean"]))
    limits = sd_limits(mean, n, minimum, maximum, step)
    decimals = len(row["sd_min"].partition(".")[2])
    assert [show(limit, decimals) for limit in limits] == [row["sd_min"], row["sd_max"]]
    for limit in (row["sd_min"], row["sd_max"]):
        assert sd_possible(mean, number(limit).interval, n, minimum, maximum, step)


def test_sd_limits_golden_holds_every_row():
    assert len(rows()) == 5
