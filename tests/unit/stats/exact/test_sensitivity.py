from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats
from statsmodels.stats.multitest import multipletests

from evidence_brief.stats import fragility
from evidence_brief.stats.exact import (
    conditional,
    e_value,
    fragility_index,
    holm,
    p_from_ci,
    p_value,
    probability_greater,
    reverse_fragility_index,
    se_from_ci,
)

ratios = st.fractions(Fraction(1, 100), 100, max_denominator=100)
p_of_tests = st.lists(st.fractions(0, 1, max_denominator=1000), min_size=1, max_size=8)


# E-value


def test_e_value_published():
    # VanderWeele & Ding 2017, Ann Intern Med 167:268: 3.9 (1.8 to 8.7) has the E-values 7.26 and 3.0.
    assert [round(float(e_value(Fraction(rr))), 2) for rr in ("3.9", "1.8")] == [7.26, 3.0]


@given(ratios)
def test_e_value_is_the_least_confounding_that_explains_all(rr):
    e = e_value(rr)
    bias = e * e / (2 * e - 1)  # the bounding factor of two associations of that size
    assert float(bias) == pytest.approx(float(max(rr, 1 / rr)), rel=1e-12)
    assert e_value(1 / rr) == pytest.approx(float(e), rel=1e-14)
    assert e >= 1


def test_e_value_of_no_association_is_1_and_takes_mpf():
    assert e_value(1) == 1
    assert float(e_value(mpmath.mpf("3.9"))) == pytest.approx(7.263034, abs=1e-6)


# Fragility


def test_fragility_index_published():
    # Meyer 2014 (PEITHO), N Engl J Med 370:1402: 13 of 506 against 28 of 499 has a fragility index of 3.
    assert fragility_index(13, 506, 28, 499) == fragility_index(28, 499, 13, 506) == 3


@settings(deadline=None)
@given(st.integers(2, 40), st.integers(2, 40), st.data())
def test_fragility_index_is_the_first_number_that_takes_significance_away(n1, n2, data):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    index = fragility_index(x1, n1, x2, n2)
    if x1 == x2:
        return
    fewer, size, more, other = (x1, n1, x2, n2) if x1 < x2 else (x2, n2, x1, n1)
    p = [float(p_value("fisher", fewer + added, size, more, other)) for added in range(size - fewer + 1)]
    expected = next((added for added, each in enumerate(p) if each >= 0.05), None)
    assert index == expected


def test_fragility_index_of_a_result_without_significance_is_0():
    assert fragility_index(5, 10, 6, 10) == 0


def test_fragility_index_of_equally_many_events_adds_to_the_lower_risk():
    p = [float(p_value("fisher", 10 + added, 100, 10, 20)) for added in range(30)]
    expected = next(added for added, each in enumerate(p) if each >= 0.05)
    assert fragility_index(10, 100, 10, 20) == fragility_index(10, 20, 10, 100) == expected > 0


def test_fragility_index_none_where_more_events_cannot_help():
    # The group with fewer events has the larger share: more events only add to the difference.
    assert fragility_index(4, 5, 6, 100) is None


def test_fragility_index_bounded(monkeypatch):
    monkeypatch.setattr(conditional, "WORK_BOUND", 100)
    assert fragility_index(1, 100, 20, 100) is None


def test_fragility_index_at_another_alpha():
    assert fragility_index(13, 506, 28, 499, Fraction(1, 1000)) == 0
    assert fragility_index(13, 506, 28, 499, Fraction(1, 2)) > 3


# Bayes


def test_probability_greater_by_hand():
    # p1 ~ Beta(2, 1), p2 ~ Beta(1, 2): ∫ 2p (2p − p²) dp = 5/6.
    assert probability_greater(1, 1, 0, 1) == Fraction(5, 6)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_probability_greater_by_quadrature(n1, n2, data):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    first, second = stats.beta(x1 + 1, n1 - x1 + 1), stats.beta(x2 + 1, n2 - x2 + 1)
    expected, _ = integrate.quad(lambda p: first.pdf(p) * second.cdf(p), 0, 1, limit=200, points=[x1 / n1, x2 / n2])
    assert float(probability_greater(x1, n1, x2, n2)) == pytest.approx(expected, abs=1e-8)


