"""GRIMMER by existence against the cases of other implementations, and against full enumeration.

`grimmer_exact_truth` holds 872 means and SDs with what enumeration says with and without the ends of the scale, and
what the published shortcut (Allard 2018) says, which looks at one total alone.
"""

import csv
from collections import Counter
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_brief.printed import number
from evidence_brief.stats.granularity import Steps
from evidence_brief.stats.grimmer import grimmer
from evidence_brief.stats.grimmer_arrays import grimmer_consistent

DATA = Path(__file__).parent / "data"
VERDICTS = {"TRUE": "possible", "FALSE": "no sum of squares", "FALSE(GRIM)": "no total"}


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


CASES, TRUTH = rows("grimmer_cases.csv"), rows("grimmer_exact_truth.csv")


def verdict(row, minimum=None, maximum=None):
    # A score is the mean of its items, and moves in steps of 1/items.
    steps = Steps(Fraction(1, int(row.get("items", 1))), minimum, maximum)
    return grimmer(number(row["mean"]).interval, number(row["sd"]).interval, int(row["n"]), steps).verdict


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"{row['source']}: {row['mean']} ± {row['sd']} of {row['n']}×{row['items']}")
        for row in CASES
    ],
)
def test_grimmer_golden_cases(row):
    assert verdict(row) == VERDICTS[row["exact_unbounded_verdict"]]


def test_grimmer_golden_cases_in_which_peers_are_wrong():
    stated = [row for row in CASES if row["expected_peer"]]
    wrong = [row for row in stated if (row["expected_peer"] == "TRUE") != (verdict(row) == "possible")]
    assert wrong == []
    shortcut = [row for row in CASES if (row["allard_float_verdict"] == "TRUE") != (verdict(row) == "possible")]
    assert Counter(row["source"].split()[-1] for row in shortcut)["vignettes/grimmer.Rmd"] == 1
    assert len(shortcut) == 10


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(r, id=f"enumerated: {r['mean']} ± {r['sd']} of {r['n']}, {r['scale_min']}–{r['scale_max']}")
        for r in TRUTH
    ],
)
def test_grimmer_golden_enumerated(row):
    ends = Fraction(row["scale_min"]), Fraction(row["scale_max"])
    assert verdict(row) == VERDICTS[row["exact_unbounded"]]
    assert verdict(row, *ends) == VERDICTS[row["exact_bounded"]]


def test_grimmer_golden_where_the_shortcut_differs():
    ours = [verdict(row) == "possible" for row in TRUTH]
    theirs = [row["allard_float"] == "TRUE" for row in TRUTH]
    accused = sum(a and not b for a, b in zip(ours, theirs, strict=True))
    cleared = sum(b and not a for a, b in zip(ours, theirs, strict=True))
    assert (accused, cleared, len(TRUTH)) == (27, 15, 872)


def in_units(rows):
    """Means, their decimals, SDs, their decimals, and n: the arrays of `grimmer_consistent`."""
    columns = [[int(row[name].replace(".", "")) for row in rows] for name in ("mean", "sd")]
    decimals = [[int(row[f"dec_{name}"]) for row in rows] for name in ("mean", "sd")]
    return columns[0], decimals[0], columns[1], decimals[1], [int(row["n"]) for row in rows]


def test_grimmer_golden_vectorised():
    found = grimmer_consistent(*in_units(TRUTH))
    assert found.tolist() == [row["exact_unbounded"] == "TRUE" for row in TRUTH]
    minimum, maximum = ([int(row[end]) for row in TRUTH] for end in ("scale_min", "scale_max"))
    bounded = grimmer_consistent(*in_units(TRUTH), minimum=minimum, maximum=maximum)
    assert bounded.tolist() == [row["exact_bounded"] == "TRUE" for row in TRUTH]


def test_grimmer_golden_cases_vectorised():
    found = grimmer_consistent(*in_units(CASES), items=[int(row["items"]) for row in CASES])
    assert found.tolist() == [row["exact_unbounded_verdict"] == "TRUE" for row in CASES]
