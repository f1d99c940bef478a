"""Reading a PDF: the letters of its pages, its alternative texts and bookmarks, and what it says of itself."""

from __future__ import annotations

import ctypes
import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

BROKEN = "\ufffe"  # where a line was broken: at a hyphen of the text, or at one that the line break put there


@dataclass(frozen=True)
class Paper:
    """A PDF as it was read: the letters of each page, alternative texts, bookmarks, and what it says of itself."""

    pages: tuple[str, ...]
    pictures: tuple[str, ...]
    bookmarks: tuple[str, ...]
    title: str
    language: str
    tagged: bool
    declares: bool


def read_paper(path: Path) -> Paper:
    """Read the PDF."""
    import pypdfium2
    import pypdfium2.raw as raw

    document = pypdfium2.PdfDocument(path)
    try:
        pages, pictures = [], []
        for page in document:
            pages.append(letters(page.get_textpage().get_text_range()))
            tree = raw.FPDF_StructTree_GetForPage(page)
            if tree:
                tops = (
                    raw.FPDF_StructTree_GetChildAtIndex(tree, i) for i in range(raw.FPDF_StructTree_CountChildren(tree))
                )
                pictures += [text for top in tops for text in _alternatives(raw, top)]
                raw.FPDF_StructTree_Close(tree)
        bookmarks = tuple(mark.get_title() for mark in document.get_toc())
        title = document.get_metadata_value("Title")
        language = _text(lambda buffer, size: raw.FPDFCatalog_GetLanguage(document, buffer, size))
        tagged = bool(raw.FPDFCatalog_IsTagged(document))
    finally:
        document.close()
    return Paper(
        tuple(pages), tuple(pictures), bookmarks, title, language, tagged, b"pdfuaid:part" in path.read_bytes()
    )


def _alternatives(raw: Any, element: Any) -> Iterator[str]:
    if not element:
        return
    kind = _text(lambda buffer, size: raw.FPDF_StructElement_GetType(element, buffer, size))
    if kind == "Figure":
        yield _text(lambda buffer, size: raw.FPDF_StructElement_GetAltText(element, buffer, size))
    for i in range(raw.FPDF_StructElement_CountChildren(element)):
        yield from _alternatives(raw, raw.FPDF_StructElement_GetChildAtIndex(element, i))


def _text(read: Any) -> str:
    """A text that pdfium writes as UTF-16 into a buffer of the size that it asks for."""
    size = int(read(None, 0))
    if size <= 2:
        return ""
    buffer = (ctypes.c_ushort * (size // 2 + 1))()
    read(buffer, size)
    return bytes(buffer)[:size].decode("utf-16-le").rstrip("\0")


def letters(text: str) -> str:
    """The text without white space and invisible signs, ligatures taken apart."""
    for one, two in (("ﬁ", "fi"), ("ﬂ", "fl"), ("ﬀ", "ff"), ("ﬃ", "ffi"), ("ﬄ", "ffl"), ("\u0002", BROKEN)):
        text = text.replace(one, two)
    return re.sub("[\\s\u00ad\u2060\u200b\ufeff]", "", text)
