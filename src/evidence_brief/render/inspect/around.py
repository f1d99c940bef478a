"""What stands around the content of a page: title, citation, version, contents, and no other number."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from evidence_brief.errors import Problem
from evidence_brief.render.inspect.html import main_of
from evidence_brief.render.inspect.text import HIDDEN, NUMERAL, SECTION_NUMBERS, squeezed

_MEND = "render it again"


@dataclass(frozen=True)
class Around:
    """The texts that must stand around the content; `known` are others that may hold numerals."""

    title: str
    citation: str | None = None
    version: str | None = None
    known: frozenset[str] = frozenset()


def around(name: str, tree: Any, must: Around) -> Iterator[Problem]:
    """Every text around the content that is not as it must be."""
    title = squeezed(must.title)
    heading, page = (squeezed("".join(tree.xpath(path))) for path in ("string(//h1)", "string(//head/title)"))
    if heading != title:
        yield Problem(name, "has another heading than its title", expected=title, found=heading, mend=_MEND)
    if title not in page:  # an engine puts the name of the site before or after it
        yield Problem(name, "has another title", expected=title, found=page, mend=_MEND)
    header = "//*[self::header or @id='title-block-header']"
    for words, classes, text in (
        ("citation", ("subtitle", "cite"), must.citation),
        ("version", ("version",), must.version),
    ):
        for element in tree.xpath(f"{header}//*[{' or '.join(map(_has_class, classes))}]"):
            if text is not None and (found := squeezed(element.text_content())) != squeezed(text):
                yield Problem(name, f"has another {words}", expected=text, found=found, mend=_MEND)
    yield from _contents(name, tree)
    yield from _numbers(name, tree, must)


def _has_class(name: str) -> str:
    return f"contains(concat(' ', normalize-space(@class), ' '), ' {name} ')"


def _contents(name: str, tree: Any) -> Iterator[Problem]:
    """Each entry has the words of its heading, which were held against the ledger's; no heading lacks one."""
    anchors = {element.get("id"): element for element in tree.xpath("//*[@id]")}
    listed = []
    for link in tree.xpath("//nav//a[starts-with(@href, '#')]"):
        target = anchors.get(link.get("href")[1:])
        headings = [] if target is None else target.xpath(f"descendant-or-self::*[{_HEADINGS}]")
        if headings and not _is_hidden(link):
            listed.append(headings[0])
        if headings and _words(link) != _words(headings[0]):
            expected, found = _words(headings[0]), _words(link)
            yield Problem(name, "the contents name a heading otherwise", expected=expected, found=found, mend=_MEND)
    for heading in main_of(tree).iter("h2") if listed else ():
        if heading not in listed and not {"unlisted", "visually-hidden"} & set((heading.get("class") or "").split()):
            yield Problem(name, "the contents lack a heading", expected=_words(heading), mend=_MEND)


_HEADINGS = "self::h1 or self::h2 or self::h3 or self::h4"


def _is_hidden(element: Any) -> bool:
    return any(each.get("hidden") is not None or HIDDEN.search(each.get("style") or "") for each in _line(element))


def _line(element: Any) -> Iterator[Any]:
    yield element
    yield from element.iterancestors("li", "ul")


def _words(element: Any) -> str:
    return squeezed(
        "".join(element.xpath(f".//text()[not(ancestor::*[{' or '.join(map(_has_class, SECTION_NUMBERS))}])]"))
    )


def _numbers(name: str, tree: Any, must: Around) -> Iterator[Problem]:
    """What else stands there holds no numeral but in known texts."""
    main = main_of(tree)
    known = sorted({squeezed(text) for text in (must.title, must.citation, must.version, *must.known) if text}, key=len)
    for element in tree.iter():
        if not isinstance(element.tag, str) or not _is_around(element, main):
            continue
        for text in _own_texts(element):
            rest = text
            for each in reversed(known):
                rest = rest.replace(each, "")
            if NUMERAL.search(rest):
                message = "a number outside the content is no known text"
                yield Problem(name, message, found=text, mend=_MEND)


def _is_around(element: Any, main: Any) -> bool:
    if element.tag in ("script", "style") or set(SECTION_NUMBERS) & set((element.get("class") or "").split()):
        return False
    ancestors = [element, *element.iterancestors()]
    header = any(each.get("id") in ("title-block-header", "title-slide") for each in ancestors)
    return (header or main not in ancestors) and not any(each.tag in ("svg", "h1") for each in ancestors)


def _own_texts(element: Any) -> Iterator[str]:
    """The texts that stand directly in the element, and the ones that assistive technology and search engines read."""
    texts = [element.text, *(child.tail for child in element), element.get("aria-label"), element.get("title")]
    texts += [element.get("alt"), element.get("placeholder")]
    if element.tag == "meta" and (element.get("name") or element.get("property") or "") not in _SETTINGS:
        texts.append(element.get("content"))
    yield from (text for text in map(squeezed, filter(None, texts)) if text)


_SETTINGS = frozenset(("viewport", "generator", "color-scheme", "theme-color", "quarto:offset", "quarto-version"))
"""Of `<meta>`: what says nothing of the study."""
