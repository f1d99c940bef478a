"""Parse XML and HTML that nobody vouches for: no DTD, no entity, no network, no depth or size without a limit."""

from __future__ import annotations

import html.entities
import re
from typing import Any

from evidence_brief.errors import Problem, UnreadableSource

_NAMED = re.compile(rb"&([A-Za-z][A-Za-z0-9]{1,30});")
_OF_XML = frozenset({"amp", "lt", "gt", "quot", "apos"})
MOST_TAGS = 250_000  # twenty times those of a long article with many tables
_UNDECLARED, _TOO_MUCH = 26, 114  # libxml2's numbers
_DECLARED_ENCODING = re.compile(r"""^(\s*<\?xml[^>]{0,200}?)\s+encoding\s*=\s*["'][^"'>]{0,60}["']""")


def parse_xml(text: str, name: str) -> Any:
    """The root element of the XML. What a DOCTYPE refers to is not read; the names that HTML knows are its signs.

    Raises UnreadableSource with the line where the XML is broken, nested deeper than 255 levels, or a bomb.
    """
    from lxml import etree

    _refuse_many_tags(text, name)
    content = text.encode("utf-8")
    try:
        return _root(content)
    except etree.XMLSyntaxError as error:
        if error.code != _UNDECLARED:
            raise _broken(error, name) from error
    try:
        return _root(_NAMED.sub(_numbered, content))
    except etree.XMLSyntaxError as error:
        raise _broken(error, name) from error


def _root(content: bytes) -> Any:
    from lxml import etree

    parser = etree.XMLParser(
        encoding="utf-8", resolve_entities=False, no_network=True, load_dtd=False, huge_tree=False, remove_pis=True
    )
    return etree.fromstring(content, parser)


def _refuse_many_tags(text: str, name: str) -> None:
    tags = text.count("<")
    if tags > MOST_TAGS:
        found, mend = f"{tags:,} of them", "keep the article's text alone"
        raise UnreadableSource(Problem(name, f"has more than {MOST_TAGS:,} tags", found=found, mend=mend))


def _numbered(found: re.Match[bytes]) -> bytes:
    name = found[1].decode("ascii")
    sign = html.entities.html5.get(f"{name};")
    if sign is None or name in _OF_XML:
        return found[0]
    return "".join(f"&#{ord(one)};" for one in sign).encode("ascii")


def _broken(error: Any, name: str) -> UnreadableSource:
    found = str(error.msg).partition(", line ")[0].partition(", use XML_PARSE")[0].partition(", see xml")[0]
    if error.code == _TOO_MUCH or "xcessive depth" in found or "amplification" in found:
        what, mend = "is XML that unfolds beyond any article", "save the article anew, as HTML or text"
    else:
        what, mend = "is broken XML", "mend the line, or save the article as HTML or text"
    return UnreadableSource(Problem(name, what, line=error.lineno or None, found=found, mend=mend))


def parse_html(text: str, name: str) -> Any:
    """The root element of the HTML, mended as far as a browser would.

    Raises UnreadableSource where it is nested deeper than 255 levels: what stands deeper would be lost.
    """
    from lxml import etree

    _refuse_many_tags(text, name)
    parser = etree.HTMLParser(encoding="utf-8", no_network=True, huge_tree=False, remove_comments=True, remove_pis=True)
    content = _DECLARED_ENCODING.sub(r"\1", text).encode("utf-8")
    try:
        root = etree.fromstring(content, parser)
    except etree.XMLSyntaxError as error:
        raise _broken(error, name) from error
    for entry in parser.error_log:
        if entry.type_name in ("ERR_RESOURCE_LIMIT", "ERR_NAME_TOO_LONG", "ERR_NO_MEMORY"):
            what, mend = "is HTML nested deeper than 255 elements", "save the page's text alone, or as PDF"
            raise UnreadableSource(Problem(name, what, line=entry.line or None, found=entry.message, mend=mend))
    return etree.Element("html") if root is None else root
