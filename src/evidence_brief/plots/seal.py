"""A drawing carries the sum of itself, so that an edited or broken one can be told from what was drawn."""

from __future__ import annotations

import hashlib
import re

_SEAL = re.compile(r"<!-- sha256 ([0-9a-f]{64}) -->\n\Z")


def sealed(svg: str) -> str:
    """The SVG with its sha256 in a comment at its end."""
    return f"{svg}<!-- sha256 {_sum(svg)} -->\n"


def is_as_drawn(svg: str) -> bool:
    """Whether the SVG is sealed, and nothing in it was changed since."""
    seal = _SEAL.search(svg)
    return seal is not None and seal[1] == _sum(svg[: seal.start()])


def _sum(svg: str) -> str:
    return hashlib.sha256(svg.encode()).hexdigest()
