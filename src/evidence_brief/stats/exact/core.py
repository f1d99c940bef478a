"""Arguments, precision and root finding of the second path.

Whole numbers and Fractions come in, 30 digits are kept throughout. A float is refused with TypeError: it
belongs to the first path, and its last digits are no part of a printed number.
"""

from __future__ import annotations

import operator
from collections.abc import Callable
from fractions import Fraction
from functools import wraps
from itertools import pairwise
from typing import ParamSpec, TypeVar

# The other modules take mpmath from here: it ships no types, which is said once.
import mpmath as mpmath  # type: ignore[import-untyped]
from mpmath import mpf as mpf

DIGITS = 30
ROOT_STEPS = 200  # each halves the bracket at least, and most come near to doubling the right digits
ROOT_TOLERANCE = mpf(10) ** -25

Rational = int | Fraction
Limits = tuple[mpf, mpf]
Group = tuple[Rational, Rational, int]  # mean, SD, number of people

_P = ParamSpec("_P")
_R = TypeVar("_R")


def precise(function: Callable[_P, _R]) -> Callable[_P, _R]:
    """The function, run with 30 digits, whatever precision mpmath is set to outside."""

    @wraps(function)
    def with_digits(*args: _P.args, **kwargs: _P.kwargs) -> _R:
        with mpmath.workdps(DIGITS):
            return function(*args, **kwargs)

    return with_digits


def whole(name: str, value: int, least: int = 0) -> int:
    """The value as Python's own integer; TypeError for anything else, ValueError below `least`."""
    try:
        number = operator.index(value)
    except TypeError:
        raise TypeError(f"{name} must be a whole number, got {value!r}") from None
    if number < least:
        raise ValueError(f"{name} must be at least {least}, got {number}")
    return number


def fraction(name: str, value: Rational) -> Fraction:
    """The value as a Fraction; TypeError unless it is a whole number or a Fraction."""
    if isinstance(value, Fraction):
        return value
    try:
        return Fraction(operator.index(value))
    except TypeError:
        raise TypeError(f"{name} must be a whole number or a Fraction, got {value!r}") from None


def real(name: str, value: Rational | mpf) -> mpf:
    """The value as mpf; TypeError unless whole number, Fraction or mpf, ValueError unless finite."""
    if isinstance(value, mpf):
        if not mpmath.isfinite(value):
            raise ValueError(f"{name} must be finite, got {value}")
        return value
    ratio = fraction(name, value)
    return mpf(ratio.numerator) / ratio.denominator


def counts(x: int, n: int, group: str = "x/n") -> tuple[int, int]:
    """Checked events and size of a group; ValueError unless 0 <= x <= n and n >= 1."""
    x, n = whole(f"events of {group}", x), whole(f"size of {group}", n, 1)
    if x > n:
        raise ValueError(f"{group} must satisfy 0 <= x <= n and n >= 1, got {x}/{n}")
    return x, n


def two_groups(x1: int, n1: int, x2: int, n2: int) -> tuple[int, int, int, int]:
    """Checked counts of two groups, as `counts`."""
    return *counts(x1, n1, "x1/n1"), *counts(x2, n2, "x2/n2")


def outside(level: Rational) -> mpf:
    """1 − level; ValueError unless 0 < level < 1."""
    exact = fraction("level", level)
    if not 0 < exact < 1:
        raise ValueError(f"level must lie between 0 and 1, as Fraction(95, 100) does, got {exact}")
    return real("level", 1 - exact)


def sample(mean: Rational, sd: Rational, n: int, least: int = 2) -> tuple[Fraction, Fraction, int]:
    """Mean, squared SD and n, checked; ValueError for an SD below 0 or n below `least`."""
    deviation = fraction("SD", sd)
    if deviation < 0:
        raise ValueError(f"an SD must be at least 0, got {deviation}")
    return fraction("mean", mean), deviation**2, whole("n", n, least)


def one_or_two(sides: int) -> int:
    """The sides of a test; ValueError unless 1 or 2."""
    if sides not in (1, 2):
        raise ValueError(f"sides must be 1 or 2, got {sides!r}")
    return sides


def root(function: Callable[[mpf], mpf], low: mpf, high: mpf) -> mpf:
    """Where a function changes its sign between low and high, to 25 digits; ArithmeticError without a change.

    Source: Ridders 1979, IEEE Trans Circuits Syst 26:979.
    """
    at_low, at_high = function(low), function(high)
    if at_low == 0 or at_high == 0:
        return low if at_low == 0 else high
    if at_low * at_high > 0:
        raise ArithmeticError(f"no change of sign between {low} and {high}")
    guess = low
    for _ in range(ROOT_STEPS):
        middle, last = (low + high) / 2, guess
        at_middle = function(middle)
        shift = at_middle / mpmath.sqrt(at_middle**2 - at_low * at_high)
        guess = middle + (middle - low) * (shift if at_low > 0 else -shift)
        at_guess = function(guess)
        if at_guess == 0 or abs(guess - last) <= ROOT_TOLERANCE * abs(guess):
            return guess
        points = sorted([(low, at_low), (middle, at_middle), (guess, at_guess), (high, at_high)])
        (low, at_low), (high, at_high) = next(
            (left, right) for left, right in pairwise(points) if left[1] * right[1] <= 0
        )
    return guess
