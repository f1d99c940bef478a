"""SVG as small as it looks the same: a brief is one file, and most of it is its plots."""

from __future__ import annotations

import re

from lxml import etree

_SVG = "{http://www.w3.org/2000/svg}"
_LINK = "{http://www.w3.org/1999/xlink}href"
_NUMBER = re.compile(r"-?\d+\.\d+")
_ALONG = re.compile(r"translate\((-?[\d.]+)(?: 0)?\)")
_GLYPH = re.compile(r"DejaVuSans(-Bold)?-([0-9a-f]+)$")


def compact(svg: str) -> str:
    """The drawing of matplotlib without white space, with hundredths of a point, and with short names of letters."""
    root = etree.fromstring(svg.encode(), etree.XMLParser(remove_blank_text=True, remove_comments=True))
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
    glyph = _GLYPH.match(name)
    return f"{'b' if glyph[1] else 'r'}{glyph[2]}" if glyph else name


def _rounded(text: str) -> str:
    return _NUMBER.sub(lambda found: f"{float(found[0]):.2f}".rstrip("0").rstrip("."), text)


def _path(drawn: str) -> str:
    return re.sub(r"\s*([A-Za-z])\s*", r"\1", _rounded(" ".join(drawn.split())))
