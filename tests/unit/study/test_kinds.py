from __future__ import annotations

from fractions import Fraction
from typing import get_args

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_brief.printed import Interval
from evidence_brief.study.kinds import Kind, Value, p_interval, read_value


def numbers(value: Value) -> list[float]:
    return [float(part.value) for part in value.numbers]


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        *[("count", text, [1204]) for text in ("1204", "1,204", "1 204")],
        ("count", "six", [6]),
        ("count", "Twenty-four", [24]),
        ("proportion", "91.7%", [91.7]),
        ("proportion", "0.917", [0.917]),
        ("proportion", "101%", [101]),  # impossible, but printed: a check says so
        ("mean_sd", "7.46", [7.46]),
        ("mean_sd", "seven", [7]),
        ("mean_sd", "−1.2 ± 3.4", [-1.2, 3.4]),
        ("mean_sd", "1,204±1,300", [1204, 1300]),
        ("mean_sd", "7·46 (6·26)", [7.46, 6.26]),
        ("mean_sd", "7.46 (−1.0 to −0.2)", [7.46, -1.0, -0.2]),
        *[
            ("mean_sd", text, [7.46, 6.26])
            for text in ("7.46±6.26", "7.46 ± 6.26", "7.46+/-6.26", "7.46 (6.26)", "7.46 [6.26]", "7.46 (±6.26)")
        ],
        *[
            ("median_iqr", text, [6, 4, 18])
            for text in ("6 (4-18)", "6 (4 to 18)", "6 [4, 18]", "6, 4-18", "6 ( 4 – 18 )")
        ],
        ("median_iqr", "6", [6]),
        ("median_iqr", "six", [6]),
        ("median_iqr", "6 (−4–−1)", [6, -4, -1]),
        *[
            ("range", text, [4, 18])
            for text in ("4-18", "4–18", "4 − 18", "4 to 18", "(range 4-18)", "between 4 and 18")
        ],
        ("range", "18-4", [18, 4]),
        ("range", "-0.5--0.2", [-0.5, -0.2]),
        *[
            ("confidence_interval", text, [1.2, 3.0])
            for text in ("1.2–3.0", "(1.2, 3.0)", "[1.2; 3.0]", "1.2 to 3.0", "1.2 and 3.0", "1.2/3.0", "CI 1.2-3.0")
        ],
        ("confidence_interval", "-0.5 to -0.2", [-0.5, -0.2]),
        ("confidence_interval", "1,204 to 1,300", [1204, 1300]),
        ("confidence_interval", "1,204, 1,300", [1204, 1300]),
        ("estimate", "1.9", [1.9]),
        ("estimate", "NNT 5", [5]),
        ("estimate", "IRR 1.2", [1.2]),
        *[
            ("correlation", text, [0.45])
            for text in (".45", "r=.45", "r = 0.45", "rho=.45", "ρ = .45", "rs = .45", "rₛ = .45")
        ],
        ("correlation", "r(28)=.45", [0.45, 28]),
        ("correlation", "r(28) = −.45", [-0.45, 28]),
        ("duration", "48", [48]),
        ("duration", "six", [6]),
        ("dose", "0.4", [0.4]),
        ("date", "May 17, 2012", []),
    ],
)
def test_read_value_spellings(kind: Kind, text: str, expected: list[float]) -> None:
    assert numbers(read_value(text, kind)) == expected


