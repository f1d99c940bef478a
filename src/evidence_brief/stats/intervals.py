"""Confidence intervals of a proportion, of the difference of two proportions, and of a mean."""

from __future__ import annotations

import math
from statistics import NormalDist


def wilson(x: int, n: int, level: float = 0.95) -> tuple[float, float]:
    """Score interval of the proportion x/n, without continuity correction, as (lower, upper) within 0 to 1.

    ValueError unless 0 <= x <= n, n >= 1 and 0 < level < 1.

    Source: Wilson 1927, J Am Stat Assoc 22:209; Newcombe 1998, Stat Med 17:857, method 3.
    """
    if n < 1 or not 0 <= x <= n:
        raise ValueError(f"a proportion needs 0 <= x <= n and n >= 1, got {x}/{n}")
    z = NormalDist().inv_cdf((1 + _level(level)) / 2)
    centre = 2 * x + z**2
    half_width = z * math.sqrt(z**2 + 4 * x * (n - x) / n)
    lower, upper = (centre - half_width) / (2 * (n + z**2)), (centre + half_width) / (2 * (n + z**2))
    return lower, 1.0 if x == n else upper  # rounding may leave the upper limit of n/n beside 1


def newcombe(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> tuple[float, float]:
    """Hybrid score interval of the risk difference x1/n1 − x2/n2, as (lower, upper) within −1 to 1.

    ValueError unless 0 <= x <= n and n >= 1 in both groups and 0 < level < 1.

    Source: Newcombe 1998, Stat Med 17:873, method 10.
    """
    lower1, upper1 = wilson(x1, n1, level)
    lower2, upper2 = wilson(x2, n2, level)
    p1, p2 = x1 / n1, x2 / n2
    difference = p1 - p2
    lower = difference - math.hypot(p1 - lower1, upper2 - p2)
    upper = difference + math.hypot(upper1 - p1, p2 - lower2)
    return lower, upper


def mean_t(mean: float, sd: float, n: int, level: float = 0.95) -> tuple[float, float]:
    """Student's t interval of a mean from its standard deviation and n, as (lower, upper), n − 1 df.

    ValueError unless mean and sd are finite, sd >= 0, n >= 2 and 0 < level < 1.

    Source: Student 1908, Biometrika 6:1; Altman & Gardner 1986, BMJ 292:746, single sample.
    """
    if not (math.isfinite(mean) and math.isfinite(sd) and sd >= 0):
        raise ValueError(f"mean and sd must be finite and sd at least 0, got mean {mean}, sd {sd}")
    if n < 2:
        raise ValueError(f"a standard deviation needs n >= 2, got n = {n}")
    half_width = t_quantile(n - 1, level) * sd / math.sqrt(n)
    return mean - half_width, mean + half_width


def t_quantile(df: float, level: float = 0.95) -> float:
    """Quantile t of a two-sided interval of this level; ValueError unless df > 0 and 0 < level < 1.

    Source: Student 1908, Biometrika 6:1.
    """
    from scipy.special import stdtrit  # here, because importing SciPy takes long

    if not df > 0:
        raise ValueError(f"a t distribution needs df > 0, got {df}")
    return float(stdtrit(df, (1 + _level(level)) / 2))


def _level(level: float) -> float:
    if not 0 < level < 1:
        raise ValueError(f"level must lie between 0 and 1, as 0.95 does, got {level}")
    return level
