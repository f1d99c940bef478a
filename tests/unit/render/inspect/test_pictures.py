"""Pictures of a page: drawn, as they were drawn, and of what their alternative text says."""

from __future__ import annotations

from base64 import b64encode
from pathlib import Path

import pytest
from lxml import html

from evidence_brief.blocks.qr import SAYS, qr_code
from evidence_brief.plots.seal import sealed
from evidence_brief.render.inspect.pictures import pictures

SVG = "<svg><metadata><dc:description>22 of 24 &lt; 30</dc:description></metadata><path d='M0 0'/></svg>\n"


def problems(folder: Path, source: str, alt: str = "22 of 24 &lt; 30") -> list[str]:
    page = html.fromstring(f'<main><img alt="{alt}" src="{source}"></main>')
    return [str(problem) for problem in pictures("trial/brief.html", page, folder / "brief.html")]


def embedded(svg: str) -> str:
    return "data:image/svg+xml;base64," + b64encode(svg.encode()).decode()


def test_a_picture_that_is_as_it_was_drawn_passes_in_the_page_and_beside_it(tmp_path: Path) -> None:
    (tmp_path / "p.svg").write_text(sealed(SVG), encoding="utf-8")
    assert problems(tmp_path, "p.svg") == []
    assert problems(tmp_path, embedded(sealed(SVG))) == []


@pytest.mark.parametrize(
    ("svg", "words"),
    [
        (sealed(SVG).replace("M0 0", "M0 9"), "is not as it was drawn"),
        (SVG, "is not as it was drawn"),
        (sealed(SVG.replace("22 of", "21 of")), "was drawn from other figures"),
        (sealed("<svg></svg>"), "is empty"),
    ],
)
def test_a_picture_that_was_changed_or_is_of_something_else_is_found(tmp_path: Path, svg: str, words: str) -> None:
    assert any(words in problem for problem in problems(tmp_path, embedded(svg)))


def test_a_picture_that_is_not_there_is_found(tmp_path: Path) -> None:
    assert any("is empty" in problem for problem in problems(tmp_path, "gone.svg"))


def test_a_qr_code_of_another_address_is_found(tmp_path: Path) -> None:
    page = html.fromstring(f'<main><img alt="{SAYS}" src="{embedded(qr_code("https://example.org/a"))}"></main>')
    assert list(pictures("trial/handout.html", page, tmp_path, "https://example.org/a")) == []
    found = [str(problem) for problem in pictures("trial/handout.html", page, tmp_path, "https://example.org/b")]
    assert len(found) == 1
    assert "the QR code is of another address" in found[0]
