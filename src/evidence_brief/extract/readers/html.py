"""Read an article in HTML: a page of a journal, of PubMed Central, of a preprint server, or a news report.

Left out: scripts, styles, navigation, headers and footers of the page, forms, hidden elements, the list of references.
Nothing is executed or fetched; what only a style sheet or a script hides or shows is not known here.
"""

from __future__ import annotations

import re
from typing import Any

from evidence_brief.extract.readers.decimals import decimal_mark
from evidence_brief.extract.readers.html_head import Head
from evidence_brief.extract.readers.page import Page
from evidence_brief.extract.readers.places import Places, local, text_of
from evidence_brief.extract.readers.signs import without_marks
from evidence_brief.extract.readers.tree import Tree, rows_of
from evidence_brief.extract.reading import Reading

_BLOCKS = (
    "p div section article main header h1 h2 h3 h4 h5 h6 ul ol li dl dt dd blockquote pre figure figcaption address "
    "details summary hr center fieldset aside body tr td th caption tbody thead tfoot table"
)
_SKIPPED = (
    "script style noscript template nav footer form button select input textarea iframe object embed svg canvas audio "
    "video head datalist dialog map area img"
)
_SKIPPED_ROLES = "navigation banner contentinfo search complementary menu dialog alert doc-bibliography"
_SKIPPED_CLASSES = "visually-hidden sr-only screen-reader-text ref-list references reflist bibliography"
_ROLES = frozenset(_SKIPPED_ROLES.split())
_CLASSES = frozenset(_SKIPPED_CLASSES.split())
_HIDDEN_STYLE = re.compile(r"display\s*:\s*none|visibility\s*:\s*hidden")
_REFERENCE = re.compile(
    r"(?:.{0,80}[-_.:])?(?:cite_?note.{0,60}|(?:references?|refs?|cite_?ref|cit(?:e|ation)?|bib(?:r|l|item)?)[-_.:a-z]{0,20}"
    r"|(?:cr|b|r)[-_.:]?)\d",
    re.IGNORECASE,
)
_REFERENCES = re.compile(
    r"(?:\d+\.? )?(?:references?(?: cited)?|bibliography|literature(?: cited)?|works cited|literatur(?:verzeichnis)?"
    r"|références|referencias|bibliografía|bibliographie)(?: and notes)?:?",
    re.IGNORECASE,
)
_TITLE = re.compile(r"(?:table|tab\.|tabelle|tableau|tabla) ?[\dIVX]", re.IGNORECASE)
_NUMBER = re.compile(r"(?:table|tab\.|tabelle|tableau|tabla) ?[\w-]{1,5}[.:]?", re.IGNORECASE)


def read_html(root: Any, name: str, media_type: str = "text/html") -> Reading:
    """The article of a parsed HTML page."""
    page = Page(name)
    lines = media_type == "text/markdown"
    writer = _Html(page, _Lines() if lines else Places(from_ids=True))
    head = Head(root)
    body = root.find("body")
    if body is not None:
        writer.block(_main(body))
    heading = next((text_of(e) for e in root.iter("h1")), None)
    text, title = page.text, head.one("citation_title") or heading or head.title
    language = root.get("lang") or head.one("citation_language") or None
    return Reading(
        text,
        media_type,
        tuple(page.segments),
        tuple(page.tables),
        title=title or None,
        citation=head.citation(title),
        language=language.lower() if language else None,
        decimal_mark=decimal_mark(text, language),
    )


def _main(body: Any) -> Any:
    """The element that holds the article, where the page marks one."""
    for path in (".//main", ".//*[@role='main']", ".//article"):
        found = body.findall(path)
        if len(found) > 1:  # beside the article, pages mark its comments and others like it
            found = [one for one in found if one.find(".//h1") is not None]
        if len(found) == 1:
            return found[0]
    return body


class _Lines(Places):
    """Places of Markdown, whose blocks carry the line that they begin with."""

    def __init__(self) -> None:
        super().__init__(from_ids=False)

    def of(self, element: Any) -> str:
        at = element
        while at is not None and at.get("data-line") is None:
            at = at.getparent()
        return f"line {at.get('data-line')}" if at is not None else "line 1"


class _Html(Tree):
    BLOCKS = frozenset(_BLOCKS.split())
    SKIPPED = frozenset(_SKIPPED.split())

    def __init__(self, page: Page, places: Places) -> None:
        super().__init__(page, places)
        self._skipping = 0  # the level of the heading "References" below which nothing is written
        self.handlers |= {
            "a": self._link,
            "br": self._break,
            "table": self._table,
            **{f"h{level}": self._heading for level in range(1, 7)},
        }

    def hidden(self, element: Any) -> bool:
        if self._skipping and local(element) not in ("h1", "h2", "h3", "h4", "h5", "h6") and not len(element):
            return True
        if local(element) == "header" and local(element.getparent()) == "body":
            return True
        if not element.attrib:
            return False
        if "hidden" in element.attrib or element.get("aria-hidden") == "true" or element.get("role") in _ROLES:
            return True
        style, classes = element.get("style"), element.get("class")
        if style and _HIDDEN_STYLE.search(style.lower()):
            return True
        return bool(classes) and not _CLASSES.isdisjoint(classes.lower().split())

    def write(self, text: str) -> None:
        if not self._skipping:
            super().write(text)

    def _heading(self, element: Any) -> None:
        level = int(local(element)[1])
        if self._skipping and level > self._skipping:
            return
        self.flush()
        self._skipping = 0
        if _REFERENCES.fullmatch(text_of(element)):
            self._skipping = level
        else:
            self.block(element)

    def _break(self, element: Any) -> None:
        """One line break is white space, two end a paragraph."""
        before = element.getprevious()
        if before is not None and local(before) == "br" and not (before.tail or "").strip():
            self.flush()
        else:
            self.write(" ")

    def _link(self, element: Any) -> None:
        target = element.get("href", "")
        anchor = target.rpartition("#")[2] if "#" in target else ""
        if element.get("role") == "doc-biblioref" or (anchor and _REFERENCE.match(anchor)):
            self.reference(element)
        else:
            self.walk(element)

    def _table(self, element: Any) -> None:
        """A table of data; one that only lays out the page is written as blocks."""
        if self._skipping:
            return
        layout = element.get("role") in ("presentation", "none") or element.find(".//table") is not None
        if self.in_table or layout or all(len(row) < 2 for row, _ in rows_of(element)):
            self.block(element)
            return
        self.flush()
        heads = [part for part in element if local(part) == "caption"]
        caption = " ".join(without_marks(self.inside(part)) for part in heads)
        if caption:
            self.page.paragraph(caption, self.places.of(heads[0]))
        self.table(element, caption or self._caption_above())
        self.page.last = []

    def _caption_above(self) -> str:
        """The paragraph before a table, if it says that it is the title; many pages give its number one of its own."""
        last = self.page.last
        if last and _TITLE.match(last[-1]):
            return last[-1]
        return " ".join(last) if len(last) == 2 and _NUMBER.fullmatch(last[0]) else ""