@pytest.mark.parametrize(
    ("kind", "text", "expected", "said"),
    [
        *[
            ("mean_sd", text, [7.46, 6.26], "sd")
            for text in ("7.46 (SD 6.26)", "7.46 (SD, 6.26)", "7.46 (SD = 6.26)", "7.46 (s.d. 6.26)", "7.46, SD 6.26")
        ],
        ("mean_sd", "M = 7.46, SD = 6.26", [7.46, 6.26], "sd"),
        ("mean_sd", "M=7.46 (SD=6.26)", [7.46, 6.26], "sd"),
        ("mean_sd", "mean (SD) 7.46 (6.26)", [7.46, 6.26], "sd"),
        ("mean_sd", "7.46 (SE 1.2)", [7.46, 1.2], "se"),
        ("mean_sd", "7.46 (SEM, 1.2)", [7.46, 1.2], "se"),
        ("mean_sd", "7.46 ± 1.2 (SE)", [7.46, 1.2], "se"),
        ("mean_sd", "7.46 (standard error 1.2)", [7.46, 1.2], "se"),
        ("mean_sd", "7.46 (95% CI, 5.1 to 9.8)", [7.46, 5.1, 9.8], "ci95"),
        ("mean_sd", "7.46, 95% CI 5.1-9.8", [7.46, 5.1, 9.8], "ci95"),
        ("mean_sd", "7.46 (90% CI 5.1-9.8)", [7.46, 5.1, 9.8], "ci90"),
        ("mean_sd", "7.46 (range 5.1–9.8)", [7.46, 5.1, 9.8], "range"),
        ("median_iqr", "6 [IQR 4–18]", [6, 4, 18], "iqr"),
        ("median_iqr", "6 (interquartile range, 4-18)", [6, 4, 18], "iqr"),
        ("median_iqr", "median, 6; IQR, 4-18", [6, 4, 18], "iqr"),
        ("median_iqr", "Mdn = 6, IQR = 4-18", [6, 4, 18], "iqr"),
        ("median_iqr", "6 (25th–75th percentile, 4–18)", [6, 4, 18], "iqr"),
        ("median_iqr", "6 (range 4-18)", [6, 4, 18], "range"),
        ("estimate", "OR 1.9", [1.9], "OR"),
        ("estimate", "aOR = 1.9", [1.9], "OR"),
        ("estimate", "HR = 0.65", [0.65], "HR"),
        ("estimate", "hazard ratio of 0.65", [0.65], "HR"),
        ("estimate", "relative risk, 1.2", [1.2], "RR"),
        ("estimate", "SMD = −0.50", [-0.5], "SMD"),
        ("estimate", "Cohen's d = .5", [0.5], "SMD"),
        ("estimate", "mean difference, -2.1", [-2.1], "MD"),
    ],
)
def test_read_value_keeps_what_the_text_says(kind: Kind, text: str, expected: list[float], said: str) -> None:
    value = read_value(text, kind)
    assert (numbers(value), value.letter) == (expected, said)


@pytest.mark.parametrize(
    ("text", "level"),
    [
        ("95% CI 1.2–3.0", "0.95"),
        ("95% CI, 1.2 to 3.0", "0.95"),
        ("(95% CI: 1.2-3.0)", "0.95"),
        ("95% CI [1.2, 3.0]", "0.95"),
        ("95% confidence interval, 1.2 to 3.0", "0.95"),
        ("CI95 1.2-3.0", "0.95"),
        ("99% CI 1.2-3.0", "0.99"),
        ("97.5% CI 1.2–3.0", "0.975"),
        ("95% CrI 1.2–3.0", "0.95"),
    ],
)
def test_read_value_confidence_interval_keeps_its_level(text: str, level: str) -> None:
    value = read_value(text, "confidence_interval")
    assert (numbers(value), value.level) == ([1.2, 3.0], Fraction(level))


@pytest.mark.parametrize(
    ("text", "relation", "p"),
    [
        *[
            (text, "=", 0.03)
            for text in ("P=.03", "p = 0.03", "P-value = .03", "P value of .03", "p: .03", "0.03", "P=·03")
        ],
        *[(text, "=", 0.03) for text in ("P for trend = .03", "Ptrend = .03", "P for interaction=.03")],
        *[(text, "<", 0.001) for text in ("P<.001", "p < 0.001", "p ＜ 0.001", "P less than .001", "p<1e-3")],
        *[(text, "≤", 0.05) for text in ("p≤0.05", "P <= .05", "p ⩽ 0.05", "p≦0.05")],
        *[(text, "≥", 0.05) for text in ("p ≥ .05", "p>=0.05")],
        ("p > 0.05", ">", 0.05),
        ("P=.000", "=", 0),
        ("p = 1.2×10⁻⁴", "=", 0.00012),
        ("P=1", "=", 1),
        *[(text, "ns", None) for text in ("NS", "ns", "n.s.", "p = n.s.", "P = NS", "(NS)", "not significant")],
    ],
)
def test_read_value_p_value_spellings(text: str, relation: str, p: float | None) -> None:
    value = read_value(text, "p_value")
    assert value.relation == relation
    assert numbers(value) == ([] if p is None else [p])


