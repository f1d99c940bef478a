import math
import subprocess
import sys

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.stats.distributions import PRECISION, outward, p_chi2, p_f, p_r, p_t, p_z, t_square

degrees = st.one_of(st.integers(1, 10_000).map(float), st.floats(0.5, 500))
sizes = st.floats(1e-3, 60)


def beta(a, b, x):
    return mpmath.betainc(a, b, 0, x, regularized=True)


def exact_t(t, df):
    with mpmath.workdps(60):
        return float(beta(mpmath.mpf(df) / 2, mpmath.mpf("0.5"), df / (df + mpmath.mpf(t) ** 2)))


@pytest.mark.parametrize(
    ("p", "expected"),
    # R 4.2: pt, pf, pchisq, pnorm; upper tails.
    [
        (p_t(-40, 8), 1.67857188791458e-10),
        (p_t(3.2, 2.5), 0.0634110282363815),
        (p_t(6, 1e6), 1.97384981235444e-09),
        (p_f(250, 3, 40), 6.15042916779056e-26),
        (p_f(0.2, 1.7, 48.3), 0.783940800776376),
        (p_chi2(400, 3), 2.21388659310112e-86),
        (p_chi2(1e-3, 2), 0.999500124979169),
    ],
)
def test_p_as_r(p, expected):
    assert p == pytest.approx(expected, rel=1e-11)


@settings(max_examples=200, deadline=None)
@given(sizes, degrees)
def test_p_t_deep_in_the_tails(t, df):
    assert p_t(t, df) == pytest.approx(exact_t(t, df), rel=PRECISION / 10, abs=1e-250)


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 200), degrees, degrees)
def test_p_f_deep_in_the_tails(f, df1, df2):
    with mpmath.workdps(60):
        share = mpmath.mpf(df2) / (df2 + mpmath.mpf(df1) * f)
        expected = float(beta(mpmath.mpf(df2) / 2, mpmath.mpf(df1) / 2, share))
    assert p_f(f, df1, df2) == pytest.approx(expected, rel=PRECISION / 10, abs=1e-250)


@settings(max_examples=100, deadline=None)
@given(st.floats(0, 600), st.integers(1, 200))
def test_p_chi2_deep_in_the_tails(x, df):
    with mpmath.workdps(60):
        expected = float(mpmath.gammainc(mpmath.mpf(df) / 2, mpmath.mpf(x) / 2, mpmath.inf, regularized=True))
    assert p_chi2(x, df) == pytest.approx(expected, rel=PRECISION / 10, abs=1e-250)


@settings(deadline=None)
@given(sizes, degrees)
def test_p_is_one_sided_half_and_without_sign(t, df):
    t, z = min(t, 20.0), min(t, 30.0)  # beyond, halves are not floats
    assert p_t(-t, df) == p_t(t, df) == 2 * p_t(t, df, sides=1)
    assert p_z(-z) == p_z(z) == 2 * p_z(z, 1)


@settings(deadline=None)
@given(st.floats(0, 30), degrees)
def test_p_f_with_1_df_is_that_of_t(t, df):
    assert p_f(t * t, 1, df) == p_t(t, df)


@settings(deadline=None)
@given(st.floats(0, 8))
def test_p_chi2_with_1_df_is_that_of_z(z):
    assert p_chi2(z * z, 1) == pytest.approx(p_z(z), rel=1e-12)


@settings(deadline=None)
@given(st.floats(-0.999, 0.999), degrees)
def test_p_r_is_that_of_its_t(r, df):
    t = r * math.sqrt(df / ((1 - r) * (1 + r)))
    assert p_r(r, df) == pytest.approx(p_t(t, df), rel=1e-9)


def test_p_at_the_ends():
    assert p_z(0) == p_t(0, 3) == p_r(0, 3) == p_f(0, 2, 3) == p_chi2(0, 2) == 1.0
    assert p_r(1, 3) == p_r(-1, 3) == p_t(math.inf, 3) == p_f(math.inf, 2, 3) == p_chi2(math.inf, 2) == 0.0
    assert p_t(1e200, 3) == 0.0
    assert 0 < p_z(38) < 1e-315


@settings(deadline=None)
@given(st.floats(0, 1), degrees)
def test_t_square_has_that_p(p, df):
    square = t_square(p, df)
    if 0 < square < 1e300 and p > 1e-250:
        assert p_t(math.sqrt(square), df) == pytest.approx(p, rel=PRECISION / 10)


def test_t_square_at_the_ends():
    assert t_square(0, 5) == math.inf
    assert t_square(1, 5) == 0
    # Student's table: t = 2.571 for 5 degrees of freedom.
    assert math.sqrt(t_square(0.05, 5)) == pytest.approx(2.570582, abs=1e-6)


def test_outward_holds_the_range_within_0_to_1():
    assert outward(0.5, 1.0) == (0.5 * (1 - 1e-10), 1.0)
    assert outward(0.0, 0.25) == (0.0, 0.25 * (1 + 1e-10))


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: p_t(2, 0), "degrees of freedom"),
        (lambda: p_t(2, -1), "degrees of freedom"),
        (lambda: p_t(2, math.inf), "degrees of freedom"),
        (lambda: p_t(math.nan, 3), "t must be a number"),
        (lambda: p_z(math.nan), "z must be a number"),
        (lambda: p_r(1.01, 3), "between -1 and 1"),
        (lambda: p_r(math.nan, 3), "between -1 and 1"),
        (lambda: p_f(-0.1, 1, 3), "F cannot be negative"),
        (lambda: p_f(1, 0, 3), "degrees of freedom"),
        (lambda: p_f(1, 3, 0), "degrees of freedom"),
        (lambda: p_chi2(-1, 3), "χ² cannot be negative"),
        (lambda: p_chi2(1, 0), "degrees of freedom"),
        (lambda: p_z(1, 3), "1 or 2 sides"),
        (lambda: t_square(1.1, 3), "P value lies between 0 and 1"),
        (lambda: t_square(0.1, 0), "degrees of freedom"),
    ],
)
def test_distributions_impossible_arguments(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_import_leaves_scipy_alone():
    code = (
        "import sys; import evidence_brief.stats.mean_ranges, evidence_brief.stats.rank_tests, "
        "evidence_brief.stats.test_statistics; sys.exit('scipy' in sys.modules or 'numpy' in sys.modules)"
    )
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
