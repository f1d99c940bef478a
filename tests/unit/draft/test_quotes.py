"""Quotes around figures: they anchor as a person's would, and take linear time."""

from __future__ import annotations

import re
from time import process_time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.draft import quotes as module
from evidence_brief.draft.quotes import Quotes
from evidence_brief.study.anchors import NotAnchored, find_quote, find_value

TEXT = """In a cohort of 42 patients, 24 received the drug (follow-up of 6 months).
Remission was more frequent after 6 months (91.7% vs. 55.6%, P=.007), and after 16 months (P=.28).

Scores fell from 7.46±6.26 to 2.96±3.64 (P<.001). Pain fell too (P<.001). In all, 24 of 42 (57%) and 24 of 42 (57%) did.
"""


def quoted(text: str, value: str, nth: int = 0) -> str | None:
    start = [match.start() for match in re.finditer(re.escape(value), text)][nth]
    found = Quotes(text).of(start, start + len(value))
    if found is None:
        return None
    low, high = find_quote(text, found.words, found.occurrence)
    at = find_value(text[low:high], value)
    assert low + at[0] == start
    return found.words


@pytest.mark.parametrize(
    ("value", "nth", "quote"),
    [
        ("42", 0, "cohort of 42 patients"),
        ("24", 0, "24 received the drug"),
        ("6", 0, "(follow-up of 6 months)"),
        ("91.7%", 0, "(91.7% vs. 55.6%, P=.007)"),
        ("7.46±6.26", 0, "fell from 7.46±6.26 to 2.96±3.64"),
        ("P<.001", 1, "Pain fell too (P<.001)"),
    ],
)
def test_quote_reads_well(value: str, nth: int, quote: str) -> None:
    assert quoted(TEXT, value, nth) == quote


def test_quote_of_a_part_of_a_figure_is_none() -> None:
    assert quoted(TEXT, "7", 0) is None
    assert quoted(TEXT, "91", 0) is None


def test_quote_with_an_occurrence_where_words_repeat() -> None:
    text = "P<.001 " * 300
    quote = Quotes(text).of(7, 13)
    assert quote is not None
    assert (quote.words, quote.occurrence) == ("P<.001", 2)


def test_quote_of_words_that_stand_within_others() -> None:
    text = "A data 50% and a 50% and data 50% too."
    for nth in range(3):
        assert quoted(text, "50%", nth) is not None


def test_quote_of_words_that_overlap_with_themselves() -> None:
    text = "was 5 was 5 was 5 was"
    for nth in range(3):
        assert quoted(text, "5", nth) is not None


def test_quote_without_spaces_between_words() -> None:
    assert quoted("共纳入24例患者,治疗组12例。", "24") is not None


@pytest.mark.parametrize("short", [0, 10_000])
@settings(deadline=None)
@given(text=st.text(alphabet="aP 1.7%±(),-−\n24\u2009χ²", max_size=60))
def test_quote_of_any_figure_anchors_where_it_stands(short: int, text: str) -> None:
    """The same holds of short texts, which are searched, and of long ones, which have an index."""
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(module, "_SHORT", short)
        _anchors_all(text)


def _anchors_all(text: str) -> None:
    quotes = Quotes(text)
    for match in re.finditer(r"[−-]?\d+(?:\.\d+)?%?|P", text):
        quote = quotes.of(*match.span())
        if quote is None:
            continue
        low, high = find_quote(text, quote.words, quote.occurrence)
        assert (low, high) == (quote.start, quote.end)
        assert find_value(text[low:high], match[0])[0] + low == match.start()


@settings(deadline=None)
@given(st.text(alphabet="a 12.,(-\n", max_size=40), st.integers(0, 39), st.integers(1, 9))
def test_passage_of_any_span_anchors_where_it_stands(text: str, start: int, length: int) -> None:
    end = min(start + length, len(text))
    if start >= end or text[start:end].strip() != text[start:end]:
        return
    quote = Quotes(text).passage(start, end, max(0, start - 5), end + 5)
    if quote is not None:
        assert find_quote(text, quote.words, quote.occurrence) == (quote.start, quote.end)
        assert start - 5 <= quote.start <= start < end <= quote.end <= end + 5


@pytest.mark.parametrize(
    "make",
    [lambda n: "P<.001 " * n, lambda n: " ".join(f"a {i}.{i % 97}% of b," for i in range(n)), lambda n: "(5 " * n],
)
def test_quotes_take_linear_time(make: object) -> None:
    def seconds(n: int) -> float:
        text = make(n)  # type: ignore[operator]
        spans = [match.span() for match in re.finditer(r"P<\.001|\d+(?:\.\d+)?%?", text)]
        start = process_time()
        quotes = Quotes(text)
        for span in spans:
            quotes.of(*span)
        return process_time() - start

    # What else the machine does only adds: the least of three counts. Quadratic work would take 64 times as long.
    assert min(seconds(8000) for _ in range(3)) < 30 * max(min(seconds(1000) for _ in range(3)), 0.01)


def test_not_anchored_is_what_a_cut_figure_would_be() -> None:
    with pytest.raises(NotAnchored):
        find_value("91.7%", "91")
