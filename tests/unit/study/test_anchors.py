from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from evidence_brief.study.anchors import NotAnchored, find_quote, find_value

TEXT = "The 16.7% of 142 patients, −0.5 to 0.2;\nrange 4–18 in 1\u2009204 (24²).\n“Safe” it was: 24 of 42."


def test_find_quote_white_space_may_differ() -> None:
    start, end = find_quote(TEXT, "0.2; range  4–18", None)
    assert TEXT[start:end] == "0.2;\nrange 4–18"


@pytest.mark.parametrize("quote", ["6.7% of", "16.7% of 1", "42 patients", "2 patients", "0.5 to 0.2", "7% of"])
def test_find_quote_cuts_no_figure(quote: str) -> None:
    with pytest.raises(NotAnchored) as caught:
        find_quote(TEXT, quote, None)
    assert "cuts a figure" in str(caught.value.mend)


@pytest.mark.parametrize(
    ("quote", "found"),
    [
        ("the 16,7% of 142 patients", "line 1: “The 16.7% of 142 patients,”"),
        ("range 4-18 in", "line 2: “range 4–18 in”"),
        ('"Safe" it was', "line 3: ““Safe” it was:”"),
        ("something else altogether", None),
        ("xy", None),
    ],
)
def test_find_quote_absent_suggests_the_nearest_passage(quote: str, found: str | None) -> None:
    with pytest.raises(NotAnchored, match="does not stand in the source") as caught:
        find_quote(TEXT, quote, None)
    assert caught.value.found == found


def test_find_quote_absent_from_a_long_text_is_said() -> None:
    for text in (TEXT * 3000, "a" * 400_000, " ab" * 100_000):
        with pytest.raises(NotAnchored):
            find_quote(text, "a" * 300 + " received nothing of the kind", None)


@pytest.mark.parametrize(("occurrence", "line"), [(1, 1), (2, 2), (3, 3)])
def test_find_quote_occurrence_counts_from_one(occurrence: int, line: int) -> None:
    text = "six\nsix\nsix"
    assert find_quote(text, "six", occurrence)[0] == 4 * (line - 1)


@pytest.mark.parametrize(
    ("quote", "occurrence", "message", "found"),
    [("six", None, "3 times", "lines 1, 2, 3"), ("six", 4, "no occurrence 4", "3 (line 1, 2, 3)")],
)
def test_find_quote_ambiguous_says_where(quote: str, occurrence: int | None, message: str, found: str) -> None:
    with pytest.raises(NotAnchored, match=message) as caught:
        find_quote("six\nsix\nsix", quote, occurrence)
    assert caught.value.found == found


@pytest.mark.parametrize(
    ("quoted", "value", "start"),
    [
        ("the 16.7% of", "16.7%", 4),
        ("the 16.7% of", "16.7", 4),
        ("(range 4–18)", "4–18", 7),
        ("(range 4–18)", "18", 9),
        ("−0.5 to 0.2", "−0.5", 0),
        ("(P<.001)", "P<.001", 1),
        ("(P<.001)", ".001", 3),
        ("t(28)=-2.20", "-2.20", 6),
        ("24² patients", "24", 0),
        ("24ᵃ patients", "24", 0),
        ("共42例", "42", 1),
        ("1\u2009204 patients", "1 204", 0),
        ("of six monthly", "six", 3),
        ("42.", "42", 0),
        ("1.2×10⁻⁴", "1.2×10⁻⁴", 0),
    ],
)
def test_find_value_finds_a_figure_of_its_own(quoted: str, value: str, start: int) -> None:
    assert find_value(quoted, value)[0] == start


@pytest.mark.parametrize(
    ("quoted", "value"),
    [
        *[("16.7%", value) for value in ("6", "16", "7", "6.7%", ".7%")],
        *[("1,204", value) for value in ("1", "204")],
        *[("1\u2009204", value) for value in ("1", "204")],
        *[("P=.007", value) for value in ("007", "7")],
        *[("·7", "7"), ("142", "42"), ("1.2×10⁻⁴", "1.2")],
        *[("(−0.5 to", "0.5"), ("-3", "3"), ("t=-2.2", "2.2"), ("1.2-0.5", "-0.5")],
        *[("sixty", "six"), ("IL6", "6"), ("6mo", "6"), ("патient42", "42")],
    ],
)
def test_find_value_refuses_a_part_of_a_longer_figure(quoted: str, value: str) -> None:
    with pytest.raises(NotAnchored, match="only a part of a longer figure"):
        find_value(quoted, value)


@pytest.mark.parametrize(("value", "message"), [("43", "does not stand"), ("24", "2 times"), (" 6 ", "does not stand")])
def test_find_value_says_what_is_wrong(value: str, message: str) -> None:
    with pytest.raises(NotAnchored, match=message):
        find_value("24 of 24 and 42", value)


@given(st.integers(0, 9999), st.integers(0, 9999))
def test_find_value_never_cuts_a_number(printed: int, value: int) -> None:
    if printed == value:
        assert find_value(f"in {printed} of", str(value)) == (3, 3 + len(str(value)))
    else:
        with pytest.raises(NotAnchored):
            find_value(f"in {printed} of", str(value))
