"""Citations in own words, as the embedded engine renders them."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from tests.projects import ROOT

from evidence_brief.errors import RenderFailed
from evidence_brief.project import Project
from evidence_brief.render.embedded import body

BIB = "@article{wilson1927, author={Wilson, Edwin B.}, title={Probable inference}, journal={JASA}, year={1927}}\n"
CSL = json.dumps(
    [
        {
            "id": "wilson1927",
            "type": "article-journal",
            "title": "Probable inference",
            "author": [{"family": "Wilson", "given": "Edwin B."}],
            "issued": {"date-parts": [[1927]]},
        }
    ]
)


def rendered(folder: Path, text: str, name: str = "references.bib", references: str = BIB) -> str:
    (folder / name).write_text(references, encoding="utf-8")
    (folder / "ledger.json").write_text('{"title": "A trial", "claims": [], "derived": []}', encoding="utf-8")
    front = f"---\ntitle: A trial\nbibliography: {name}\nlink-citations: true\n---\n"
    (folder / "brief.qmd").write_text(f"{front}\n## Results\n\n{text}\n", encoding="utf-8")
    return body(Project(ROOT), folder, "brief.qmd")


@pytest.mark.parametrize(("name", "references"), [("references.bib", BIB), ("references.json", CSL)])
def test_a_citation_leads_to_its_reference_at_the_end(tmp_path: Path, name: str, references: str) -> None:
    page = rendered(tmp_path, "Intervals as by [@wilson1927].", name, references)
    assert 'href="#ref-wilson1927"' in page
    assert page.index('<h2 id="references">References</h2>') < page.index('id="ref-wilson1927"')
    assert "Probable Inference" in page or "Probable inference" in page


def test_references_stand_there_only_where_something_is_cited(tmp_path: Path) -> None:
    assert "References" not in rendered(tmp_path, "Nothing is cited.")


def test_a_key_that_the_bibliography_does_not_have_stops_the_build(tmp_path: Path) -> None:
    with pytest.raises(RenderFailed, match="no reference has the key `newcombe1998`"):
        rendered(tmp_path, "Intervals as by [@newcombe1998].")
