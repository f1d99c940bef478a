import math
from fractions import Fraction
from itertools import pairwise

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import integrate, stats

from evidence_brief.stats import meta_quadratic
from evidence_brief.stats.meta_quadratic import QForm, checked, first_above, inverse_variance, root

positive = st.floats(1e-3, 1e3)


@st.composite
def forms(draw):
    k = draw(st.integers(2, 12))
    several = st.lists(positive, min_size=k, max_size=k)
    return QForm(tuple(draw(several))), draw(several), draw(st.lists(st.floats(-10, 10), min_size=k, max_size=k))


def matrix(form):
    a = np.array(form.weights)
    return np.diag(a) - np.outer(a, a) / a.sum()


@settings(deadline=None)
@given(forms())
def test_q_form_sums_are_those_of_the_matrices(drawn):
    form, d, y = drawn
    a, total = [Fraction(each) for each in form.weights], sum(map(Fraction, form.weights))
    p = [[(a[i] if i == j else 0) - a[i] * a[j] / total for j in range(len(a))] for i in range(len(a))]
    places = [(i, j) for i in range(len(a)) for j in range(len(a))]
    value = sum(Fraction(y[i]) * p[i][j] * Fraction(y[j]) for i, j in places)
    square = sum(p[i][j] ** 2 * Fraction(d[i]) * Fraction(d[j]) for i, j in places)
    assert form.value(y) == pytest.approx(float(value), rel=1e-9, abs=1e-9)
    assert form.trace(d) == pytest.approx(float(sum(p[i][i] * Fraction(d[i]) for i in range(len(a)))), rel=1e-12)
    assert form.trace_of_square(d) == pytest.approx(float(square), rel=1e-12)


def test_q_form_one_weight_above_all_others_loses_no_digits():
    form, d = QForm((1e30, 1.0, 2.0)), [1e-30, 1.0, 0.5]
    # tr PDPD of weights 1/d is k − 1.
    assert form.trace(d) == pytest.approx(2.0, rel=1e-14)
    assert form.trace_of_square(d) == pytest.approx(2.0, rel=1e-14)


def imhof(q, values):
    """Imhof 1961, Biometrika 48:419, another way to the same probability."""

    def integrand(u):
        angle = np.arctan(values * u).sum() / 2 - q * u / 2
        return math.sin(angle) / (u * np.prod((1 + (values * u) ** 2) ** 0.25))

    ends = [*np.geomspace(1e-9, 1, 10), *np.arange(2, 200)]
    return 0.5 - sum(integrate.quad(integrand, *each)[0] for each in pairwise(ends)) / math.pi


@pytest.mark.parametrize("share", [0.3, 1.0, 2.5])
@pytest.mark.parametrize("k", [6, 9, 15])
def test_q_form_cdf_as_imhof(k, share):
    form = QForm(tuple(1 + math.sin(i) / 2 for i in range(k)))
    d = [1 + math.cos(3 * i) / 1.2 for i in range(k)]
    s = np.sqrt(d)
    values = np.linalg.eigvalsh(s[:, None] * matrix(form) * s)[1:]
    q = share * form.trace(d)
    assert form.cdf(q, d) == pytest.approx(imhof(q, values), abs=1e-5)


@pytest.mark.parametrize("k", [2, 3, 10, 200])
@pytest.mark.parametrize("share", [0.01, 0.5, 1, 1.5, 10])
def test_q_form_cdf_of_homogeneous_studies_is_chi_square(k, share):
    # Whatever the variances, if the weights are their inverses.
    d = [math.exp(4 * math.sin(i)) for i in range(k)]
    q = share * (k - 1)
    assert inverse_variance(d).cdf(q, d) == pytest.approx(stats.chi2.cdf(q, k - 1), rel=1e-9, abs=1e-13)


def test_q_form_cdf_of_two_studies_is_a_scaled_chi_square():
    form, d = QForm((1.0, 3.0)), [0.2, 5.0]
    assert form.cdf(1.7, d) == pytest.approx(stats.chi2.cdf(1.7 / (0.75 * 5.2), 1), abs=1e-13)


def test_q_form_cdf_at_the_ends():
    form, d = QForm((1.0, 2.0, 3.0)), [1.0, 1.0, 1.0]
    assert form.cdf(0.0, d) == 0.0
    assert form.cdf(-1.0, d) == 0.0
    assert form.cdf(1e-250, d) == 0.0
    assert form.cdf(1e6, d) == pytest.approx(1.0, abs=1e-13)


@settings(deadline=None)
@given(forms(), st.floats(0.1, 10))
def test_q_form_cdf_falls_as_the_variances_grow(drawn, more):
    form, d, _ = drawn
    q = form.trace(d)
    assert form.cdf(q, [each + more for each in d]) < form.cdf(q, d)


@pytest.mark.parametrize(
    ("yi", "vi", "message"),
    [
        ([], [], "each effect needs its variance"),
        ([1, 2], [1], "each effect needs its variance"),
        ([1, math.nan], [1, 1], "finite"),
        ([1, 2], [1, math.inf], "finite"),
        ([1, 2], [1, 0], "above 0"),
        ([1, 1e60], [1, 1], "within 1e"),
        ([1, 2], [1, 1e-60], "above 1e-50"),
        ([1, 2], [1, 1e60], "within 1e"),
    ],
)
def test_checked_impossible_effects(yi, vi, message):
    with pytest.raises(ValueError, match=message):
        checked(yi, vi)


def test_root_to_the_last_digits():
    assert root(lambda x: x * x - 2, 0, 2) == pytest.approx(math.sqrt(2), rel=1e-13)


def test_first_above_doubles_until_it_is():
    assert first_above(lambda x: x - 5, 1.0) == 8.0
    assert first_above(lambda x: x - 5, 6.0) == 6.0


def test_first_above_gives_up():
    assert first_above(lambda x: -1, 1e300) is None
    assert first_above(lambda x: -1, 0.0) is None


def test_first_above_keeps_to_its_bound(monkeypatch):
    monkeypatch.setattr(meta_quadratic, "MOST_STEPS", 3)
    assert first_above(lambda x: x - 5, 1.0) is None
