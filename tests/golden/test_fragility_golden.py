"""Fragility indices: 216 antidepressant trials by R's fragility, and a published example of Walsh's index.

The package's index is the fewest outcomes changed in either group and direction, under five tests; NA where no
change turns the decision.
"""

import csv
from pathlib import Path

import pytest

from evidence_brief.stats import fragility, two_by_two

DATA = Path(__file__).parent / "data" / "fragility.csv"
TESTS = {"FI_fisher": "fisher", "FI_chisq": "yates", "FI_OR": "OR", "FI_RR": "RR", "FI_RD": "RD"}
P = {test.key: test.p for test in two_by_two.TESTS}


def rows():
    with DATA.open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(row, id=f"{row['source'].partition(',')[0]}: {row['study']}") for row in csv.DictReader(file)
        ]


def table(row):
    return tuple(int(row[name]) for name in ("e0", "n0", "e1", "n1"))


def index_of(row, column):
    if row["note"].startswith("Walsh"):
        return fragility.fragility_index(*table(row)).index
    return fragility.least_modifications(*table(row), test=TESTS[column]).index


@pytest.mark.parametrize("row", rows())
def test_fragility_published(row):
    printed = {column: row[column] for column in TESTS if row[column]}
    assert {column: str(index_of(row, column) or "NA") for column in printed} == printed


@pytest.mark.parametrize("row", rows())
def test_fragility_p_values(row):
    for column, key in (("p_fisher", "fisher"), ("p_chisq_yates", "yates")):
        if row[column]:
            p = P[key](*table(row))  # χ² of an empty margin is undefined: the package writes 1
            assert (1.0 if p is None else p) == pytest.approx(float(row[column]), abs=5.1e-9)


def test_fragility_table_is_used_whole():
    assert len(rows()) == 217
    assert sum(bool(row.values[0][column]) for row in rows() for column in TESTS) == 1081