def test_probability_greater_bounded(monkeypatch):
    monkeypatch.setattr(conditional, "WORK_BOUND", 100)
    assert probability_greater(9, 10, 9, 10) is None
    assert probability_greater(3, 10, 9, 10) is not None


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_probability_greater_is_fisher_of_one_more_in_each_group(n1, n2, data):
    # Altham 1969: with uniform priors, a one-sided Fisher P of x1 of n1 + 1 against x2 + 1 of n2 + 1.
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    assert probability_greater(x1, n1, x2, n2) == conditional.conditional(x1, n1 + 1, x2 + 1, n2 + 1).lower


@given(st.integers(1, 60), st.integers(1, 60), st.data())
def test_probability_greater_both_ways_sum_to_1(n1, n2, data):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    assert probability_greater(x1, n1, x2, n2) + probability_greater(x2, n2, x1, n1) == 1


# Holm


def test_holm_by_hand():
    p = [Fraction(1, 100), Fraction(4, 100), Fraction(3, 100), Fraction(5, 1000)]
    assert holm(p) == [Fraction(3, 100), Fraction(6, 100), Fraction(6, 100), Fraction(2, 100)]


@settings(deadline=None, max_examples=20)
@given(p_of_tests)
def test_holm_as_statsmodels(p):
    expected = multipletests([float(each) for each in p], method="holm")[1]
    assert [float(each) for each in holm(p)] == pytest.approx(list(expected), rel=1e-9, abs=1e-12)


@given(p_of_tests, st.fractions(Fraction(1, 100), Fraction(1, 2), max_denominator=100))
def test_holm_rejects_what_stepping_down_rejects(p, alpha):
    order, rejected = sorted(range(len(p)), key=lambda i: p[i]), set()
    for step, i in enumerate(order):
        if p[i] > alpha / (len(p) - step):
            break
        rejected.add(i)
    assert {i for i, adjusted in enumerate(holm(p)) if adjusted <= alpha} >= rejected
    assert all(p[i] in {p[j] for j in rejected} for i, adjusted in enumerate(holm(p)) if adjusted <= alpha)


def test_holm_of_equal_values_and_of_none():
    assert holm([Fraction(1, 50)] * 3) == [Fraction(3, 50)] * 3
    assert holm([]) == []


# Estimate, interval and P value


def test_p_from_ci_published():
    # Altman & Bland 2011, BMJ 343:d2304: 0.81 (0.70 to 0.94) gives z = 2.8 and P = .005.
    limits = Fraction("0.70"), Fraction("0.94")
    assert round(float(se_from_ci(*limits, log=True)), 4) == 0.0752
    assert round(float(p_from_ci(Fraction("0.81"), *limits, log=True)), 3) == 0.005


@settings(deadline=None)
@given(st.fractions(-10, 10, max_denominator=100), st.fractions(Fraction(1, 100), 10, max_denominator=100))
def test_p_from_ci_of_a_difference_as_its_z_test(estimate, se):
    half = Fraction(stats.norm.ppf(0.95)) * se
    p = p_from_ci(estimate, estimate - half, estimate + half, Fraction(9, 10), log=False)
    assert float(p) == pytest.approx(2 * stats.norm.sf(abs(float(estimate / se))), rel=1e-8, abs=1e-290)


def test_p_from_ci_is_what_the_level_leaves_where_a_limit_is_the_null():
    assert float(p_from_ci(2, 1, 4, log=True)) == pytest.approx(0.05, rel=1e-12)
    assert float(p_from_ci(3, 0, 6, log=False)) == pytest.approx(0.05, rel=1e-12)


@pytest.mark.parametrize(
    "call",
    [
        lambda: e_value(0),
        lambda: fragility_index(3, 2, 1, 5),
        lambda: probability_greater(1, 0, 1, 5),
        lambda: holm([Fraction(11, 10)]),
        lambda: se_from_ci(2, 1, log=False),
        lambda: se_from_ci(0, 1, log=True),
        lambda: p_from_ci(0, 1, 2, log=True),
        lambda: p_from_ci(1, 1, 1, log=False),
    ],
)
def test_impossible_arguments_raise(call):
    with pytest.raises(
        ValueError, match=r"above 0|must satisfy|at least|between 0 and 1|must not be above|no standard"
    ):
        call()


@settings(deadline=None)
@given(st.integers(1, 12), st.integers(1, 12), st.data())
def test_reverse_fragility_index_as_the_first_path(n1, n2, data):
    x1, x2 = data.draw(st.integers(0, n1)), data.draw(st.integers(0, n2))
    assert reverse_fragility_index(x1, n1, x2, n2) == fragility.reverse_fragility_index(x1, n1, x2, n2).index
