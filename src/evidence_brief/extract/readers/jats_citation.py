"""The citation of an article in JATS, from its front matter."""

from __future__ import annotations

from typing import Any

from evidence_brief.extract.readers.citation import cited, short_name
from evidence_brief.extract.readers.places import text_of


def citation_of(article: Any, title: str | None) -> str | None:
    """The citation of the article; None where its front matter does not say enough."""
    meta = article.find("{*}front/{*}article-meta")
    if meta is None:
        return None
    first, last = _text(meta, "{*}fpage"), _text(meta, "{*}lpage")
    pages = f"{first}-{last}" if first and last and first != last else first or _text(meta, "{*}elocation-id")
    journal_meta = article.find("{*}front/{*}journal-meta")
    journal = None
    if journal_meta is not None:
        ids = [e for e in journal_meta.iterfind("{*}journal-id") if e.get("journal-id-type") == "nlm-ta"]
        journal = (ids[0].text if ids else None) or _text(journal_meta, ".//{*}journal-title")
    dois = [e.text for e in meta.iterfind("{*}article-id") if e.get("pub-id-type") == "doi" and e.text]
    return cited(
        _authors(meta),
        title,
        journal=journal,
        year=min((e.text.strip() for e in meta.iterfind("{*}pub-date/{*}year") if e.text), default=None),
        volume=_text(meta, "{*}volume"),
        issue=_text(meta, "{*}issue"),
        pages=pages,
        doi=dois[0].strip() if dois else None,
    )


def _authors(meta: Any) -> list[str]:
    names = []
    for contributor in meta.iterfind("{*}contrib-group/{*}contrib"):
        if contributor.get("contrib-type", "author") != "author":
            continue
        surname, given = _text(contributor, ".//{*}surname"), _text(contributor, ".//{*}given-names")
        if surname:
            names.append(short_name(surname, given or ""))
        elif collaboration := _text(contributor, "{*}collab"):
            names.append(collaboration)
    return names


def _text(element: Any, path: str) -> str | None:
    found = element.find(path)
    return text_of(found) or None if found is not None else None
