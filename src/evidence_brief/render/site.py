"""The site's own pages by the embedded engine: the list of what is rendered, the methods, the checks."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from evidence_brief.project import Project
from evidence_brief.render.embedded import EXTENSION, READER, contents, html_page

LIST = "index.qmd"
"""The page whose studies can be searched."""


def render_site_embedded(job: Project, pages: Sequence[str]) -> Path:
    """Render the pages of a job whose `briefs/blocks` stand; the folder of the site is returned.

    Raises RenderFailed with Pandoc's own words.
    """
    site, extension = job.root / "_site", job.root / EXTENSION
    for page in pages:
        source, target = job.root / page, (site / page).with_suffix(".html")
        target.parent.mkdir(parents=True, exist_ok=True)
        options = ["--from", READER, *contents(source)]
        if page == LIST:
            options += ["--css", str(extension / "studies.css"), "--variable", f"script={extension / 'studies.js'}"]
        html_page(job, source.parent, source.name, target, options)
    return site
