import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, special, stats

from evidence_brief.stats import bayes


@st.composite
def tables(draw, largest=60):
    n1, n2 = draw(st.integers(1, largest)), draw(st.integers(1, largest))
    return draw(st.integers(0, n1)), n1, draw(st.integers(0, n2)), n2


priors = st.sampled_from([0.5, 1.0, 2.5])


def greater_by_sum(x1, n1, x2, n2):
    """P(p1 > p2) under uniform priors as the finite sum over i of B(a1 + i, b1 + b2)/((b2 + i) …), in fractions."""

    def beta(a, b):
        return Fraction(math.factorial(a - 1) * math.factorial(b - 1), math.factorial(a + b - 1))

    a1, b1, a2, b2 = x1 + 1, n1 - x1 + 1, x2 + 1, n2 - x2 + 1
    # F2(p) is a binomial tail: the sum over i >= a2 of C(a2 + b2 − 1, i) p^i (1 − p)^(a2 + b2 − 1 − i).
    size = a2 + b2 - 1
    terms = (math.comb(size, i) * beta(a1 + i, b1 + size - i) for i in range(a2, size + 1))
    return sum(terms) / beta(a1, b1)


@settings(deadline=None)
@given(tables(largest=30))
def test_probability_greater_exact_sum(table):
    assert bayes.probability_greater(*table) == pytest.approx(float(greater_by_sum(*table)), rel=1e-14)


@settings(deadline=None, max_examples=40)
@given(tables(), priors, priors)
def test_probability_greater_by_quadrature(table, a, b):
    x1, n1, x2, n2 = table
    # Equal steps of the logit of p1: no pole is left, and the sum converges faster than any power of the step.
    logit, a1, b1 = np.arange(-90, 90, 0.02), x1 + a, n1 - x1 + b
    density = np.exp(a1 * special.log_expit(logit) + b1 * special.log_expit(-logit) - special.betaln(a1, b1))
    below = stats.beta(x2 + a, n2 - x2 + b).cdf(special.expit(logit))
    expected = 0.02 * float(density @ below)
    assert bayes.probability_greater(*table, a=a, b=b) == pytest.approx(expected, abs=1e-10)


@settings(deadline=None, max_examples=30)
@given(tables(), priors, st.sampled_from([0.9, 0.95]))
def test_posterior_swapped_groups_change_sign(table, a, level):
    x1, n1, x2, n2 = table
    one = bayes.posterior_difference(*table, a=a, b=a, level=level)
    other = bayes.posterior_difference(x2, n2, x1, n1, a=a, b=a, level=level)
    assert (one.mean, one.lower, one.upper) == pytest.approx((-other.mean, -other.upper, -other.lower), abs=1e-8)
    assert one.probability_greater + other.probability_greater == pytest.approx(1, abs=1e-9)
    assert -1 <= one.lower < one.mean < one.upper <= 1


@settings(deadline=None, max_examples=20)
@given(tables(largest=40))
def test_posterior_interval_leaves_equal_tails(table):
    x1, n1, x2, n2 = table
    first, second = stats.beta(x1 + 1, n1 - x1 + 1), stats.beta(x2 + 1, n2 - x2 + 1)
    found = bayes.posterior_difference(*table)
    for limit, below in ((found.lower, 0.025), (found.upper, 0.975)):
        ends = sorted({0.0, 1.0, max(0.0, -limit), min(1.0, 1 - limit)})
        mass = sum(
            integrate.quad(lambda y, d=limit: first.cdf(y + d) * second.pdf(y), low, high, epsabs=1e-11, limit=200)[0]
            for low, high in pairwise(ends)
        )
        assert mass == pytest.approx(below, abs=1e-8)


def test_posterior_of_one_group_that_is_all_but_certain():
    # With p2 near 0 the interval is that of the first posterior alone.
    found = bayes.posterior_difference(30, 60, 0, 10**7)
    assert (found.lower, found.upper) == pytest.approx(stats.beta(31, 31).ppf([0.025, 0.975]), abs=1e-6)


def test_posterior_of_equal_groups():
    found = bayes.posterior_difference(5, 10, 5, 10)
    assert found.mean == 0
    assert found.probability_greater == 0.5
    assert found.lower == pytest.approx(-found.upper, abs=1e-12)


def test_posterior_of_the_seed_table():
    # 22/24 against 10/18, uniform priors: means 23/26 − 11/20.
    found = bayes.posterior_difference(22, 24, 10, 18)
    assert found.mean == pytest.approx(23 / 26 - 11 / 20)
    assert found.probability_greater == pytest.approx(float(greater_by_sum(22, 24, 10, 18)), rel=1e-14)


def test_probability_greater_of_groups_too_large_to_count(monkeypatch):
    exact = bayes.probability_greater(60, 100, 45, 99)
    monkeypatch.setattr(bayes.unconditional, "ways", lambda *counts: None)
    assert bayes.probability_greater(60, 100, 45, 99) == pytest.approx(exact, abs=1e-11)


@pytest.mark.parametrize(
    "arguments",
    [{"a": 0.2}, {"b": math.inf}, {"a": math.nan}, {"level": 95}],
)
def test_posterior_impossible_arguments(arguments):
    with pytest.raises(ValueError):
        bayes.posterior_difference(1, 5, 2, 5, **arguments)


def test_posterior_impossible_counts():
    with pytest.raises(ValueError, match="0 <= x <= n"):
        bayes.probability_greater(6, 5, 2, 5)
