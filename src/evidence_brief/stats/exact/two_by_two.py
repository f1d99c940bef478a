"""P values of two independent proportions, x1 of n1 against x2 of n2, under the keys of `stats.two_by_two`.

Asymptotic tests are None where a margin is empty or no variance is left, exact ones beyond the bounds of work
of `conditional` and `unconditional`. One-sided tests look in the observed direction; where the proportions
are equal, at the smaller tail.
"""

from __future__ import annotations

from collections.abc import Callable
from fractions import Fraction

from evidence_brief.stats.exact import conditional, unconditional
from evidence_brief.stats.exact.core import mpf, mpmath, precise, real, two_groups
from evidence_brief.stats.exact.tails import p_chi2, p_z

PValue = Callable[[int, int, int, int], mpf | None]


def p_values(x1: int, n1: int, x2: int, n2: int) -> dict[str, mpf | None]:
    """P value of every test, by key; ValueError unless 0 <= x <= n and n >= 1."""
    return {key: p_value(key, x1, n1, x2, n2) for key in TESTS}


@precise
def p_value(key: str, x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """P value of one test of TESTS; KeyError for another key; ValueError unless 0 <= x <= n and n >= 1."""
    return TESTS[key](*two_groups(x1, n1, x2, n2))


def reaches(key: str, x1: int, n1: int, x2: int, n2: int) -> bool:
    """Whether the work of `p_value` stays within its bound: False where that is why it would be None.

    ValueError unless 0 <= x <= n and n >= 1.
    """
    x1, n1, x2, n2 = two_groups(x1, n1, x2, n2)
    if key.startswith(("barnard", "boschloo")) and not unconditional.within_bound(n1, n2):
        return False
    return not key.startswith(("fisher", "mid_p", "boschloo")) or conditional.within_bound(x1, n1, x2, n2)


def pearson_chi2(x1: int, n1: int, x2: int, n2: int, correction: Fraction = Fraction(0)) -> Fraction | None:
    """Σ (|O − E| − correction)²/E over the four cells, never below 0; None for an empty margin.

    Source: Pearson 1900, Philos Mag 50:157; a correction of ½ is that of Yates 1934, Suppl J R Stat Soc 1:217.
    """
    cells = _seen_and_expected(*two_groups(x1, n1, x2, n2))
    if not all(expected for _, expected in cells):
        return None
    return sum((max(Fraction(0), abs(seen - e) - correction) ** 2 / e for seen, e in cells), start=Fraction(0))


def _seen_and_expected(x1: int, n1: int, x2: int, n2: int) -> list[tuple[int, Fraction]]:
    joint = Fraction(x1 + x2, n1 + n2)
    return [(x1, n1 * joint), (n1 - x1, n1 * (1 - joint)), (x2, n2 * joint), (n2 - x2, n2 * (1 - joint))]


def pearson(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """Pearson's χ² without correction, 1 df."""
    return _upper_tail(pearson_chi2(x1, n1, x2, n2))


def yates(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """χ² with Yates' correction, 1 df."""
    return _upper_tail(pearson_chi2(x1, n1, x2, n2, Fraction(1, 2)))


def n_minus_1(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """Pearson's χ² times (N − 1)/N, 1 df (Campbell 2007, Stat Med 26:3661)."""
    chi2 = pearson_chi2(x1, n1, x2, n2)
    return _upper_tail(None if chi2 is None else chi2 * Fraction(n1 + n2 - 1, n1 + n2))


def likelihood_ratio(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """Twice the fall of the log likelihood, 1 df: Σ O ln(O/E) (Wilks 1938, Ann Math Stat 9:60)."""
    cells = _seen_and_expected(x1, n1, x2, n2)
    if not all(expected for _, expected in cells):
        return None
    g = 2 * mpmath.fsum(seen * mpmath.log(real("O/E", seen / expected)) for seen, expected in cells if seen)
    return _upper_tail(max(mpf(0), g))


def z_pooled(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """Test by z of the difference over its standard error at the joint proportion; None for an empty margin."""
    joint = Fraction(x1 + x2, n1 + n2)
    return _z_test(Fraction(x1, n1) - Fraction(x2, n2), joint * (1 - joint) * (Fraction(1, n1) + Fraction(1, n2)))


def z_unpooled(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
    """Test by z over the standard error of each group (Eberhardt & Fligner 1977, Am Stat 31:151); None without one."""
    p1, p2 = Fraction(x1, n1), Fraction(x2, n2)
    return _z_test(p1 - p2, p1 * (1 - p1) / n1 + p2 * (1 - p2) / n2)


def _z_test(difference: Fraction, variance: Fraction) -> mpf | None:
    return p_z(real("z", difference) / mpmath.sqrt(real("variance", variance))) if variance else None


def _upper_tail(chi2: Fraction | mpf | None) -> mpf | None:
    return None if chi2 is None else p_chi2(chi2, 1)


def _half(p: PValue) -> PValue:
    def half(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
        two_sided = p(x1, n1, x2, n2)
        return None if two_sided is None else two_sided / 2

    return half


def _given_margins(p: Callable[[conditional.Conditional], Fraction]) -> PValue:
    def of_counts(x1: int, n1: int, x2: int, n2: int) -> mpf | None:
        table = conditional.conditional(x1, n1, x2, n2)
        return None if table is None else real("P", p(table))

    return of_counts


def _barnard(pooled: bool, sides: int) -> PValue:
    return lambda x1, n1, x2, n2: unconditional.barnard(x1, n1, x2, n2, pooled=pooled, sides=sides)


TESTS: dict[str, PValue] = {
    "pearson": pearson,
    "yates": yates,
    "n_minus_1": n_minus_1,
    "likelihood_ratio": likelihood_ratio,
    "fisher": _given_margins(conditional.fisher),
    "fisher_doubled": _given_margins(conditional.fisher_doubled),
    "mid_p": _given_margins(conditional.mid_p),
    "mid_p_fisher": _given_margins(conditional.mid_p_fisher),
    "barnard": _barnard(pooled=True, sides=2),
    "barnard_unpooled": _barnard(pooled=False, sides=2),
    "boschloo": unconditional.boschloo,
    "boschloo_doubled": unconditional.boschloo_doubled,
    "z_pooled": z_pooled,
    "z_unpooled": z_unpooled,
    "fisher_one_sided": _given_margins(conditional.fisher_one_sided),
    "z_pooled_one_sided": _half(z_pooled),
    "z_unpooled_one_sided": _half(z_unpooled),
    "pearson_one_sided": _half(pearson),
    "mid_p_one_sided": _given_margins(conditional.mid_p_one_sided),
    "barnard_one_sided": _barnard(pooled=True, sides=1),
    "boschloo_one_sided": unconditional.boschloo_one_sided,
}
