"""Each wish of the page as edits of the study file's text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence_brief.draft.edit import StudyText
from evidence_brief.review import wish as w
from evidence_brief.review.article import Span, sentence_at
from evidence_brief.review.form import REFERENCES
from evidence_brief.review.quotes import kind_of, quote_of
from evidence_brief.review.view import Data, View
from evidence_brief.study.model import ONLY_FOR, Claim

_AT_LEAST = {"compares": 2, "product": 2, "discordant": 2, "parts": 1}


class Refused(ValueError):
    """A wish that cannot be fulfilled, in a sentence for the person."""


def carry_out(wish: w.Wish, view: View, text: StudyText) -> str:
    """Edit the text as wished, and say in a few words what was done. Raises Refused."""
    match wish:
        case w.Accept():
            for name in wish.claims:
                _known(view, name)
                text.set_claim(name, {"status": "confirmed"})
            return f"{_listed(wish.claims)} accepted"
        case w.Reopen():
            _known(view, wish.claim)
            text.set_claim(wish.claim, {"status": "draft"})
            return f"{wish.claim} is a draft again"
        case w.Edit():
            return _edit(wish, view, text)
        case w.Reject():
            return _reject(wish, view, text)
        case w.Exclude():
            _exclude(view, text, wish.source, (wish.start, wish.end), wish.reason)
            return "left out, with a reason"
        case w.Merge():
            return _merge(wish, view, text)
        case w.Add():
            return _add(wish.fields, view, text)
        case w.AddGroup():
            if wish.name in view.names("groups"):
                raise Refused(f"there is a group {wish.name} already")
            text.set_group(wish.name, {"label": wish.label})
            return f"group {wish.label} added"


def _listed(names: list[str]) -> str:
    return names[0] if len(names) == 1 else f"{len(names)} figures"


def _known(view: View, name: str) -> Data:
    claim = view.claim(name)
    if claim is None:
        raise Refused(f"there is no claim {name} any more")
    return claim


def _edit(wish: w.Edit, view: View, text: StudyText) -> str:
    claim = _known(view, wish.claim)
    fields = dict(_fields(wish.fields))
    new = fields.get("id", wish.claim)
    if new != wish.claim and view.claim(str(new)) is not None:
        raise Refused(f"there is a claim {new} already")
    # What a person has corrected is no draft any more than what the person has accepted.
    status = {"status": "confirmed"} if claim.get("status") else {}
    text.set_claim(wish.claim, {**fields, **status})
    if new != wish.claim:
        _replace(view, text, wish.claim, str(new))
    return f"{new} changed"


def _fields(wished: Data) -> Iterator[tuple[str, Any]]:
    """The fields as the study file takes them: empty ones go, white space around words goes."""
    for name, value in wished.items():
        if name not in Claim.model_fields or name == "status":
            raise Refused(f"a claim has no field {name}")
        if isinstance(value, str):
            value = value.strip() or None
        yield name, value if value not in ([], False) else None


def _add(wished: Data, view: View, text: StudyText) -> str:
    fields = {name: value for name, value in _fields(wished) if value is not None}
    name = str(fields.get("id", ""))
    if view.claim(name) is not None:
        raise Refused(f"there is a claim {name} already")
    text.add_claim({**fields, "status": "confirmed"}, after=_before(view, fields))
    return f"{name} added"


def _before(view: View, fields: Data) -> str | None:
    """The claim that stands last before this one in the text, behind which it is written."""
    place = view.span(fields)
    best: tuple[int, str] | None = None
    for claim in view.claims:
        span = view.span(claim)
        if place is None or span is None or span["source"] != place["source"] or span["value"] > place["value"]:
            continue
        if best is None or span["value"][0] >= best[0]:
            best = (span["value"][0], claim["id"])
    return best[1] if best else None


def _reject(wish: w.Reject, view: View, text: StudyText) -> str:
    claim = _known(view, wish.claim)
    span = view.span(claim)
    _replace(view, text, wish.claim, None)
    text.remove_claim(wish.claim)
    shared = span is not None and any(
        view.span(other) == span or (other_span := view.span(other)) is not None and other_span["value"] == span["value"]
        for other in view.claims
        if other["id"] != wish.claim
    )
    if span is not None and not shared:  # where it is another claim too, the numeral is a figure all the same
        _exclude(view, text, span["source"], tuple(span["value"]), wish.reason)
    return f"{wish.claim} rejected"


def _exclude(view: View, text: StudyText, source: str, span: Span, reason: str) -> None:
    if source not in view.texts or not 0 <= span[0] < span[1] <= len(view.texts[source]):
        raise Refused("this passage does not stand in the text")
    others = [
        tuple(found["value"])
        for claim in view.claims
        if (found := view.span(claim)) is not None and found["source"] == source and tuple(found["value"]) != span
    ]
    entry = quote_of(view.texts[source], span, value=False, apart_from=others)
    named = {"source": source} if len(view.sources) > 1 else {}
    text.exclude({**named, **entry, "reason": reason.strip()})


def _merge(wish: w.Merge, view: View, text: StudyText) -> str:
    one, other = _known(view, wish.claim), _known(view, wish.other)
    if one is other:
        raise Refused("a claim is not merged with itself")
    fields = _merged_value(one, other, view)
    kind = fields.get("type", one.get("type"))
    for name, value in other.items():
        if name not in one and name not in ("status", "occurrence", "source", *fields):
            fields[name] = value
    named = {wish.claim, wish.other}
    for name in {*one, *fields}:
        if name in REFERENCES and _names(fields.get(name, one.get(name))) & named:
            fields[name] = None  # a claim does not name itself
        elif name in ONLY_FOR and kind not in ONLY_FOR[name]:
            fields[name] = None
    text.set_claim(wish.claim, {**fields, "status": "draft"})
    _replace(view, text, wish.other, wish.claim, but=wish.claim)
    text.remove_claim(wish.other)
    return f"{wish.other} merged into {wish.claim}"


def _merged_value(one: Data, other: Data, view: View) -> Data:
    """Quote, value and type of the passage from the first of the two figures to the last."""
    here, there = view.span(one), view.span(other)
    if here is None or there is None or here["source"] != there["source"]:
        raise Refused("figures are merged that stand in one sentence; one of these has no place in it")
    text = view.texts[here["source"]]
    span = (min(here["value"][0], there["value"][0]), max(here["value"][1], there["value"][1]))
    if span == tuple(here["value"]):
        return {}
    if sentence_at(text, span[0])[1] < span[1]:
        raise Refused("figures are merged that stand in one sentence")
    value = " ".join(text[span[0] : span[1]].split())
    mark = view.sources[here["source"]].decimal_mark
    kind = kind_of(value, mark, [str(claim["type"]) for claim in (one, other) if claim.get("type") != "count"])
    found: Data = {"value": value, "type": kind, "occurrence": None, **quote_of(text, span)}
    return {name: entry for name, entry in found.items() if one.get(name) != entry}


def _names(value: Any) -> set[str]:
    return {value} if isinstance(value, str) else set(value) if isinstance(value, list) else set()


def _replace(view: View, text: StudyText, old: str, new: str | None, but: str = "") -> None:
    """Let all that name a claim name another one, or none."""
    for claim in view.claims:
        if claim["id"] in (old, but):
            continue
        changed = {
            field: _without(field, claim[field], old, new)
            for field in REFERENCES
            if old in _names(claim.get(field))
        }
        if changed.get("compares", ()) is None and claim.get("paired"):
            changed["paired"] = None
        if changed.get("within", ()) is None and claim.get("every"):
            changed["every"] = None
        if changed:
            text.set_claim(claim["id"], changed)
    for name, group in view.names("groups").items():
        if group.get("n") == old:
            text.set_group(name, {"n": new})


def _without(field: str, value: Any, old: str, new: str | None) -> Any:
    if isinstance(value, str):
        return new
    left = list(dict.fromkeys(new if name == old else name for name in value if name != old or new))
    return left if len(left) >= _AT_LEAST[field] else None
