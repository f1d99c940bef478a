"""P values of two paired proportions: b pairs with the event in the first alone, c in the second alone.

`TESTS` holds every test that a clinical paper may have used, all two-sided. Pairs that agree do not matter, except
to the exact unconditional test.
"""

from __future__ import annotations

import math
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

from evidence_brief.stats.exact_proportions import clopper_pearson
from evidence_brief.stats.limits import whole

UNCONDITIONAL_BOUND = 1_000
"""Largest number of pairs for which the exact unconditional test is computed."""

MARGINS_BOUND = 10_000
"""Largest number of tables with the same margins whose P values are computed."""

GRID_PER_ROOT_N, NEAR_PEAK = 16, 0.99
ZOOM, ZOOM_ROUNDS = 8, 6


@dataclass(frozen=True)
class PairedTest:
    """A test of two paired proportions; `p(b, c)` is None where no pair disagrees and the test is undefined."""

    key: str
    label: str
    names: tuple[str, ...]
    p: Callable[[int, int], float | None]


def mcnemar(b: int, c: int) -> float | None:
    """χ² without correction, (b − c)²/(b + c) on 1 df; None where b + c = 0.

    Source: McNemar 1947, Psychometrika 12:153.
    """
    b, c = whole(b, c)
    return math.erfc(abs(b - c) / math.sqrt(2 * (b + c))) if b + c else None


def mcnemar_cc(b: int, c: int) -> float | None:
    """χ² with continuity correction, (|b − c| − 1)²/(b + c), never beyond 0; None where b + c = 0.

    Source: Edwards 1948, Psychometrika 13:185.
    """
    b, c = whole(b, c)
    return math.erfc(max(0, abs(b - c) - 1) / math.sqrt(2 * (b + c))) if b + c else None


def exact(b: int, c: int) -> float:
    """Twice the smaller binomial tail, at most 1; 1 where b + c = 0. Source: Mosteller 1952, Biometrics 8:220."""
    b, c = whole(b, c)
    return min(1.0, 2 * _lower_tail(min(b, c), b + c))


def mid_p(b: int, c: int) -> float:
    """Exact P less the probability of the observed b, or less half of it where b = c; ½ where b + c = 0.

    Source: Fagerland, Lydersen & Laake 2013, BMC Med Res Methodol 13:91.
    """
    b, c = whole(b, c)
    fewer = min(b, c)
    upto, below = _lower_tail(fewer, b + c), _lower_tail(fewer - 1, b + c)
    return 1 - (upto - below) / 2 if b == c else upto + below


def _lower_tail(k: int, n: int) -> float:
    """P(X <= k) of n fair tosses."""
    from scipy.special import betainc

    return 0.0 if k < 0 else 1.0 if k >= n else float(betainc(n - k, k + 1, 0.5))


TESTS: tuple[PairedTest, ...] = (
    PairedTest("mcnemar", "McNemar χ²", ("mcnemar", "mcnemar asymptotic", "mcnemar chi-square"), mcnemar),
    PairedTest("mcnemar_cc", "McNemar χ², corrected", ("mcnemar", "mcnemar with continuity correction"), mcnemar_cc),
    PairedTest("exact", "McNemar exact", ("mcnemar", "mcnemar exact", "binomial", "sign test"), exact),
    PairedTest("mid_p", "McNemar mid-P", ("mcnemar mid-p", "mid-p"), mid_p),
)


def p_values(b: int, c: int) -> dict[str, float | None]:
    """P value of every test, by key, in the order of TESTS; ValueError unless b and c are whole and 0 or more."""
    return {test.key: test.p(b, c) for test in TESTS}


