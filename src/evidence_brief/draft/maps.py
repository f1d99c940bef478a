"""The map of a source: where each passage of its text stands in the original. A JSON list, one passage a line."""

from __future__ import annotations

import json
from collections.abc import Sequence

from evidence_brief.extract.reading import Segment


def map_text(segments: Sequence[Segment]) -> str:
    """`[start, end, place]` of each segment, in characters of the text."""
    lines = [json.dumps([each.start, each.end, each.place], ensure_ascii=False) for each in segments]
    return "[\n" + ",\n".join(lines) + "\n]\n"


def segments_of(text: str) -> tuple[Segment, ...]:
    """The segments of a map. Raises ValueError for a text that is none."""
    items = json.loads(text)
    if not isinstance(items, list):
        raise ValueError("a map is a list")
    return tuple(_segment(item) for item in items)


def _segment(item: object) -> Segment:
    match item:
        case [int(start), int(end), str(place)] if 0 <= start <= end:
            return Segment(start, end, place)
    raise ValueError(f"{item!r} is no passage: [start, end, place]")
