"""Mann–Whitney U and P against the cases of GRIM-U (ianhussey/analyticgrimu).

The peer calls U = 30 of 10 and 12 with P = .041 inconsistent. Without ties they are; with tied values they are not,
as a sample shows here.
"""

import csv
from fractions import Fraction
from pathlib import Path

import pytest
from scipy import stats

from evidence_brief.printed import number, show
from evidence_brief.stats.rank_tests import u_and_p, u_possible

DATA = Path(__file__).parent / "data" / "grimu_cases.csv"
ONLY_UNTIED = ("30", "0.041")


def rows():
    with DATA.open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(text):
    return number(text).interval


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"analyticgrimu: U = {row['U_reported']} of {row['n1']} and {row['n2']}")
        for row in rows()
        if not row["p_reported"]
    ],
)
def test_u_possible_golden(row):
    expected = {"possible": True, "impossible": False}[row["expected"]]
    assert u_possible(printed(row["U_reported"]), int(row["n1"]), int(row["n2"])) == expected


@pytest.mark.parametrize(
    "row",
    [
        pytest.param(row, id=f"analyticgrimu: U = {row['U_reported'] or 'any'}, P = {row['p_reported']}")
        for row in rows()
        if row["p_reported"]
    ],
)
def test_u_and_p_golden(row):
    u = printed(row["U_reported"]) if row["U_reported"] else None
    p = printed(show(Fraction(row["p_reported"]), int(row["digits"])))
    found = u_and_p(u, p, int(row["n1"]), int(row["n2"]))
    assert found.attainable
    assert found.untied == ()
    peer_is_wrong = (row["U_reported"], row["p_reported"]) == ONLY_UNTIED
    assert (found.together == "if tied") == (row["expected"] == "consistent" or peer_is_wrong)


def test_u_and_p_golden_covers_every_row():
    assert [row["expected"] for row in rows() if row["p_reported"]] == ["consistent", "inconsistent"]
    assert len(rows()) == 7


def test_u_and_p_golden_row_in_which_the_peer_is_wrong():
    x = [0, 0, 0, 0, 0, 2, 3, 3, 5, 5]
    y = [0, 2, 3, 3, 3, 4, 4, 5, 5, 5, 5, 5]
    found = stats.mannwhitneyu(x, y, method="asymptotic", use_continuity=False)
    assert found.statistic == 30
    assert Fraction(found.pvalue) in printed("0.041")
    # With a continuity correction, the other U of the pair is 30:
    x = [1, 1, 1, 1, 2, 2, 2, 2, 3, 3]
    y = [0, 0, 0, 0, 0, 1, 1, 1, 2, 2, 2, 2]
    found = stats.mannwhitneyu(x, y, method="asymptotic", use_continuity=True)
    assert found.statistic == 120 - 30
    assert Fraction(found.pvalue) in printed("0.041")
