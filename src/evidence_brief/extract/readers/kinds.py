"""What a file is, told by its content first and by the ending of its name second."""

from __future__ import annotations

import re

from evidence_brief.errors import Problem, UnreadableSource

AS_TEXT = "save the article as HTML, JATS XML, text, or PDF with text, and give that file"
_BINARY = (
    (b"\x89PNG\r\n", "a picture (PNG)"),
    (b"\xff\xd8\xff", "a picture (JPEG)"),
    (b"GIF8", "a picture (GIF)"),
    (b"II*\x00", "a picture (TIFF)"),
    (b"MM\x00*", "a picture (TIFF)"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a document of an older Word, Excel or PowerPoint"),
    (b"{\\rtf", "a document in RTF"),
    (b"%!PS", "a document in PostScript"),
    (b"\x1f\x8b", "a compressed file (gzip)"),
    (b"BZh", "a compressed file (bzip2)"),
    (b"\xfd7zXZ\x00", "a compressed file (xz)"),
    (b"7z\xbc\xaf\x27\x1c", "an archive (7z)"),
    (b"Rar!", "an archive (RAR)"),
    (b"\x7fELF", "a program"),
    (b"MZ\x90", "a program"),
    (b"SQLite format 3\x00", "a database (SQLite)"),
    (b"PAR1", "a table (Parquet)"),
)
_ZIPPED = (
    (b"word/", "a Word document (docx)"),
    (b"xl/", "an Excel workbook (xlsx)"),
    (b"ppt/", "a PowerPoint file (pptx)"),
    (b"application/epub", "an e-book (EPUB)"),
    (b"opendocument", "an OpenDocument file"),
)
_BEFORE_ROOT = re.compile(
    r"\s+|<\?(?:[^?]|\?(?!>))*\?>|<!--(?:[^-]|-(?!->))*-->|<!DOCTYPE(?:[^\[>]|\[[^\]]*\])*>", re.I
)
_ROOT = re.compile(r"<(?:[A-Za-z][\w.-]{0,60}:)?([A-Za-z][\w.-]{0,60})(?=[\s/>])")
_DOCTYPE_HTML = re.compile(r"\s*<!DOCTYPE\s+html", re.IGNORECASE)
_HTML_ELEMENTS = "html head body div p section article main h1 h2 h3 table span meta title ul ol center font"
_HTML = frozenset(_HTML_ELEMENTS.split())
_MARKDOWN = (".md", ".markdown", ".mdown", ".mkd", ".qmd")
_ENDINGS = {".html": "html", ".htm": "html", ".xhtml": "html", ".xml": "xml", ".nxml": "xml"}


def refuse_binary(content: bytes, name: str) -> None:
    """Raise UnreadableSource where the file is a picture, an archive, an office document, and say which."""
    kind = next((kind for sign, kind in _BINARY if content.startswith(sign)), None)
    if content.startswith(b"RIFF") and content[8:12] == b"WEBP":
        kind = "a picture (WebP)"
    if content.startswith(b"PK\x03\x04"):
        kind = next((kind for sign, kind in _ZIPPED if sign in content), "an archive (zip)")
    if kind is not None:
        raise UnreadableSource(Problem(name, "is no text", found=kind, mend=AS_TEXT))


def is_pdf(content: bytes) -> bool:
    """Whether the bytes are those of a PDF; some programs put a few bytes before its first line."""
    return b"%PDF-" in content[:1024]


def kind_of(text: str, name: str) -> str:
    """One of "xml", "html", "markdown", "text"."""
    ending = "." + name.lower().rpartition(".")[2]
    if _DOCTYPE_HTML.match(text):
        return "html"
    root = _root(text)
    if root is not None and root.lower() in _HTML and not (root == "article" and ending not in (".html", ".htm")):
        return "text" if ending in _MARKDOWN or (ending == ".txt" and root.lower() != "html") else "html"
    if text.lstrip()[:5] == "<?xml" or root == "article" or (root is not None and ending in _ENDINGS):
        return _ENDINGS.get(ending, "xml")
    if ending in _MARKDOWN:
        return "markdown"
    return _ENDINGS.get(ending, "text")


def _root(text: str) -> str | None:
    """The name of the first element, where nothing but declarations and comments stands before it."""
    at = 0
    while (found := _BEFORE_ROOT.match(text, at)) is not None:
        at = found.end()
    root = _ROOT.match(text, at)
    return root[1] if root is not None else None
