"""Each claim is shown, and each figure in the page is the ledger's, whatever the text around it says."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence_brief.errors import Problem
from evidence_brief.ledger import Ledger
from evidence_brief.render.inspect.text import squeezed
from evidence_brief.verdicts import SIGNS


def every_claim(name: str, ledger: Ledger, tree: Any) -> Iterator[Problem]:
    """The ledger table shows every claim, and its derivation stands in the page."""
    shown = {e.get("data-claim"): squeezed(e.text_content()) for e in tree.xpath("//*[contains(@class, 'printed')]")}
    anchors = {element.get("id") for element in tree.iter() if isinstance(element.tag, str)}
    for row in ledger.rows:
        if shown.get(row.id) != squeezed(row.printed):
            found = shown.get(row.id, "no such row")
            message = "the ledger does not show the printed figure"
            yield Problem(name, message, claim=row.id, expected=row.printed, found=found)
        for anchor in (f"ledger-{row.id}", f"how-{row.id}"):
            if anchor not in anchors:
                yield Problem(name, "an anchor of the figure is missing", claim=row.id, expected=f"#{anchor}")


def every_figure(name: str, ledger: Ledger, tree: Any) -> Iterator[Problem]:
    """Every figure in the text shows what the ledger has under its id."""
    rows = {row.id: row for row in ledger.rows}
    derived = {item.id: item.text for item in ledger.derived}
    for element in tree.xpath("//*[contains(concat(' ', @class, ' '), ' figure ') and (@data-claim or @data-figure)]"):
        claim, figure = element.get("data-claim"), element.get("data-figure")
        if claim is not None:
            row = rows.get(claim)
            wanted = row.printed + (SIGNS[row.verdict] if row.verdict != "unchecked" else "") if row else None
        else:
            wanted = derived.get(figure) or (rows[figure].recomputed if figure in rows else None)
        found = squeezed(element.text_content())
        if wanted is None or _plain(found) != _plain(wanted):
            expected = wanted or "a figure of the ledger"
            yield Problem(name, "a figure is not the ledger's", claim=claim or figure, expected=expected, found=found)


def _plain(text: str) -> str:
    """The text with one kind of minus: the page has real ones, the ledger has hyphens."""
    return squeezed(text).replace("−", "-")
