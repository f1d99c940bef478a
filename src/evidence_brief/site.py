"""The site's own pages: the list of studies, the methods, the checks; and the blocks that fill them."""

from __future__ import annotations

import shutil
from collections.abc import Sequence
from pathlib import Path

from evidence_brief.documents import DOCUMENTS
from evidence_brief.folders import write_whole
from evidence_brief.freshness import is_fresh, remember, site_sum
from evidence_brief.project import SITE_BLOCKS, Project
from evidence_brief.render.quarto import join_search, render_site_quarto
from evidence_brief.render.site import render_site_embedded


def prepare_site(project: Project) -> None:
    """Write the blocks of the site's own pages, from the ledgers in `briefs/`. Raises InvalidStudy as `site_blocks`.

    What stays the same is left alone, so that a preview does not start over.
    """
    _write(site_blocks(project.briefs, rendered=False), project.briefs / SITE_BLOCKS)


def render_site(project: Project, engine: str, formats: Sequence[str], out: Path) -> list[Path]:
    """Render the site's own pages, which list exactly the studies that stand in `out`; the pages are returned.

    Up to date, they are left as they are. They are HTML alone. Raises InvalidStudy as `site_blocks`, and RenderFailed.
    """
    pages = project.site_pages()
    found = ledgers(out / "briefs")
    if "html" not in formats or not pages or not found:
        return []
    names = [str(Path(page).with_suffix(".html")) for page in pages] + ["search.json"] * (engine == "quarto")
    places = [out / name for name in names]
    record, inputs = project.workshop / "records" / "site.json", site_sum(project, found, [engine, str(out)])
    if is_fresh(record, inputs, *places):
        return places
    with project.job([]) as job:
        _write(site_blocks(out / "briefs", rendered=True), job.briefs / SITE_BLOCKS)
        if engine == "quarto":
            site = render_site_quarto(job, pages)
            join_search(site, project.workshop, [path.parent.name for path in found])
            shutil.copytree(site / "site_libs", out / "site_libs", dirs_exist_ok=True)
        else:
            site = render_site_embedded(job, pages)
        for place in places:
            write_whole(place, (site / place.relative_to(out)).read_bytes())
    remember(record, inputs, *places)
    return places


def site_blocks(briefs: Path, *, rendered: bool) -> dict[str, str]:
    """The blocks of the pages by name; the studies are those whose ledger stands in `briefs`.

    `rendered` says that it is a folder of pages, whose list leads to what stands there; else it is one of
    documents, whose list leads to what becomes of them. Raises InvalidStudy for a ledger that cannot be read.
    """
    from evidence_brief.blocks.site_checks import checks, codes
    from evidence_brief.blocks.site_methods import methods
    from evidence_brief.blocks.site_studies import listed, studies

    found = [listed(ledger, _pages(ledger.parent, rendered)) for ledger in ledgers(briefs)]
    return {"studies": studies(found), "methods": methods(), "checks": checks(), "codes": codes()}


def ledgers(briefs: Path) -> list[Path]:
    """The ledger files of all studies in the folder."""
    return sorted(briefs.glob("*/ledger.json"))


def _pages(folder: Path, rendered: bool) -> list[str]:
    """The files that the list may lead to."""
    names = sorted(path.name for path in folder.iterdir())
    if rendered:
        return names
    documents = [name for name in DOCUMENTS if f"{name}.qmd" in names]
    pages = [f"{name}.html" for name in documents] + [f"{name}.pdf" for name in documents if name != "slides"]
    return [*pages, "recompute.html", "ledger.json"]


def _write(blocks: dict[str, str], folder: Path) -> None:
    for name, text in blocks.items():
        path = folder / f"{name}.md"
        if not path.is_file() or path.read_text(encoding="utf-8") != text:
            write_whole(path, text.encode())
