"""What differs between two ledgers: claim by claim, in words and as data, and whether a conclusion flips."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Literal

from evidence_brief.conclusions import Conclusion
from evidence_brief.publish.snapshot import Follows, Shown, Snapshot, Told

What = Literal["figure", "finding", "derived", "text"]
Cause = Literal["source", "study file", "method", "environment", "template"]
CAUSES: tuple[Cause, ...] = ("source", "study file", "method", "environment", "template")
"""The published text; `study.yml` and what stands beside it; the package's own code; the packages that it needs and
Python; reports, notebook and settings."""

SAYS = {True: "significant at 5%", False: "not significant at 5%", None: "not decided at 5%"}


@dataclass(frozen=True)
class Change:
    """One thing that differs. `old` and `new` are as printed, None where there is none; `flips` says which conclusion.

    `verdicts` are the old and the new one, of a contradiction "contradicted"; `recomputed` are likewise, with the
    condition of a `reproduced-if`. Both are None where they do not apply.
    """

    what: What
    id: str
    label: str
    old: str | None
    new: str | None
    verdicts: tuple[str | None, str | None] = (None, None)
    recomputed: tuple[str | None, str | None] = (None, None)
    flips: str | None = None
    causes: tuple[Cause, ...] = ()

    @property
    def is_major(self) -> bool:
        """Whether a verdict or a conclusion changes: a contradiction that comes or goes is one too."""
        before, after = self.verdicts
        if self.flips or (before and after and before != after):
            return True
        return self.what in ("figure", "finding") and "contradicted" in self.verdicts and before != after


def compare(old: Snapshot, new: Snapshot) -> list[Change]:
    """Every difference, in the order of the new ledger; what vanished comes after."""
    return [*_figures(old, new), *_findings(old, new), *_derived(old, new), *_titles(old, new)]


def _figures(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for name in (*new.figures, *(name for name in old.figures if name not in new.figures)):
        one, two = old.figures.get(name), new.figures.get(name)
        if one is None or two is None or _seen(one) != _seen(two):
            yield _figure(one, two)


def _seen(figure: Shown) -> tuple[object, ...]:
    return (figure.label, figure.printed, figure.recomputed, figure.verdict, figure.condition)


def _figure(one: Shown | None, two: Shown | None) -> Change:
    known = two or one
    assert known is not None
    flips = None if one is None or two is None else _flip(one, two)
    return Change(
        "figure",
        known.id,
        known.label,
        one.printed if one else None,
        two.printed if two else None,
        (one.verdict if one else None, two.verdict if two else None),
        (_recomputed(one), _recomputed(two)),
        flips,
    )


def _recomputed(figure: Shown | None) -> str | None:
    if figure is None or not figure.condition:
        return figure.recomputed if figure else None
    return f"{figure.recomputed or ''} ({figure.condition})".strip()


def _flip(one: Shown, two: Shown) -> str | None:
    if (printed := flipped(one.concludes, two.concludes)) is not None:
        return printed
    before, after = one.recomputed_significant, two.recomputed_significant
    if before is not None and after is not None and before != after:
        return f"recomputed: {SAYS[before]} → {SAYS[after]}"
    return None


def flipped(one: Conclusion, two: Conclusion) -> str | None:
    """How the direction or the significance of a result changed; None where it did not."""
    parts = []
    if one.direction != two.direction and one.direction and two.direction:
        parts.append(f"{one.direction} → {two.direction}")
    if one.significant != two.significant and None not in (one.significant, two.significant):
        parts.append(f"{SAYS[one.significant]} → {SAYS[two.significant]}")
    return ", ".join(parts) or None


def _findings(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for name in (*new.findings, *(name for name in old.findings if name not in new.findings)):
        one, two = old.findings.get(name), new.findings.get(name)
        if one is None or two is None or (one.sentence, one.accepted) != (two.sentence, two.accepted):
            known = two or one
            assert known is not None
            label = f"{known.severity.capitalize()} {known.code}"
            graves = tuple(_grave(item) for item in (one, two))
            yield Change("finding", known.id, label, _words(one), _words(two), (graves[0], graves[1]))


def _grave(item: Told | None) -> str | None:
    return "contradicted" if item is not None and item.severity == "contradiction" else None


def _words(item: Told | None) -> str | None:
    return None if item is None else item.sentence + (f" Accepted: {item.accepted}" if item.accepted else "")


def _derived(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for name in (*new.derived, *(name for name in old.derived if name not in new.derived)):
        one, two = old.derived.get(name), new.derived.get(name)
        if (one and one.text) != (two and two.text):
            yield _follow(one, two)


def _follow(one: Follows | None, two: Follows | None) -> Change:
    known = two or one
    assert known is not None
    flips = flipped(one.concludes, two.concludes) if one and two else None
    label = known.label[:1].upper() + known.label[1:]
    return Change("derived", known.id, label, one.text if one else None, two.text if two else None, flips=flips)


def _titles(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    if old.title != new.title:
        yield Change("text", "title", "Title", old.title, new.title)
    if old.citation != new.citation:
        yield Change("text", "citation", "Citation", old.citation, new.citation)
