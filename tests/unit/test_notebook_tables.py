"""Data frames as Markdown tables."""

from __future__ import annotations

import pandas as pd

from evidence_brief.notebook_tables import as_markdown


def test_a_frame_becomes_a_table_with_its_index_first() -> None:
    frame = pd.DataFrame({"printed": ["P<.001", "-3.1"], "n": [24, 18]}, index=["a", "b|c"]).rename_axis(
        columns="claim"
    )
    head, rule, first, second = as_markdown(frame).splitlines()
    assert head == "| claim | printed | n |"
    assert set(rule) == set("|-")
    assert first == "| a | P\\<\\.001 | 24 |"
    assert second == "| b\\|c | −3\\.1 | 18 |"


def test_missing_values_are_empty_cells_and_long_cells_do_not_take_the_whole_line() -> None:
    frame = pd.DataFrame({"low": [float("nan"), 0.25], "why": ["x" * 200, ""]})
    _, rule, first, second = as_markdown(frame).splitlines()
    assert first.startswith("|   | xxx")
    assert second == "| 0\\.25 |   |"
    assert max(len(part) for part in rule.split("|")) < 60


def test_a_frame_without_rows_says_so() -> None:
    assert as_markdown(pd.DataFrame(columns=["a"])) == "Nothing of this kind is reported.\n"
