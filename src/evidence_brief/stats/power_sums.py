"""Have n whole numbers the given total and the given sum of squares? Decided in whole numbers throughout.

Without bounds the question has a closed answer. Five or more numbers reach every sum of squares of the total's
parity from the smallest one on: one of five numbers is given the other parity than the total, which leaves four
with an odd total, and those follow the rule for four; further numbers may lie at the floor of the mean. Four
numbers follow Cauchy's lemma (4Q − T² is the sum of three squares of the right parities), hence Legendre's
theorem on three squares; three and two are looked through.
Between 0 and a highest number the sums of squares have gaps, most of them near the largest one. These are
found by a search over the numbers in falling order, which visits each state once.

Sources: Cauchy 1813, Mém Sci Math Phys Inst 14:177; Legendre 1798, Essai sur la théorie des nombres, 398.
"""

from __future__ import annotations

from bisect import bisect
from collections.abc import Iterator
from math import isqrt

State = tuple[int, int, int, int]
"""How many numbers, their total, their sum of squares, and the highest number allowed (the lowest is 0)."""

TRIED_PER_STATE = 20
"""How many numbers may be tried, where three are looked through, in the time of one state of the search."""


def attained(n: int, total: int, squares: int, highest: int | None, limit: int) -> bool | None:
    """Whether n whole numbers, each from 0 to `highest` (any where None), have this total and sum of squares.

    None where the search would visit more than `limit` states. n >= 1.
    """
    if highest is None:
        return _any_numbers(n, total, squares, limit)
    if 2 * total > n * highest:  # looked at from the other end, the numbers are small
        squares += highest * (n * highest - 2 * total)
        total = n * highest - total
    return _search((n, total, squares, highest), limit)


def smallest_squares(n: int, total: int) -> int:
    """The smallest sum of squares of n whole numbers with this total: all as equal as can be."""
    each, one_more = divmod(total, n)
    return n * each**2 + one_more * (2 * each + 1)


def largest_squares(total: int, highest: int) -> int:
    """The largest sum of squares of numbers from 0 to `highest` with this total: all but one at an end."""
    at_top, rest = divmod(total, highest) if highest else (0, 0)
    return at_top * highest**2 + rest**2


def _any_numbers(n: int, total: int, squares: int, limit: int) -> bool | None:
    if (total - squares) % 2 or squares < smallest_squares(n, total):
        return False
    if n >= 5:
        return True
    if n == 4:
        return _four(total, squares)
    if n == 3:
        reach = isqrt(2 * (3 * squares - total**2))
        return _three(total, squares, range(-(-total // 3), (total + reach) // 3 + 1), None, limit)
    return _two(total, squares, None) if n == 2 else squares == total**2


def _four(total: int, squares: int) -> bool:
    """Four numbers without bounds; the parity is right and the squares are no fewer than the smallest."""
    if total % 2:
        return True
    rest = squares - (total // 2) ** 2
    while rest and rest % 4 == 0:
        rest //= 4
    return rest % 8 != 7


def _three(total: int, squares: int, largest: range, highest: int | None, limit: int) -> bool | None:
    """Whether some largest number leaves two, none above it, with the rest of the total and the squares."""
    for number in largest[: limit * TRIED_PER_STATE]:
        if _two(total - number, squares - number**2, None if highest is None else number):
            return True
    return False if largest.stop - largest.start <= limit * TRIED_PER_STATE else None


def _two(total: int, squares: int, highest: int | None) -> bool:
    """Two numbers: their difference is the root of twice the squares less the squared total."""
    square = 2 * squares - total**2
    if square < 0 or (difference := isqrt(square)) ** 2 != square:
        return False  # where it is a square, its root has the parity of the total
    return highest is None or (difference <= total and total + difference <= 2 * highest)


def _search(start: State, limit: int) -> bool | None:
    """Depth first, as many of the highest number as fit first: what fits is mostly found at once."""
    seen: set[State] = set()
    waiting = [iter((start,))]
    while waiting:
        state = next(waiting[-1], None)
        if state is None:
            waiting.pop()
        elif state not in seen:
            if len(seen) >= limit:
                return None
            seen.add(state)
            answer = _settled(state, limit)
            if answer:
                return True
            if answer is None:
                waiting.append(_lower(state))
    return False


def _settled(state: State, limit: int) -> bool | None:
    """The answer where bounds, parity or a closed rule give it, and None where they do not."""
    n, total, squares, highest = state
    if n <= 0 or total <= 0:
        return n >= 0 and total == squares == 0
    if (total - squares) % 2 or total > n * highest:
        return False
    if not smallest_squares(n, total) <= squares <= largest_squares(total, highest):
        return False
    if n <= 2 or highest <= 2:
        # Numbers up to 2 reach every sum of squares between the ends, one number only its own square.
        return n != 2 or _two(total, squares, highest)
    spread = n * squares - total**2
    if n == 3:
        return _three(total, squares, _largest_numbers(state, spread), highest, limit)
    # No number is farther from the mean than √(spread·(n − 1))/n: where that is within the ends, they bind nobody.
    if spread * (n - 1) < min(total + n, n * (highest + 1) - total) ** 2:
        return _any_numbers(n, total, squares, limit)
    return False if n == 4 and not _four(total, squares) else None


def _largest_numbers(state: State, spread: int) -> range:
    """What the largest number may be: at least squares over total, at most what the spread allows."""
    n, total, squares, highest = state
    return range(-(-squares // total), min(highest, (total + isqrt(spread * (n - 1))) // n) + 1)


def _lower(state: State) -> Iterator[State]:
    """What remains when the highest number that still fits is taken most often, less often, or not at all.

    Each time it is taken, the others keep less above their smallest sum of squares: that bounds the times from
    above. As they are all lower, their squares are at most their total times the next lower number: from below.
    """
    n, total, squares, _ = state
    spread = n * squares - total**2
    if not (possible := _largest_numbers(state, spread)):
        return
    top = possible[-1]
    nearly = range(1, min(n - 1, spread // (n * top**2 - 2 * top * total + squares)) + 1)
    most = bisect(nearly, False, key=lambda c: squares - c * top**2 < smallest_squares(n - c, total - c * top))
    fewest = max(0, -((total * (top - 1) - squares) // top))
    for times in range(most, fewest - 1, -1):
        yield n - times, total - times * top, squares - times * top**2, top - 1
