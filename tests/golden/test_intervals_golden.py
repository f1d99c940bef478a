"""Published confidence intervals."""

import csv
from pathlib import Path

import pytest

from evidence_brief.stats import intervals

DATA = Path(__file__).parent / "data"


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return [
            pytest.param(row, id=f"{row['source']}: {row.get('x') or row['x1']} {row['method']}")
            for row in csv.DictReader(file)
        ]


def printed(interval):
    return [f"{limit:.4f}" for limit in interval]


@pytest.mark.parametrize("row", rows("ci_single_proportion.csv"))
def test_wilson_published(row):
    interval = intervals.wilson(int(row["x"]), int(row["n"]), float(row["level"]))
    assert printed(interval) == [row["lower"], row["upper"]]


@pytest.mark.parametrize("row", rows("ci_2x2.csv"))
def test_newcombe_published(row):
    table = (int(row[count]) for count in ("x1", "n1", "x2", "n2"))
    assert printed(intervals.newcombe(*table, float(row["level"]))) == [row["lower"], row["upper"]]


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
    assert printed(intervals.newcombe(x1, n1, x2, n2)) == [lower, upper]
