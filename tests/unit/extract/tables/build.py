"""A small builder of tables, as the readers make them: one row a line, a tab between two cells."""

from collections.abc import Sequence

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.reading import Cell, Table
from evidence_brief.extract.tables import figures_of_table


def table_of(
    headers: Sequence[Sequence[str]],
    rows: Sequence[Sequence[str]],
    caption: str = "",
    notes: str = "",
    before: str = "",
) -> tuple[str, Table]:
    """The text and the table. A header that is None is the one on its left, over several columns.

    A label that begins with two spaces belongs to the last label without, as a row under its title.
    """
    lines, cells, at = [], [], len(before)
    paths: dict[int, list[str]] = {}
    title = ""
    for r, row in enumerate([*headers, *rows]):
        is_head = r < len(headers)
        words: list[str] = []
        for c, content in enumerate(row):
            own = content.strip() if content is not None else None
            shown = own if own is not None else words[-1] if words else ""
            words.append(shown)
            above = tuple(dict.fromkeys(h for h in paths.get(c, []) if h))
            label = row[0].strip() if row[0] else ""
            stub = () if is_head or c == 0 else (*((title,) if row[0].startswith("  ") else ()), label)
            if own is not None:
                start = at + sum(len(part) + 1 for part in lines) + sum(len(w) + 1 for w in words[:-1])
                cells.append(Cell(start, start + len(own), r, c, above, stub, is_header=is_head or c == 0))
            if is_head:
                paths.setdefault(c, []).append(shown)
        if not is_head and row[0] and not row[0].startswith("  "):
            title = row[0].strip()
        lines.append("\t".join(words))
    body = "\n".join(lines)
    text = f"{before}{body}\n\n{notes}"
    return text, Table(at, at + len(body), caption, tuple(cells))


def figures(*args: object, decimal_mark: str = ".", **words: str) -> list[Candidate]:
    text, table = table_of(*args, **words)  # type: ignore[arg-type]
    found = figures_of_table(text, table, decimal_mark)
    assert all(text[c.start : c.end] == c.value for c in found)
    assert len({c.name for c in found}) == len(found)
    return found


def values(found: list[Candidate], kind: str) -> list[str]:
    return [c.value for c in found if c.type == kind]


def only(found: list[Candidate], value: str, kind: str | None = None) -> Candidate:
    """The one candidate with this value."""
    (one,) = [c for c in found if c.value == value and kind in (None, c.type)]
    return one
