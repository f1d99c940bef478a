"""A person's own words: `data/<study>/notes.md` puts texts into the places of the reports."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path

from evidence_brief.errors import InvalidStudy, Problem

_HEADING = re.compile(r"# +(\S.*?) *")
_FENCE = re.compile(r" {0,3}(```+|~~~+)")


def own_words(folder: Path, places: set[str]) -> dict[str, str]:
    """What `notes.md` in the study's folder says under each heading `# place`; empty without that file.

    Raises InvalidStudy for a heading that names no place, or one twice, for text under no heading, and for a file
    that is no UTF-8.
    """
    path = folder / "notes.md"
    if not path.is_file():
        return {}
    name = f"data/{folder.name}/notes.md"
    found: dict[str, str] = {}
    problems = []
    try:
        written = path.read_text(encoding="utf-8")
    except UnicodeDecodeError as error:
        raise InvalidStudy(Problem(name, "is no UTF-8 text", mend="save it as UTF-8")) from error
    for line, place, text in _parts(written):
        if place is None and text.strip():
            mend = "begin with a heading such as `# summary`, which names the place that the text is for"
            problems.append(Problem(name, "has text under no heading", line=line, mend=mend))
        elif place is not None and place not in places:
            expected = ", ".join(sorted(places))
            problems.append(Problem(name, "no report has such a place", line=line, expected=expected, found=place))
        elif place in found:
            problems.append(Problem(name, "the place has two texts", line=line, found=place, mend="join them"))
        elif place is not None:
            found[place] = text.strip() + "\n"
    if problems:
        raise InvalidStudy(*problems)
    return found


def _parts(text: str) -> Iterator[tuple[int, str | None, str]]:
    """Line, place and text of each part; the first has no place. A `#` in fenced code begins none."""
    start, place, body, fence = 1, None, "", ""
    for number, line in enumerate(text.splitlines(keepends=True), 1):
        mark = _FENCE.match(line)
        if mark and (not fence or mark[1].startswith(fence)):
            fence = "" if fence else mark[1]
        if not fence and (heading := _HEADING.fullmatch(line.rstrip("\n"))):
            yield start, place, body
            start, place, body = number, heading[1], ""
        else:
            body += line
    yield start, place, body
