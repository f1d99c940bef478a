"""What inspection sees in rendered pages: planted faults are found, clean pages pass."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from tests.conftest import WriteStudy

from evidence_brief.errors import InspectionFailed
from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.ledger_json import to_json
from evidence_brief.render.inspect import inspect_brief
from evidence_brief.study.load import load_study


@pytest.fixture
def ledger(write_study: WriteStudy) -> Ledger:
    return make_ledger(load_study(write_study()))


def page(ledger: Ledger, folder: Path) -> Path:
    """A page as an engine would make it, reduced to what inspection reads."""
    rows = "".join(
        f'<tr><td><span id="ledger-{row.id}">x</span></td><td><span class="printed" data-claim="{row.id}">'
        f'<a href="#source-{row.id}">{row.printed.replace("<", "&lt;")}</a></span></td></tr>'
        f'<tr><td><span id="source-{row.id}"></span></td></tr>'
        for row in ledger.rows
    )
    path = folder / "brief.html"
    path.write_text(f"<html><body><table>{rows}</table></body></html>", encoding="utf-8")
    (folder / "ledger.json").write_text(to_json(ledger), encoding="utf-8")
    return path


def test_a_page_with_every_claim_passes(ledger: Ledger, tmp_path: Path) -> None:
    page(ledger, tmp_path)
    inspect_brief(ledger, tmp_path)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (">42</a>", ">43</a>", "does not show the printed figure"),
        (">38.5±34.3</a>", ">38.5</a>", "does not show the printed figure"),
        ('data-claim="age"', 'data-claim="agee"', "no such row"),
        ('id="ledger-age"', 'id="ledger"', "has no anchor"),
        ('id="source-age"', 'id="source"', "a link leads nowhere"),
    ],
)
def test_a_planted_fault_in_the_page_is_found(ledger: Ledger, tmp_path: Path, old: str, new: str, words: str) -> None:
    path = page(ledger, tmp_path)
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")
    with pytest.raises(InspectionFailed, match=words):
        inspect_brief(ledger, tmp_path)


def test_a_ledger_of_another_moment_is_found(ledger: Ledger, tmp_path: Path) -> None:
    page(ledger, tmp_path)
    (tmp_path / "ledger.json").write_text("{}\n", encoding="utf-8")
    with pytest.raises(InspectionFailed, match=r"not the ledger"):
        inspect_brief(ledger, tmp_path)


def test_nothing_rendered_is_found(ledger: Ledger, tmp_path: Path) -> None:
    with pytest.raises(InspectionFailed, match="nothing is rendered"):
        inspect_brief(ledger, tmp_path)


def test_a_figure_missing_from_the_pdf_is_found(ledger: Ledger, tmp_path: Path) -> None:
    import typst

    lines = [f"{row.id} #h(2em) {row.printed.replace('<', chr(92) + '<')} \\" for row in ledger.rows]
    (tmp_path / "ledger.json").write_text(to_json(ledger), encoding="utf-8")
    typst.compile("\n".join(lines).encode(), output=tmp_path / "brief.pdf")
    inspect_brief(ledger, tmp_path)
    typst.compile("\n".join(lines[1:]).encode(), output=tmp_path / "brief.pdf")
    with pytest.raises(InspectionFailed, match="not stand there often enough"):
        inspect_brief(ledger, tmp_path)
    shutil.rmtree(tmp_path / "data")
