"""The citation of an article, in the manner of medical journals."""

from __future__ import annotations

from collections.abc import Sequence

NAMED_AUTHORS = 6


def cited(
    authors: Sequence[str],
    title: str | None,
    *,
    journal: str | None = None,
    year: str | None = None,
    volume: str | None = None,
    issue: str | None = None,
    pages: str | None = None,
    doi: str | None = None,
) -> str | None:
    """The citation as one line, of what is known; None where that is too little to find the article."""
    if not (journal or doi):
        return None
    names = ", ".join([*authors[:NAMED_AUTHORS], *(["et al"] if len(authors) > NAMED_AUTHORS else [])])
    where = (volume or "") + (f"({issue})" if issue else "") + (f":{pages}" if pages else "")
    when = ";".join(part for part in (year, where) if part)
    parts = [names, title, journal, when, f"doi:{doi}" if doi else None]
    return " ".join(part if part.endswith((".", "?", "!")) else f"{part}." for part in parts if part)


def short_name(surname: str, given: str) -> str:
    """The surname and the initials of the given names."""
    initials = "".join(word[0] for word in given.replace("-", " ").split() if word[0].isalpha())
    return f"{surname} {initials}".strip()
