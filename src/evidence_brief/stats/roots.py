"""Square roots of exact fractions, for display."""

from __future__ import annotations

from fractions import Fraction
from math import isqrt

BITS = 128
"""Binary places to which the root of a whole number is taken before it becomes a float."""


def root(value: Fraction) -> float:
    """The square root, however large or small the fraction's parts are; ValueError below 0."""
    if value < 0:
        raise ValueError(f"{value} has no square root")
    numerator = isqrt(value.numerator * value.denominator << 2 * BITS)
    return float(Fraction(numerator, value.denominator << BITS))
