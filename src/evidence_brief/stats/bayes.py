"""Two proportions with independent beta priors: the posterior of p1 − p2. Nothing here is simulated.

x1 events of n1 against x2 of n2; the prior Beta(a, b) is the same for both, uniform Beta(1, 1) unless given.
ValueError unless counts are whole, 0 <= x <= n, n >= 1, a and b finite and at least ½ (Jeffreys' prior).
"""

from __future__ import annotations

import math
from dataclasses import dataclass
from typing import TYPE_CHECKING

from evidence_brief.stats import unconditional
from evidence_brief.stats.limits import edge, proportions, tail
from evidence_brief.stats.quadrature import gauss_legendre

if TYPE_CHECKING:
    import numpy as np
    import numpy.typing as npt

    Floats = npt.NDArray[np.float64]

Beta = tuple[float, float]

NODES = 24
"""Points of the Gauss–Legendre rule in each stretch between QUANTILES of either posterior."""
QUANTILES = (1e-15, 1e-9, 1e-6, 1e-4, 0.003, 0.03, 0.15, 0.35, 0.5)
"""Lower tails of the posterior at which stretches end, and their mirror images."""


@dataclass(frozen=True)
class Posterior:
    """Posterior of p1 − p2: mean, equal-tailed credible interval, and the probability that p1 > p2."""

    mean: float
    lower: float
    upper: float
    probability_greater: float


def posterior_difference(
    x1: int, n1: int, x2: int, n2: int, *, a: float = 1.0, b: float = 1.0, level: float = 0.95
) -> Posterior:
    """Posterior of p1 − p2 under Beta(a, b) priors, its interval by quadrature to about 1e-10.

    ValueError also unless 0 < level < 1.

    Source: Nurminen & Mutanen 1987, Scand J Stat 14:67; Agresti & Min 2005, Biometrics 61:515 (equal tails).
    """
    first, second = _posteriors(x1, n1, x2, n2, a, b)
    outside = tail(level)
    mean = first[0] / sum(first) - second[0] / sum(second)
    lower = edge(lambda d: _below(first, second, d) >= outside, 1.0, -1.0)
    upper = edge(lambda d: _below(first, second, d) <= 1 - outside, -1.0, 1.0)
    return Posterior(mean, lower, upper, probability_greater(x1, n1, x2, n2, a=a, b=b))


def probability_greater(x1: int, n1: int, x2: int, n2: int, *, a: float = 1.0, b: float = 1.0) -> float:
    """Posterior probability that p1 > p2 under Beta(a, b) priors; exact where a and b are whole.

    A beta variable with whole parameters is an order statistic of uniform ones, so that the probability is a
    hypergeometric tail: Fisher's, one-sided, of x2 + 1 of n2 + 1 against x1 of n1 + 1 for uniform priors.

    Source: Altham 1969, J R Stat Soc B 31:261, section 2.
    """
    (a1, b1), (a2, b2) = _posteriors(x1, n1, x2, n2, a, b)
    if float(a).is_integer() and float(b).is_integer():
        counts = (int(each) for each in (a2, a2 + b2 - 1, a1 - 1, a1 + b1 - 1))
        if (ways := unconditional.ways(*counts)) is not None:
            return ways.upper / ways.total
    return _below((a2, b2), (a1, b1), 0.0)


def _posteriors(x1: int, n1: int, x2: int, n2: int, a: float, b: float) -> tuple[Beta, Beta]:
    x1, n1, x2, n2 = proportions(x1, n1, x2, n2)
    if not (0.5 <= a < math.inf and 0.5 <= b < math.inf):
        raise ValueError(f"the prior Beta(a, b) needs finite a and b of at least 0.5, got {a} and {b}")
    return (x1 + a, n1 - x1 + b), (x2 + a, n2 - x2 + b)


def _below(first: Beta, second: Beta, d: float) -> float:
    """Probability that p1 − p2 <= d: the integral of F1(y + d) f2(y), with y = sin² θ against poles at the ends."""
    import numpy as np  # here, because importing NumPy and SciPy takes long
    from scipy.special import betainc, betaincinv, betaln

    tails = np.array([*QUANTILES, *(1 - each for each in QUANTILES)])
    ends = np.concatenate([[0.0, 1.0], betaincinv(*second, tails), betaincinv(*first, tails) - d, [-d, 1 - d]])
    angles = np.arcsin(np.sqrt(np.unique(np.clip(ends, 0.0, 1.0))))
    nodes, weights = gauss_legendre(NODES)
    half = np.diff(angles)[:, np.newaxis] / 2
    theta = (angles[:-1, np.newaxis] + half * (nodes + 1)).ravel()
    a, b = second
    log_sine, log_cosine = np.log(np.sin(theta)), np.log(np.cos(theta))
    density = np.exp((2 * a - 1) * log_sine + (2 * b - 1) * log_cosine + math.log(2) - betaln(a, b))
    below: Floats = betainc(*first, np.clip(np.sin(theta) ** 2 + d, 0.0, 1.0))
    return float((half * weights).ravel() @ (density * below))
