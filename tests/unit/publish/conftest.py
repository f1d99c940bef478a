"""A small published version, and the manifest that belongs to it."""

from __future__ import annotations

from pathlib import Path

import pytest

from evidence_brief.publish.manifest import MANIFEST, Manifest, files_of, to_json

TEXTS = {
    "brief.html": "<!doctype html>",
    "brief.pdf": "%PDF",
    "ledger.json": "{}",
    "recompute.ipynb": "{}",
    "version.json": "{}",
    "inputs/_quarto.yml": "project: {}",
    "inputs/analysis/recompute.ipynb": "{}",
    "inputs/data/ivig-2012/study.yml": "id: ivig-2012",
    "inputs/data/ivig-2012/Bericht über 50 %, Teil #2: Fragen?.txt": "Sätze",
    "inputs/reports/styles/page.typ": "#let page = 1",
    "inputs/requirements.lock": "numpy==2.3.1",
}


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A version folder without its manifest."""
    root = tmp_path / "published" / "ivig-2012" / "v1.1"
    for path, text in TEXTS.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    return root


@pytest.fixture
def manifest(folder: Path) -> Manifest:
    """What the manifest of the folder says."""
    return Manifest(
        study="ivig-2012",
        title="Immunglobulin bei Dermatomyositis – nachgerechnet",
        citation="Someone S et al. Lancet 2012;379:1–9.",
        version="1.1",
        date="2026-11-24",
        permalink="https://example.org/briefs/ivig-2012/v1.1/brief.html",
        previous="1.0",
        content="a" * 64,
        engine="quarto",
        code="0123456789abcdef" * 4,
        packages={"evidence-brief": "0.1.0", "python": "3.11.7", "quarto": "1.7.32", "numpy": "2.3.1"},
        files=files_of(folder),
    )


@pytest.fixture
def version(folder: Path, manifest: Manifest) -> Path:
    """The version folder with its manifest."""
    (folder / MANIFEST).write_text(to_json(manifest), encoding="utf-8")
    return folder
