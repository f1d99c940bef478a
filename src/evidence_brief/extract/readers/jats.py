"""Read an article in JATS, the XML of PubMed Central.

Left out: addresses, dates, funding, key words, acknowledgements, notes about the authors, the list of references,
articles inside the article (reviews, replies, translations), and what is only a picture or a file.
"""

from __future__ import annotations

from typing import Any

from evidence_brief.errors import Problem, UnreadableSource
from evidence_brief.extract.readers.decimals import decimal_mark
from evidence_brief.extract.readers.formulas import tex_text
from evidence_brief.extract.readers.jats_citation import citation_of
from evidence_brief.extract.readers.page import Page
from evidence_brief.extract.readers.places import Places, local, text_of
from evidence_brief.extract.readers.signs import raised, without_marks
from evidence_brief.extract.readers.tree import Tree
from evidence_brief.extract.reading import Reading

_LEFT_OUT_ABSTRACTS = frozenset({"graphical", "toc", "teaser"})
_BLOCKS = (
    "p title subtitle sec abstract list list-item def-list def-item disp-quote verse-group speech statement boxed-text "
    "caption app app-group body floats-group floats-wrap table-wrap-foot fn-group fig-group table-wrap-group fn"
)
_SKIPPED = (
    "ref-list graphic inline-graphic media inline-media supplementary-material object-id alt-text long-desc "
    "permissions attrib back front sub-article response processing-meta"
)


def read_jats(root: Any, name: str) -> Reading:
    """The article of a parsed JATS file.

    Raises UnreadableSource where it holds none, or several.
    """
    articles = [root] if local(root) == "article" else [e for e in root.iter("{*}article") if local(e) == "article"]
    if len(articles) != 1:
        found = f"{len(articles)} articles" if articles else f"the element <{local(root)}>"
        mend = "save the article alone, as JATS XML, HTML or text"
        raise UnreadableSource(Problem(name, "is no article in JATS XML", expected="<article>", found=found, mend=mend))
    article = articles[0]
    page = Page(name)
    writer = _Jats(page, Places(from_ids=False))
    title = writer.front(article)
    for part in article:
        if local(part) in ("body", "floats-group", "floats-wrap"):
            writer.block(part)
        elif local(part) == "back":
            for appendix in part:
                if local(appendix) in ("app-group", "app", "floats-group"):
                    writer.block(appendix)
    language = article.get("{http://www.w3.org/XML/1998/namespace}lang")
    text = page.text
    return Reading(
        text,
        "application/jats+xml",
        tuple(page.segments),
        tuple(page.tables),
        title=title,
        citation=citation_of(article, title),
        language=language.lower() if language else None,
        decimal_mark=decimal_mark(text, language),
    )


class _Jats(Tree):
    BLOCKS = frozenset(_BLOCKS.split())
    SKIPPED = frozenset(_SKIPPED.split())

    def __init__(self, page: Page, places: Places) -> None:
        super().__init__(page, places)
        self._inside_paragraph = 0
        self._later: list[Any] = []
        self._number = ""  # that the next paragraph begins with
        self.handlers |= {
            "xref": self._xref,
            "break": lambda _: self.write(" "),
            "label": self._label,
            "tex-math": lambda e: self.write(f" {tex_text(text_of(e))} "),
            "alternatives": self._formula,
            "inline-formula": self._formula,
            "disp-formula": self._formula,
            "table-wrap": self._apart,
            "fig": self._apart,
            "fn": self._apart,
            "boxed-text": self._apart,
            "p": self._paragraph,
        }

    def front(self, article: Any) -> str | None:
        """Write the title and the abstracts, and return the title."""
        meta = article.find("{*}front/{*}article-meta")
        title = None
        for part in meta if meta is not None else ():
            if local(part) == "title-group":
                title = self._title(part)
            elif local(part) == "abstract" and part.get("abstract-type") not in _LEFT_OUT_ABSTRACTS:
                self.block(part)
        return title

    def _title(self, group: Any) -> str | None:
        texts = []
        for part in group:
            if local(part) in ("article-title", "subtitle"):
                texts.append(without_marks(self.inside(part)))
                self.page.paragraph(texts[-1], self.places.of(part))
        return ": ".join(text for text in texts if text) or None

    def _paragraph(self, element: Any) -> None:
        """A paragraph; tables, figures and notes that stand in its sentences follow when it has ended."""
        self._inside_paragraph += 1
        self.block(element)
        self._inside_paragraph -= 1
        if not self._inside_paragraph and not self.in_table:
            later, self._later = self._later, []
            for one in later:
                self._apart(one)

    def _apart(self, element: Any) -> None:
        if self._inside_paragraph or self.in_table:
            self._later.append(element)
        elif local(element) == "table-wrap":
            self._table(element)
        else:
            self.block(element)

    def _table(self, wrap: Any) -> None:
        heads = [part for part in wrap if local(part) in ("label", "caption")]
        texts = [(without_marks(self.inside(part)), part) for part in heads]
        caption = " ".join(text for text, _ in texts if text)
        self.flush()
        if caption:
            self.page.paragraph(caption, self.places.of(texts[-1][1]))
        self._parts(wrap, caption)

    def _parts(self, wrap: Any, caption: str) -> None:
        for part in wrap:
            tag = local(part)
            if tag == "table":
                self.table(part, caption)
            elif tag == "alternatives":
                self._parts(part, caption)
            elif tag in self.BLOCKS and tag != "caption":
                self.block(part)

    def _xref(self, element: Any) -> None:
        kind = element.get("ref-type")
        if kind in ("bibr", "ref"):
            self.reference(element)
        elif kind in ("fn", "table-fn"):
            self.note(element)
        else:
            self.walk(element)

    def flush(self) -> None:
        """End the paragraph, which begins with the number of its figure or note if there is one."""
        if self._number and not self.in_table and "".join(self._running).strip():
            self._running.insert(0, self._number)
            self._number = ""
        super().flush()

    def _label(self, element: Any) -> None:
        """Numbers of figures and letters of notes begin their text; those of sections, items and formulas are none."""
        parent = local(element.getparent())
        if parent in ("fig", "boxed-text", "fn", "app") and not self.in_table:
            text = self.inside(element)
            self._number = f"{raised(text, '') if parent == 'fn' else text} "

    def _formula(self, element: Any) -> None:
        """A formula once, whatever forms it is given in: MathML before TeX."""
        tags = {local(child) for child in element}
        block = local(element) == "disp-formula"
        if block:
            self.write(" ")
        if "math" in tags and "tex-math" in tags:
            for child in element:
                if local(child) == "math":
                    self.handlers["math"](child)
        else:
            self.walk(element)
        if block:
            self.write(" ")
