import math
from itertools import product

import numpy as np
import pytest

from evidence_brief.stats import score, score_arrays, unconditional_intervals
from evidence_brief.stats.unconditional_intervals import agresti_min, chan_zhang, santner_snell


@pytest.mark.parametrize("delta", [-0.9, -0.31, 0.0, 0.2, 0.75])
def test_differences_of_every_table_as_one_by_one(delta):
    statistic = score_arrays.difference(4, 7, delta)
    for x1, x2 in product(range(5), range(8)):
        excess, variance, _ = score.difference_moments(x1, 4, x2, 7, delta)
        expected = excess / math.sqrt(variance) if variance and abs(excess) > 1e-13 else 0.0
        assert statistic[x1, x2] == pytest.approx(expected, rel=1e-6, abs=1e-9)


@pytest.mark.parametrize("phi", [0.05, 1.0, 3.7])
def test_ratios_of_every_table_as_one_by_one(phi):
    statistic = score_arrays.ratio(4, 7, phi)
    for x1, x2 in product(range(5), range(8)):
        if x1 + x2:
            excess, variance, _ = score.ratio_moments(x1, 4, x2, 7, phi)
            expected = excess / math.sqrt(variance) if variance and abs(excess) > 1e-13 else 0.0
            assert statistic[x1, x2] == pytest.approx(expected, rel=1e-6, abs=1e-9)
    assert statistic[0, 0] == 0


def upper_by_hand(x1, n1, x2, n2, alpha):
    """Santner and Snell's upper limit on a grid, tables counted one by one."""
    accepted = []
    for delta in np.linspace(-1, 1, 401):
        p2 = np.linspace(max(0, -delta), min(1, 1 - delta), 401)
        p1 = np.clip(p2 + delta, 0, 1)
        total = sum(
            math.comb(n1, i) * p1**i * (1 - p1) ** (n1 - i) * math.comb(n2, j) * p2**j * (1 - p2) ** (n2 - j)
            for i, j in product(range(n1 + 1), range(n2 + 1))
            if i * n2 - j * n1 <= x1 * n2 - x2 * n1
        )
        if total.max() > alpha:
            accepted.append(delta)
    return accepted[-1]


@pytest.mark.parametrize("table", [(2, 3, 1, 4), (0, 3, 2, 2), (3, 3, 0, 4), (0, 2, 0, 5)])
def test_santner_snell_as_counted_by_hand(table):
    assert santner_snell(*table)[1] == pytest.approx(upper_by_hand(*table, 0.025), abs=0.0051)


@pytest.mark.parametrize("interval", [chan_zhang, agresti_min, santner_snell])
@pytest.mark.parametrize("table", [(3, 8, 1, 9), (0, 6, 0, 5), (6, 6, 0, 4), (5, 5, 7, 7)])
def test_difference_is_held_mirrored_and_nested(interval, table):
    x1, n1, x2, n2 = table
    lower, upper = interval(*table)
    assert -1 <= lower <= x1 / n1 - x2 / n2 <= upper <= 1
    assert interval(x2, n2, x1, n1) == pytest.approx((-upper, -lower), abs=1e-7)
    wide = interval(*table, 0.99)
    assert wide[0] <= lower + 1e-8
    assert upper - 1e-8 <= wide[1]


@pytest.mark.parametrize("interval", [chan_zhang, agresti_min])
@pytest.mark.parametrize("table", [(3, 8, 1, 9), (0, 6, 2, 5), (6, 6, 0, 4), (0, 4, 0, 4)])
def test_ratio_is_held_and_mirrored(interval, table):
    x1, n1, x2, n2 = table
    lower, upper = interval(*table, measure="ratio")
    if x1:
        assert lower <= (x1 * n2 / (x2 * n1) if x2 else math.inf)
    assert (lower == 0) == (x1 == 0)
    assert (upper == math.inf) == (x2 == 0)
    swapped = interval(x2, n2, x1, n1, measure="ratio")
    assert swapped[0] == pytest.approx(1 / upper, rel=1e-6)


def test_statxact_published():
    # StatXact 11, as the tests of R's exact2x2 quote it (second group against first there).
    assert chan_zhang(13, 13, 0, 7)[0] == pytest.approx(0.5904, abs=5e-5)
    assert agresti_min(6, 13, 2, 7) == pytest.approx((-0.3079, 0.5542), abs=5.1e-5)
    assert chan_zhang(11, 13, 2, 7, measure="ratio") == pytest.approx((1.078, 29.1), rel=2e-3)


def test_berger_and_boos_cut_the_other_parameter():
    plain, cut = (chan_zhang(7, 34, 1, 34, measure="ratio", gamma=gamma) for gamma in (0.0, 1e-6))
    assert plain[0] < 1.1 < 1.2 < cut[0]


def test_large_groups_are_given_up():
    n = math.isqrt(unconditional_intervals.WORK_BOUND)
    assert chan_zhang(1, n, 2, n) is None
    assert agresti_min(1, n, 2, n) is None
    assert santner_snell(1, n, 2, n) is None


def test_unknown_measure():
    with pytest.raises(ValueError, match="difference or ratio"):
        chan_zhang(1, 5, 2, 5, measure="odds")
