import math
from fractions import Fraction

import pytest
from scipy import stats

from evidence_brief.printed import Interval, number
from evidence_brief.stats import hazard_ratios


def printed(*texts):
    return tuple(number(text).interval for text in texts)


def test_hazard_ratio_to_log_rank_and_back():
    o_e, variance = hazard_ratios.observed_minus_expected(0.75, 0.6, 0.9375)
    assert math.exp(o_e / variance) == pytest.approx(0.75)
    assert 1 / math.sqrt(variance) == pytest.approx((math.log(0.9375) - math.log(0.6)) / 2 / 1.959964, rel=1e-6)
    p = 2 * stats.norm.sf(abs(o_e) / math.sqrt(variance))
    assert hazard_ratios.hazard_ratio_from_p(p, variance) == pytest.approx((0.75, 1 / 0.75))
    assert hazard_ratios.variance_from_events(40, 40) == 20
    assert hazard_ratios.hazard_ratio_from_p(1, 20) == (1, 1)


def test_least_events():
    # SE = 0.2 needs 100 events at least; rounding to one decimal leaves far fewer.
    limits = [math.exp(step * 1.959964 * 0.2) for step in (-1, 1)]
    exact = [Interval(Fraction(limit), Fraction(limit)) for limit in limits]
    assert hazard_ratios.least_events(*exact) in (100, 101)
    assert hazard_ratios.least_events(*printed("0.7", "1.5")) < 100
    assert hazard_ratios.least_events(*printed("0.0", "1.5")) == 0
    assert hazard_ratios.least_events(*printed("1.5", "0.7")) is None


IMPOSSIBLE = {
    "hazard ratio limits": lambda: hazard_ratios.observed_minus_expected(1, 2, 1),
    "no events": lambda: hazard_ratios.variance_from_events(0, 5),
    "P of 0": lambda: hazard_ratios.hazard_ratio_from_p(0, 5),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_hazard_ratio_impossible_arguments(case):
    with pytest.raises(ValueError):
        IMPOSSIBLE[case]()
