import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence_brief.printed import Interval, number, show
from evidence_brief.stats import coherence, readings


def printed(*texts):
    return tuple(number(text).interval for text in texts)


# Estimates inside and in the middle


@pytest.mark.parametrize(
    ("texts", "is_inside", "is_symmetric"),
    [
        (("0.81", "0.70", "0.94"), True, True),
        (("0.97", "0.87", "1.35"), True, False),
        (("0.5", "0.92", "0.97"), False, False),
        (("0.55", "0.310", "0.097"), False, False),  # limits the wrong way round
        (("0.17", "0.310", "0.097"), False, False),  # even where the estimate is the middle of them
        (("0.7", "0.7", "0.7"), True, True),
        (("0.93", "0.95", "1.20"), False, False),
        (("0.94", "0.95", "1.20"), True, False),  # 0.945 prints as either
        (("0.944", "0.95", "1.20"), False, False),
        (("0.04", "0.00", "0.36"), True, True),  # 0.00 stands for every ratio that prints so
        (("0.0", "0.0", "0.4"), True, True),
    ],
)
def test_inside_and_symmetric_on_the_log_scale(texts, is_inside, is_symmetric):
    assert coherence.inside(*printed(*texts)) == is_inside
    assert coherence.symmetric(*printed(*texts), log=True) == is_symmetric


@pytest.mark.parametrize(
    ("texts", "is_symmetric"),
    [
        (("17.0", "1.4", "32.6"), True),
        (("17.0", "1.4", "32.7"), True),
        (("17.0", "1.4", "32.9"), False),
        (("-0.5", "-1.0", "0.0"), True),
        (("-0.5", "0.0", "-1.0"), False),
    ],
)
def test_symmetric_difference(texts, is_symmetric):
    assert coherence.symmetric(*printed(*texts), log=False) == is_symmetric


def test_inside_ends_that_do_not_count():
    cut = number("0.5").truncated  # from 0.5 to below 0.6
    six = Interval(Fraction(6, 10), Fraction(7, 10))
    assert not coherence.inside(cut, six, number("1").interval)
    assert coherence.inside(cut, cut, six)


@settings(deadline=None)
@given(st.floats(0.05, 20), st.floats(0.01, 1.5), st.integers(1, 3))
def test_wald_interval_of_a_ratio_is_always_coherent(ratio, se, decimals):
    estimate, low, high = (
        number(show(math.exp(math.log(ratio) + step * se), decimals)).interval for step in (0, -1.959964, 1.959964)
    )
    if estimate.high <= 0:
        return
    assert coherence.inside(estimate, low, high)
    assert coherence.symmetric(estimate, low, high, log=True)
    errors = coherence.implied_se_range(low, high, log=True)
    assert errors[0] - 1e-6 <= se <= errors[1] + 1e-6
    p = math.erfc(abs(math.log(ratio)) / se / math.sqrt(2))
    implied = coherence.implied_p_range(estimate, low, high, log=True)
    assert implied.low * (1 - 1e-5) - 1e-12 <= p <= implied.high * (1 + 1e-5) + 1e-12
    found = readings.readings(estimate, low, high, number(show(p, 4)).interval, log=True)
    assert found.fits[0] == "symmetric interval"
    assert found.same_decision
    assert not found.contradicts


triples = st.tuples(st.integers(-40, 80), st.integers(0, 40), st.integers(0, 40))


@settings(deadline=None)
@given(triples, st.integers(0, 5))
def test_implied_p_range_holds_every_p_of_values_in_the_printed_figures(triple, width):
    middle, below, above = triple
    half = Fraction(width, 2)
    each = [Interval(m - half, m + half) for m in map(Fraction, (middle, middle - below, middle + above))]
    implied = coherence.implied_p_range(*each, log=False)
    grid = [[e.low + (e.high - e.low) * i / 4 for i in range(5)] for e in each]
    for estimate in grid[0]:
        for low in grid[1]:
            for high in grid[2]:
                widths = {"width": (high - low) / 2, "below": estimate - low, "above": high - estimate}
                for name, half_width in widths.items():
                    if low < high and half_width > 0:
                        p = math.erfc(abs(estimate) / half_width * stats.norm.ppf(0.975) / math.sqrt(2))
                        ends = (implied.low, implied.high) if name == "width" else (0, 1)
                        assert ends[0] - 1e-9 <= p <= ends[1] + 1e-9
                        assert implied.widest_low - 1e-9 <= p <= implied.widest_high + 1e-9
    if implied is None:
        assert each[1].low >= each[2].high


def test_implied_p_ends_are_reached():
    # 5.1 (1.4 to 18.7): the ends of the width-based range belong to corners of the printed values.
    implied = coherence.implied_p_range(*printed("5.1", "1.4", "18.7"), log=True)

    def p(estimate, low, high):
        z = math.log(estimate) / (math.log(high / low) / 2) * stats.norm.ppf(0.975)
        return 2 * stats.norm.sf(z)

    assert implied.low == pytest.approx(p(5.15, 1.45, 18.65), rel=1e-9)
    assert implied.high == pytest.approx(p(5.05, 1.35, 18.75), rel=1e-9)


def test_implied_p_of_a_reciprocal_ratio_is_the_same():
    ends = [Interval(Fraction(a, 100), Fraction(b, 100)) for a, b in ((80, 82), (69, 71), (93, 95))]
    turned = [Interval(1 / each.high, 1 / each.low) for each in (ends[0], ends[2], ends[1])]
    one, other = (coherence.implied_p_range(*each, log=True) for each in (ends, turned))
    for name in ("low", "high", "widest_low", "widest_high"):
        assert getattr(one, name) == pytest.approx(getattr(other, name), rel=1e-9)


