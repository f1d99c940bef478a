"""Letters that Typst's own fonts lack."""

from __future__ import annotations

from pathlib import Path

import pytest
import typst

from evidence_brief.errors import RenderFailed
from evidence_brief.render import embedded

PAGE = '#set document(title: "x")\n#set text(lang: "en")\n= Title\n'


def test_typeset_writes_letters_of_the_embedded_fonts(tmp_path: Path) -> None:
    (tmp_path / "page.typ").write_text(PAGE + "ß Ω ж ± − χ² ✓ ✗ ≈ ○", encoding="utf-8")
    embedded._typeset(tmp_path / "page.typ", tmp_path / "page.pdf")
    assert (tmp_path / "page.pdf").read_bytes().startswith(b"%PDF")


def test_typeset_takes_the_fonts_of_the_machine_only_for_letters_that_lack(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked = []
    fonts = typst.Fonts

    def record(include_system_fonts: bool) -> typst.Fonts:
        asked.append(include_system_fonts)
        return fonts(include_system_fonts=False)

    monkeypatch.setattr(typst, "Fonts", record)
    (tmp_path / "page.typ").write_text(PAGE + "plain", encoding="utf-8")
    embedded._typeset(tmp_path / "page.typ", tmp_path / "page.pdf")
    assert asked == [False]
    (tmp_path / "page.typ").write_text(PAGE + "中", encoding="utf-8")
    with pytest.raises(RenderFailed, match="install a font"):
        embedded._typeset(tmp_path / "page.typ", tmp_path / "other.pdf")
    assert asked == [False, False, True]
    assert not (tmp_path / "other.pdf").exists()
