from __future__ import annotations

import decimal
from decimal import Decimal
from fractions import Fraction
from math import inf, nan

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_brief.printed import Interval, NotPrintedNumber, WrongDecimalMark, normalised, number, show

VALUES = st.fractions(min_value=-(10**6), max_value=10**6, max_denominator=10**6)
DECIMALS = st.integers(min_value=0, max_value=6)


def rounded(value: Fraction, decimals: int, rounding: str) -> str:
    """The second path: the decimal module, on a value with enough digits to be exact where it matters."""
    with decimal.localcontext(prec=80):
        exact = Decimal(value.numerator) / Decimal(value.denominator)
        return str(exact.quantize(Decimal(1).scaleb(-decimals), rounding=rounding))


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("42", "42", 0),
        ("0", "0", 0),
        ("7.46", "7.46", 2),
        (".007", "0.007", 3),
        ("1.60", "1.6", 2),
        ("50", "50", 0),
        ("50.0", "50", 1),
        ("+3", "3", 0),
        ("-0.5", "-0.5", 1),
        ("−0.5", "-0.5", 1),
        ("–0.5", "-0.5", 1),
        ("7·46", "7.46", 2),
        ("·007", "0.007", 3),
        ("1,204", "1204", 0),
        ("1,234,567.8", "1234567.8", 1),
        ("1 204", "1204", 0),
        ("1\u00a0204", "1204", 0),
        ("1\u2009204", "1204", 0),
        ("1\u202f204", "1204", 0),
        ("1'204", "1204", 0),
        ("1’204", "1204", 0),
        ("-1,204", "-1204", 0),
        ("1e-4", "0.0001", 4),
        ("3.2E-5", "0.000032", 6),
        ("1.2×10^-4", "0.00012", 5),
        ("1.2×10⁻⁴", "0.00012", 5),
        ("1.2 × 10−4", "0.00012", 5),
        ("1.2x10^4", "12000", -3),
        ("1.2×10⁴", "12000", -3),
        ("six", "6", 0),
        ("Nineteen", "19", 0),
        ("ninety", "90", 0),
        ("twenty-four", "24", 0),
        ("twenty four", "24", 0),
        ("zero", "0", 0),
    ],
)
def test_number_reads_what_articles_print(text: str, value: str, decimals: int) -> None:
    read = number(text)
    assert (read.value, read.decimals, read.percent) == (Fraction(value), decimals, False)


@pytest.mark.parametrize("text", ["91.7%", "91.7 %", "91·7%", "91.7\u00a0%", "91.7 per cent", "91.7 percent"])
def test_number_percent_keeps_its_scale(text: str) -> None:
    read = number(text)
    assert (read.value, read.decimals, read.percent) == (Fraction("91.7"), 1, True)


@pytest.mark.parametrize(
    "text",
    [
        *["", " ", ".", "-", "%", "5.", "1.2.3", "--5", "5%%", "<5", "½", "nan", "inf", "1/2", "n=4", "4 patients"],
        *["1,20", "1,2045", "0,123", "1 20", "12 34", "24²", "10²"],
        *["hundred", "twenty-", "twenty-ten", "-six"],
        *["1e", "1e5e5", "e5", "1e251", "1e-251", "2×100", "1.2×104"],
        *["9" * 51, "1,111" * 1000, "9" * 5000],
    ],
)
def test_number_refuses_anything_else(text: str) -> None:
    with pytest.raises(NotPrintedNumber):
        number(text)


def test_number_always_fits_a_float() -> None:
    assert float(number("9" * 44 + "e250").value) < inf


@pytest.mark.parametrize(
    ("text", "value", "decimals"),
    [
        ("0,05", "0.05", 2),
        ("7,46", "7.46", 2),
        ("1.204", "1204", 0),
        ("1.204,5", "1204.5", 1),
        ("1 204,5", "1204.5", 1),
    ],
)
def test_number_decimal_comma_is_read_where_the_source_says_so(text: str, value: str, decimals: int) -> None:
    read = number(text, ",")
    assert (read.value, read.decimals) == (Fraction(value), decimals)


@pytest.mark.parametrize(("text", "mark", "other"), [("0,05", ".", ","), ("7.46", ",", ".")])
def test_number_wrong_decimal_mark_names_the_setting(text: str, mark: str, other: str) -> None:
    with pytest.raises(WrongDecimalMark, match=f"decimal_mark: '\\{other}'"):
        number(text, mark)


@pytest.mark.parametrize(
    ("text", "plain"),
    [("χ²", "χ2"), ("10⁻⁴", "10^-4"), ("24²", "24²"), ("110²", "110²"), ("a\u00a0\u2009b", "a  b"), (" −1·5 ", "-1.5")],
)
def test_normalised_keeps_footnote_marks_apart(text: str, plain: str) -> None:
    assert normalised(text) == plain


@pytest.mark.parametrize(
    ("text", "low", "high"),
    [
        ("7.46", "7.455", "7.465"),
        ("50", "49.5", "50.5"),
        ("1.60", "1.595", "1.605"),
        ("-0.5", "-0.55", "-0.45"),
        ("1.2e3", "1150", "1250"),
        ("0", "-0.5", "0.5"),
    ],
)
def test_interval_is_half_a_unit_each_way_and_closed(text: str, low: str, high: str) -> None:
    interval = number(text).interval
    assert interval == Interval(Fraction(low), Fraction(high))
    assert interval.low in interval
    assert interval.high in interval


def test_interval_trailing_zero_narrows_it() -> None:
    assert Fraction("1.63") in number("1.6").interval
    assert Fraction("1.63") not in number("1.60").interval


