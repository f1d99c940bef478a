"""P values of test statistics, and the quantiles that intervals need, to 30 digits.

P values are two-sided unless `sides` is 1, which is the observed direction: half of the two-sided P of a
statistic that is symmetric about 0. Statistics may be whole numbers, Fractions or mpf.
"""

from __future__ import annotations

from collections.abc import Callable
from functools import lru_cache

from evidence_brief.stats.exact.core import Rational, mpf, mpmath, one_or_two, outside, precise, real, root

TERMS = 20_000  # of the continued fraction; 10⁷ degrees of freedom on both sides need 1,500
LARGEST_DF = 10**9


@precise
def p_z(z: Rational | mpf, sides: int = 2) -> mpf:
    """P value of a standard normal z."""
    return mpmath.erfc(abs(real("z", z)) / mpmath.sqrt(2)) * one_or_two(sides) / 2


@precise
def p_t(t: Rational | mpf, df: Rational | mpf, sides: int = 2) -> mpf:
    """P value of Student's t with df > 0 degrees of freedom (Abramowitz & Stegun 26.7.1)."""
    freedom, square = _freedom("df", df), real("t", t) ** 2
    tail = beta_tail(freedom / (freedom + square), square / (freedom + square), freedom / 2, mpf(1) / 2)
    return tail * one_or_two(sides) / 2


@precise
def p_f(f: Rational | mpf, df1: Rational | mpf, df2: Rational | mpf) -> mpf:
    """Upper tail of F >= 0 with df1 and df2 > 0 degrees of freedom (Abramowitz & Stegun 26.6.2)."""
    first, second, value = _freedom("df1", df1), _freedom("df2", df2), real("F", f)
    if value < 0:
        raise ValueError(f"F must be at least 0, got {value}")
    total = second + first * value
    return beta_tail(second / total, first * value / total, second / 2, first / 2)


@precise
def p_r(r: Rational | mpf, df: Rational | mpf, sides: int = 2) -> mpf:
    """P value of a correlation r with df = n − 2 degrees of freedom; 0 at r = ±1.

    Source: Fisher 1915, Biometrika 10:507: r²/(1 − r²) · df is t².
    """
    correlation, freedom = real("r", r), _freedom("df", df)
    if abs(correlation) > 1:
        raise ValueError(f"r must lie between -1 and 1, got {correlation}")
    rest = (1 - correlation) * (1 + correlation)
    return beta_tail(rest, correlation**2, freedom / 2, mpf(1) / 2) * one_or_two(sides) / 2


@precise
def p_chi2(x: Rational | mpf, df: Rational | mpf) -> mpf:
    """Upper tail of χ² >= 0 with df > 0 degrees of freedom (Abramowitz & Stegun 26.4.19)."""
    value, freedom = real("χ²", x), _freedom("df", df)
    if value < 0:
        raise ValueError(f"χ² must be at least 0, got {value}")
    return mpmath.gammainc(freedom / 2, value / 2, regularized=True)


@precise
def z_quantile(level: Rational) -> mpf:
    """Normal z with a probability of `level` between −z and z: 1.96 for 0.95."""
    beyond = outside(level)
    return _where_p_is(beyond, p_z)


def t_quantile(df: Rational | mpf, level: Rational) -> mpf:
    """Student's t with a probability of `level` between −t and t, df > 0 degrees of freedom."""
    return _t_quantile(df, level)


@lru_cache(maxsize=256)
@precise
def _t_quantile(df: Rational | mpf, level: Rational) -> mpf:
    beyond, freedom = outside(level), _freedom("df", df)
    return _where_p_is(beyond, lambda t: p_t(t, freedom))


@precise
def beta_quantile(probability: mpf, a: mpf, b: mpf) -> mpf:
    """Quantile of the beta distribution: x with I_x(a, b) = probability between 0 and 1, for a, b > 0."""
    return root(lambda x: beta_tail(x, 1 - x, a, b) - probability, mpf(0), mpf(1))


@precise
def beta_tail(x: mpf, y: mpf, a: mpf, b: mpf) -> mpf:
    """Regularised incomplete beta function I_x(a, b), where y is 1 − x, given apart to lose no digits.

    ArithmeticError where TERMS of the continued fraction do not suffice (parameters far beyond 10⁹).

    Source: DLMF 8.17.22, with 8.17.4 where the mirrored fraction converges sooner.
    """
    if x <= 0 or y <= 0:
        return mpf(0) if x <= 0 else mpf(1)
    if x > (a + 1) / (a + b + 2):
        return 1 - beta_tail(y, x, b, a)
    log_front = a * mpmath.log(x) + b * mpmath.log(y) - mpmath.log(a) - _log_beta(a, b)
    return mpmath.exp(log_front) / _continued_fraction(x, a, b)


def _log_beta(a: mpf, b: mpf) -> mpf:
    return mpmath.loggamma(a) + mpmath.loggamma(b) - mpmath.loggamma(a + b)


def _continued_fraction(x: mpf, a: mpf, b: mpf) -> mpf:
    """1 + d₁/(1 + d₂/(1 + …)) of DLMF 8.17.23, by the recurrence of its numerators and denominators."""
    above, above_before, below, below_before = mpf(1), mpf(1), mpf(1), mpf(0)
    last = mpf(0)
    for term in range(1, TERMS):
        m = term // 2
        if term % 2:
            d = -(a + m) * (a + b + m) * x / ((a + 2 * m) * (a + 2 * m + 1))
        else:
            d = m * (b - m) * x / ((a + 2 * m - 1) * (a + 2 * m))
        above, above_before = above + d * above_before, above
        below, below_before = below + d * below_before, below
        value = above / below
        if not term % 2 and abs(value - last) <= abs(value) * mpmath.eps:
            return value
        last = value
    raise ArithmeticError(f"the incomplete beta function at {x} with {a}, {b} takes more than {TERMS} terms")


def _freedom(name: str, df: Rational | mpf) -> mpf:
    value = real(name, df)
    if not 0 < value <= LARGEST_DF:
        raise ValueError(f"{name} must be above 0 and at most {LARGEST_DF}, got {value}")
    return value


def _where_p_is(beyond: mpf, p: Callable[[mpf], mpf]) -> mpf:
    high = mpf(2)
    while p(high) > beyond:
        high *= 2
    return root(lambda statistic: p(statistic) - beyond, mpf(0), high)