@pytest.mark.parametrize(
    ("text", "letter", "expected"),
    [
        ("t(28) = 2.20", "t", [2.20, 28]),
        ("t(28)=−2.20", "t", [-2.20, 28]),
        ("t = 2.20", "t", [2.20]),
        ("t28 = 2.20", "t", [2.20, 28]),
        ("t₂₈ = 2.20", "t", [2.20, 28]),
        ("t(df=28)=2.20", "t", [2.20, 28]),
        ("t(27.6)=2.2", "t", [2.2, 27.6]),
        ("t(1,204)=2.2", "t", [2.2, 1204]),
        ("F(2, 57)=3.1", "F", [3.1, 2, 57]),
        ("F(2,57) = 3.1", "F", [3.1, 2, 57]),
        ("F2,57=3.1", "F", [3.1, 2, 57]),
        ("F(1, 1,204)=3.1", "F", [3.1, 1, 1204]),
        *[(text, "χ2", [7.39, 1]) for text in ("χ2(1)=7.39", "χ²(1) = 7.39", "X2(1)=7.39", "chi2(1) = 7.39")],
        *[(text, "χ2", [7.39]) for text in ("χ² = 7.39", "chi-square=7.39", "chi squared = 7.39")],
        ("χ2(1, N = 42)=7.39", "χ2", [7.39, 1, 42]),
        ("χ2(1, N = 1,204)=7.39", "χ2", [7.39, 1, 1204]),
        ("χ2 = 7.39, df = 1", "χ2", [7.39, 1]),
        ("z=2.1", "z", [2.1]),
        ("U(12, 15) = 45", "U", [45, 12, 15]),
        ("r(28) = .45", "r", [0.45, 28]),
    ],
)
def test_read_value_test_statistic_spellings(text: str, letter: str, expected: list[float]) -> None:
    value = read_value(text, "test_statistic")
    assert (value.letter, numbers(value)) == (letter, expected)


REFUSED: dict[Kind, list[str]] = {
    "count": ["4.2", "-3", "42%", "n=42", "24/42", "42 patients", "hundred", "1,20", "24²"],
    "proportion": ["22/24", "22 (91.7%)", "half", "91.7% of"],
    "mean_sd": ["7.46±", "7.46 6.26", "7.46 (6.26", "38.5±34.3 months", "7.46 (0-10, 1)", "about 7"],
    "median_iqr": ["6 (4)", "6 (IQR 14)", "6,4-18", "(6)", "6 (4-18"],
    "range": ["4", "<1–18", "4-18 months", "4…18", "four to eighteen"],
    "p_value": ["p", "p=", "5%", "p<<.05", "p < .001.", "P = .05 (two-sided)", "p = high"],
    "confidence_interval": ["1.2", "95% CI 1.2", "1,2,3", "1.2 3.0", "(1.2, 3.0"],
    "estimate": ["P=.03", "eE3", "OR", "1.9 (1.2-3.0)", "XY 1.9"],
    "test_statistic": ["2.20", "t(28)", "t(28)=", "t(abc)=2", "t(,)=2", "t()=2", "F(2, 57, 3)=3.1", "t < 1"],
    "correlation": ["r", "r²=.45", "ICC = 0.9", "t=.3"],
    "duration": ["48 months", "6-8", "long"],
    "dose": ["2 g/kg", "<2"],
    "date": ["May", "yesterday"],
}


@pytest.mark.parametrize(("kind", "text"), [(kind, text) for kind, texts in REFUSED.items() for text in [*texts, ""]])
def test_read_value_refusal_shows_the_accepted_forms(kind: Kind, text: str) -> None:
    with pytest.raises(ValueError, match=f'^a value of type {kind}, printed like "'):
        read_value(text, kind)


def test_refused_spellings_cover_every_type() -> None:
    assert set(REFUSED) == set(get_args(Kind))


def test_read_value_proportion_above_one_asks_for_the_sign() -> None:
    with pytest.raises(ValueError, match='needs a % sign in its value, or `unit: "%"`'):
        read_value("91.7", "proportion")


def test_read_value_unit_percent_stands_for_the_sign() -> None:
    assert read_value("91.7", "proportion", unit="%").first.as_fraction == Interval(
        Fraction("0.9165"), Fraction("0.9175")
    )


@pytest.mark.parametrize(
    ("kind", "text"),
    [
        ("confidence_interval", "1.2 to 3.0%"),
        ("range", "4-18%"),
        ("mean_sd", "7.4±6.2%"),
        ("median_iqr", "50% (40–60)"),
    ],
)
def test_read_value_one_percent_sign_serves_every_number(kind: Kind, text: str) -> None:
    assert all(part.percent for part in read_value(text, kind).numbers)


@pytest.mark.parametrize(
    ("kind", "text", "expected"),
    [
        ("p_value", "p=0,05", [0.05]),
        ("mean_sd", "7,46±6,26", [7.46, 6.26]),
        ("mean_sd", "7,46 (5,1; 9,8)", [7.46, 5.1, 9.8]),
        ("confidence_interval", "1,2, 3,0", [1.2, 3.0]),
        ("range", "0,5-1,2", [0.5, 1.2]),
        ("test_statistic", "t(27,6) = 2,20", [2.2, 27.6]),
        ("test_statistic", "F(2; 57) = 3,1", [3.1, 2, 57]),
        ("count", "1.204", [1204]),
    ],
)
def test_read_value_decimal_comma(kind: Kind, text: str, expected: list[float]) -> None:
    assert numbers(read_value(text, kind, decimal_mark=",")) == expected


