"""The block that says how to make the brief again."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_brief import __version__
from evidence_brief.blocks.text import block, md, table
from evidence_brief.checks import CHECKS
from evidence_brief.ledger import Ledger
from evidence_brief.study.load import Study
from evidence_brief.study.model import Source


def reproduce(study: Study, ledger: Ledger) -> str:
    """The commands, the inputs with their sums, and the checks that were run."""
    rows = [row for source in study.file.sources.values() for row in _source(source)]
    checks = "\n".join(f"- {md(check.title)}." for check in CHECKS)
    return (
        "This is [version]{.fact} of the brief; its place is [permalink]{.fact}.\n\n"
        f"Made by evidence-brief {__version__} from `data/{study.id}/study.yml`. In the project's folder:\n\n"
        f"```sh\nbrief render {study.id}\nbrief explain {study.id} {ledger.rows[0].id}\n```\n\n"
        "The first command makes this brief again; the second shows the derivation of one figure. The notebook "
        "[recompute.ipynb](recompute.ipynb?download) holds every step ([as a page](recompute.html)), and "
        "[ledger.json](ledger.json) every verdict for machines.\n\n"
        "Every recomputed number is computed twice, in floating point and exactly; the ledger holds both.\n\n"
        f"These checks were made:\n\n{block('columns', checks)}\n"
        + table(("Source", "sha256", "Citation"), rows, (20, 25, 55))
    )


def _source(source: Source) -> Iterator[tuple[str, str, str]]:
    yield md(source.file), _sum(source.sha256), md(source.cite)
    if source.original is not None:
        yield md(source.original.file), _sum(source.original.sha256), f"The file that {md(source.file)} was read from."


def _sum(digest: str) -> str:
    return f"`{digest[:16]}…`"
