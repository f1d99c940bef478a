"""Read a PDF with selectable text, page by page, in the order in which its program wrote the text.

Lines are joined to paragraphs, words that a line break took apart are joined where that is safe, heads and numbers of
pages are left out, and so is the list of references. Tables are not recognised: a row is a line of its own, with a tab
where the gap is wide. Text inside pictures is not read.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence_brief.errors import Problem, UnreadableSource
from evidence_brief.extract.readers.decimals import decimal_mark
from evidence_brief.extract.readers.kinds import AS_TEXT
from evidence_brief.extract.readers.page import Page
from evidence_brief.extract.readers.paragraphs import paragraphs, written
from evidence_brief.extract.readers.pdf_lines import Line, lines_of, without_heads
from evidence_brief.extract.readers.signs import collapsed, seen
from evidence_brief.extract.reading import Reading

MOST_PAGES = 1000
MOST_SIGNS = 1_500_000
_FAILED = {3: "it is damaged, or no PDF at all", 4: "it is encrypted", 5: "it is protected in a way that nobody knows"}
_UNKNOWN_LETTERS = 0.05  # the share of letters that the PDF does not name, above which it is not readable


def read_pdf(content: bytes, name: str) -> Reading:
    """The text of the PDF.

    Raises UnreadableSource where it is encrypted, damaged, too long, or has pictures of pages instead of text.
    """
    import pypdfium2

    try:
        document = pypdfium2.PdfDocument(content)
    except pypdfium2.PdfiumError as error:
        raise _unreadable(error, name) from error
    try:
        pages = without_heads(list(_pages(document, name)))
        title = collapsed(seen(document.get_metadata_value("Title")))
    except pypdfium2.PdfiumError as error:
        found, mend = str(error), "open it, print it as a new PDF, or save its text"
        raise UnreadableSource(Problem(name, "is a damaged PDF", found=found, mend=mend)) from error
    finally:
        document.close()
    _refuse_pictures(pages, name)
    page = Page(name)
    for paragraph in written(paragraphs(pages)):
        page.gap()
        for text, place in paragraph:
            page.add(text, place or None)
    return Reading(
        page.text, "application/pdf", tuple(page.segments), title=title or None, decimal_mark=decimal_mark(page.text)
    )


def _pages(document: Any, name: str) -> Iterator[list[Line]]:
    if len(document) > MOST_PAGES:
        found, mend = f"{len(document):,} pages", "keep the pages of the article alone"
        raise UnreadableSource(Problem(name, f"has more than {MOST_PAGES:,} pages", found=found, mend=mend))
    signs = 0
    for number, page in enumerate(document, start=1):
        text_page = page.get_textpage()
        signs += text_page.count_chars()
        if signs > MOST_SIGNS:
            found, mend = f"more than {MOST_SIGNS:,} signs", "keep the pages of the article alone"
            raise UnreadableSource(Problem(name, "holds more text than an article", found=found, mend=mend))
        yield lines_of(text_page, number, page.get_height())
        text_page.close()
        page.close()


def _refuse_pictures(pages: list[list[Line]], name: str) -> None:
    """A scanned PDF has no text, or that of its cover alone; one whose letters have no names has nonsense."""
    full = sum(any(sign.isalnum() for line in page for sign in line.text) for page in pages)
    if full * 2 < len(pages) or not full:
        found = f"text on {full} of {len(pages)} pages"
        mend = "run text recognition (OCR) over it and read the result, or find the article as HTML"
        raise UnreadableSource(Problem(name, "is a PDF without text: its pages are pictures", found=found, mend=mend))
    text = "".join(line.text for page in pages for line in page)
    unknown = sum(sign == "\ufffd" or "\ue000" <= sign <= "\uf8ff" for sign in text)
    if unknown > _UNKNOWN_LETTERS * len(text):
        found = f"{unknown:,} of {len(text):,} letters without a name"
        raise UnreadableSource(Problem(name, "is a PDF whose letters cannot be told", found=found, mend=AS_TEXT))


def _unreadable(error: Any, name: str) -> UnreadableSource:
    code = getattr(error, "err_code", None)
    if code == 4:
        mend = "open it with its password and save or print it without one"
        return UnreadableSource(Problem(name, "is an encrypted PDF", found=_FAILED[code], mend=mend))
    found = _FAILED.get(code or 0, str(error))
    mend = "open it, print it as a new PDF, or save its text"
    return UnreadableSource(Problem(name, "is a PDF that cannot be read", found=found, mend=mend))