@pytest.mark.parametrize(
    ("text", "inside", "outside"),
    [
        ("16.7", ["16.7", "16.79"], ["16.8", "16.69"]),
        ("-0.5", ["-0.5", "-0.59"], ["-0.6", "-0.49"]),
        ("−0.5", ["-0.5", "-0.59"], ["-0.6", "-0.49"]),
        ("0.0", ["0", "0.09"], ["0.1", "-0.01"]),
        ("-0.0", ["0", "-0.09"], ["-0.1", "0.01"]),
    ],
)
def test_truncated_goes_towards_zero(text: str, inside: list[str], outside: list[str]) -> None:
    truncated = number(text).truncated
    assert all(Fraction(value) in truncated for value in inside)
    assert not any(Fraction(value) in truncated for value in outside)


def test_as_fraction_scales_percentages_alone() -> None:
    assert number("91.7%").as_fraction == Interval(Fraction("0.9165"), Fraction("0.9175"))
    assert number("0.917").as_fraction == number("0.917").interval


@pytest.mark.parametrize("value", [nan, inf, -inf])
def test_interval_holds_no_nan_and_no_infinity(value: float) -> None:
    assert value not in Interval(Fraction(-(10**9)), Fraction(10**9))


@pytest.mark.parametrize(
    ("first", "second", "expected"),
    [
        (Interval(Fraction(0), Fraction(1)), Interval(Fraction(1), Fraction(2)), True),
        (Interval(Fraction(0), Fraction(1), includes_high=False), Interval(Fraction(1), Fraction(2)), False),
        (Interval(Fraction(0), Fraction(1)), Interval(Fraction(1), Fraction(2), includes_low=False), False),
        (Interval(Fraction(0), Fraction(9)), Interval(Fraction(1), Fraction(2), False, False), True),
        (Interval(Fraction(0), Fraction(1)), Interval(Fraction(2), Fraction(3)), False),
        (Interval(Fraction("1.15"), Fraction(1)), Interval(Fraction(0), Fraction(1)), False),
        (Interval(Fraction(1), Fraction(1), includes_low=False), Interval(Fraction(0), Fraction(1)), False),
    ],
)
def test_overlaps_minds_open_ends_and_empty_intervals(first: Interval, second: Interval, expected: bool) -> None:
    assert first.overlaps(second) is expected
    assert second.overlaps(first) is expected


def test_intervals_add_with_their_ends() -> None:
    total = Interval(Fraction(0), Fraction(1), includes_high=False) + Interval(Fraction(2), Fraction(3))
    assert total == Interval(Fraction(2), Fraction(4), includes_low=True, includes_high=False)


@pytest.mark.parametrize(
    ("value", "decimals", "text"),
    [
        (Fraction("0.125"), 2, "0.13"),
        (Fraction("2.675"), 2, "2.68"),
        (2.675, 2, "2.67"),  # the float lies below the half
        (Fraction("-0.125"), 2, "-0.13"),
        (Fraction("-0.004"), 2, "0.00"),
        (Fraction(1, 3), 0, "0"),
        (Fraction(1, 2), 0, "1"),
        (Fraction("9.995"), 2, "10.00"),
        (Fraction(0), 3, "0.000"),
        (Fraction(12345), -2, "12300"),
        (Fraction(-12350), -2, "-12400"),
        (Fraction(10**30) + Fraction(1, 2), 0, str(10**30 + 1)),
    ],
)
def test_show_rounds_half_up_exactly(value: Fraction | float, decimals: int, text: str) -> None:
    assert show(value, decimals) == text


@pytest.mark.parametrize(("value", "error"), [(nan, ValueError), (inf, OverflowError)])
def test_show_refuses_what_cannot_be_printed(value: float, error: type[Exception]) -> None:
    with pytest.raises(error):
        show(value, 2)


@given(VALUES, st.integers(min_value=-3, max_value=6))
def test_show_reads_back_to_an_interval_that_holds_the_value(value: Fraction, decimals: int) -> None:
    read = number(show(value, decimals))
    unit = Fraction(10) ** -decimals
    assert abs(read.value - value) <= unit / 2
    if decimals >= 0:
        assert value in read.interval


@given(VALUES, DECIMALS)
def test_show_agrees_with_the_decimal_module(value: Fraction, decimals: int) -> None:
    expected = rounded(value, decimals, decimal.ROUND_HALF_UP)
    assert Decimal(show(value, decimals)) == Decimal(expected)


@given(VALUES, DECIMALS, st.sampled_from(["ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN"]))
def test_interval_accepts_every_usual_rounding(value: Fraction, decimals: int, rounding: str) -> None:
    assert value in number(rounded(value, decimals, rounding)).interval


@given(st.integers(-(10**6), 10**6), DECIMALS, st.sampled_from(["ROUND_HALF_UP", "ROUND_HALF_EVEN", "ROUND_HALF_DOWN"]))
def test_interval_accepts_every_usual_rounding_of_a_tie(whole: int, decimals: int, rounding: str) -> None:
    tie = (whole + Fraction(1, 2)) * Fraction(10) ** -decimals
    assert tie in number(rounded(tie, decimals, rounding)).interval


@given(VALUES, DECIMALS)
def test_truncated_accepts_what_is_cut_off(value: Fraction, decimals: int) -> None:
    assert value in number(rounded(value, decimals, decimal.ROUND_DOWN)).truncated


@given(st.integers(0, 10**12))
def test_number_thousands_separators_change_nothing(value: int) -> None:
    assert number(f"{value:,}").value == value
    assert number(f"{value:,}".replace(",", "\u2009")).value == value
    assert number(f"{value:,}".replace(",", "."), ",").value == value


@given(st.text(max_size=60))
def test_number_any_text_is_read_or_refused(text: str) -> None:
    try:
        read = number(text)
    except NotPrintedNumber:
        return
    assert read.value in read.interval
