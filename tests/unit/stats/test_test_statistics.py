import math
from fractions import Fraction

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.printed import Interval, number
from evidence_brief.stats.distributions import p_chi2, p_f, p_r, p_t, p_z
from evidence_brief.stats.test_statistics import bonferroni, decision_error, judge, p_range, printed_df

DF = {"t": (28,), "F": (2, 28), "χ2": (3,), "z": (), "r": (28,), "rs": (28,), "Q": (3,), "H": (3,), "G": (3,)}
TAILS = {"t": p_t, "F": p_f, "χ2": p_chi2, "z": p_z, "r": p_r, "rs": p_r, "Q": p_chi2, "H": p_chi2, "G": p_chi2}


def printed(text):
    return number(text).interval


def below(text):
    return Interval(Fraction(0), Fraction(text), includes_high=False)


def above(text):
    return Interval(Fraction(text), Fraction(1), includes_low=False)


@settings(deadline=None)
@given(st.sampled_from(sorted(DF)), st.integers(0, 90), st.integers(0, 10), st.integers(0, 10))
def test_p_range_holds_the_p_of_every_value(letter, low, width, step):
    scale = 100 if letter in ("r", "rs") else 10
    interval = Interval(Fraction(low, scale), Fraction(low + width, scale))
    smallest, largest = p_range(letter, interval, DF[letter])
    p = TAILS[letter](float(interval.low + (interval.high - interval.low) * Fraction(step, 10)), *DF[letter])
    assert smallest <= p <= largest
    if width == 0:
        assert (smallest, largest) == pytest.approx((p, p), rel=1e-9)


def test_p_range_of_rounded_t():
    low, high = p_range("t", printed("2.2"), (28,))
    assert (low, high) == pytest.approx((p_t(2.25, 28), p_t(2.15, 28)), rel=1e-9)


@pytest.mark.parametrize("letter", ["t", "z", "r", "rs"])
def test_p_range_ignores_the_sign(letter):
    positive, negative = Interval(Fraction(1, 5), Fraction(2, 5)), Interval(Fraction(-2, 5), Fraction(-1, 5))
    around = Interval(Fraction(-2, 5), Fraction(1, 5))
    assert p_range(letter, positive, DF[letter]) == p_range(letter, negative, DF[letter])
    assert p_range(letter, around, DF[letter]) == (p_range(letter, positive, DF[letter])[0], 1.0)


def test_p_range_one_sided_is_half():
    for letter, df in (("t", (28,)), ("z", ()), ("r", (28,)), ("rs", (28,)), ("F", (1, 28)), ("χ2", (1,))):
        both, one = p_range(letter, printed("0.5"), df), p_range(letter, printed("0.5"), df, sides=1)
        assert one == pytest.approx((both[0] / 2, both[1] / 2), rel=1e-9)


def test_p_range_of_values_rounded_beyond_what_is_possible():
    assert p_range("F", printed("0.0"), (1, 20))[1] == 1.0
    assert p_range("r", printed("1.00"), (20,))[0] == 0.0
    assert p_range("χ2", printed("0"), (1,))[1] == 1.0


def test_p_range_of_inequalities():
    # "F(1, 28) < 1" stands for every F up to 1.
    assert p_range("F", Interval(Fraction(0), Fraction(1)), (1, 28)) == (pytest.approx(p_f(1, 1, 28)), 1.0)
    assert p_range("t", Interval(Fraction(2), Fraction(10) ** 400), (28,)) == (0.0, pytest.approx(p_t(2, 28)))


def test_p_range_of_rounded_degrees_of_freedom():
    # Greenhouse–Geisser: 1.7 stands for 1.65 to 1.75.
    df = (printed_df(number("1.7")), printed_df(number("48.3")))
    low, high = p_range("F", Interval(Fraction("4.1"), Fraction("4.1")), df)
    assert low <= p_f(4.1, 1.75, 48.35) < p_f(4.1, 1.65, 48.25) <= high
    assert printed_df(number("48")) == printed_df(number("48.0")) == 48


@pytest.mark.parametrize(
    ("letter", "statistic", "df", "sides", "message"),
    [
        ("U", "30", (), 2, "must be one of"),
        ("x", "3", (1,), 2, "must be one of"),
        ("t", "2", (), 2, "t has 1 degrees of freedom, got 0"),
        ("F", "2", (1,), 2, "F has 2 degrees of freedom, got 1"),
        ("z", "2", (10,), 2, "z has 0 degrees of freedom, got 1"),
        ("t", "2", (0,), 2, "degrees of freedom"),
        ("χ2", "-3", (1,), 2, "cannot be negative"),
        ("F", "-3", (1, 10), 2, "cannot be negative"),
        ("r", "1.2", (10,), 2, "between -1 and 1"),
        ("rs", "-1.2", (10,), 2, "between -1 and 1"),
        ("t", "2", (10,), 3, "no 3-sided"),
        ("F", "2", (2, 10), 1, "no 1-sided"),
        ("χ2", "2", (2,), 1, "no 1-sided"),
        ("H", "2", (1,), 1, "no 1-sided"),
    ],
)
def test_p_range_impossible_arguments(letter, statistic, df, sides, message):
    with pytest.raises(ValueError, match=message):
        p_range(letter, printed(statistic), df, sides=sides)


