"""From a file to a clean text with a map back: plain text, Markdown, HTML, JATS XML, PDF with selectable text.

Plain text is read as it is. Elsewhere paragraphs stand apart by an empty line, the rows of a table are lines with a tab
between two cells, powers are Unicode superscripts (10⁻³, m²), footnote marks are so too, apart from their number by a
space (12.3 ᵃ), and digits below the line are Unicode subscripts (t₂₈). Reference marks and references are left out.
"""

from __future__ import annotations

import stat
from pathlib import Path

from evidence_brief.errors import Problem, UnreadableSource
from evidence_brief.extract.readers.decode import decoded
from evidence_brief.extract.readers.kinds import AS_TEXT, is_pdf, kind_of, refuse_binary
from evidence_brief.extract.reading import Reading
from evidence_brief.study.sources import LARGEST_SOURCE

__all__ = ["content_of", "read", "read_bytes"]


def read(path: Path) -> Reading:
    """Read the file.

    Raises UnreadableSource where it cannot be read, is too large, or is no text.
    """
    return read_bytes(content_of(path), str(path))


def content_of(path: Path) -> bytes:
    """The bytes of a file. Raises UnreadableSource where it cannot be read, or is too large."""
    name = str(path)
    try:
        status = path.stat()
        if not stat.S_ISREG(status.st_mode):
            found = "a folder" if stat.S_ISDIR(status.st_mode) else "a device or a pipe"
            raise UnreadableSource(Problem(name, "is no file", found=found, mend="name the file of the article"))
        if status.st_size > LARGEST_SOURCE:
            raise _too_large(name, status.st_size)
        with path.open("rb") as file:
            return file.read(LARGEST_SOURCE + 1)
    except (OSError, ValueError) as error:  # a name that holds a zero byte
        found = getattr(error, "strerror", None) or str(error)
        mend = "name a file that exists and that you may read"
        raise UnreadableSource(Problem(name, "cannot be read", found=found, mend=mend)) from error


def read_bytes(content: bytes, name: str) -> Reading:
    """Read the content of a file of that name: no file is opened.

    Raises UnreadableSource where it is too large, or no text.
    """
    if len(content) > LARGEST_SOURCE:
        raise _too_large(name, len(content))
    refuse_binary(content, name)
    if is_pdf(content):
        from evidence_brief.extract.readers.pdf import read_pdf

        return _with_text(read_pdf(content, name), name)
    text = decoded(content, name)
    if not text.strip():
        raise UnreadableSource(Problem(name, "is empty", found=f"{len(content)} bytes", mend=AS_TEXT))
    return _with_text(_read(text, name), name)


def _read(text: str, name: str) -> Reading:
    # lxml and what stands on it take a while to load: a text needs none of them
    kind = kind_of(text, name)
    if kind == "xml":
        from evidence_brief.extract.readers.jats import read_jats
        from evidence_brief.extract.readers.parse import parse_xml

        return read_jats(parse_xml(text, name), name)
    if kind == "html":
        from evidence_brief.extract.readers.html import read_html
        from evidence_brief.extract.readers.parse import parse_html

        return read_html(parse_html(text, name), name)
    from evidence_brief.extract.readers.plain import read_markdown, read_text

    return read_markdown(text, name) if kind == "markdown" else read_text(text)


def _with_text(reading: Reading, name: str) -> Reading:
    if not reading.text.strip():
        found = "no text in it"
        raise UnreadableSource(Problem(name, "holds no article", found=found, mend=AS_TEXT))
    return reading


def _too_large(name: str, size: int) -> UnreadableSource:
    what = f"is larger than {LARGEST_SOURCE // 1_000_000} MB"
    return UnreadableSource(Problem(name, what, found=f"{size:,} bytes", mend="keep the article's text alone"))
