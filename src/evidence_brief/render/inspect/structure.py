"""What every page must have, whatever it says: language, headings in order, links that lead somewhere, pictures."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from itertools import pairwise
from pathlib import Path
from typing import Any
from urllib.parse import unquote, urlsplit

from evidence_brief.errors import Problem
from evidence_brief.publish.files import MANIFEST
from evidence_brief.render.inspect.html import main_of
from evidence_brief.render.inspect.text import squeezed

_LOADING = {"stylesheet", "icon", "preload", "modulepreload", "prefetch", "preconnect", "dns-prefetch", "manifest"}
_ADDRESSES = ("src", "srcset", "poster", "data", "data-src", "data-background-image")
_REMOTE_SCRIPT = re.compile(r"[\"'](?:https?:)?//[^\"'\s]+\.(?:m?js|css|woff2?)\b[^\"'\s]*")
_REMOTE_STYLE = re.compile(r"@import\s+(?:url\()?\s*[\"']?\s*(?:https?:)?//|url\(\s*[\"']?\s*(?:https?:)?//", re.I)
_ELSEWHERE = ("brief.pdf", "handout.pdf", MANIFEST)
"""Not made with `--to html`; and the manifest, which is made last, since it holds the sum of every page."""


def structure(name: str, tree: Any, path: Path, language: str) -> Iterator[Problem]:
    """Language, one first heading, order of headings, ids once, links, pictures, and no request to the network."""
    if tree.get("lang") != language:
        found = tree.get("lang") or "none"
        yield Problem(name, "the page does not say its language", expected=f'<html lang="{language}">', found=found)
    if tree.xpath("//base[@href]"):
        yield Problem(
            name, "all links of the page lead elsewhere", found=f"<base href={tree.xpath('//base/@href')[0]}>"
        )
    yield from _headings(name, tree)
    yield from _twice(name, tree)
    yield from _links(name, tree, path)
    yield from _requests(name, tree, path)
    yield from _empty(name, tree)


def _headings(name: str, tree: Any) -> Iterator[Problem]:
    found = [e for e in tree.iter("h1", "h2", "h3", "h4", "h5", "h6") if not list(e.iterancestors("nav"))]
    levels = [int(element.tag[1]) for element in found]
    if levels.count(1) != 1 or levels[:1] != [1]:
        yield Problem(name, "needs one heading of the first level, before all others", found=f"{levels.count(1)}")
    for (level, deeper), heading in zip(pairwise(levels), found[1:], strict=True):
        if deeper > level + 1:
            text = squeezed(heading.text_content())
            yield Problem(name, "a heading skips a level", found=f"h{level}, then h{deeper}: {text}")


def _twice(name: str, tree: Any) -> Iterator[Problem]:
    named = (e for e in tree.iter() if isinstance(e.tag, str) and e.get("id") and e.tag != "link")
    seen = Counter(element.get("id") for element in named)
    for anchor, times in seen.items():
        if times > 1:
            yield Problem(name, "an anchor stands there more than once", found=f"#{anchor}, {times} times")


def _links(name: str, tree: Any, path: Path) -> Iterator[Problem]:
    anchors = {e.get("id") for e in tree.iter() if isinstance(e.tag, str)} | {e.get("name") for e in tree.iter("a")}
    site = (path.parent.parent.parent / "index.html").is_file()
    for link in tree.iter("a"):
        target = link.get("href")
        if target is None or (target in ("", "#") or target.startswith("javascript:") or link.get("role") == "button"):
            continue
        if target == "" and link.get("onclick"):  # Quarto's switch between light and dark
            continue
        parts = urlsplit(target)
        if parts.scheme or parts.netloc:
            if parts.scheme not in ("http", "https", "mailto", "data"):
                yield Problem(name, "a link leads to something else than a page", found=target)
        elif not parts.path:
            if unquote(parts.fragment) not in anchors:
                yield Problem(name, "a link leads nowhere", found=target)
        elif (site or not parts.path.startswith("..")) and not _is_there(path, parts.path):
            yield Problem(name, "a link leads to a file that is not there", found=target)


def _is_there(path: Path, target: str) -> bool:
    return target in _ELSEWHERE or (path.parent / unquote(target)).exists()


def _requests(name: str, tree: Any, path: Path) -> Iterator[Problem]:
    """A page must work without a network: nothing may be loaded from elsewhere."""
    loaded = [(e.get(a) or "") for e in tree.iter() if isinstance(e.tag, str) for a in _ADDRESSES]
    sheets = [e.get("href") or "" for e in tree.iter("link") if set((e.get("rel") or "").split()) & _LOADING]
    for address in (*loaded, *sheets):
        if address.startswith(("http:", "https:", "//")):
            yield Problem(name, "the page asks the network for something", found=address)
        elif address and not address.startswith(("data:", "#")) and not (path.parent / unquote(address)).exists():
            yield Problem(name, "the page loads a file that is not there", found=address)
    for script in tree.iter("script"):
        if found := _REMOTE_SCRIPT.search(script.text or ""):
            yield Problem(name, "a script asks the network for something", found=found[0])
    styles = [e.text or "" for e in tree.iter("style")]
    styles += [e.get("style") or "" for e in tree.iter() if isinstance(e.tag, str)]
    for address in sheets:
        sheet = path.parent / unquote(address.split("?")[0])
        if not address.startswith(("data:", "http", "//")) and sheet.suffix == ".css" and sheet.is_file():
            styles.append(sheet.read_text(encoding="utf-8", errors="replace"))
    for style in styles:
        if found := _REMOTE_STYLE.search(style):
            yield Problem(name, "a style asks the network for something", found=style[found.start() : found.end() + 60])


def _empty(name: str, tree: Any) -> Iterator[Problem]:
    main = main_of(tree)
    for kind in ("figure", "table", "th", "h1", "h2", "h3", "figcaption", "caption"):
        for element in main.iter(kind):
            if not squeezed(element.text_content()) and not list(element.iter("img", "svg")):
                yield Problem(
                    name, f"an element is empty: {kind}", found=f"#{element.get('id')}" if element.get("id") else None
                )
    for image in main.iter("img"):
        if not (image.get("alt") or "").strip() and image.get("role") != "presentation":
            yield Problem(name, "a picture has no alternative text", found=(image.get("src") or "")[:80])
