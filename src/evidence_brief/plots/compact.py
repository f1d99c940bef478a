"""Drawings for screen and paper out of one painting, as small as they look the same.

A brief is one file, and its plots are most of it. On paper a letter is a shape, since no font is at hand there. On a
screen a text is a text, a third of the size, and can be selected; it is as wide as it was painted in any font.
"""

from __future__ import annotations

import re
from html import unescape

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d+")
_ALONG = re.compile(r"translate\((-?[\d.]+)(?: 0)?\)")
_SCALE = re.compile(r"\s*scale\(([\d.]+) -[\d.]+\)$")
_FAMILY = "DejaVu Sans, Verdana, sans-serif"


def for_paper(svg: str) -> str:
    """The drawing of matplotlib with letters as shapes."""
    return _written(_parsed(svg))


def for_screen(svg: str) -> str:
    """The drawing of matplotlib with texts as texts."""
    root = _parsed(svg)
    root.set("font-family", _FAMILY)
    for comment in list(root.iter(etree.Comment)):
        group = comment.getnext()
        scale = None if group is None else _SCALE.search(group.get("transform", ""))
        if group is not None and scale:
            _replace(group, _text(group, _said(comment), 100 * float(scale[1])))
    return _written(root)


def _parsed(svg: str) -> etree._Element:
    return etree.fromstring(svg.encode(), etree.XMLParser(remove_blank_text=True))


def _said(comment: etree._Element) -> str:
    """The text that matplotlib writes as a comment before its letters."""
    text = unescape(comment.text or "").replace("- -", "--")
    return text[1:-1]


def _text(group: etree._Element, said: str, size: float) -> etree._Element:
    """The text of a group of letters, as wide as they are."""
    from matplotlib.font_manager import FontProperties
    from matplotlib.textpath import text_to_path

    first = group.find(f"{_SVG}use")
    weight = "bold" if first is not None and "Bold" in first.get(_LINK, "") else "normal"
    properties = FontProperties(family="DejaVu Sans", size=size, weight=weight)
    width, _, _ = text_to_path.get_text_width_height_descent(said, properties, ismath=False)
    text = etree.Element(f"{_SVG}text", {"style": group.get("style", ""), "font-size": f"{size:g}"})
    text.set("transform", _SCALE.sub("", group.get("transform", "")))
    if weight == "bold":
        text.set("font-weight", weight)
    if said.strip():
        text.set("textLength", f"{width:.2f}")
        text.set("lengthAdjust", "spacingAndGlyphs")
    text.text = said
    return text


def _replace(old: etree._Element, new: etree._Element) -> None:
    parent = old.getparent()
    assert parent is not None
    parent.replace(old, new)


def _written(root: etree._Element) -> str:
    """The drawing without white space, with hundredths of a point, and with short names of letters."""
    etree.strip_tags(root, etree.Comment)
    for element in root.iter():
        if element.tag == f"{_SVG}use":
            _use(element)
        if (drawn := element.get("d")) is not None:
            element.set("d", _path(drawn))
        for name in ("transform", "x", "y", "width", "height", "viewBox", "points", "cx", "cy"):
            if (value := element.get(name)) is not None and "scale" not in value:
                element.set(name, _rounded(value))
        if (name := element.get("id")) is not None:
            element.set("id", _short(name))
    etree.cleanup_namespaces(root, keep_ns_prefixes=["rdf", "dc", "cc"])
    return str(etree.tostring(root, encoding="unicode")) + "\n"


def _use(element: etree._Element) -> None:
    """A letter or a mark: what it shows, and how far along the line."""
    target = element.attrib.pop(_LINK, None)
    if target is not None:
        element.set("href", "#" + _short(target.removeprefix("#")))
    along = _ALONG.fullmatch(element.get("transform", ""))
    if along and "x" not in element.attrib:
        del element.attrib["transform"]
        if float(along[1]):
            element.set("x", along[1])


def _short(name: str) -> str:
    glyph = re.fullmatch(r"DejaVuSans(-Bold)?-([0-9a-f]+)", name)
    return f"{'b' if glyph[1] else 'r'}{glyph[2]}" if glyph else name


def _rounded(text: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), text)


def _path(drawn: str) -> str:
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", _rounded(" ".join(drawn.split())))
