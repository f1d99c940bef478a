from fractions import Fraction
from itertools import product

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from statsmodels.stats.multitest import multipletests

from evidence_brief.stats import multiplicity

p_lists = st.lists(st.floats(0, 1), min_size=1, max_size=12)
METHODS = {
    "bonferroni": multiplicity.bonferroni,
    "holm": multiplicity.holm,
    "simes-hochberg": multiplicity.hochberg,
    "fdr_bh": multiplicity.benjamini_hochberg,
}


@pytest.mark.parametrize("name", METHODS)
@settings(deadline=None, max_examples=30)
@given(p=p_lists)
def test_adjusted_as_statsmodels(name, p):
    assert METHODS[name](p) == pytest.approx(multipletests(p, method=name)[1], abs=1e-12)


@settings(deadline=None)
@given(p_lists)
def test_adjusted_in_order_of_power(p):
    adjusted = [METHODS[name](p) for name in ("fdr_bh", "simes-hochberg", "holm", "bonferroni")]
    for raw, bh, hochberg, holm, bonferroni in zip(p, *adjusted, strict=True):
        assert raw - 1e-12 <= bh <= hochberg + 1e-12
        assert hochberg <= holm + 1e-12
        assert holm <= bonferroni + 1e-12 <= 1 + 1e-12


@settings(deadline=None)
@given(st.lists(st.fractions(0, 1, max_denominator=100), min_size=1, max_size=8), st.fractions(0, Fraction(99, 100)))
def test_holm_rejects_as_its_steps_do(p, alpha):
    rejected, left = [False] * len(p), len(p)
    for at in sorted(range(len(p)), key=p.__getitem__):
        if p[at] > alpha / left:
            break
        rejected[at], left = True, left - 1
    assert [each <= alpha for each in multiplicity.holm(p)] == rejected


def test_holm_published():
    # Holm's procedure on .01, .02, .03, .04 (R's p.adjust).
    assert multiplicity.holm([0.01, 0.04, 0.03, 0.02]) == pytest.approx([0.04, 0.06, 0.06, 0.06])
    assert multiplicity.benjamini_hochberg([0.01, 0.04, 0.03, 0.02]) == pytest.approx([0.04] * 4)


def test_adjusted_fractions_stay_exact():
    p = [Fraction(1, 100), Fraction(1, 2)]
    assert multiplicity.holm(p) == [Fraction(1, 50), Fraction(1, 2)]
    assert multiplicity.bonferroni(p) == [Fraction(1, 50), Fraction(1)]
    assert multiplicity.hochberg([]) == []


ends = st.lists(st.tuples(st.integers(0, 20), st.integers(0, 6)), min_size=1, max_size=4)


@settings(deadline=None)
@given(ends)
def test_holm_decisions_brute_force(ends):
    lows = [Fraction(low, 100) for low, _ in ends]
    highs = [low + Fraction(width, 100) for low, (_, width) in zip(lows, ends, strict=True)]
    alpha = Fraction(1, 20)
    seen = [set() for _ in ends]
    choices = [[low + (high - low) * i / 3 for i in range(4)] for low, high in zip(lows, highs, strict=True)]
    for p in product(*choices):
        for each, adjusted in zip(seen, multiplicity.holm(p), strict=True):
            each.add(adjusted <= alpha)
    expected = [None if len(each) == 2 else each.pop() for each in seen]
    assert multiplicity.holm_decisions(lows, highs, alpha) == expected


@pytest.mark.parametrize("method", METHODS.values())
def test_adjusted_impossible_p(method):
    for p in (-0.1, 1.1, float("nan")):
        with pytest.raises(ValueError, match="within 0 to 1"):
            method([0.5, p])


@pytest.mark.parametrize(("lows", "highs"), [([Fraction(1, 2)], []), ([Fraction(1, 2)], [Fraction(1, 3)])])
def test_holm_decisions_impossible_ends(lows, highs):
    with pytest.raises(ValueError, match="low end|low and a high"):
        multiplicity.holm_decisions(lows, highs, Fraction(1, 20))


def test_holm_decisions_impossible_alpha():
    with pytest.raises(ValueError, match="between 0 and 1"):
        multiplicity.holm_decisions([], [], Fraction(1))
