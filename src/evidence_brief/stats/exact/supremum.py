"""Largest probability of a set of 2×2 tables over the common success probability p.

The set is collapsed to N + 1 whole numbers c_k, its ways to have k events among N = n1 + n2 patients. Its
probability is the polynomial f(p) = Σ c_k p^k (1 − p)^(N − k).

Why a grid finds every peak: put p = sin²(φ/2) and ℓ = log f. Then ℓ″ = Var(s) − N − ℓ′ cot φ, where s is the
score dlog/dφ of a table of the set, so that (ℓ′ sin φ)′ >= −N sin φ. Integrated from a peak at φ₀, where
ℓ′ = 0, towards the middle, this gives f(φ) >= f(φ₀) exp(−N (φ − φ₀)²/2). In steps of 1/(8√N) the next point
towards the middle hence keeps at least exp(−1/128) = 0.992 of the peak, however the set is shaped.
"""

from __future__ import annotations

import math
from itertools import pairwise

from evidence_brief.stats.exact.core import mpf, mpmath, precise

STEPS = 8  # of φ per 1/√N
KEPT = math.log(0.99)  # below −1/(2 STEPS²)
HALVINGS = 40  # leave φ uncertain by 10⁻¹²/√N, which changes f by less than 10⁻²⁰ of its value
NEAR = 1e-9  # peaks whose logarithms in floats differ by less are compared in 30 digits

Term = tuple[int, float]


@precise
def supremum(ways: list[int]) -> mpf:
    """Largest value of Σ ways[k] p^k (1 − p)^(N − k) over 0 <= p <= 1, to 20 digits.

    `ways[k]` lies between 0 and C(N, k), and not all are 0.
    """
    if ways[0] or ways[-1]:
        return mpf(1)  # at p = 0 or p = 1
    terms = [(k, math.log(count)) for k, count in enumerate(ways) if count]
    peaks = _peaks(terms, len(ways) - 1, symmetric=ways == ways[::-1])
    highest = max(height for height, _ in peaks)
    return max(_probability(ways, angle) for height, angle in peaks if height >= highest - NEAR)


def _peaks(terms: list[Term], n: int, symmetric: bool) -> list[tuple[float, float]]:
    """Log height and angle φ of each peak that may be the highest, in φ <= π/2 alone where f(p) = f(1 − p)."""
    points = _points(n)
    angles = [math.pi * i / points for i in range(1, points // 2 + 2 if symmetric else points)]
    heights = [_height_and_slope(terms, n, angle)[0] for angle in angles]
    bar = max(heights) + KEPT
    # f is 0 at both ends, because neither p = 0 nor p = 1 gives a table of the set.
    grid = [(0.0, -math.inf), *zip(angles, heights, strict=True)] + ([] if symmetric else [(math.pi, -math.inf)])
    brackets = ((left, right) for (left, one), (right, other) in pairwise(grid) if max(one, other) >= bar)
    return [_narrowed(terms, n, *bracket) for bracket in brackets if _holds_peak(terms, n, *bracket)]


def _points(n: int) -> int:
    return 2 * math.ceil(math.pi / 2 * STEPS * math.sqrt(n))  # even, so that p = ½ is one


def grid_terms(n: int) -> int:
    """Terms that the search for peaks computes among n patients, at most: a measure of work."""
    return _points(n) * (n + 1)


def _holds_peak(terms: list[Term], n: int, left: float, right: float) -> bool:
    rises = left == 0 or _height_and_slope(terms, n, left)[1] >= 0
    return rises and (right == math.pi or _height_and_slope(terms, n, right)[1] <= 0)


def _narrowed(terms: list[Term], n: int, left: float, right: float) -> tuple[float, float]:
    for _ in range(HALVINGS):
        middle = (left + right) / 2
        if _height_and_slope(terms, n, middle)[1] > 0:
            left = middle
        else:
            right = middle
    return _height_and_slope(terms, n, right)[0], right


def _height_and_slope(terms: list[Term], n: int, angle: float) -> tuple[float, float]:
    """Logarithm of f at an angle φ, and the mean of k − N p over the set, which has the sign of df/dφ."""
    log_p, log_q = 2 * math.log(math.sin(angle / 2)), 2 * math.log(math.cos(angle / 2))
    logs = [log_ways + k * log_p + (n - k) * log_q for k, log_ways in terms]
    largest = max(logs)
    shares = [math.exp(each - largest) for each in logs]
    total = math.fsum(shares)
    events = math.fsum(k * share for (k, _), share in zip(terms, shares, strict=True))
    return largest + math.log(total), events / total - n * math.sin(angle / 2) ** 2


def _probability(ways: list[int], angle: float) -> mpf:
    """Value of f at an angle φ in 30 digits, by Horner's rule; every term is positive, so that nothing cancels."""
    p, q = mpmath.sin(mpf(angle) / 2) ** 2, mpmath.cos(mpf(angle) / 2) ** 2
    value, odds = mpf(0), p / q
    for count in reversed(ways):
        value = value * odds + count
    return value * q ** (len(ways) - 1)
