"""Published P values of 2×2 tables, and Barnard P values in which tied tables matter."""

import csv
from decimal import Decimal
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_brief.stats import two_by_two, unconditional

DATA = Path(__file__).parent / "data"

# R's Exact adds about 1e-9 to what it maximises: for 5/6 against 0/4 it prints .006865367, and the maximum of
# p⁵(1 − p)⁴(6 − 5p), at p = (84 − √1056)/100, is .0068653659. Both .0001615562 rows differ by the same 1e-9.
R_EXACT_EXCESS = 1.1e-9
# R's Barnard looks at p in steps of 1e-6 and so falls short of the maximum, most where n is large.
R_BARNARD_SHORTFALL = 1e-9

P = {test.key: test.p for test in two_by_two.TESTS}

TWO_SIDED = {
    "Pearson chi-square": "pearson",
    "Yates": "yates",
    "Fisher": "fisher",
    "Fisher (minlike)": "fisher",
    "Barnard (Wald pooled)": "barnard",
    "Barnard (Wald unpooled)": "barnard_unpooled",
    "Suissa-Shuster (gamma=0)": "barnard",
}
ONE_SIDED = {
    "Pearson chi-square": "pearson_one_sided",
    "Fisher": "fisher_one_sided",
    "Barnard (Wald pooled)": "barnard_one_sided",
}
BOSCHLOO = {"two-sided (2*min)": "boschloo_doubled", "two-sided (minlike)": "boschloo"}


def rows(name):
    with (DATA / name).open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def published():
    for row in rows("pvalues_2x2.csv"):
        cells = "/".join(row[cell] for cell in "abcd")
        yield pytest.param(row, id=f"{row['source']}: {cells} {row['test']} {row['side']}")


def counts(row, groups):
    a, b, c, d = (int(row[cell]) for cell in "abcd")
    return (a, a + c, b, b + d) if groups == "columns" else (a, a + b, c, c + d)


def groups_of(row):
    # "either" agrees to fewer digits than are printed; the program's own orientation stands in the note.
    return "columns" if "columns are the groups" in row["note"] else "rows"


def key_of(row):
    if row["test"] == "Boschloo":
        return BOSCHLOO.get(row["side"])
    return (TWO_SIDED if row["side"].startswith("two-sided") else ONE_SIDED).get(row["test"])


def in_direction(row, x1, n1, x2, n2):
    """P in the direction that the row names, which need not be the observed one."""
    ways = unconditional.ways(x1, n1, x2, n2)
    tail = Fraction(ways.upper if row["side"] == "greater" else ways.lower, ways.total)
    return float(tail) if row["test"] == "Fisher" else unconditional.boschloo(n1, n2, tail, sides=1)


def recomputed(row):
    table = counts(row, groups_of(row))
    if row["side"] in ("less", "greater") and row["test"] in ("Fisher", "Boschloo"):
        return in_direction(row, *table)
    if row["test"].startswith("unconditional score"):
        # Of no difference (and a ratio of 1) the score statistic is the pooled z: Barnard's order.
        central = row["side"] == "two-sided (central)"
        return min(1.0, 2 * P["barnard_one_sided"](*table)) if central else P["barnard"](*table)
    if row["test"] == "Yates" and row["side"] == "one-sided":
        return P["yates"](*table) / 2
    return P[key_of(row)](*table)


def half_last_digit(printed):
    return float(Decimal(5).scaleb(Decimal(printed).as_tuple().exponent - 1)) * (1 + 1e-9)


@pytest.mark.parametrize("row", list(published()))
def test_p_value_published(row, monkeypatch):
    # 21 of 1978 against 28 of 34 lies beyond the bound of time, and takes 0.2 s.
    monkeypatch.setattr(unconditional, "WORK_BOUND", 300_000_000_000)
    p, printed = recomputed(row), row["p"]
    excess = R_EXACT_EXCESS if row["source"].startswith("R package Exact") else 0.0
    shortfall = R_BARNARD_SHORTFALL if row["source"].startswith("R package Barnard") else 0.0
    if printed == "0.0":
        assert 0 < p < 1e-20
    else:
        below, above = half_last_digit(printed) + excess, half_last_digit(printed) + shortfall
        assert -below <= p - float(printed) <= above


@pytest.mark.parametrize("groups", ["rows", "columns"])
@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id="/".join(row[cell] for cell in "abcd") + " " + row["test"] + " " + row["side"])
        for row in rows("pvalues_2x2.csv")
        if row["own_p_if_groups_are_rows"] and row["side"] != "two-sided (minlike)"
    ],
)
def test_unconditional_p_value_by_orientation(row, groups):
    # The columns own_p_… are an independent computation, in both orientations, to eight digits.
    table, expected = counts(row, groups), row[f"own_p_if_groups_are_{groups}"]
    p = in_direction(row, *table) if key_of(row) is None else P[key_of(row)](*table)
    assert p == pytest.approx(float(expected), rel=6e-8)


def tied():
    for row in rows("barnard_ties.csv"):
        table = tuple(int(row[count]) for count in ("x1", "n1", "x2", "n2"))
        method = row["scipy_1.17.1_method"]
        yield pytest.param(table, method, row["exact_rational_order_p"], id=f"scipy#18798 {method} {table}")


@pytest.mark.parametrize(("table", "method", "exact"), list(tied()))
def test_barnard_ties(table, method, exact):
    key = {"barnard pooled": "barnard", "barnard unpooled": "barnard_unpooled"}[method]
    assert P[key](*table) == pytest.approx(float(exact), rel=1e-9)
