"""What was found in the texts of an article, as a draft of its study file and as the study that it makes."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from evidence_brief.draft.exclusions import excluded
from evidence_brief.draft.groups import Names, made_groups, made_scales, parts_of, sizes
from evidence_brief.draft.names import id_of, slug, unique
from evidence_brief.draft.quotes import BareQuotes, Quote, Quotes
from evidence_brief.draft.relations import relations, without_circles
from evidence_brief.extract import extract_and_apart
from evidence_brief.extract.candidate import Apart, Candidate
from evidence_brief.extract.reading import Reading
from evidence_brief.study.anchors import Anchor
from evidence_brief.study.kinds import Value, read_value
from evidence_brief.study.model import LANGUAGE, ONLY_FOR, Claim, Exclusion, Source, StudyFile
from evidence_brief.study.percent import with_percent
from evidence_brief.study.spellings import LONGEST
from evidence_brief.study.study import Study, value_slip

_SPREADS = ("sd", "se", "ci95", "iqr", "range")
_MEASURES = ("RR", "OR", "HR", "RD", "MD", "SMD")
_WORDS = ("outcome", "time", "unit", "test", "method")
_RELATION_SIGN = re.compile(r"[<>≤≥⩽⩾]\s*\Z")


class NoFigures(ValueError):
    """No figure was found in the texts, so that there is nothing to make a study of."""


@dataclass(frozen=True)
class Found:
    """A text with what was found in it."""

    text: str
    candidates: Sequence[Candidate]
    apart: Sequence[Apart] = ()
    decimal_mark: str = "."


@dataclass(frozen=True)
class _Item:
    """A candidate that can be a claim, with its value read and its quote."""

    source: str
    candidate: Candidate
    value: Value
    quote: Quote
    spread: str | None
    measure: str | None


def draft_and_study(
    readings: Mapping[str, Reading], sources: Mapping[str, Source], *, id: str, title: str, whole: bool = True
) -> Study:
    """A draft of everything that is found in the texts, its values read and its anchors known; NoFigures if nothing is.

    Readings and sources have the same names. Every claim has `status: draft`.

    Not `whole`, its quotes are the bare values and nothing is excluded: no verdict depends on either, and it takes half
    the time.
    """
    found = {name: found_in(reading) for name, reading in readings.items()}
    named = (reading.language for reading in readings.values())
    language = next((code for code in named if code and re.fullmatch(LANGUAGE, code)), "en")
    return study_from(found, sources, id=id, title=title, language=language, whole=whole)


def found_in(reading: Reading) -> Found:
    """The figures of a reading, and the numerals that are none."""
    mark = reading.decimal_mark
    return Found(reading.text, *extract_and_apart(reading.text, tables=reading.tables, decimal_mark=mark), mark)


def study_from(
    found: Mapping[str, Found],
    sources: Mapping[str, Source],
    *,
    id: str,
    title: str,
    language: str = "en",
    whole: bool = True,
) -> Study:
    """The study that the candidates make; what would not load is left out. Raises NoFigures."""
    quotes = {name: Quotes(each.text) if whole else BareQuotes(each.text) for name, each in found.items()}
    items = [item for name, each in found.items() for item in _items(name, each, quotes[name])]
    if not items:
        raise NoFigures("no figure was found")
    claims = _Claims(items, several=len(sources) > 1)
    anchors = _anchors(found, claims)
    exclusions = list(_exclusions(found, quotes, anchors, several=len(sources) > 1)) if whole else []
    file = StudyFile(
        id=id,
        title=title,
        language=language,
        sources=dict(sources),
        groups=made_groups(claims.groups, claims.group_counts, claims.group_parts),
        scales=made_scales(claims.scales),
        claims=tuple(claims.made),
        exclusions=tuple(exclusion for exclusion, _ in exclusions),
    )
    values = {claim.id: item.value for claim, item in zip(claims.made, items, strict=True)}
    texts = {name: each.text for name, each in found.items()}
    return Study(file, texts, with_percent(file, values), anchors, tuple(anchor for _, anchor in exclusions))


def _items(source: str, found: Found, quotes: Quotes) -> Iterator[_Item]:
    """The candidates of a text that make claims, in the order of the text; of the same name the first one."""
    seen: set[str] = set()
    for candidate in sorted(found.candidates, key=lambda each: (each.start, each.end)):
        if candidate.name not in seen and (item := _item(source, candidate, found, quotes)) is not None:
            seen.add(candidate.name)
            yield item


def _item(source: str, candidate: Candidate, found: Found, quotes: Quotes) -> _Item | None:
    text, value = found.text, candidate.value
    if text[candidate.start : candidate.end] != value or not 0 < len(value) <= LONGEST or value != value.strip():
        return None
    try:
        read = read_value(value, candidate.type, candidate.unit, found.decimal_mark)
    except ValueError:
        return None  # what its type cannot be read as is no figure of that type
    cut = _RELATION_SIGN.search(text, max(0, candidate.start - 9), candidate.start)
    if candidate.type == "p_value" and cut:
        return None  # without its sign it would mean another value
    spread, measure = _spread(candidate, read), _measure(candidate, read)
    if value_slip(candidate.type, spread, measure, read) is not None:
        return None
    quote = quotes.of(candidate.start, candidate.end)
    return None if quote is None else _Item(source, candidate, read, quote, spread, measure)


def _spread(candidate: Candidate, value: Value) -> str | None:
    """What follows the mean or median: as its value prints it, or else as the candidate says."""
    if candidate.type not in ONLY_FOR["spread"]:
        return None
    usual = "sd" if candidate.type == "mean_sd" else "iqr"
    spread = value.letter or candidate.spread
    fits = spread in _SPREADS and not (candidate.type == "median_iqr" and spread in ("sd", "se"))
    return spread if fits and spread != usual else None


def _measure(candidate: Candidate, value: Value) -> str | None:
    fits = candidate.measure in _MEASURES and candidate.type in ONLY_FOR["measure"]
    if candidate.type == "estimate" and value.letter not in ("", "other", "NNT", candidate.measure):
        return None
    return candidate.measure if fits else None


class _Claims:
    """The claims of the items, with groups, ids and relations."""

    def __init__(self, items: Sequence[_Item], several: bool) -> None:
        self.items = items
        self.several = several
        placed = [(item.source, item.candidate) for item in items]
        self.groups, self.scales = Names(), Names()
        self.size = sizes(placed, self.groups)
        self.group_parts = parts_of(placed, self.size)
        self._sized = {i: group for group, i in self.size.items()}
        self.ids = self._ids()
        self.group_counts = {group: self.ids[i] for group, i in self.size.items()}
        self.made = list(self._made())

    def _group(self, i: int) -> str | None:
        """The group of an item: the one that it counts, or that its candidate names."""
        label = self.items[i].candidate.group
        return self._sized.get(i) or (self.groups.of_group(label) if label and label.strip() else None)

    def _ids(self) -> list[str]:
        taken: set[str] = set()
        ids: list[str] = []
        for i, item in enumerate(self.items):
            group = self._group(i)
            if i in self._sized:
                name = f"{self._sized[i]}.n"
            else:
                subject = self._subject(item)
                shared = item.candidate.compares or item.candidate.type in ("p_value", "estimate")
                name = id_of(item.candidate, None if shared else group, subject, item.value.letter)
                if name in taken and item.candidate.time:
                    name = f"{name}.{slug(item.candidate.time)}".rstrip(".")
            ids.append(unique(name, taken.__contains__))
            taken.add(ids[-1])
        return ids

    @cached_property
    def _by_name(self) -> dict[tuple[str, str], _Item]:
        return {(item.source, item.candidate.name): item for item in self.items}

    def _subject(self, item: _Item) -> str:
        """The slug of the outcome of a figure, or of the figure that it belongs to."""
        for _ in range(3):
            candidate = item.candidate
            if candidate.outcome and (found := slug(candidate.outcome)):
                return found
            name = next(iter(candidate.compares), None) or candidate.of
            following = self._by_name.get((item.source, name or ""))
            if following is None:
                break
            item = following
        return ""

    def _made(self) -> Iterator[Claim]:
        named: dict[str, dict[str, tuple[str, str]]] = {}
        for i, item in enumerate(self.items):
            named.setdefault(item.source, {})[item.candidate.name] = (self.ids[i], item.candidate.type)
        related = {self.ids[i]: relations(item.candidate, named[item.source]) for i, item in enumerate(self.items)}
        for group in self.group_parts:
            related[self.group_counts[group]].pop("parts", None)  # the group says it
        without_circles(related)
        for i, item in enumerate(self.items):
            yield Claim(**self._fields(i, item), **related[self.ids[i]], status="draft")

    def _fields(self, i: int, item: _Item) -> dict[str, Any]:
        candidate, kind = item.candidate, item.candidate.type
        fields: dict[str, Any] = {"id": self.ids[i], "quote": item.quote.words, "value": candidate.value, "type": kind}
        if self.several:
            fields["source"] = item.source
        if item.quote.occurrence is not None:
            fields["occurrence"] = item.quote.occurrence
        if group := self._group(i):
            fields["group"] = group
        for field in _WORDS:
            words = " ".join((getattr(candidate, field) or "").split())
            if words and kind in ONLY_FOR.get(field, (kind,)):
                fields[field] = words
        if candidate.scale and candidate.scale.strip() and kind in ONLY_FOR["scale"]:
            fields["scale"] = self.scales.of_scale(candidate.scale)
        fields |= {key: value for key, value in (("spread", item.spread), ("measure", item.measure)) if value}
        for field in ("change", "adjusted"):
            if getattr(candidate, field) and kind in ONLY_FOR[field]:
                fields[field] = True
        return fields


def _anchors(found: Mapping[str, Found], claims: _Claims) -> dict[str, Anchor]:
    lines = {name: _Lines(each.text) for name, each in found.items()}
    return {
        claim.id: Anchor(
            item.source,
            item.quote.start,
            item.quote.end,
            item.candidate.start,
            item.candidate.end,
            lines[item.source].of(item.candidate.start),
        )
        for claim, item in zip(claims.made, claims.items, strict=True)
    }


class _Lines:
    """The lines of a text, counted once."""

    def __init__(self, text: str) -> None:
        self.breaks = [match.start() for match in re.finditer("\n", text)]

    def of(self, position: int) -> int:
        return bisect_right(self.breaks, position - 1) + 1


def _exclusions(
    found: Mapping[str, Found], quotes: Mapping[str, Quotes], anchors: Mapping[str, Anchor], several: bool
) -> Iterator[tuple[Exclusion, Anchor]]:
    for name, each in found.items():
        spans = sorted((a.value_start, a.value_end) for a in anchors.values() if a.source == name)
        lines = _Lines(each.text)
        for quote, reason in excluded(quotes[name], each.apart, spans):
            fields: dict[str, Any] = {"source": name} if several else {}
            exclusion = Exclusion(quote=quote.words, occurrence=quote.occurrence, reason=reason, **fields)
            start, end = quote.start, quote.end
            yield exclusion, Anchor(name, start, end, start, end, lines.of(start))
