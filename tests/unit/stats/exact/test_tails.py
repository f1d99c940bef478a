from fractions import Fraction

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence_brief.stats.exact import p_chi2, p_f, p_r, p_t, p_z, t_quantile, z_quantile
from evidence_brief.stats.exact.tails import LARGEST_DF, beta_tail

statistics = st.fractions(0, 60, max_denominator=1000)
freedoms = st.fractions(Fraction(1, 2), 3000, max_denominator=100)


def approx(expected):
    return pytest.approx(expected, rel=1e-9, abs=1e-290)


# As SciPy


@settings(deadline=None)
@given(statistics)
def test_p_z_as_scipy(z):
    assert float(p_z(z)) == approx(2 * stats.norm.sf(float(z)))


@settings(deadline=None)
@given(statistics, freedoms)
def test_p_t_as_scipy(t, df):
    assert float(p_t(t, df)) == approx(2 * stats.t.sf(float(t), float(df)))


@settings(deadline=None)
@given(statistics, freedoms, freedoms)
def test_p_f_as_scipy(f, df1, df2):
    # SciPy's tail has nine digits at 1e-277 (docs/disagreements.md).
    assert float(p_f(f, df1, df2)) == pytest.approx(stats.f.sf(float(f), float(df1), float(df2)), rel=1e-9, abs=1e-200)


@settings(deadline=None)
@given(st.fractions(0, 4000, max_denominator=1000), freedoms)
def test_p_chi2_as_scipy(x, df):
    assert float(p_chi2(x, df)) == approx(stats.chi2.sf(float(x), float(df)))


@settings(deadline=None)
@given(st.fractions(0, 1, max_denominator=1000), st.integers(3, 300))
def test_p_r_as_the_t_test_of_r(r, n):
    beta = stats.beta(n / 2 - 1, n / 2 - 1, loc=-1, scale=2)  # the distribution of r itself
    assert float(p_r(r, n - 2)) == approx(2 * beta.sf(float(r)))


@settings(deadline=None)
@given(st.integers(1, 5000), st.fractions(Fraction(1, 100), Fraction(999, 1000), max_denominator=1000))
def test_t_quantile_as_scipy(df, level):
    assert float(t_quantile(df, level)) == approx(stats.t.ppf(float((1 + level) / 2), df))


# As mpmath's own functions, to 20 digits and more


@settings(deadline=None, max_examples=50)
@given(
    st.fractions(Fraction(1, 100), Fraction(99, 100), max_denominator=100),
    st.fractions(Fraction(1, 2), 200, max_denominator=2),
    st.fractions(Fraction(1, 2), 200, max_denominator=2),
)
def test_beta_tail_as_mpmath(x, a, b):
    with mpmath.workdps(30):
        x, a, b = (mpmath.mpf(each.numerator) / each.denominator for each in (x, a, b))
        expected = mpmath.betainc(a, b, 0, x, regularized=True)
        assert abs(beta_tail(x, 1 - x, a, b) - expected) <= mpmath.mpf(10) ** -24 * expected


def test_z_quantile_as_the_inverse_error_function():
    with mpmath.workdps(30):
        for level in (Fraction(1, 1000), Fraction(1, 2), Fraction(95, 100), 1 - Fraction(1, 10**12)):
            exact = mpmath.sqrt(2) * mpmath.erfinv(mpmath.mpf(level.numerator) / level.denominator)
            assert abs(z_quantile(level) / exact - 1) < mpmath.mpf(10) ** -16


# Closed forms


@given(statistics)
def test_p_t_of_one_and_two_degrees_of_freedom_in_closed_form(t):
    value = mpmath.mpf(t.numerator) / t.denominator
    assert float(p_t(t, 1)) == pytest.approx(float(1 - 2 * mpmath.atan(value) / mpmath.pi), rel=1e-9)
    assert float(p_t(t, 2)) == pytest.approx(float(1 - value / mpmath.sqrt(value**2 + 2)), rel=1e-9)


@given(st.fractions(0, 1000, max_denominator=100))
def test_p_chi2_of_two_degrees_of_freedom_in_closed_form(x):
    assert float(p_chi2(x, 2)) == pytest.approx(float(mpmath.exp(-mpmath.mpf(x.numerator) / x.denominator / 2)))


@settings(deadline=None)
@given(statistics, freedoms)
def test_f_of_one_degree_of_freedom_is_t_squared(t, df):
    assert float(p_f(t**2, 1, df)) == approx(float(p_t(t, df)))


@settings(deadline=None)
@given(st.fractions(Fraction(1, 100), 50, max_denominator=100), freedoms, freedoms)
def test_f_and_its_reciprocal_share_the_whole_probability(f, df1, df2):
    assert float(p_f(f, df1, df2) + p_f(1 / f, df2, df1)) == pytest.approx(1, abs=1e-15)


def test_deep_tails_stay_above_0():
    assert 0 < p_z(100) < mpmath.mpf(10) ** -2000
    assert 0 < p_chi2(100_000, 3) < mpmath.mpf(10) ** -20_000
    assert 0 < p_t(10**6, 50) < mpmath.mpf(10) ** -200


def test_many_degrees_of_freedom_come_near_to_z():
    assert float(p_t(2, LARGEST_DF)) == pytest.approx(float(p_z(2)), rel=1e-8)
    assert float(t_quantile(LARGEST_DF, Fraction(95, 100))) == pytest.approx(1.959964, abs=1e-6)


@pytest.mark.parametrize("p", [p_z, lambda z, **sides: p_t(z, 10, **sides), lambda z, **sides: p_r(z / 10, 8, **sides)])
def test_one_sided_is_half_and_the_sign_does_not_matter(p):
    assert float(p(Fraction(2), sides=1)) == pytest.approx(float(p(Fraction(2)) / 2), rel=1e-14)
    assert p(Fraction(2), sides=1) == p(Fraction(-2), sides=1)


def test_boundaries():
    assert p_z(0) == p_t(0, 5) == p_f(0, 2, 5) == p_chi2(0, 3) == p_r(0, 8) == 1
    assert p_r(1, 8) == p_r(-1, 8) == 0


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: p_t(1, 0), "df must be above 0"),
        (lambda: p_t(1, LARGEST_DF + 1), "at most 1000000000"),
        (lambda: p_f(-1, 1, 1), "F must be at least 0"),
        (lambda: p_f(1, 1, -1), "df2 must be above 0"),
        (lambda: p_chi2(-1, 1), "χ² must be at least 0"),
        (lambda: p_r(Fraction(11, 10), 5), "between -1 and 1"),
        (lambda: p_z(1, sides=3), "1 or 2"),
        (lambda: p_z(mpmath.inf), "finite"),
        (lambda: z_quantile(1), "between 0 and 1"),
        (lambda: t_quantile(5, Fraction(0)), "between 0 and 1"),
    ],
)
def test_impossible_arguments_raise(call, message):
    with pytest.raises(ValueError, match=message):
        call()
