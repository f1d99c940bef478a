"""Each wish of the page as edits of the study file's text."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

from evidence_brief.draft.edit import StudyText
from evidence_brief.review import wish as w
from evidence_brief.review.article import Span, sentence_at
from evidence_brief.review.form import REFERENCES
from evidence_brief.review.quotes import kind_of, quotes_in
from evidence_brief.review.view import Data, View
from evidence_brief.study.model import ONLY_FOR, Claim


class Refused(ValueError):
    """A wish that cannot be fulfilled, in a sentence for the person."""


def carry_out(wish: w.Wish, view: View, text: StudyText) -> str:
    """Edit the text as wished, and say in a few words what was done. Raises Refused."""
    match wish:
        case w.Accept():
            for name in wish.claims:
                _known(view, name)
            text.set_status(wish.claims, "confirmed")
            return f"{wish.claims[0] if len(wish.claims) == 1 else f'{len(wish.claims)} figures'} accepted"
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
        case w.SetGroup():
            return _set_group(wish, view, text)
        case w.SameGroup():
            return _same_group(wish, view, text)


def _known(view: View, name: str) -> Data:
    claim = view.claim(name)
    if claim is None:
        raise Refused(f"there is no claim {name} any more")
    return claim


def _edit(wish: w.Edit, view: View, text: StudyText) -> str:
    claim = _known(view, wish.claim)
    fields = dict(_fields(wish.fields))
    new = fields.pop("id", None) or wish.claim
    if new != wish.claim and view.claim(str(new)) is not None:
        raise Refused(f"there is a claim {new} already")
    if claim.get("status"):  # what a person has corrected is no draft any more
        fields["status"] = "confirmed"
    text.set_claim(wish.claim, fields)
    if new != wish.claim:
        text.rename_claim(wish.claim, str(new))
    return f"{new} changed"


def _set_group(wish: w.SetGroup, view: View, text: StudyText) -> str:
    label = wish.label.strip()
    old = view.names("groups").get(wish.name)
    if old is None:
        text.add_group(wish.name, label, wish.n)
        old = {"label": label} | ({"n": wish.n} if wish.n else {})
    fields = {"label": label, "n": wish.n, "parts": list(wish.parts) or None}
    text.set_group(wish.name, {name: value for name, value in fields.items() if old.get(name) != value})
    return f"group {label} written"


def _same_group(wish: w.SameGroup, view: View, text: StudyText) -> str:
    groups = view.names("groups")
    for name in (wish.group, wish.other):
        if name not in groups:
            raise Refused(f"there is no group {name}")
    if wish.group == wish.other:
        raise Refused("a group is not made one with itself")
    for name, group in groups.items():
        parts = group.get("parts")
        if isinstance(parts, list) and wish.group in parts and wish.other in parts:
            raise Refused(f"both are parts of {name}, so they are not the same")
    text.merge_groups(wish.other, wish.group)
    return f"{wish.group} is {wish.other}"


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
    place = view.span(_known(view, wish.claim))
    others = [found for claim in view.claims if claim["id"] != wish.claim and (found := view.span(claim)) is not None]
    text.remove_claim(wish.claim)
    figure = place and (place["source"], place["value"])
    if place is not None and all((other["source"], other["value"]) != figure for other in others):
        _exclude(view, text, place["source"], place["value"], wish.reason)  # else it is a figure all the same
    return f"{wish.claim} rejected"


def _exclude(view: View, text: StudyText, source: str, span: Span, reason: str) -> None:
    if source not in view.texts or not 0 <= span[0] < span[1] <= len(view.texts[source]):
        raise Refused("this passage does not stand in the text")
    places = [found["value"] for claim in view.claims if (found := view.span(claim)) and found["source"] == source]
    low = max((end for _, end in places if end <= span[0]), default=0)
    high = min((start for start, _ in places if start >= span[1]), default=len(view.texts[source]))
    quote = quotes_in(view.texts[source]).passage(*span, low, high)
    if quote is None:
        raise Refused("this passage is a part of a longer figure or word")
    named = source if len(view.sources) > 1 else None
    text.exclude(quote.words, reason.strip(), quote.occurrence, named)


def _merge(wish: w.Merge, view: View, text: StudyText) -> str:
    one, other = _known(view, wish.claim), _known(view, wish.other)
    if one is other:
        raise Refused("a claim is not merged with itself")
    for claim in view.claims:  # what names both is to name the one once
        for field in REFERENCES:
            named = claim.get(field)
            if isinstance(named, list) and wish.claim in named and wish.other in named:
                left = [name for name in named if name != wish.other]
                text.set_claim(claim["id"], {field: left if len(left) > 1 else None})
    status = {"status": "draft"} if one.get("status") or other.get("status") else {}
    text.set_claim(wish.claim, {**_merged_value(one, other, view), **status})
    text.merge_claims(wish.claim, wish.other)
    merged = text.claims()[wish.claim]
    unfit = [name for name in merged if name in ONLY_FOR and merged["type"] not in ONLY_FOR[name]]
    text.set_claim(wish.claim, dict.fromkeys(unfit))
    return f"{wish.other} merged into {wish.claim}"


def _merged_value(one: Data, other: Data, view: View) -> Data:
    """Quote, value and type of the passage from the first of the two figures to the last."""
    here, there = view.span(one), view.span(other)
    if here is None or there is None or here["source"] != there["source"]:
        raise Refused("figures are merged that stand in one sentence; one of these has no place in it")
    text = view.texts[here["source"]]
    span = (min(here["value"][0], there["value"][0]), max(here["value"][1], there["value"][1]))
    if span == here["value"]:
        return {}
    if sentence_at(text, span[0])[1] < span[1]:
        raise Refused("figures are merged that stand in one sentence")
    value = " ".join(text[span[0] : span[1]].split())
    mark = view.sources[here["source"]].decimal_mark
    kind = kind_of(value, mark, [str(claim["type"]) for claim in (one, other) if claim.get("type") != "count"])
    quote = quotes_in(text).of(*span)
    if quote is None:
        raise Refused("these two are parts of a longer figure")
    found = {"value": value, "type": kind, "quote": quote.words, "occurrence": quote.occurrence}
    return {name: entry for name, entry in found.items() if one.get(name) != entry}
