"""The form of a claim, made from the model: its fields, for which types each is, and what each may name."""

from __future__ import annotations

from typing import Any, Literal, get_args, get_origin

from evidence_brief.checks.result import VERDICTS
from evidence_brief.study.kinds import Kind
from evidence_brief.study.model import ONLY_FOR, Claim
from evidence_brief.study.references import targets_of
from evidence_brief.verdicts import MEANINGS, SIGNS, WORDS

_LISTS = ("compares", "parts", "product", "discordant")
_SWITCHES = ("paired", "adjusted", "change")
REFERENCES = ("compares", "of", "count", "parts", "within", "restates", "product", "discordant")
"""The fields that name other claims, the most used first."""

REASONS = (
    "No figure of this study.",
    "A figure of another study.",
    "A year or a date.",
    "A bound or an estimate, which cannot be a claim.",
    "Part of a name, a reference or a number of a page.",
    "Stands elsewhere already.",
)
"""What a figure is most often rejected for; a person may write another reason."""


def form() -> dict[str, Any]:
    """What the page needs to know of the study file's format."""
    return {
        "kinds": list(get_args(Kind)),
        "fields": [_field(name) for name in Claim.model_fields if name != "status"],
        "targets": {kind: {name: targets_of(name, kind) for name in REFERENCES} for kind in get_args(Kind)},
        "verdicts": {name: {"sign": SIGNS[name], "word": WORDS[name], "meaning": MEANINGS[name]} for name in VERDICTS},
        "reasons": list(REASONS),
    }


def _field(name: str) -> dict[str, Any]:
    info = Claim.model_fields[name]
    return {
        "name": name,
        "about": info.description,
        "kinds": list(ONLY_FOR.get(name, ())),
        "needed": info.is_required(),
        "input": _input(name),
        "choices": _choices(info.annotation),
    }


def _input(name: str) -> str:
    if name in REFERENCES:
        return "claims" if name in _LISTS else "claim"
    if name in _SWITCHES:
        return "switch"
    return {"group": "group", "scale": "scale", "source": "source", "occurrence": "number"}.get(name, "text")


def _choices(annotation: Any) -> list[str]:
    """The words that a field is one of; none where it is free."""
    for part in (annotation, *get_args(annotation)):
        if get_origin(part) is Literal:
            return list(get_args(part))
    return []
