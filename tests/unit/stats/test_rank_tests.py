import itertools
import random
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats

from evidence_brief.printed import Interval, number
from evidence_brief.stats import rank_tests
from evidence_brief.stats.rank_distributions import (
    MOST_EXACT_PAIRS,
    least_u_variance,
    least_w_variance,
    mann_whitney,
    signed_rank,
)
from evidence_brief.stats.rank_tests import attainable_p, u_and_p, u_of_rank_sum, u_possible, w_and_p, w_possible

HALF = Fraction(1, 2)


def printed(text):
    return number(text).interval


def around(p):
    """As if printed with six decimals."""
    return printed(f"{p:.6f}")


def exactly(value):
    return Interval(Fraction(value), Fraction(value))


def u_of(x, y):
    return sum((Fraction(a > b) + HALF * (a == b) for a in x for b in y), Fraction(0))


def midranks(values):
    ordered = sorted(values)
    return [Fraction(2 * ordered.index(v) + ordered.count(v) + 1, 2) for v in values]


# Distributions


@pytest.mark.parametrize(("n1", "n2"), [(1, 1), (1, 4), (2, 3), (3, 3), (4, 3)])
def test_mann_whitney_against_every_order(n1, n2):
    orders = list(itertools.combinations(range(n1 + n2), n1))
    us = [sum(rank for rank in order) - n1 * (n1 - 1) // 2 for order in orders]
    null = mann_whitney(n1, n2)
    assert null.tails == tuple(sum(u <= most for u in us) for most in range(n1 * n2 + 1))
    mean = Fraction(sum(us), len(us))
    assert mean == Fraction(null.largest, 2)
    assert null.variance == sum((u - mean) ** 2 for u in us) / len(us)


@pytest.mark.parametrize("n", [1, 2, 3, 6])
def test_signed_rank_against_every_sign(n):
    ws = [sum(i for i, plus in enumerate(signs, 1) if plus) for signs in itertools.product((0, 1), repeat=n)]
    null = signed_rank(n)
    assert null.tails == tuple(sum(w <= most for w in ws) for most in range(n * (n + 1) // 2 + 1))
    assert null.variance == sum((w - Fraction(null.largest, 2)) ** 2 for w in ws) / len(ws)


def test_exact_p_as_r():
    # R 4.2: 2·pwilcox(60, 12, 15), 2·psignrank(60, 20).
    assert mann_whitney(12, 15).p(Fraction(60), "exact") == pytest.approx(0.152293104063194, rel=1e-12)
    assert signed_rank(20).p(Fraction(60), "exact") == pytest.approx(0.0973072052001953, rel=1e-12)


def test_each_method_as_wilcox_test_of_r():
    # R 4.2: wilcox.test(c(1.1,2.2,3.3,4.4,9), c(2,3,5,6,7,8.5)), and of c(1.1,-.3,2.4,3.5,-.7,5.2,6.1,.9,-1.4).
    u, w = mann_whitney(5, 6), signed_rank(9)
    assert u.p(Fraction(11), "exact") == pytest.approx(0.536796536796537)
    assert u.p(Fraction(11), "normal, corrected") == pytest.approx(0.522816653919089)
    assert u.p(Fraction(11), "normal") == pytest.approx(0.465208818452142)
    assert w.p(Fraction(37), "exact") == pytest.approx(0.09765625)
    assert w.p(Fraction(37), "normal, corrected") == pytest.approx(0.0972010883062347)
    assert w.p(Fraction(37), "normal") == pytest.approx(0.0858309584442857)


@settings(deadline=None, max_examples=40)
@given(st.integers(1, 12), st.integers(1, 12), st.data())
def test_mann_whitney_p_as_scipy(n1, n2, data):
    values = data.draw(st.permutations(range(n1 + n2)))
    x, y = values[:n1], values[n1:]
    u = u_of(x, y)
    for method, options in (
        ("exact", {"method": "exact"}),
        ("normal", {"method": "asymptotic", "use_continuity": False}),
        ("normal, corrected", {"method": "asymptotic"}),
    ):
        expected = stats.mannwhitneyu(x, y, **options).pvalue
        assert mann_whitney(n1, n2).p(u, method) == pytest.approx(min(1, expected), rel=1e-9)


def test_p_of_the_middle_and_of_halves():
    null = mann_whitney(4, 4)
    assert [null.p(Fraction(8), method) for method in ("exact", "normal", "normal, corrected")] == [1, 1, 1]
    assert null.p(Fraction(17, 2), "exact") is None
    assert null.p(Fraction(17, 2), "normal, corrected") == 1
    assert null.p(Fraction(8), "normal", sides=1) == 0.5


def test_p_mirrors():
    null = mann_whitney(7, 9)
    for method in ("exact", "normal", "normal, corrected"):
        assert null.p(Fraction(10), method) == null.p(Fraction(53), method)
        assert null.p(Fraction(10), method, 1) == pytest.approx(null.p(Fraction(10), method) / 2)


def test_exact_distributions_stop_at_the_bound_of_work():
    assert mann_whitney(2_000, 40).tails is None
    assert mann_whitney(2_000, 40).p(Fraction(30_000), "exact") is None
    assert mann_whitney(50_000, 6).tails is not None
    assert signed_rank(MOST_EXACT_PAIRS).tails is not None
    assert signed_rank(MOST_EXACT_PAIRS + 1).tails is None


# Ties


@pytest.mark.parametrize(("n1", "n2"), [(1, 1), (1, 4), (2, 2), (2, 3), (3, 3), (2, 4)])
def test_least_u_variance_against_every_pattern_of_ties(n1, n2):
    people, middle = n1 + n2, Fraction(n1 + n2 + 1, 2)
    smallest = {}
    for x in itertools.combinations_with_replacement(range(people), n1):
        for y in itertools.combinations_with_replacement(range(people), n2):
            spread = sum((rank - middle) ** 2 for rank in midranks([*x, *y]))
            variance, u = Fraction(n1 * n2, people * (people - 1)) * spread, u_of(x, y)
            smallest[u] = min(smallest.get(u, variance), variance)
    assert all(least_u_variance(u, n1, n2) <= variance for u, variance in smallest.items())
    assert sum(least_u_variance(u, n1, n2) == variance for u, variance in smallest.items()) >= 3
    assert set(smallest) == {Fraction(twice, 2) for twice in range(2 * n1 * n2 + 1)}  # every half is attainable


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(0, 6), min_size=2, max_size=14), st.lists(st.integers(0, 6), min_size=2, max_size=14))
def test_tied_samples_are_never_apart(x, y):
    if len({*x, *y}) == 1:
        return
    u = u_of(x, y)
    for continuity in (False, True):
        p = stats.mannwhitneyu(x, y, method="asymptotic", use_continuity=continuity).pvalue
        found = u_and_p(exactly(u), around(p), len(x), len(y))
        assert found.attainable
        assert ("normal, corrected" if continuity else "normal") in found.tied
        assert found.together != "apart"


@settings(deadline=None, max_examples=60)
@given(st.lists(st.integers(-4, 4), min_size=4, max_size=20))
def test_tied_pairs_are_never_apart(changes):
    moved = [change for change in changes if change]
    if len(moved) < 2:
        return
    ranks = midranks([abs(change) for change in moved])
    w = sum((rank for rank, change in zip(ranks, moved, strict=True) if change > 0), Fraction(0))
    spread = sum(rank**2 for rank in ranks) / 4
    p = signed_rank(len(moved)).p(w, "normal", variance=spread)
    assert "normal" in w_and_p(exactly(w), around(p), len(changes)).tied


@pytest.mark.parametrize("n", [2, 3, 4, 5])
def test_least_w_variance_against_every_pattern_of_ties(n):
    patterns = itertools.combinations_with_replacement(range(n), n)
    variances = [sum(rank**2 for rank in midranks(pattern)) / 4 for pattern in patterns]
    assert min(variances) == least_w_variance(n)
    assert max(variances) == signed_rank(n).variance


# Attainable


@pytest.mark.parametrize(
    ("u", "possible", "untied"),
    [
        ("30", True, True),
        ("30.5", True, False),
        ("30.3", False, False),
        ("120", True, True),
        ("121", False, False),
        ("200", False, False),
        ("0", True, True),
        ("-1", False, False),
    ],
)
def test_u_possible(u, possible, untied):
    assert u_possible(printed(u), 10, 12) == possible
    assert u_possible(printed(u), 10, 12, ties=False) == untied
    assert u_and_p(printed(u), printed("0.05"), 10, 12).attainable == possible


def test_w_possible():
    assert [w_possible(printed(w), 9) for w in ("37", "45", "46", "10.5", "10.2", "-1")] == [
        True, True, False, True, False, False,
    ]  # fmt: skip
    assert not w_possible(printed("10.5"), 9, ties=False)


def test_u_of_rank_sum():
    # Ranks 1 to 5 are the smallest of a group of 5.
    assert u_of_rank_sum(exactly(15), 5) == exactly(0)
    assert u_of_rank_sum(printed("26"), 5) == Interval(Fraction("10.5"), Fraction("11.5"))


def test_attainable_p():
    found = attainable_p(3, 4)
    assert found == pytest.approx((2 / 35, 4 / 35, 8 / 35, 14 / 35, 22 / 35, 30 / 35, 1))
    assert list(found) == sorted(found)
    assert attainable_p(3, 4, sides=1)[0] == pytest.approx(1 / 35)
    assert len(attainable_p(3, 4, "normal")) == 7
    assert attainable_p(2_000, 40) is None
    assert attainable_p(2_000, 40, "normal") is None


# Together


def test_u_and_p_by_each_method():
    u = printed("11")
    assert u_and_p(u, printed("0.537"), 5, 6).untied == ("exact",)
    assert u_and_p(u, printed("0.465"), 5, 6).untied == ("normal",)
    assert u_and_p(u, printed("0.523"), 5, 6).untied == ("normal, corrected",)
    assert u_and_p(u, printed("0.268"), 5, 6, sides=1).untied == ("exact",)
    assert u_and_p(u, printed("0.537"), 5, 6).together == "yes"


def test_u_and_p_apart():
    # Ties only make P smaller: no U of 30 has P = .06.
    found = u_and_p(printed("30"), printed("0.060"), 10, 12)
    assert found.attainable
    assert found.together == "apart"
    assert u_and_p(printed("30.5"), printed("0.0000001"), 10, 12).together == "apart"


def test_u_and_p_without_u():
    assert u_and_p(None, printed("0.537"), 5, 6).untied == ("exact",)
    assert u_and_p(None, printed("0.0571"), 3, 4).untied == ("exact",)
    assert u_and_p(None, printed("0.001"), 3, 4).together == "apart"  # the smallest is 2/35, or z = √6


def test_u_and_p_of_too_many_values():
    assert u_and_p(None, printed("0.05"), 1_000, 1_000) is None
    assert u_and_p(printed("500000"), printed("1.00"), 1_000, 1_000).together == "yes"


def test_w_and_p_by_each_method():
    w = printed("37")
    assert w_and_p(w, printed("0.0977"), 9).untied == ("exact",)
    assert w_and_p(w, printed("0.0858"), 9).untied == ("normal",)
    assert w_and_p(w, printed("0.0972"), 9).untied == ("normal, corrected",)


def test_w_and_p_of_pairs_without_a_difference():
    # W = 36 of 8 pairs has the exact P 2/256; the ninth pair did not change.
    found = w_and_p(printed("36"), printed("0.0078"), 9)
    assert found.untied == ()
    assert "exact" in found.tied
    assert found.together == "if tied"


def test_w_and_p_apart_and_too_many():
    assert w_and_p(printed("20"), printed("0.0001"), 9).together == "apart"
    assert w_and_p(printed("50"), printed("0.05"), 9).attainable is False
    assert w_and_p(None, printed("0.05"), 500) is None
    assert w_and_p(None, printed("0.0977"), 9).together == "yes"


def test_random_untied_samples_are_together():
    rng = random.Random(1)
    for _ in range(30):
        n1, n2 = rng.randint(2, 15), rng.randint(2, 15)
        values = rng.sample(range(100), n1 + n2)
        x, y = values[:n1], values[n1:]
        p = stats.mannwhitneyu(x, y, method="exact").pvalue
        assert "exact" in u_and_p(exactly(u_of(x, y)), around(p), n1, n2).untied


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: mann_whitney(0, 3), "one person or more"),
        (lambda: u_possible(exactly(1), 3, 0), "one person or more"),
        (lambda: signed_rank(0), "at least one pair"),
        (lambda: w_and_p(exactly(1), printed("0.05"), 0), "at least one pair"),
        (lambda: u_and_p(exactly(1), printed("0.05"), 3, 3, sides=3), "1 or 2 sides"),
    ],
)
def test_rank_tests_impossible_arguments(call, message):
    with pytest.raises(ValueError, match=message):
        call()


def test_bound_of_values_is_that_of_the_module(monkeypatch):
    monkeypatch.setattr(rank_tests, "MOST_VALUES", 5)
    assert u_and_p(None, printed("0.05"), 3, 4) is None