def test_implied_p_by_altman_and_bland():
    # BMJ 343:d2304: 0.81 (0.70 to 0.94) gives z = −0.211/0.075, P = .005.
    implied = coherence.implied_p_range(*printed("0.81", "0.70", "0.94"), log=True)
    assert implied.low < 0.005 < implied.high
    exact = coherence.implied_p_range(*[Interval(n, n) for n in map(Fraction, ("0.81", "0.70", "0.94"))], log=True)
    assert f"{exact.low:.3f}" == f"{exact.high:.3f}" == "0.005"


def test_implied_p_with_t():
    # An interval of ± t × SE with 10 df and an estimate of 3 SE.
    width = stats.t.ppf(0.975, 10)
    each = [Interval(Fraction(n), Fraction(n)) for n in (3.0, 3.0 - width, 3.0 + width)]
    implied = coherence.implied_p_range(*each, log=False, df=10)
    assert implied.low == pytest.approx(2 * stats.t.sf(3, 10), rel=1e-9)
    assert implied.widest_high == pytest.approx(implied.high, rel=1e-9)
    assert coherence.implied_se_range(*each[1:], log=False, df=10) == pytest.approx((1, 1))


def test_implied_p_of_unusual_figures():
    no_effect = coherence.implied_p_range(*printed("1.0", "0.5", "2.0"), log=True)
    assert no_effect.high == 1
    assert coherence.implied_p_range(*printed("0.55", "0.310", "0.097"), log=True) is None
    assert coherence.implied_se_range(*printed("0.310", "0.097"), log=True) is None
    zero = coherence.implied_p_range(*printed("0.2", "0.0", "0.9"), log=True)
    assert (zero.high, zero.widest_high) == (1, 1)
    assert coherence.implied_se_range(*printed("0.0", "0.9"), log=True)[1] == math.inf
    same = coherence.implied_p_range(*printed("1.03", "1.02", "1.03"), log=True)
    assert same.low == 0
    margin = coherence.implied_p_range(*printed("0.90", "0.70", "1.15"), log=True, null=Fraction(13, 10))
    assert margin.high < 0.01
    shifted = coherence.implied_p_range(*printed("2.0", "1.0", "3.0"), log=False, null=2)
    assert shifted.high == 1


def test_ci_from_p_by_altman_and_bland():
    # BMJ 343:d2090: 17 percentage points, P = .032; and a relative risk of 0.30, P = .034.
    assert [f"{limit:.0f}" for limit in coherence.ci_from_p(17, 0.032, log=False)] == ["1", "33"]
    assert [f"{limit:.1f}" for limit in coherence.ci_from_p(0.30, 0.034, log=True)] == ["0.1", "0.9"]


@settings(deadline=None)
@given(st.floats(0.1, 10), st.floats(1e-6, 0.99), st.sampled_from([None, 3, 30]), st.booleans())
def test_ci_from_p_implies_that_p(estimate, p, df, log):
    if estimate == 1 and log:
        return
    limits = coherence.ci_from_p(estimate, p, log=log, df=df)
    if log and not 1e-100 < limits[0] < limits[1] < 1e100:
        return
    each = [Interval(Fraction(n), Fraction(n)) for n in (estimate, *limits)]
    assert coherence.implied_p_range(*each, log=log, df=df).high == pytest.approx(p, rel=1e-5)


# P and interval


@pytest.mark.parametrize(
    ("p", "limits", "agrees"),
    [
        (".03", ("1.02", "2.0"), True),
        (".06", ("1.02", "2.0"), False),
        (".06", ("0.98", "2.0"), True),
        (".04", ("0.98", "2.0"), False),
        (".04", ("1.00", "2.0"), True),  # 1.00 may stand for 1.004
        (".06", ("1.00", "2.0"), True),
        (".05", ("1.02", "2.0"), True),  # .05 may stand for .049
        (".05", ("0.98", "2.0"), True),
        (".04", ("0.5", "0.98"), True),
        (".04", ("0.5", "1.02"), False),
    ],
)
def test_p_agrees_with_ci(p, limits, agrees):
    low, high = printed(*limits)
    assert coherence.p_agrees_with_ci(number(p).interval, low, high, null=1) == agrees


def test_p_agrees_with_ci_at_other_levels_and_on_the_border():
    p = number(".03").interval
    low, high = printed("0.98", "2.0")
    assert coherence.p_agrees_with_ci(p, low, high, null=1, level=Fraction(99, 100))
    below = Interval(Fraction(0), Fraction(5, 100), includes_high=False)
    one = Interval(Fraction(1), Fraction(1))
    assert not coherence.p_agrees_with_ci(below, one, high, null=1)
    assert coherence.p_agrees_with_ci(Interval(Fraction(5, 100), Fraction(1)), one, high, null=1)


IMPOSSIBLE = {
    "ratio below 0": lambda: coherence.symmetric(*printed("-2", "-3", "-1"), log=True),
    "level": lambda: coherence.implied_se_range(*printed("1", "2"), 95, log=True),
    "null of a ratio": lambda: coherence.implied_p_range(*printed("2", "1", "3"), log=True, null=0),
    "df": lambda: coherence.implied_p_range(*printed("2", "1", "3"), log=False, df=0),
    "no effect": lambda: coherence.ci_from_p(1, 0.5, log=True),
    "P of 1": lambda: coherence.ci_from_p(2, 1, log=True),
    "estimate below 0": lambda: coherence.ci_from_p(-2, 0.5, log=True),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_coherence_impossible_arguments(case):
    with pytest.raises(ValueError):
        IMPOSSIBLE[case]()
