"""Read back what an engine rendered: does every claim stand in it, as it is printed?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from evidence_brief.errors import InspectionFailed, Problem
from evidence_brief.ledger import Ledger
from evidence_brief.ledger_json import to_json


def inspect_brief(ledger: Ledger, folder: Path) -> None:
    """Check the HTML and the PDF in the folder, each where it is there.

    Raises InspectionFailed with every defect, also when there is neither, or when the ledger beside them is
    not the one of the study.
    """
    problems: list[Problem] = []
    page, paper, beside = folder / "brief.html", folder / "brief.pdf", folder / "ledger.json"
    if not page.is_file() and not paper.is_file():
        mend = "run `brief render` first"
        raise InspectionFailed(Problem(f"{ledger.study}/brief.html", "nothing is rendered", mend=mend))
    if not beside.is_file() or beside.read_text(encoding="utf-8") != to_json(ledger):
        mend = "render the study again"
        problems.append(
            Problem(f"{ledger.study}/ledger.json", "is not the ledger of the study as it is now", mend=mend)
        )
    if page.is_file():
        problems += _html_problems(ledger, page)
    if paper.is_file():
        problems += _pdf_problems(ledger, paper)
    if problems:
        raise InspectionFailed(*problems)


def _html_problems(ledger: Ledger, path: Path) -> Iterator[Problem]:
    """Each claim has its row with the printed text, and its place in the annotated source."""
    from lxml import html

    tree = html.fromstring(path.read_bytes(), parser=html.HTMLParser(encoding="utf-8"))
    rows: dict[str, list[str]] = {}
    for element in tree.iter("span"):
        if "printed" in (element.get("class") or "").split():
            rows.setdefault(element.get("data-claim", ""), []).append(_squeezed(element.text_content()))
    anchors = {element.get("id") for element in tree.iter() if element.get("id")}
    name = f"{ledger.study}/brief.html"
    for row in ledger.rows:
        shown = rows.get(row.id, [])
        if _squeezed(row.printed) not in shown:
            found = ", ".join(shown) or "no such row"
            yield Problem(
                name, "the ledger does not show the printed figure", claim=row.id, expected=row.printed, found=found
            )
        if f"ledger-{row.id}" not in anchors:
            yield Problem(name, "the ledger row has no anchor", claim=row.id, expected=f"ledger-{row.id}")
    for link in tree.iter("a"):
        target = link.get("href") or ""
        if target.startswith(("#ledger-", "#source-")) and target[1:] not in anchors:
            yield Problem(name, "a link leads nowhere", found=target)


def _pdf_problems(ledger: Ledger, path: Path) -> Iterator[Problem]:
    """Each printed figure stands in the text of the PDF at least as often as claims print it."""
    import pypdfium2

    document = pypdfium2.PdfDocument(path)
    try:
        text = _squeezed("".join(page.get_textpage().get_text_range() for page in document))
    finally:
        document.close()
    wanted: dict[str, list[str]] = {}
    for row in ledger.rows:
        wanted.setdefault(row.printed, []).append(row.id)
    for printed, claims in wanted.items():
        pattern = rf"(?<![\d.]){re.escape(_squeezed(printed))}(?!\d)"
        found = len(re.findall(pattern, text))
        if found < len(claims):
            yield Problem(
                f"{ledger.study}/brief.pdf",
                "the figure does not stand there often enough",
                claim=", ".join(claims),
                expected=f"{printed}, at least {len(claims)} times",
                found=str(found),
            )


def _squeezed(text: str) -> str:
    """The text without white space, soft hyphens and joiners, which engines add and drop."""
    return re.sub(r"[\s\u00ad\u2060\u200b\ufffe\u0002]", "", text)