@pytest.mark.parametrize("text", ["0,5", "0,5,0,9"])
def test_read_value_decimal_comma_is_no_separator(text: str) -> None:
    with pytest.raises(ValueError, match="printed like"):
        read_value(text, "range", decimal_mark=",")


def test_read_value_decimal_comma_unannounced_names_the_setting() -> None:
    with pytest.raises(ValueError, match="decimal_mark: ','"):
        read_value("p=0,05", "p_value")


@pytest.mark.parametrize(
    ("text", "interval"),
    [
        ("P=.007", Interval(Fraction("0.0065"), Fraction("0.0075"))),
        ("P=.28", Interval(Fraction("0.275"), Fraction("0.285"))),
        ("P=.000", Interval(Fraction(0), Fraction("0.0005"))),
        ("P=1.00", Interval(Fraction("0.995"), Fraction(1))),
        ("P<.001", Interval(Fraction(0), Fraction("0.001"), includes_high=False)),
        ("P≤.001", Interval(Fraction(0), Fraction("0.001"))),
        ("P>.05", Interval(Fraction("0.05"), Fraction(1), includes_low=False)),
        ("P≥.05", Interval(Fraction("0.05"), Fraction(1))),
        ("NS", Interval(Fraction("0.05"), Fraction(1))),
    ],
)
def test_p_interval_of_each_relation(text: str, interval: Interval) -> None:
    assert p_interval(read_value(text, "p_value")) == interval


def test_p_interval_ns_takes_another_level() -> None:
    assert p_interval(read_value("NS", "p_value"), Fraction(1, 100)).low == Fraction(1, 100)


@pytest.mark.parametrize("text", ["P=1.2", "P=-.05", "P>1.5", "P<-.1"])
def test_p_interval_is_empty_for_what_is_no_p_value(text: str) -> None:
    interval = p_interval(read_value(text, "p_value"))
    assert not interval.overlaps(Interval(Fraction(0), Fraction(1)))


# A date may be any short text with a digit.
@pytest.mark.parametrize("kind", sorted(set(get_args(Kind)) - {"date"}))
@pytest.mark.parametrize(
    "text", ["1 " * 100, "1,111" * 40, "(" * 200, "95% " * 50, "1" * 200, "1" + " " * 198 + "x", "9" * 99999]
)
def test_read_value_long_texts_are_refused(kind: Kind, text: str) -> None:
    with pytest.raises(ValueError, match="printed like"):
        read_value(text, kind)


@given(
    st.sampled_from(get_args(Kind)),
    st.text("0123456789.,-–±%()[]<>=≤ pPtFrχ²SDCINRto×^e", max_size=40),
    st.sampled_from(".,"),
)
def test_read_value_any_text_is_read_or_refused(kind: Kind, text: str, mark: str) -> None:
    try:
        value = read_value(text, kind, decimal_mark=mark)
    except ValueError:
        return
    assert all(isinstance(part, float) for part in numbers(value))


@pytest.mark.parametrize(
    ("text", "kind", "numbers", "letter"),
    [
        ("54.3 years (SD 11.2)", "mean_sd", ("54.3", "11.2"), "sd"),
        ("6 months (IQR 4–18)", "median_iqr", ("6", "4", "18"), "iqr"),
        ("72 percent", "mean_sd", ("72",), ""),
        ("t(31) = − 2.04", "test_statistic", ("-2.04", "31"), "t"),
        ("?2(17, N = 310) = 28.05", "test_statistic", ("28.05", "17", "310"), "χ2"),
        ("G2(1) = 4.38", "test_statistic", ("4.38", "1"), "χ2"),
        ("QWithin(3) = 0.11", "test_statistic", ("0.11", "3"), "Q"),
        ("F(l, 76) = 23.95", "test_statistic", ("23.95", "1", "76"), "F"),
        ("95% confidence interval [CI], 0.98 to 1.02", "confidence_interval", ("0.98", "1.02"), ""),
        ("CI 95%: 1.2 to3.0", "confidence_interval", ("1.2", "3.0"), ""),
    ],
)
def test_value_in_spellings_that_articles_print(text, kind, numbers, letter):
    value = read_value(text, kind)
    assert [part.value for part in value.numbers] == [Fraction(number) for number in numbers]
    assert value.letter == letter


@pytest.mark.parametrize("text", ["7.5 years (6.3", "7.5 to (SD 6.3)", "7.5 and years of age (SD 6.3)"])
def test_mean_with_other_words_than_a_unit_is_not_read(text):
    with pytest.raises(ValueError, match="mean_sd"):
        read_value(text, "mean_sd")
