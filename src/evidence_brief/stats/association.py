"""Association of two yes-or-no variables in a 2×2 table n11, n12 / n21, n22, with sampling variances.

Names in brackets are those of R's metafor (Viechtbauer 2010, J Stat Softw 36(3)). Counts: whole and 0 or more,
no empty margin, else ValueError. Where a cell is empty, `correction`, usually ½, is added to all four cells.
The sources call the cells a, b, c, d.
"""

from __future__ import annotations

import math
from statistics import NormalDist

from evidence_brief.stats.effects import Effect
from evidence_brief.stats.limits import whole
from evidence_brief.stats.quadrature import gauss_legendre

NORMAL = NormalDist()
BISECTIONS = 60
"""Halvings of (−1, 1) that find the tetrachoric correlation: to 2⁻⁵⁹."""
NODES = 64
"""Points of the Gauss–Legendre rule for the bivariate normal distribution."""


def phi(n11: int, n12: int, n21: int, n22: int, *, correction: float = 0.5) -> Effect:
    """φ = (ad − bc)/√(product of the margins), variance of multinomial sampling [PHI].

    Source: Yule 1912, J R Stat Soc 75:579, p. 603.
    """
    a, b, c, d = _cells(n11, n12, n21, n22, correction)
    n, row, column = a + b + c + d, (a + b) * (c + d), (a + c) * (b + d)
    r = (a * d - b * c) / math.sqrt(row * column)
    rows, columns = (a + b - c - d) / math.sqrt(row), (a + c - b - d) / math.sqrt(column)
    skew = r * (1 + r**2 / 2) * rows * columns - 3 / 4 * r**2 * (rows**2 + columns**2)
    return Effect(r, (1 - r**2 + skew) / n)


def yule_q(n11: int, n12: int, n21: int, n22: int, *, correction: float = 0.5) -> Effect:
    """Q = (ad − bc)/(ad + bc) [YUQ] (Yule 1900, Philos Trans A 194:257, p. 285)."""
    a, b, c, d = _cells(n11, n12, n21, n22, correction)
    q = (a * d - b * c) / (a * d + b * c)
    return Effect(q, (1 - q**2) ** 2 / 4 * _reciprocals(a, b, c, d))


def yule_y(n11: int, n12: int, n21: int, n22: int, *, correction: float = 0.5) -> Effect:
    """Y = (√(ad) − √(bc))/(√(ad) + √(bc)) [YUY] (Yule 1912, J R Stat Soc 75:579, p. 593)."""
    a, b, c, d = _cells(n11, n12, n21, n22, correction)
    y = (math.sqrt(a * d) - math.sqrt(b * c)) / (math.sqrt(a * d) + math.sqrt(b * c))
    return Effect(y, (1 - y**2) ** 2 / 16 * _reciprocals(a, b, c, d))


def tetrachoric(n11: int, n12: int, n21: int, n22: int, *, correction: float = 0.5) -> Effect:
    """Correlation of the two normal traits that were cut into the table [RTET], by maximum likelihood.

    Three parameters fit three free cells, so that the estimate solves Φ₂(h, k; r) = a/n with the cuts at the
    margins, found by bisection; the variance is that of the delta method.

    Source: Pearson 1900, Philos Trans A 195:1; variance: Brown 1977, Appl Stat 26:343 (AS 116).
    """
    a, b, c, d = _cells(n11, n12, n21, n22, correction)
    n = a + b + c + d
    h, k = NORMAL.inv_cdf((a + b) / n), NORMAL.inv_cdf((a + c) / n)
    low, high = -1.0, 1.0
    for _ in range(BISECTIONS):
        r = (low + high) / 2
        low, high = (r, high) if _both_below(h, k, r) < a / n else (low, r)
    s = math.sqrt((1 - r) * (1 + r))
    density = math.exp(-(h**2 + k**2 - 2 * r * h * k) / (2 * s**2)) / (2 * math.pi * s)
    of_row, of_column = NORMAL.cdf((k - r * h) / s), NORMAL.cdf((h - r * k) / s)
    slopes = (1 - of_row - of_column, -of_row, -of_column)
    weighted = list(zip((a / n, b / n, c / n), slopes, strict=True))
    mean = math.fsum(share * slope for share, slope in weighted)
    square = math.fsum(share * slope**2 for share, slope in weighted)
    return Effect(r, (square - mean**2) / (n * density**2))


def _both_below(h: float, k: float, r: float) -> float:
    """Φ₂(h, k; r) = Φ(h) Φ(k) + ∫ φ₂(h, k; t) dt over t from 0 to r (Sheppard 1900), with t = sin θ."""
    import numpy as np  # here, because importing NumPy takes long

    nodes, weights = gauss_legendre(NODES)
    width = math.asin(r) / 2
    sine = np.sin(width * (nodes + 1))
    exponent = -(h**2 + k**2 - 2 * h * k * sine) / (2 * (1 - sine) * (1 + sine))
    return NORMAL.cdf(h) * NORMAL.cdf(k) + width / (2 * math.pi) * float(weights @ np.exp(exponent))


def _cells(a: int, b: int, c: int, d: int, correction: float) -> tuple[float, float, float, float]:
    counts = whole(a, b, c, d)
    if 0 in (a + b, c + d, a + c, b + d):
        raise ValueError(f"the table {a}, {b} / {c}, {d} has an empty margin: no association can be computed")
    if not 0 <= correction < math.inf or (correction == 0 and 0 in counts):
        raise ValueError("a table with an empty cell needs a correction above 0")
    added = correction if 0 in counts else 0.0
    a1, b1, c1, d1 = (count + added for count in counts)
    return a1, b1, c1, d1


def _reciprocals(a: float, b: float, c: float, d: float) -> float:
    return 1 / a + 1 / b + 1 / c + 1 / d
