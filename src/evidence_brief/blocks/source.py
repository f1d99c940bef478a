"""The annotated source: the article with every figure marked by its verdict and linked to its ledger row."""

from __future__ import annotations

import re

from evidence_brief.blocks.text import block, md, reported
from evidence_brief.checks.result import VERDICTS
from evidence_brief.ledger import Ledger, Row
from evidence_brief.study.load import Study


def annotated_source(study: Study, ledger: Ledger) -> str:
    """Every source, paragraph by paragraph; excluded passages are set apart, not left out."""
    parts = []
    for name, source in study.file.sources.items():
        if len(study.file.sources) > 1:
            parts.append(f"[{md(source.cite)}]{{.source-name}}\n")
        parts.append(block(f'source lang="{study.file.language}"', _annotated(study, ledger, name)))
    return "\n".join(parts)


def _annotated(study: Study, ledger: Ledger, source: str) -> str:
    text = study.texts[source]
    marks = marks_of(ledger, source)
    faded = {i for a in study.excluded if a.source == source for i in range(a.start, a.end)}
    paragraphs: list[str] = []
    for match in re.finditer(r"\S[^\n]*(?:\n(?!\s*\n)[^\n]*\S[^\n]*)*", text):
        start, end = match.span()
        body = _marked(text, start, end, marks)
        if not paragraphs and body.startswith("[]{"):
            # Typst needs something before a label, to which that belongs.
            body = f"\u2060{body}"
        if all(i in faded or text[i].isspace() for i in range(start, end)):
            body = block("excluded", body)
        paragraphs.append(body)
    return "\n\n".join(paragraphs)


def marks_of(ledger: Ledger, source: str) -> dict[tuple[int, int], list[str]]:
    """The claims of a source by the span of their printed value, the gravest verdict first.

    One printed figure may be several claims; the first of them marks it.
    """
    marks: dict[tuple[int, int], list[str]] = {}
    for row in sorted(ledger.rows, key=lambda row: VERDICTS.index(row.verdict)):
        if row.source == source:
            marks.setdefault(row.span, []).append(row.id)
    return marks


def mark_of(ledger: Ledger, row: Row) -> str:
    """The claim whose mark stands where the row's figure is printed."""
    return marks_of(ledger, row.source)[row.span][0]


def _marked(text: str, start: int, end: int, marks: dict[tuple[int, int], list[str]]) -> str:
    """The passage as Markdown, with a link in place of every figure."""
    parts, position = [], start
    for (first, last), claims in sorted(marks.items()):
        if first < position or last > end:
            continue
        parts += [_plain(text[position:first]), f'[]{{id="source-{claims[0]}"}}{reported(claims[0])}']
        position = last
    return "".join([*parts, _plain(text[position:end])])


def _plain(text: str) -> str:
    """Escaped text with its outer spaces."""
    lead = " " if text[:1].isspace() else ""
    trail = " " if text[-1:].isspace() and text.strip() else ""
    return f"{lead}{md(text)}{trail}"
