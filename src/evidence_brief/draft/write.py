"""The text of a new study file: in the order of the article, one entry a line, each paragraph under its first words."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from typing import Any

from evidence_brief.blocks.text import shortened
from evidence_brief.draft.yaml_text import Value, encoded, folded, in_braces, item
from evidence_brief.study.model import Claim, Source
from evidence_brief.study.study import Study

SCHEMA = "# yaml-language-server: $schema=../study.schema.json"
_HEAD = """# A draft. The program has read these figures, and nobody has confirmed them yet: each has `status: draft`.
# `brief review {id}` shows them in the text; by hand: correct a claim, and take its `status` out."""
_ORDER = (
    *("id", "source", "quote", "occurrence", "value", "type", "unit", "spread", "measure", "group", "scale"),
    *("outcome", "time", "change", "every", "count", "of", "within", "restates", "compares", "paired", "adjusted"),
    *("parts", "test", "method", "note", "status"),
)
LONGEST_COMMENT = 70
_PARAGRAPH = re.compile(r"\n\s*\n")


def study_text(study: Study) -> str:
    """The study file of a draft."""
    file = study.file
    lines = [SCHEMA, _HEAD.format(id=file.id), f"id: {encoded(file.id)}", *folded("title", file.title, 0)]
    if file.language != "en":
        lines.append(f"language: {encoded(file.language)}")
    lines += ["", "sources:"]
    for name, source in file.sources.items():
        lines += [f"  {encoded(name)}:", *_source(source)]
    for key, entries in (("groups", file.groups), ("scales", file.scales)):
        if entries:
            lines += ["", f"{key}:"]
            lines += [in_braces(given(entry), f"  {encoded(name)}: ", 4 + len(name)) for name, entry in entries.items()]
    lines += ["", "claims:", *_claims(study)]
    if file.exclusions:
        lines += ["", "exclusions:", *(item(given(exclusion)) for exclusion in file.exclusions)]
    return "\n".join([*lines, "", "accepted: []"]) + "\n"


def given(model: Any) -> dict[str, Value]:
    """The fields of an entry that say something: not those that are so if absent."""
    known = type(model).model_fields
    fields = {key: value for key in known if (value := getattr(model, key)) and value != known[key].default}
    return {key: list(value) if isinstance(value, tuple) else value for key, value in fields.items()}


def claim_fields(claim: Claim) -> dict[str, Value]:
    """The fields of a claim in the order in which people read them."""
    fields = given(claim)
    return {key: fields[key] for key in _ORDER if key in fields}


def _source(source: Source) -> Iterator[str]:
    for key, value in given(source).items():
        if key in ("original", "map"):
            yield in_braces(given(getattr(source, key)), f"    {key}: ", 6 + len(key))
        elif isinstance(value, str) and (key != "decimal_mark" or value != "."):
            yield from folded(key, value, 4)


def _claims(study: Study) -> Iterator[str]:
    """The claims, with the first words of each paragraph as a comment."""
    breaks = {name: [match.span() for match in _PARAGRAPH.finditer(text)] for name, text in study.texts.items()}
    starts = {name: [0, *(end for _, end in found)] for name, found in breaks.items()}
    last: tuple[str, int] | None = None
    for claim in study.file.claims:
        anchor = study.anchors[claim.id]
        number = bisect_right(starts[anchor.source], anchor.value_start) - 1
        if (anchor.source, number) != last:
            if last is not None:
                yield ""
            start, ends = starts[anchor.source][number], [start for start, _ in breaks[anchor.source]]
            end = ends[number] if number < len(ends) else None
            yield f"  # {_visible(shortened(study.texts[anchor.source][start:end], LONGEST_COMMENT))}"
            last = anchor.source, number
        yield item(claim_fields(claim))


def _visible(words: str) -> str:
    """The words without what YAML takes in no comment."""
    return "".join(sign if sign.isprintable() else " " for sign in words)