def test_p_range_empty_interval():
    with pytest.raises(ValueError, match="empty"):
        p_range("t", Interval(Fraction(2), Fraction(1)), (10,))


# Verdicts


@pytest.mark.parametrize(
    ("letter", "statistic", "df", "p", "verdict"),
    [
        ("t", "2.20", (28,), printed("0.036"), "consistent"),
        ("t", "2.2", (28,), printed("0.03"), "consistent"),  # t up to 2.25
        ("t", "2.20", (28,), printed("0.03"), "inconsistent"),
        ("t", "2.20", (28,), printed("0.018"), "one-sided"),
        ("t", "-0.23", (193,), printed("0.591"), "one-sided"),
        ("t", "2.0", (28,), below("0.05"), "consistent"),
        ("t", "2.20", (28,), below("0.02"), "one-sided"),
        ("t", "2.20", (28,), above("0.05"), "one-sided"),
        ("F", "4.57", (1, 140), printed("0.017"), "one-sided"),
        ("F", "4.57", (2, 140), printed("0.006"), "inconsistent"),
        ("χ2", "3.84", (1,), printed("0.05"), "consistent"),
        ("χ2", "3.84", (1,), printed("0.025"), "one-sided"),
        ("z", "2.175", (), printed("0.030"), "consistent"),
        ("r", "0.22", (28,), printed("0.24"), "consistent"),
    ],
)
def test_judge_verdicts(letter, statistic, df, p, verdict):
    assert judge(letter, printed(statistic), df, p).verdict == verdict


def test_judge_names_what_would_explain_it():
    assert judge("t", printed("2.20"), (28,), printed("0.018")).explanations == ("one-sided",)
    assert judge("t", printed("-0.23"), (193,), printed("0.591")).explanations == ("one-sided, in the other direction",)
    assert judge("F", printed("4.57"), (1, 140), printed("0.137")).explanations == ("corrected for 4 tests",)
    assert judge("F", printed("4.62"), (2, 191), printed("0.033")).explanations == (
        "corrected for 3 tests",
        "corrected for sphericity",
    )
    assert judge("t", printed("2.20"), (28,), printed("0.001")).explanations == ()


def test_judge_p_above_1_is_never_consistent():
    assert judge("t", printed("0.00"), (28,), Interval(Fraction("1.15"), Fraction("1.25"))).verdict == "inconsistent"


def test_judge_names_the_range_of_p():
    found = judge("t", printed("2.20"), (28,), printed("0.036"))
    assert Fraction(p_t(2.2, 28)) in found.p
    assert found.explanations == ()


def test_bonferroni():
    point = Interval(Fraction(1, 100), Fraction(1, 100))
    assert bonferroni(point, printed("0.02")) == 2
    assert bonferroni(point, printed("0.05")) == 5
    assert bonferroni(point, printed("0.021")) is None
    assert bonferroni(point, printed("0.005")) is None
    assert bonferroni(point, printed("0.21")) is None
    assert bonferroni(Interval(Fraction(3, 5), Fraction(3, 5)), above("0.999")) == 2
    assert bonferroni(Interval(Fraction(0), Fraction(0)), printed("0.000")) == 2
    assert bonferroni(Interval(Fraction(0), Fraction(1, 10**30)), printed("0.5")) is None


@pytest.mark.parametrize(
    ("reported", "recomputed", "flips"),
    [
        (printed("0.03"), ("0.06", "0.24"), True),
        (printed("0.03"), ("0.049", "0.24"), False),  # some of its values are significant
        (printed("0.03"), ("0.01", "0.02"), False),
        (printed("0.06"), ("0.01", "0.02"), True),
        (printed("0.06"), ("0.01", "0.0500"), False),
        (below("0.05"), ("0.06", "0.07"), True),
        (above("0.05"), ("0.01", "0.02"), True),
        (Interval(Fraction(0), Fraction(1, 20)), ("0.06", "0.07"), True),  # P ≤ .05
        (Interval(Fraction(1, 20), Fraction(1)), ("0.01", "0.02"), True),  # NS
        (printed("0.05"), ("0.06", "0.07"), False),  # .046 would be significant
        (printed("0.05"), ("0.01", "0.02"), False),
        (below("0.06"), ("0.07", "0.08"), False),  # may be .055
        (above("0.04"), ("0.01", "0.02"), False),  # may be .045
    ],
)
def test_decision_error(reported, recomputed, flips):
    assert decision_error(reported, Interval(*map(Fraction, recomputed))) == flips


def test_decision_error_at_another_alpha():
    recomputed = Interval(Fraction("0.02"), Fraction("0.03"))
    assert decision_error(below("0.01"), recomputed, Fraction(1, 100))
    assert not decision_error(below("0.01"), recomputed)


def test_sphericity_range_holds_the_epsilon_corrected_p():
    statistic, df = printed("4.62"), (2, 191)
    for epsilon in (0.5, 0.6, 0.75, 0.9):
        p = p_f(4.62, 2 * epsilon, 191 * epsilon)
        text = f"{p:.4f}"
        found = judge("F", statistic, df, printed(text))
        assert found.verdict == "consistent" or "corrected for sphericity" in found.explanations


def test_p_of_infinite_statistic_is_0():
    assert p_f(math.inf, 2, 8) == 0.0