def exact_unconditional(b: int, c: int, n: int, *, gamma: float = 0.0) -> float | None:
    """Largest probability of McNemar's χ² or more, over the probability that a pair disagrees; n pairs in all.

    `gamma` above 0 looks for it only within Clopper & Pearson's interval of (b + c)/n of level 1 − gamma, and adds
    gamma. None beyond UNCONDITIONAL_BOUND. ValueError unless b + c <= n, n >= 1, and 0 <= gamma < 1.

    Source: Suissa & Shuster 1991, Biometrics 47:361; Berger & Boos 1994, J Am Stat Assoc 89:1012 (gamma).
    """
    b, c, n = whole(b, c, n)
    if n < 1 or b + c > n:
        raise ValueError(f"b + c must not be more than the number of pairs, at least 1, got {b}, {c} and {n}")
    if not 0 <= gamma < 1:
        raise ValueError(f"gamma must satisfy 0 <= gamma < 1, got {gamma}")
    if b == c:
        return 1.0
    if n > UNCONDITIONAL_BOUND:
        return None
    extreme = [_as_extreme(m, b, c) for m in range(n + 1)]
    low, high = clopper_pearson(b + c, n, 1 - gamma) if gamma else (0.0, 1.0)
    return min(1.0, _largest_mean(extreme, low, high) + gamma)


def _as_extreme(m: int, b: int, c: int) -> float:
    """Probability of a χ² not below the observed one where m pairs disagree; which those are, in whole numbers."""
    gap = math.isqrt(max(0, (b - c) ** 2 * m - 1) // (b + c)) + 1  # least whole gap with gap² (b + c) >= (b − c)² m
    return 2 * _lower_tail((m - gap) // 2, m) if 0 < gap <= m else 0.0


def _largest_mean(values: list[float], low: float, high: float) -> float:
    """Largest mean of values[X] over p from low to high, X binomial; searched as the suprema of `unconditional`."""
    import numpy as np
    from scipy.special import gammaln, xlog1py, xlogy

    n = len(values) - 1
    x, weights = np.arange(n + 1), np.array(values)
    ways = gammaln(n + 1) - gammaln(x + 1) - gammaln(n - x + 1)
    first, last = (2 * math.asin(math.sqrt(p)) for p in (low, high))
    angles = np.linspace(first, last, math.ceil(GRID_PER_ROOT_N * math.sqrt(n)) + 1)
    step = float(angles[1] - angles[0])

    def mean(angles: np.ndarray[tuple[int, ...], np.dtype[np.float64]]) -> Any:
        p = np.sin(np.clip(angles, first, last) / 2)[..., np.newaxis] ** 2
        return np.exp(ways + xlogy(x, p) + xlog1py(n - x, -p)) @ weights

    means = mean(angles)
    centres = angles[means >= NEAR_PEAK * means.max()]
    for _ in range(ZOOM_ROUNDS):
        around = centres[:, np.newaxis] + step * np.arange(-ZOOM, ZOOM + 1) / ZOOM
        means = mean(around)
        centres, step = around[np.arange(len(centres)), means.argmax(axis=1)], step / ZOOM
    return float(means.max())


def discordant_pairs(x1: int, x2: int, n: int) -> list[tuple[int, int]] | None:
    """Every (b, c) that n pairs with x1 events in the first and x2 in the second allow, fewest first.

    None beyond MARGINS_BOUND; ValueError unless 0 <= x1, x2 <= n and n >= 1.
    """
    x1, x2, n = whole(x1, x2, n)
    if n < 1 or max(x1, x2) > n:
        raise ValueError(f"events must lie between 0 and the number of pairs, at least 1, got {x1}, {x2} and {n}")
    least, most = max(0, x1 - x2), min(x1, n - x2)
    if most - least >= MARGINS_BOUND:
        return None
    return [(b, b - x1 + x2) for b in range(least, most + 1)]


def mcnemar_from_margins(x1: int, x2: int, n: int) -> dict[str, tuple[float, float] | None]:
    """Least and greatest P of every test, by key, over every table that the two counts of events allow.

    None for a test that is defined for none of these tables, and for all beyond MARGINS_BOUND; ValueError as
    `discordant_pairs`.
    """
    pairs = discordant_pairs(x1, x2, n)
    ranges: dict[str, tuple[float, float] | None] = {}
    for test in TESTS:
        values = [p for b, c in pairs or () if (p := test.p(b, c)) is not None]
        ranges[test.key] = (min(values), max(values)) if values else None
    return ranges
