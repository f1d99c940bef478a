"""GRIM against the cases of other implementations, decided anew in exact rational arithmetic.

Rows: means of `items` items each by n people, and what the peer expects under one rounding rule. Ours are held
against `exact_rational_verdict`; where the peer's answer differs, its tolerance lets in too much (the last test
says why). "up_or_down" is the printed interval, "trunc" and, of positive numbers, "floor" are
the cut-off one; the other rules are not ours.
"""

import csv
from fractions import Fraction
from pathlib import Path

import numpy as np
import pytest

from evidence_brief.printed import number
from evidence_brief.stats.granularity import Steps, grim_consistent, grim_totals

DATA = Path(__file__).parent / "data" / "grim_cases.csv"
OURS = ("up_or_down", "trunc", "floor")


def cases():
    with DATA.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["rounding"] in OURS]
    return [
        pytest.param(row, id=f"{row['source']}: {row['mean']} of {row['n']}x{row['items']}, {row['rounding']}")
        for row in rows
    ]


def possible(row):
    printed = number(row["mean"] + ("%" if row["percent"] == "1" else ""))
    interval = printed.interval if row["rounding"] == "up_or_down" else printed.truncated
    share = interval.scaled(Fraction(1, 100)) if printed.percent else interval
    return bool(grim_totals(share, int(row["n"]) * int(row["items"]), Steps(Fraction(1))))


@pytest.mark.parametrize("row", cases())
def test_grim_golden(row):
    assert len(row["mean"].partition(".")[2]) == int(row["decimals"])
    assert possible(row) == (row["exact_rational_verdict"] == "TRUE")


def test_grim_golden_vectorised():
    rows = [case.values[0] for case in cases()]
    for rule, rounding in (("up_or_down", "half"), ("trunc", "truncated"), ("floor", "truncated")):
        for percent in ("0", "1"):
            these = [row for row in rows if (row["rounding"], row["percent"]) == (rule, percent)]
            units = [int(row["mean"].replace(".", "")) for row in these]
            counts = ([int(row[name]) for row in these] for name in ("decimals", "n", "items"))
            arrays = (np.array(column, dtype=np.int64) for column in (units, *counts))
            found = grim_consistent(*arrays, percent=percent == "1", rounding=rounding)
            assert found.tolist() == [row["exact_rational_verdict"] == "TRUE" for row in these]


def test_grim_golden_covers_both_answers_of_each_rule():
    rows = [case.values[0] for case in cases()]
    counted = {(rule, possible): 0 for rule in OURS for possible in ("TRUE", "FALSE")}
    for row in rows:
        counted[row["rounding"], row["exact_rational_verdict"]] += 1
    assert list(counted.values()) == [33, 43, 7, 7, 8, 4]


def test_grim_golden_rows_in_which_the_peer_is_wrong():
    # A total has exactly the mean that is one digit higher (276/40 = 6.90, not 6.89): scrutiny's tolerance against
    # binary noise lets that be cut off to the printed mean.
    wrong = [case.values[0] for case in cases()]
    wrong = [row for row in wrong if row["expected_consistent"] != row["exact_rational_verdict"]]
    assert len(wrong) == 11
    assert {row["rounding"] for row in wrong} == {"trunc", "floor"}
    assert not any(possible(row) for row in wrong)
    assert all(((Fraction(row["mean"]) + Fraction(1, 100)) * int(row["n"])).denominator == 1 for row in wrong)
