"""The pictures of a page: is each a drawing of what its alternative text says?"""

from __future__ import annotations

import re
from base64 import b64decode
from binascii import Error
from collections.abc import Iterator
from html import unescape
from pathlib import Path
from typing import Any
from urllib.parse import unquote

from evidence_brief.blocks.qr import SAYS, qr_code
from evidence_brief.errors import Problem
from evidence_brief.plots.seal import is_as_drawn
from evidence_brief.render.inspect.html import main_of
from evidence_brief.render.inspect.text import squeezed

_SAYS = re.compile(r"<dc:description>(.*?)</dc:description>", re.S)
_DRAWS = re.compile(r"<(path|use|rect|line|circle|polygon)\b")


def pictures(name: str, tree: Any, path: Path, link: str | None = None) -> Iterator[Problem]:
    """Every picture draws something, as it was drawn, and was drawn with the alternative text that it has.

    A QR code must be that of the link.
    """
    for image in main_of(tree).iter("img"):
        alt = squeezed(image.get("alt") or "")
        drawing = _drawing(image.get("src") or image.get("data-src") or "", path)  # slides load late
        if drawing is None or not _DRAWS.search(drawing):
            yield Problem(name, "a picture is empty", expected=alt[:200], mend="render it again")
            continue
        if alt == SAYS and link is not None and drawing != qr_code(link):
            yield Problem(name, "the QR code is of another address", expected=link, mend="render it again")
        if not is_as_drawn(drawing):
            yield Problem(name, "a picture is not as it was drawn", expected=alt[:200], mend="render it again")
        says = _SAYS.search(drawing)
        if says is None or squeezed(unescape(says[1])) != alt:
            found = squeezed(unescape(says[1]))[:200] if says else "a drawing that does not say what it shows"
            message = "a picture was drawn from other figures than its alternative text"
            yield Problem(name, message, expected=alt[:200], found=found, mend="render it again")


def _drawing(source: str, path: Path) -> str | None:
    """The SVG that the picture shows, embedded or beside the page; None where there is none."""
    if source.startswith("data:image/svg+xml"):
        head, _, data = source.partition(",")
        try:
            return b64decode(data).decode("utf-8", "replace") if ";base64" in head else unquote(data)
        except Error:
            return None
    file = path.parent / unquote(source)
    return file.read_text(encoding="utf-8", errors="replace") if source and file.is_file() else None
