"""DEBIT against Heathers & Brown's table, other implementations, and enumeration over every count.

Ours are held against `exact_integer_verdict`. Rules other than every usual rounding of halves and cutting off are
not ours; where a peer says otherwise, the last test says why.
"""

import csv
from pathlib import Path

import pytest

from evidence_brief.printed import number
from evidence_brief.stats.debit import debit, debit_consistent

DATA = Path(__file__).parent / "data" / "debit_cases.csv"
RULES = {"up_or_down": "interval", "floor": "truncated"}
EXCLUDED = {"anti_trunc", "up", "even"}

with DATA.open(encoding="utf-8", newline="") as _file:
    ROWS = list(csv.DictReader(_file))
OURS = [row for row in ROWS if row["rounding"] in RULES]


def counts(row):
    mean, sd = (getattr(number(row[name]), RULES[row["rounding"]]) for name in ("mean", "sd"))
    return debit(mean, sd, int(row["n"]))


@pytest.mark.parametrize(
    "row", [pytest.param(row, id=f"{row['source']}: {row['mean']} ± {row['sd']} of {row['n']}") for row in OURS]
)
def test_debit_golden(row):
    assert bool(counts(row)) == (row["exact_integer_verdict"] == "TRUE")


def test_debit_golden_rows_left_out():
    assert [row["rounding"] for row in ROWS if row["rounding"] in EXCLUDED] == ["anti_trunc", "up", "even"]
    assert len(OURS) == 91


@pytest.mark.parametrize(("rule", "rounding"), [("up_or_down", "half"), ("floor", "truncated")])
def test_debit_golden_vectorised(rule, rounding):
    rows = [row for row in OURS if row["rounding"] == rule]
    mean, sd = ([int(row[name].replace(".", "")) for row in rows] for name in ("mean", "sd"))
    decimals = [[int(row[f"dec_{name}"]) for row in rows] for name in ("mean", "sd")]
    found = debit_consistent(mean, decimals[0], sd, decimals[1], [int(row["n"]) for row in rows], rounding=rounding)
    assert found.tolist() == [row["exact_integer_verdict"] == "TRUE" for row in rows]


def test_debit_golden_rows_in_which_the_peer_is_wrong():
    # The interval method asks whether the SD fits some mean that prints so, not whether a count has that mean.
    wrong = [row for row in OURS if row["interval_peer_verdict"] == "TRUE" and not counts(row)]
    assert len(wrong) == 3
    for row in wrong:
        n, half = int(row["n"]), 0.5 * 10.0 ** -int(row["dec_sd"])
        of_the_mean = number(row["mean"]).interval.scaled(n).whole_numbers()
        spreads = [(x * (n - x) / (n * (n - 1))) ** 0.5 for x in of_the_mean]
        assert all(abs(sd - float(row["sd"])) > half for sd in spreads)
