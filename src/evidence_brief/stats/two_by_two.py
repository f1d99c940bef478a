"""P values of two independent proportions: x1 of n1 in group 1 against x2 of n2 in group 2.

`TESTS` holds every test that a clinical paper may have used, in the order in which a table shows them.
Exact tests count tables in whole numbers, so that equally likely tables tie exactly. One-sided tests look in
the observed direction; where the proportions are equal, at the smaller tail.
"""

from __future__ import annotations

import math
import operator
from collections.abc import Callable
from dataclasses import dataclass
from fractions import Fraction

from evidence_brief.stats import unconditional
from evidence_brief.stats.named import named
from evidence_brief.stats.unconditional import Ways

WORK_BOUND = unconditional.WORK_BOUND

PValue = Callable[[int, int, int, int], float | None]


@dataclass(frozen=True)
class Test:
    """A test of two independent proportions.

    `p(x1, n1, x2, n2)` is its P value, or None where it is undefined (asymptotic tests without a variance)
    or takes too long (exact tests of very large groups). ValueError unless 0 <= x <= n and n >= 1.
    """

    key: str
    label: str
    sides: int
    names: tuple[str, ...]
    p: PValue


def p_values(x1: int, n1: int, x2: int, n2: int) -> dict[str, float | None]:
    """P value of every test, by key, in the order of TESTS; ValueError unless 0 <= x <= n and n >= 1."""
    return {test.key: test.p(x1, n1, x2, n2) for test in TESTS}


def test_named(name: str) -> tuple[Test, ...]:
    """Tests that a paper's wording may mean, in the order of TESTS; empty where the wording is unknown.

    "Chi-square" may mean Pearson's with or without Yates' correction, "Fisher's exact test" either two-sided
    definition, "χ² or Fisher's exact test" all of these. One-sided tests answer only to wordings that say so.
    A wording with an unknown word ("chi-square test for trend") means another test, hence none of these.
    """
    return named(TESTS, name)


