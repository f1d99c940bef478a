"""The style sheets are whole: a rule that is not closed switches off all that follow it, without a word."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from tests.projects import ROOT

SHEETS = sorted(path for folder in ("reports", "src") for path in (ROOT / folder).rglob("*.css"))
_OPEN = {"{": "}", "(": ")", "[": "]"}


def unclosed(text: str) -> list[str]:
    """Brackets that are opened and never closed, or closed and never opened, each with its line."""
    plain = re.sub(r"/\*.*?\*/|\"[^\"\n]*\"|'[^'\n]*'", lambda match: re.sub(r"[^\n]", " ", match[0]), text, flags=re.S)
    wanted: list[tuple[str, int]] = []
    wrong = []
    for line, row in enumerate(plain.splitlines(), 1):
        for sign in re.findall(r"[{}()\[\]]", row):
            if sign in _OPEN:
                wanted.append((_OPEN[sign], line))
            elif wanted and wanted[-1][0] == sign:
                wanted.pop()
            else:
                wrong.append(f"line {line}: {sign}")
    return wrong + [f"line {line}: no {sign}" for sign, line in wanted]


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_every_bracket_of_a_style_sheet_is_closed(path: Path) -> None:
    assert unclosed(path.read_text(encoding="utf-8")) == []


def test_bracket_that_is_left_open_is_found() -> None:
    assert unclosed(".a:has(.b { x: y }\n.c { d: e }") == ["line 1: no )"]
    assert unclosed(".a { b: c; }}") == ["line 1: }"]
    assert unclosed('.a { content: "}"; } /* { */') == []


def test_there_are_style_sheets_to_look_at() -> None:
    assert {"page.css", "evidence.css", "studies.css", "review.css"} <= {path.name for path in SHEETS}
