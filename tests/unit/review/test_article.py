"""An article in passages, sentences and cells; together they are the whole text."""

from __future__ import annotations

import pytest

from evidence_brief.review.article import blocks, sentence_at

TEXT = """A title

Mean age was 3.5 vs. 4.1 years. Of these, 12 left
in week 2. None came back.

Methods

\tn\tAge
Women
Drug\t12\t40.1±3
Placebo\t14\t41

1. A list, which is no table.
"""


def test_blocks_are_headings_paragraphs_and_tables() -> None:
    assert [block["kind"] for block in blocks(TEXT)] == ["heading", "paragraph", "heading", "table", "paragraph"]


def test_sentences_are_the_whole_of_their_paragraph() -> None:
    block = blocks(TEXT)[1]
    found = [TEXT[start:end] for start, end in block["sentences"]]
    assert [words.split()[0] for words in found] == ["Mean", "Of", "None"]
    assert "".join(found) == TEXT[block["start"] : block["end"]]


def test_cells_of_a_table_are_spans_of_the_text() -> None:
    rows = blocks(TEXT)[3]["rows"]
    assert [[TEXT[start:end] for start, end in row] for row in rows] == [
        ["", "n", "Age"],
        ["Women"],
        ["Drug", "12", "40.1±3"],
        ["Placebo", "14", "41"],
    ]


@pytest.mark.parametrize("text", ["", "\n\n", " \n \t\n"])
def test_an_empty_text_has_no_blocks(text: str) -> None:
    assert blocks(text) == []


def test_sentence_at_is_the_sentence_or_the_row() -> None:
    start, end = sentence_at(TEXT, TEXT.index("12 left"))
    assert TEXT[start:end] == "Of these, 12 left\nin week 2. "
    start, end = sentence_at(TEXT, TEXT.index("14"))
    assert TEXT[start:end] == "Placebo\t14\t41"
    assert sentence_at(TEXT, TEXT.index("\n\n") + 1) == (TEXT.index("\n\n") + 1,) * 2
