"""What the head of an HTML page says of the article: the names that journals give for search engines."""

from __future__ import annotations

import re
from typing import Any

from evidence_brief.extract.readers.citation import cited, short_name
from evidence_brief.extract.readers.places import text_of
from evidence_brief.extract.readers.signs import collapsed, seen


class Head:
    """What the head of the page says of the article."""

    def __init__(self, root: Any) -> None:
        self._values: dict[str, list[str]] = {}
        for meta in root.iter("meta"):
            name, content = meta.get("name") or meta.get("property"), collapsed(seen(meta.get("content") or ""))
            if name and content:
                self._values.setdefault(name.lower(), []).append(content)
        title = next(root.iter("title"), None)
        self.title = text_of(title) if title is not None else ""

    def one(self, name: str) -> str | None:
        """The first value of that name."""
        return self._values.get(name, [None])[0]

    def citation(self, title: str | None) -> str | None:
        """The citation, of the names that journals give for it."""
        first, last = self.one("citation_firstpage"), self.one("citation_lastpage")
        date = self.one("citation_publication_date") or self.one("citation_date") or ""
        year = re.search(r"\b[12]\d{3}\b", date)
        return cited(
            [_inverted(name) for name in self._values.get("citation_author", [])],
            title,
            journal=self.one("citation_journal_abbrev") or self.one("citation_journal_title"),
            year=year[0] if year else None,
            volume=self.one("citation_volume"),
            issue=self.one("citation_issue"),
            pages=f"{first}-{last}" if first and last and first != last else first,
            doi=(self.one("citation_doi") or "").removeprefix("doi:").removeprefix("https://doi.org/") or None,
        )


def _inverted(name: str) -> str:
    """The surname and the initials: "Smith, John A." and "John A. Smith" are Smith JA."""
    last, comma, first = name.partition(",")
    if not comma:
        first, _, last = name.rpartition(" ")
    return short_name(last.strip(), first)
