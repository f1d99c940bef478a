"""What differs between two ledgers: claim by claim, in words and as data, and whether a conclusion flips."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Literal

from evidence_brief.conclusions import Conclusion
from evidence_brief.publish.renames import renamed, renames
from evidence_brief.publish.snapshot import Follows, Shown, Snapshot, Told
from evidence_brief.verdicts import SEVERITIES

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
    condition of a `reproduced-if`. Both are None where they do not apply. `was` is what a figure was called before, by
    its label or else its id, where it is called otherwise now.
    """

    what: What
    id: str
    label: str
    old: str | None
    new: str | None
    verdicts: tuple[str | None, str | None] = (None, None)
    recomputed: tuple[str | None, str | None] = (None, None)
    flips: str | None = None
    was: str | None = None
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
    names = renames(old, new)
    ids = {after: before for before, after in names.items()}
    named = _turned(renamed(old, names), new)
    return [*_figures(named, new, ids), *_findings(named, new), *_derived(named, new), *_titles(old, new)]


def _turned(old: Snapshot, new: Snapshot) -> Snapshot:
    """The old ledger as it concludes where two figures are set against each other the other way round now.

    Nobody has found the opposite then: the drug against placebo is higher where placebo against the drug is lower.
    """
    both = [(item, new.derived[name]) for name, item in old.derived.items() if name in new.derived]
    turned = {two.id for one, two in both if one.claims != two.claims and one.claims == two.claims[::-1]}
    claims = {name.rpartition(".")[0] for name in turned}
    figures = {
        name: replace(one, concludes=one.concludes.turned) for name, one in old.figures.items() if name in claims
    }
    derived = {name: replace(old.derived[name], concludes=old.derived[name].concludes.turned) for name in turned}
    return replace(old, figures={**old.figures, **figures}, derived={**old.derived, **derived})


def _figures(old: Snapshot, new: Snapshot, ids: Mapping[str, str]) -> Iterator[Change]:
    for name in _either(old.figures, new.figures):
        one, two = old.figures.get(name), new.figures.get(name)
        if one is None or two is None:
            yield _figure(one, two)
        elif _seen(one) != _seen(two) or name in ids or _flip(one, two):
            was = one.label if one.label != two.label else ids.get(name)
            yield replace(_figure(one, two), flips=_flip(one, two), was=was)


def _either(old: Mapping[str, object], new: Mapping[str, object]) -> list[str]:
    """The names in either, in the new order; what vanished comes after."""
    return [*new, *(name for name in old if name not in new)]


def _seen(figure: Shown) -> tuple[object, ...]:
    return (figure.label, figure.printed, figure.recomputed, figure.verdict, figure.condition)


def _figure(one: Shown | None, two: Shown | None) -> Change:
    known = two or one
    assert known is not None
    return Change(
        "figure",
        known.id,
        known.label,
        one.printed if one else None,
        two.printed if two else None,
        (one.verdict if one else None, two.verdict if two else None),
        (_recomputed(one), _recomputed(two)),
    )


def _recomputed(figure: Shown | None) -> str | None:
    if figure is None or not figure.condition:
        return figure.recomputed if figure else None
    return f"{figure.recomputed or 'as printed'} ({figure.condition})"


def _flip(one: Shown, two: Shown) -> str | None:
    # A P value that was decided and is not any more, as .04 that becomes .05, says something else too.
    decided = one.type != "p_value" or two.type != "p_value"
    if (printed := flipped(one.concludes, two.concludes, decided=decided)) is not None:
        return printed
    before, after = one.recomputed_significant, two.recomputed_significant
    if before is not None and after is not None and before != after:
        return f"recomputed: {SAYS[before]} → {SAYS[after]}"
    return None


def flipped(one: Conclusion, two: Conclusion, *, decided: bool = True) -> str | None:
    """How the direction or the significance of a result changed; None where it did not, or not as far as is known.

    With `decided`, a significance that is not known differs from none.
    """
    parts = []
    if one.direction != two.direction and one.direction and two.direction:
        parts.append(f"{one.direction} → {two.direction}")
    if one.significant != two.significant and not (decided and None in (one.significant, two.significant)):
        parts.append(f"{SAYS[one.significant]} → {SAYS[two.significant]}")
    return ", ".join(parts) or None


def _findings(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for name in _either(old.findings, new.findings):
        one, two = old.findings.get(name), new.findings.get(name)
        if one is None or two is None or _told(one) != _told(two):
            known = two or one
            assert known is not None
            label = f"{SEVERITIES[known.severity]} {known.code}"
            graves = tuple(_grave(item) for item in (one, two))
            yield Change("finding", known.id, label, _words(one), _words(two), (graves[0], graves[1]))


def _told(item: Told) -> tuple[object, ...]:
    return (item.severity, item.sentence, item.accepted)


def _grave(item: Told | None) -> str | None:
    return "contradicted" if item is not None and item.severity == "contradiction" else None


def _words(item: Told | None) -> str | None:
    return None if item is None else item.sentence + (f" Accepted: {item.accepted}" if item.accepted else "")


def _derived(old: Snapshot, new: Snapshot) -> Iterator[Change]:
    for name in _either(old.derived, new.derived):
        one, two = old.derived.get(name), new.derived.get(name)
        if one is None or two is None or one.text != two.text or flipped(one.concludes, two.concludes):
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
