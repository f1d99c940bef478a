"""Generalised Cochran statistic of a meta-analysis, Q = Σ a (y − ȳ)², where ȳ is the mean weighted by a.

It is the quadratic form y'Py with P = A − A11'A/Σa, A the diagonal matrix of the weights (DerSimonian & Kacker 2007,
Contemp Clin Trials 28:105). All traces are sums, since P is a diagonal matrix less one of rank 1.
"""

from __future__ import annotations

import cmath
import math
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass

MOST_STEPS = 1000
"""Largest number of steps of a search for a root."""

RELATIVE_PRECISION = 1e-14
"""Relative precision to which a root is found, far below the 10⁻¹⁰ that any printed figure needs."""

LEAST = 1e-200
"""Share of its expectation below which a statistic has a probability of nearly 0, at most 1e-100."""

LARGEST = 1e50
"""Largest effect, and largest and inverse of the smallest variance, whose powers a float still holds."""

NEGLIGIBLE = 1e-18
"""Share of a sum below which its terms are left out."""


@dataclass(frozen=True)
class QForm:
    """The statistic with the positive weights a, one for each study."""

    weights: tuple[float, ...]

    @property
    def total(self) -> float:
        """Sum of the weights."""
        return math.fsum(self.weights)

    def mean(self, y: Sequence[float]) -> float:
        """The weighted mean of y."""
        return math.fsum(a * each for a, each in zip(self.weights, y, strict=True)) / self.total

    def value(self, y: Sequence[float]) -> float:
        """The statistic of y."""
        mean = self.mean(y)
        return math.fsum(a * (each - mean) ** 2 for a, each in zip(self.weights, y, strict=True))

    def trace(self, d: Iterable[float]) -> float:
        """Trace of PD, D diagonal: the expectation of Q where d are the variances of y."""
        parts = zip(self.weights, _others(self.weights), d, strict=True)
        return math.fsum(a * others * each for a, others, each in parts) / self.total

    def trace_of_square(self, d: Sequence[float]) -> float:
        """Trace of PDPD, D diagonal: half the variance of Q where d are the variances of a normal y."""
        total = self.total
        parts = zip(self.weights, _others(self.weights), d, strict=True)
        diagonal = [(a * others * each / total) ** 2 for a, others, each in parts]
        squares = [a * a * each / total for a, each in zip(self.weights, d, strict=True)]
        beside = [each * others for each, others in zip(squares, _others(squares), strict=True)]
        return math.fsum(diagonal + beside)

    def cdf(self, q: float, d: Sequence[float]) -> float:
        """Probability that the statistic is at most q where d are the variances of a normal y.

        The inverse Laplace transform of det(I + 2sPD)^(−½) / s by the trapezoidal rule, on a parabola s(1 + iu)²
        through the saddle point s, which no singularity comes near: the step below leaves an error of about 10⁻¹⁵.

        Source: Jackson 2013, Res Synth Methods 4:220 (the statistic); Rice 1980, SIAM J Sci Stat Comput 1:438.
        """
        if q <= LEAST * self.trace(d):
            return 0.0
        total = self.total
        factors = [(2 * a * each / q, a / total) for a, each in zip(self.weights, d, strict=True)]
        saddle = root(lambda z: _slope(z, factors), 1 - 1e-9, (len(factors) + 1) / 2 + 1e-9)
        step = 1 / (4 * math.sqrt(1 + len(factors) / 2))
        area = _on_parabola(0.0, saddle, factors).real
        for node in range(1, MOST_STEPS):
            term = _on_parabola(node * step, saddle, factors)
            area += 2 * term.real
            if abs(term) <= NEGLIGIBLE * area:
                break
        return min(1.0, area * step / math.pi)


def _others(values: Sequence[float]) -> list[float]:
    """Sum of all but each value. That of the largest is added up anew: a difference could lose all its digits."""
    total = math.fsum(values)
    largest = max(range(len(values)), key=values.__getitem__)
    sums = [total - each for each in values]
    sums[largest] = math.fsum(values[:largest]) + math.fsum(values[largest + 1 :])
    return sums


Factors = list[tuple[float, float]]


def _slope(z: float, factors: Factors) -> float:
    """Derivative of the logarithm of exp(z) det(I + zB)^(−½) / z, the determinant as in `_on_parabola`."""
    rest = math.fsum(share / (1 + z * spread) for spread, share in factors)
    change = math.fsum(share * spread / (1 + z * spread) / (1 + z * spread) for spread, share in factors)
    return 1 - 1 / z - (math.fsum(spread / (1 + z * spread) for spread, _ in factors) - change / rest) / 2


def _on_parabola(u: float, saddle: float, factors: Factors) -> complex:
    """The integrand at u. The matrix of the determinant is diagonal plus rank 1; no root crosses its cut."""
    z = saddle * complex(1, u) ** 2
    exponent, rest = z, complex(0)
    for spread, share in factors:
        factor = 1 + z * spread
        exponent -= cmath.log(factor) / 2
        rest += share / factor
    return cmath.exp(exponent) / (cmath.sqrt(rest) * complex(1, u))


def checked(yi: Sequence[float], vi: Sequence[float]) -> tuple[list[float], list[float]]:
    """Effects and their variances as floats.

    ValueError unless there are as many of one as of the other, at least one, all finite, the variances above 0, and
    none beyond LARGEST.
    """
    y, v = [float(each) for each in yi], [float(each) for each in vi]
    if len(y) != len(v) or not y:
        raise ValueError(f"each effect needs its variance, got {len(y)} effects and {len(v)} variances")
    if not all(map(math.isfinite, y + v)) or min(v) <= 0:
        raise ValueError("effects must be finite, and their variances finite and above 0")
    if max(map(abs, y)) > LARGEST or max(v) > LARGEST or min(v) < 1 / LARGEST:
        raise ValueError(f"effects and variances must lie within {LARGEST:g}, variances above {1 / LARGEST:g}")
    return y, v


def inverse_variance(v: Sequence[float], tau2: float = 0.0) -> QForm:
    """The statistic with weights 1/(v + τ²), which is Cochran's where τ² = 0."""
    return QForm(tuple(1 / (each + tau2) for each in v))


def root(f: Callable[[float], float], low: float, high: float) -> float:
    """Where f changes its sign between low and high, to RELATIVE_PRECISION."""
    from scipy.optimize import brentq  # here, because importing SciPy takes long

    return float(brentq(f, low, high, xtol=1e-200, rtol=RELATIVE_PRECISION, maxiter=MOST_STEPS))


def first_above(f: Callable[[float], float], start: float) -> float | None:
    """The first of start, 2·start, 4·start … at which f is at least 0; None beyond MOST_STEPS doublings."""
    for _ in range(MOST_STEPS):
        if not math.isfinite(start):
            return None
        if f(start) >= 0:
            return start
        start *= 2
    return None