def pearson(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """Pearson's χ² without correction, 1 df (Pearson 1900, Philos Mag 50:157); None for an empty margin."""
    return _chi_square_p((x1 * n2 - x2 * n1) ** 2 * (n1 + n2), x1, n1, x2, n2)


def yates(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """χ² with Yates' correction, never beyond 0 (Yates 1934, Suppl J R Stat Soc 1:217); None as Pearson's."""
    twice_corrected = max(0, 2 * abs(x1 * n2 - x2 * n1) - (n1 + n2))
    return _chi_square_p(Fraction(twice_corrected**2 * (n1 + n2), 4), x1, n1, x2, n2)


def n_minus_1(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """N − 1 χ², which is Pearson's times (N − 1)/N (Campbell 2007, Stat Med 26:3661); None as Pearson's."""
    return _chi_square_p((x1 * n2 - x2 * n1) ** 2 * (n1 + n2 - 1), x1, n1, x2, n2)


def _chi_square_p(numerator: int | Fraction, x1: int, n1: int, x2: int, n2: int) -> float | None:
    margins = n1 * n2 * (x1 + x2) * (n1 + n2 - x1 - x2)
    return math.erfc(math.sqrt(numerator / margins / 2)) if margins else None


def likelihood_ratio(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """Likelihood ratio χ², G = 2 Σ O ln(O/E) (Wilks 1935, Ann Math Stat 6:190); None for an empty margin."""
    total, successes, failures = n1 + n2, x1 + x2, n1 + n2 - x1 - x2
    if not (successes and failures):
        return None
    cells = ((x1, n1, successes), (n1 - x1, n1, failures), (x2, n2, successes), (n2 - x2, n2, failures))
    g = 2 * math.fsum(seen * math.log(seen * total / (row * column)) for seen, row, column in cells if seen)
    return math.erfc(math.sqrt(max(0.0, g) / 2))


def z_unpooled(x1: int, n1: int, x2: int, n2: int) -> float | None:
    """Wald z, variance of each group (Eberhardt & Fligner 1977, Am Stat 31:151); None without variance."""
    variance = x1 * (n1 - x1) * n2**3 + x2 * (n2 - x2) * n1**3
    square = (x1 * n2 - x2 * n1) ** 2 * n1 * n2
    return math.erfc(math.sqrt(square / variance / 2)) if variance else None


def _half(p: PValue) -> PValue:
    """One-sided P value, in the observed direction, of a test whose statistic is symmetric about 0."""

    def half(x1: int, n1: int, x2: int, n2: int) -> float | None:
        two_sided = p(x1, n1, x2, n2)
        return None if two_sided is None else two_sided / 2

    return half


def fisher(ways: Ways) -> float:
    """Fisher's exact test: all tables not likelier than this (Freeman & Halton 1951, Biometrika 38:141)."""
    return ways.not_likelier / ways.total


def fisher_doubled(ways: Ways) -> float:
    """Fisher's exact test: twice the smaller tail, at most 1 (Yates 1984, J R Stat Soc A 147:426)."""
    return min(1.0, 2 * ways.smaller / ways.total)


def fisher_one_sided(ways: Ways) -> float:
    """Fisher's exact test: the tail in the observed direction (Fisher 1935, J R Stat Soc 98:39)."""
    return ways.towards / ways.total


def mid_p(ways: Ways) -> float:
    """Mid-P of Fisher's test: twice the smaller tail, the observed table counted half.

    At most 1, since the two such tails sum to 1 (Lancaster 1961, J Am Stat Assoc 56:223).
    """
    return (2 * ways.smaller - ways.observed) / ways.total


def mid_p_fisher(ways: Ways) -> float:
    """Fisher's two-sided mid-P: Fisher's P less half the probability of the observed table.

    The definition of SAS (SAS/STAT User's Guide, PROC FREQ, exact mid-p-value).
    """
    return (2 * ways.not_likelier - ways.observed) / (2 * ways.total)


def mid_p_one_sided(ways: Ways) -> float:
    """Mid-P of Fisher's test in the observed direction (Lancaster 1961, J Am Stat Assoc 56:223).

    ½ for an empty margin.
    """
    return (2 * ways.towards - ways.observed) / (2 * ways.total)


def boschloo(ways: Ways) -> float | None:
    """Boschloo's test ordered by the two-sided P of `fisher`, as SAS and R's exact2x2 ("minlike")."""
    return unconditional.boschloo(ways.n1, ways.n2, Fraction(ways.not_likelier, ways.total), sides=2)


def boschloo_doubled(ways: Ways) -> float | None:
    """Boschloo's test: twice the smaller one-sided P, at most 1, as SciPy and R's Exact ("central")."""
    p = unconditional.boschloo(ways.n1, ways.n2, Fraction(ways.smaller, ways.total), sides=1)
    return None if p is None else min(1.0, 2 * p)


def boschloo_one_sided(ways: Ways) -> float | None:
    """Boschloo's test in the observed direction (Boschloo 1970, Stat Neerl 24:1)."""
    return unconditional.boschloo(ways.n1, ways.n2, Fraction(ways.towards, ways.total), sides=1)


def _barnard(pooled: bool, sides: int) -> PValue:
    return lambda x1, n1, x2, n2: unconditional.barnard(x1, n1, x2, n2, pooled=pooled, sides=sides)


def _from_ways(p: Callable[[Ways], float | None]) -> PValue:
    def of_counts(x1: int, n1: int, x2: int, n2: int) -> float | None:
        ways = unconditional.ways(x1, n1, x2, n2)
        return None if ways is None else p(ways)

    return of_counts


def _checked(p: PValue) -> PValue:
    def of_counts(x1: int, n1: int, x2: int, n2: int) -> float | None:
        try:
            # Python's integers: NumPy's would overflow.
            x1, n1, x2, n2 = (operator.index(count) for count in (x1, n1, x2, n2))
        except TypeError:
            raise ValueError(f"counts must be whole numbers, got {x1!r}/{n1!r} and {x2!r}/{n2!r}") from None
        for group, x, n in (("x1/n1", x1, n1), ("x2/n2", x2, n2)):
            if n < 1 or not 0 <= x <= n:
                raise ValueError(f"{group} must satisfy 0 <= x <= n and n >= 1, got {x}/{n}")
        return p(x1, n1, x2, n2)

    return of_counts


_CHI_SQUARE = ("chi-square", "chi-squared", "chi square", "chi squared", "chi2", "χ²", "χ2", "x²", "x2")
_PEARSON = ("pearson", "pearson chi-square", "pearson's χ²", "uncorrected chi-square")
_YATES = ("yates", "yates chi-square", "continuity-corrected chi-square", "χ² with continuity correction")
_LIKELIHOOD_RATIO = ("likelihood ratio", "likelihood-ratio chi-square", "g", "g-test")
_FISHER = ("fisher", "fisher exact", "fisher's exact test")
_MID_P = ("mid-p", "mid-p exact", "fisher mid-p", "fisher exact mid-p", "lancaster mid-p")
_BARNARD = ("barnard", "barnard exact", "barnard's unconditional exact test", "suissa-shuster")
_BOSCHLOO = ("boschloo", "boschloo exact", "boschloo's unconditional exact test", "fisher-boschloo")
_WALD = ("unpooled z-test", "wald", "wald z-test")
_Z = ("z", "z-test", "two-proportion z-test", "z-test for two independent proportions")

TESTS: tuple[Test, ...] = tuple(
    Test(key, label, sides, names, _checked(p))
    for key, label, sides, names, p in (
        ("pearson", "Pearson χ²", 2, _CHI_SQUARE + _PEARSON, pearson),
        ("yates", "Yates χ²", 2, _CHI_SQUARE + _YATES, yates),
        ("n_minus_1", "N − 1 χ²", 2, ("n − 1 chi-square", "n-1 χ²", "campbell"), n_minus_1),
        ("likelihood_ratio", "Likelihood ratio χ²", 2, _LIKELIHOOD_RATIO, likelihood_ratio),
        ("fisher", "Fisher exact", 2, _FISHER, _from_ways(fisher)),
        ("fisher_doubled", "Fisher exact, 2 × one-sided", 2, _FISHER, _from_ways(fisher_doubled)),
        ("mid_p", "Mid-P, 2 × one-sided", 2, _MID_P, _from_ways(mid_p)),
        ("mid_p_fisher", "Mid-P, by two-sided Fisher", 2, _MID_P, _from_ways(mid_p_fisher)),
        ("barnard", "Barnard, pooled", 2, (*_BARNARD, "z-pooled exact"), _barnard(pooled=True, sides=2)),
        ("barnard_unpooled", "Barnard, unpooled", 2, _BARNARD, _barnard(pooled=False, sides=2)),
        ("boschloo", "Boschloo, by two-sided Fisher", 2, _BOSCHLOO, _from_ways(boschloo)),
        ("boschloo_doubled", "Boschloo, 2 × one-sided", 2, _BOSCHLOO, _from_ways(boschloo_doubled)),
        ("z_pooled", "z, pooled", 2, (*_Z, "pooled z-test"), pearson),
        ("z_unpooled", "z, unpooled", 2, _Z + _WALD, z_unpooled),
        ("fisher_one_sided", "Fisher exact, one-sided", 1, _FISHER, _from_ways(fisher_one_sided)),
        ("z_pooled_one_sided", "z, pooled, one-sided", 1, (*_Z, "pooled z-test"), _half(pearson)),
        ("z_unpooled_one_sided", "z, unpooled, one-sided", 1, _Z + _WALD, _half(z_unpooled)),
        ("pearson_one_sided", "Pearson χ², half", 1, _CHI_SQUARE + _PEARSON, _half(pearson)),
        ("mid_p_one_sided", "Mid-P, one-sided", 1, _MID_P, _from_ways(mid_p_one_sided)),
        ("barnard_one_sided", "Barnard, pooled, one-sided", 1, _BARNARD, _barnard(pooled=True, sides=1)),
        ("boschloo_one_sided", "Boschloo, one-sided", 1, _BOSCHLOO, _from_ways(boschloo_one_sided)),
    )
)
