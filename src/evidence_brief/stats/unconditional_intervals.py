"""Exact unconditional intervals of two independent proportions: their difference and their ratio.

A value belongs to the interval where the largest probability, over the other parameter, of tables at least as
extreme as the observed one is more than the level leaves. The limits are the least and the greatest such
value: found by halving to PRECISION and then looked for OUTWARD beyond, since the set may have gaps. A ratio is
searched on the log scale. Counts must be whole with 0 <= x <= n and n >= 1; None beyond WORK_BOUND.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from evidence_brief.stats import score_arrays
from evidence_brief.stats.exact_proportions import clopper_pearson
from evidence_brief.stats.limits import Limits, proportions, tail
from evidence_brief.stats.score_arrays import Floats

WORK_BOUND = 12_000
"""Largest (n1 + 1)(n2 + 1) for which an interval is computed (108 against 108, about two seconds)."""

PRECISION = 1e-8
OUTWARD, OUTWARD_STEPS = 0.3, 30
"""Gaps are looked for over this share of the way from the estimate to the limit, in so many steps."""

TIE = 1e-9
"""Statistics that differ by less, relatively, belong to tables that are equally extreme."""

GRID_PER_ROOT_N = 16
NEAR_PEAK = 0.99
ZOOM, ZOOM_ROUNDS = 8, 5

LARGEST_LOG = 30.0
"""Ratios beyond e to this power, or below its inverse, count as ∞ and 0."""

Path = Callable[[Floats], tuple[Floats, Floats]]

STATISTICS = {
    "difference": score_arrays.difference,
    "unstandardised": score_arrays.unstandardised,
    "ratio": score_arrays.ratio,
}


def chan_zhang(
    x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, measure: str = "difference", gamma: float = 0.0
) -> Limits | None:
    """Two one-sided tests ordered by the score statistic. Source: Chan & Zhang 1999, Biometrics 55:1202.

    `measure` is "difference" or "ratio". `gamma` above 0 looks for the largest probability only
    within Clopper & Pearson's interval of p2 of level 1 − gamma, and adds gamma (Berger & Boos 1994, J Am Stat
    Assoc 89:1012).
    """
    return _limits(_Test(*proportions(x1, n1, x2, n2), tail(level), measure, 1, gamma))


def agresti_min(
    x1: int, n1: int, x2: int, n2: int, level: float = 0.95, *, measure: str = "difference", gamma: float = 0.0
) -> Limits | None:
    """One two-sided test ordered by the size of the score statistic; `measure` and `gamma` as in `chan_zhang`.

    Source: Agresti & Min 2001, Biometrics 57:963.
    """
    return _limits(_Test(*proportions(x1, n1, x2, n2), 2 * tail(level), measure, 2, gamma))


def santner_snell(x1: int, n1: int, x2: int, n2: int, level: float = 0.95) -> Limits | None:
    """Two one-sided tests ordered by the difference itself, in whole numbers.

    Source: Santner & Snell 1980, J Am Stat Assoc 75:386; SAS/STAT User's Guide, PROC FREQ, exact RISKDIFF.
    """
    return _limits(_Test(*proportions(x1, n1, x2, n2), tail(level), "unstandardised", 1, 0.0))


@dataclass(frozen=True)
class _Test:
    x1: int
    n1: int
    x2: int
    n2: int
    alpha: float
    measure: str
    sides: int
    gamma: float

    def accepts(self, value: float, side: int) -> bool:
        """Whether the test accepts the value; a one-sided test looks from below (side 1) or from above (−1)."""
        statistic = STATISTICS[self.measure](self.n1, self.n2, value)
        extremity = np.abs(statistic) if self.sides == 2 else -side * statistic
        observed = extremity[self.x1, self.x2]
        region = (extremity >= observed) | np.isclose(extremity, observed, rtol=TIE, atol=TIE)
        low, high = clopper_pearson(self.x2, self.n2, 1 - self.gamma) if self.gamma else (0.0, 1.0)
        path = _path(self.measure, value, low, high)
        return path is not None and _exceeds(region.astype(np.float64), path, self.alpha - self.gamma)


def _limits(test: _Test) -> Limits | None:
    x1, n1, x2, n2 = test.x1, test.n1, test.x2, test.n2
    if test.measure not in STATISTICS:
        raise ValueError(f"measure must be difference or ratio, got {test.measure!r}")
    if (n1 + 1) * (n2 + 1) > WORK_BOUND:
        return None
    if test.measure in ("difference", "unstandardised"):
        estimate = x1 / n1 - x2 / n2
        lower = _outermost(lambda value: test.accepts(value, -1), estimate, -1, 1.0)
        return lower, _outermost(lambda value: test.accepts(value, 1), estimate, 1, 1.0)
    start = math.log(x1 * n2 / (n1 * x2)) if x1 and x2 else 0.0
    return _ratio_limit(test, start, -1) if x1 else 0.0, _ratio_limit(test, start, 1) if x2 else math.inf


def _ratio_limit(test: _Test, start: float, side: int) -> float:
    def accepted(log_value: float) -> bool:
        return test.accepts(math.exp(log_value), side)

    while not accepted(start) and abs(start) < LARGEST_LOG:
        start -= side  # the estimate is 0 or ∞, and values close to it are accepted
    limit = _outermost(accepted, start, side, LARGEST_LOG)
    if abs(limit) == LARGEST_LOG:
        return math.inf if side == 1 else 0.0
    return math.exp(limit)


def _outermost(accepted: Callable[[float], bool], start: float, side: int, ends: float) -> float:
    """Last value accepted on the way from `start` up to `ends` (side 1) or down to −`ends` (side −1)."""
    if accepted(side * ends):
        return side * ends
    limit = _halved(accepted, start, side * ends)
    step = OUTWARD * (limit - start) / OUTWARD_STEPS
    for number in range(OUTWARD_STEPS, 0, -1):
        value = limit + number * step
        if abs(value) < ends and accepted(value):
            return _halved(accepted, value, value + step)
    return limit


def _halved(accepted: Callable[[float], bool], within: float, beyond: float) -> float:
    while abs(beyond - within) > PRECISION:
        middle = (within + beyond) / 2
        within, beyond = (middle, beyond) if accepted(middle) else (within, middle)
    return within


def _path(measure: str, value: float, low: float, high: float) -> Path | None:
    """p1 and p2 where the measure has this value and p2 runs from low to high, along 0 to 1; None if there are none."""
    if measure == "ratio":
        high = min(high, 1 / value)
    else:
        low, high = max(low, -value), min(high, 1 - value)
    if low > high:
        return None

    def at(share: Floats) -> tuple[Floats, Floats]:
        p2 = low + (high - low) * share
        return np.clip(p2 * value if measure == "ratio" else p2 + value, 0.0, 1.0), p2

    return at


def _exceeds(weights: Floats, path: Path, alpha: float) -> bool:
    """Whether the probability of the region is above alpha anywhere on the path.

    Searched over an angle, in which peaks are about 1/√N wide: the grid misses less than 1% of a peak, and only
    where that may decide are its peaks zoomed in on.
    """
    n1, n2 = weights.shape[0] - 1, weights.shape[1] - 1

    def probability(angles: Floats) -> Floats:
        p1, p2 = path(np.sin(np.clip(angles, 0, math.pi) / 2) ** 2)
        total: Floats = ((_binomial(n1, p1) @ weights) * _binomial(n2, p2)).sum(axis=1)
        return total

    intervals = math.ceil(GRID_PER_ROOT_N * math.sqrt(n1 + n2))
    step = math.pi / intervals
    angles = np.linspace(0, math.pi, intervals + 1)
    values = probability(angles)
    centres = angles[values >= NEAR_PEAK * alpha]
    for _ in range(ZOOM_ROUNDS):
        if not len(centres) or values.max() > alpha:
            break
        around = centres[:, np.newaxis] + step * np.arange(-ZOOM, ZOOM + 1) / ZOOM
        values = probability(around.ravel()).reshape(around.shape)
        centres, step = around[np.arange(len(centres)), values.argmax(axis=1)], step / ZOOM
    return bool(values.max() > alpha)


def _binomial(n: int, p: Floats) -> Floats:
    """Binomial probabilities, one row for each p, one column for each count."""
    from scipy.special import gammaln, xlog1py, xlogy

    x = np.arange(n + 1)
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    density: Floats = np.exp(ways + xlogy(x, p[:, np.newaxis]) + xlog1py(n - x, -p[:, np.newaxis]))
    return density
