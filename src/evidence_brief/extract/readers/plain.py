"""Read plain text, as it is, and Markdown, without its markup."""

from __future__ import annotations

from dataclasses import replace

from evidence_brief.errors import Problem, UnreadableSource
from evidence_brief.extract.readers.decimals import decimal_mark
from evidence_brief.extract.readers.html import read_html
from evidence_brief.extract.readers.parse import parse_html
from evidence_brief.extract.reading import Reading, Segment

LARGEST_MARKDOWN = 1_000_000  # signs


def read_text(text: str) -> Reading:
    """The text as it is, with its lines as places: it can be the source of a study itself."""
    segments, start = [], 0
    for number, line in enumerate(text.split("\n"), start=1):
        if line:
            segments.append(Segment(start, start + len(line), f"line {number}"))
        start += len(line) + 1
    return Reading(text, "text/plain", tuple(segments), decimal_mark=decimal_mark(text))


def read_markdown(text: str, name: str) -> Reading:
    """The text without its markup, with the lines where its blocks begin as places; tables are tables."""
    from markdown_it import MarkdownIt

    if len(text) > LARGEST_MARKDOWN:
        found, mend = f"{len(text):,} signs", "keep the article's text alone, or rename it to .txt"
        raise UnreadableSource(Problem(name, "is larger than a Markdown article", found=found, mend=mend))
    parser = MarkdownIt("commonmark", {"html": True}).enable("table")
    tokens = parser.parse(text)
    for token in tokens:
        if token.map and token.nesting >= 0:
            token.attrSet("data-line", str(token.map[0] + 1))
    page = f"<html><body>{parser.renderer.render(tokens, parser.options, {})}</body></html>"
    reading = read_html(parse_html(page, name), name, "text/markdown")
    return replace(reading, citation=None, language=None)
