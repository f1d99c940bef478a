"""Text of other people stays text, whatever signs it holds."""

from __future__ import annotations

import json

import pypandoc
import pytest

from evidence_brief.blocks.text import md, minus, table


def read_back(markdown: str) -> str:
    return " ".join(pypandoc.convert_text(markdown, "plain", "markdown", extra_args=["--wrap=none"]).split())


@pytest.mark.parametrize(
    "text",
    [
        "P<.001, *bold* _it_ **b** ~x~ ^y^ $a_b$ $$x$$",
        "[link](http://example.org) ![image](x.png) <script>alert(1)</script> <b>b</b>",
        "# heading 1. list - item | cell | {.class} ::: div @cite [@cite] `code` \\ backslash",
        "don't -- 'quote' \"quote\" ... & &amp; https://example.org a@b.org H~2~O",
        "Ää ß 中文 עברית ± − · χ²",
    ],
)
def test_md_shows_any_text_as_it_is(text: str) -> None:
    assert read_back(md(text)) == text


def test_md_makes_no_element_but_text() -> None:
    tree = json.loads(pypandoc.convert_text(md("<b>*x*</b> [y](z) $q$"), "json", "markdown"))
    kinds = {inline["t"] for block in tree["blocks"] for inline in block["c"]}
    assert kinds == {"Str", "Space"}


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("-23.1 to 32.8", "−23.1 to 32.8"),
        ("5.6 (-23.1 to -2.0)", "5.6 (−23.1 to −2.0)"),
        ("4-18", "4-18"),
        ("a-b", "a-b"),
    ],
)
def test_minus_turns_signs_and_not_hyphens(text: str, shown: str) -> None:
    assert minus(text) == shown


def test_table_with_a_bar_in_a_cell_keeps_its_columns() -> None:
    rows = [(md("x|y"), md("z"))] * 11
    tree = json.loads(pypandoc.convert_text(table(("A", "B"), rows, (50, 50)), "json", "markdown"))
    (grid,) = tree["blocks"]
    assert grid["t"] == "Table"
    assert len(grid["c"][2]) == 2


def test_table_that_is_short_stays_together() -> None:
    tree = json.loads(pypandoc.convert_text(table(("A", "B"), [("x", "y")], (50, 50)), "json", "markdown"))
    (div,) = tree["blocks"]
    assert div["c"][0][1] == ["together"]
    assert [block["t"] for block in div["c"][1]] == ["Table"]
