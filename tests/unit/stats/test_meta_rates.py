import math

import pytest

from evidence_brief.stats.meta_rates import mantel_haenszel_rates

# Doll & Hill's doctors, coronary deaths per 10 000 person-years of smokers and others (Rothman 2008, Table 15-2).
DOCTORS = [
    (32, 5.2407, 2, 1.8790),
    (104, 4.3248, 12, 1.0673),
    (206, 2.8612, 28, 0.5710),
    (186, 1.2663, 28, 0.2585),
    (102, 0.5317, 31, 0.1462),
]


@pytest.mark.parametrize(
    ("measure", "estimate", "low", "high", "q", "p"),
    [("IRR", 0.3539, 0.1776, 0.5303, 10.4117, 0.0340), ("IRD", 11.4392, 6.3498, 16.5286, 26.8758, 0.0000)],
)
def test_mantel_haenszel_rates_rothman_2008(measure, estimate, low, high, q, p):
    found = mantel_haenszel_rates(DOCTORS, measure, 0.9)
    assert [round(each, 4) for each in (found.estimate, found.low, found.high)] == [estimate, low, high]
    assert (round(found.q, 4), found.q_df, round(found.q_p, 4)) == (q, 4, p)


def test_mantel_haenszel_rates_of_one_stratum_are_its_own():
    ratio, difference = (mantel_haenszel_rates([(8, 2.0, 3, 4.0)], measure) for measure in ("IRR", "IRD"))
    assert (ratio.estimate, ratio.se) == pytest.approx((math.log(4 / 0.75), math.sqrt(1 / 8 + 1 / 3)))
    assert (difference.estimate, difference.se) == pytest.approx((3.25, math.sqrt(8 / 4 + 3 / 16)))
    assert (ratio.q, ratio.q_df, ratio.q_p) == (0.0, 0, 1.0)


def test_mantel_haenszel_rates_swapped_groups_change_sign():
    for measure in ("IRR", "IRD"):
        found = mantel_haenszel_rates(DOCTORS, measure)
        swapped = mantel_haenszel_rates([(x2, t2, x1, t1) for x1, t1, x2, t2 in DOCTORS], measure)
        assert (swapped.estimate, swapped.se, swapped.q) == pytest.approx((-found.estimate, found.se, found.q))


def test_mantel_haenszel_rates_strata_without_an_event_do_not_count_in_q():
    more = mantel_haenszel_rates([*DOCTORS, (0, 1.0, 0, 1.0)], "IRR")
    found = mantel_haenszel_rates(DOCTORS, "IRR")
    assert (more.k, more.q_df, more.estimate, more.q) == (6, 4, found.estimate, found.q)


def test_mantel_haenszel_rates_half_an_event_in_an_empty_group():
    found = mantel_haenszel_rates([(4, 1.0, 2, 1.0), (3, 1.0, 0, 1.0)], "IRR")
    parts = [(math.log(2), 1 / 4 + 1 / 2), (math.log(7), 1 / 3.5 + 1 / 0.5)]
    assert found.q == pytest.approx(sum((y - found.estimate) ** 2 / v for y, v in parts))


@pytest.mark.parametrize(
    ("strata", "measure"),
    [
        ([(0, 1.0, 0, 1.0)], "IRR"),
        ([(0, 1.0, 0, 1.0)], "IRD"),
        ([(3, 1.0, 0, 1.0)], "IRR"),
        ([(0, 1.0, 3, 1.0)], "IRR"),
    ],
)
def test_mantel_haenszel_rates_undefined(strata, measure):
    assert mantel_haenszel_rates(strata, measure) is None


def test_mantel_haenszel_rates_difference_without_an_event_in_one_group():
    assert mantel_haenszel_rates([(3, 2.0, 0, 1.0)], "IRD").estimate == pytest.approx(1.5)


@pytest.mark.parametrize(
    ("strata", "measure", "message"),
    [
        ([], "IRR", "at least one stratum"),
        (DOCTORS, "RR", "measure must be IRR or IRD"),
        ([(1.5, 1.0, 1, 1.0)], "IRR", "whole numbers"),
        ([(-1, 1.0, 1, 1.0)], "IRR", "at least 0"),
        ([(1, 0.0, 1, 1.0)], "IRR", "above 0"),
        ([(1, math.inf, 1, 1.0)], "IRR", "finite"),
    ],
)
def test_mantel_haenszel_rates_impossible(strata, measure, message):
    with pytest.raises(ValueError, match=message):
        mantel_haenszel_rates(strata, measure)
