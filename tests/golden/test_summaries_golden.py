"""Published P values of means from printed summaries, correlations implied by SDs, and checks of INSPECT-SR."""

import csv
from fractions import Fraction
from pathlib import Path

import pytest

from evidence_brief.printed import number, show
from evidence_brief.stats import means
from evidence_brief.stats.mean_ranges import (
    combined_mean,
    implied_r_range,
    needed_r,
    paired_range,
    student_range,
    welch_range,
)
from evidence_brief.stats.rank_tests import u_and_p

DATA = Path(__file__).parent / "data"


def table(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def printed(text):
    return number(text).interval


def digits(text):
    """Half a unit of the last digit."""
    return float(number(text).unit) / 2


# ttest_bounds: rows with inputs. Of four rows only a verdict is known ("inputs not stored in that file").


def with_inputs():
    return [row for row in table("ttest_bounds") if row["m1"]]


def test_t_rows_without_inputs():
    assert len(table("ttest_bounds")) - len(with_inputs()) == 4


def as_printed(row):
    means_and_sds = [
        printed(show(Fraction(row[column]), int(row[places])))
        for column, places in (("m1", "dec_mean"), ("sd1", "dec_sd"), ("m2", "dec_mean"), ("sd2", "dec_sd"))
    ]
    m1, sd1, m2, sd2 = means_and_sds
    return m1, sd1, int(row["n1"]), m2, sd2, int(row["n2"])


def as_floats(row):
    return tuple(
        (int if column.startswith("n") else float)(row[column]) for column in ("m1", "sd1", "n1", "m2", "sd2", "n2")
    )


@pytest.mark.parametrize(
    ("test", "over", "prefix"),
    [(means.student, student_range, "student"), (means.welch, welch_range, "welch")],
)
@pytest.mark.parametrize("row", [pytest.param(row, id=row["source"]) for row in with_inputs() if row["student_pmin"]])
def test_p_of_rounded_summaries_as_recalc(row, test, over, prefix):
    found = over(*as_printed(row))
    for ours, column in ((found.p_low, "pmin"), (found.p_high, "pmax"), (test(*as_floats(row)).p, "p")):
        expected = row[f"{prefix}_{column}"]
        assert ours == pytest.approx(float(expected), abs=digits(expected))


def test_sleep_as_r():
    row = next(row for row in with_inputs() if "sleep" in row["source"])
    assert row["expected"] == (
        "Student .0791867, Welch .0793941, paired .00283289 (r=.7951702), Wilcoxon(normal, cc) .0693276"
    )
    m1, sd1, n, m2, sd2, _ = as_floats(row)
    assert means.student(*as_floats(row)).p == pytest.approx(0.0791867, abs=1e-7)
    assert means.welch(*as_floats(row)).p == pytest.approx(0.0793941, abs=1e-7)
    assert means.paired(m1, sd1, m2, sd2, n, 0.7951702).p == pytest.approx(0.00283289, abs=2e-8)
    first, spread1, _, second, spread2, _ = as_printed(row)
    needed = needed_r(first, spread1, second, spread2, n, printed("0.00283289"))
    assert Fraction("0.7951702") in needed
    assert needed.high - needed.low < Fraction(1, 10**5)
    r = printed("0.7951702")
    assert paired_range(first, spread1, second, spread2, n, r).p.overlaps(printed("0.00283289"))
    # R: wilcox.test(extra ~ group, sleep) has W = 25.5, with ties.
    found = u_and_p(printed("25.5"), printed("0.0693276"), 10, 10)
    assert (found.untied, "normal, corrected" in found.tied) == ((), True)


# prepost_r


@pytest.mark.parametrize("row", [pytest.param(row, id=row["source"]) for row in table("prepost_r")])
def test_correlation_implied_by_sds(row):
    texts = [show(Fraction(row[column]), int(row["digits"])) for column in ("sd_pre", "sd_post", "sd_change")]
    found = implied_r_range(*map(printed, texts))
    assert (found is not None) == (row["possible"] == "TRUE")
    r, expected = means.implied_r(*map(float, texts)), row["implied_r"]
    if expected in (">1", "<-1"):
        assert r > 1 if expected == ">1" else r < -1
    elif expected == "in [-1,1]":
        assert -1 <= r <= 1
    else:
        assert r == pytest.approx(float(expected), abs=digits(expected))
        assert Fraction(r) in found
        assert (r < 0) == (row["verdict"] == "negative implied r")


# inspectsr_examples: the t test and the mean of subgroups.

OTHERS = {"4.2 blocked randomisation": 1, "4.8 GRIM": 2, "4.8 GRIMMER": 1}


def inspectsr(check):
    (row,) = (row for row in table("inspectsr_examples") if row["check"] == check)
    return row


def test_inspectsr_rows_of_other_methods():
    checks = [row["check"] for row in table("inspectsr_examples")]
    others = [check for check in checks if check in OTHERS]
    assert {check: others.count(check) for check in others} == OTHERS
    assert sorted(set(checks) - set(OTHERS)) == ["4.10 subgroup mean", "4.9 t-test"]


def test_inspectsr_t_test_is_consistent_after_unrounding():
    assert inspectsr("4.9 t-test")["inputs"] == "20+-4 (30) vs 21+-2 (30), P=.02"
    assert means.student(20, 4, 30, 21, 2, 30).p == pytest.approx(0.2256, abs=5e-5)
    found = student_range(printed("20"), printed("4"), 30, printed("21"), printed("2"), 30)
    # The guidance prints 21.449 for the unrounded 21.499.
    assert found.p_low == pytest.approx(0.0056, abs=5e-5)
    assert found.p.overlaps(printed("0.02"))


def test_inspectsr_mean_of_subgroups_is_inconsistent():
    assert inspectsr("4.10 subgroup mean")["inputs"] == "6.2 (n=30), 7.4 (n=11), overall 7.3 (n=41)"
    found = combined_mean([(printed("6.2"), 30), (printed("7.4"), 11)])
    assert means.combine([(6.2, 1, 30), (7.4, 1, 11)])[1] == pytest.approx(6.522, abs=5e-4)
    # The guidance prints 7.499 for the unrounded 7.4499: its 6.57 comes of the latter.
    assert float(found.high) == pytest.approx(6.572, abs=5e-4)
    assert not found.overlaps(printed("7.3"))
    assert float((Fraction("6.2499") * 30 + Fraction("7.499") * 11) / 41) == pytest.approx(6.585, abs=5e-4)
