"""Claims that only got another id: they are the same figure to a reader, and no other one in place of an old one."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from dataclasses import replace

from evidence_brief.publish.snapshot import Shown, Snapshot


def renames(old: Snapshot, new: Snapshot) -> dict[str, str]:
    """The new id of each old one: of the same type, printed the same, in the same words, and nothing else is.

    Ids that other figures have now, as where two of them changed places, count where the label is the same as well.
    """
    gone = _alike(figure for name, figure in old.figures.items() if name not in new.figures)
    come = _alike(figure for name, figure in new.figures.items() if name not in old.figures)
    names = {gone[key][0]: come[key][0] for key in gone if len(gone[key]) == 1 and len(come.get(key, ())) == 1}
    return names | _exchanged(old, new)


def _exchanged(old: Snapshot, new: Snapshot) -> dict[str, str]:
    """Ids of both ledgers that are those of other figures now: whole rings of them, so that no id is meant twice."""
    both = [name for name in old.figures if name in new.figures and _key(old, name) != _key(new, name)]
    before, after = ({_key(ledger, name): name for name in both} for ledger in (old, new))
    if len(before) < len(both) or len(after) < len(both):
        return {}
    names = {name: after[key] for key, name in before.items() if key in after}
    while lost := names.keys() ^ set(names.values()):
        names = {one: other for one, other in names.items() if not {one, other} & lost}
    return names


def _key(ledger: Snapshot, name: str) -> tuple[str, ...]:
    figure = ledger.figures[name]
    return (figure.type, figure.printed, " ".join(figure.quote.split()), figure.label)


def _alike(figures: Iterable[Shown]) -> dict[tuple[str, str, str], list[str]]:
    found: dict[tuple[str, str, str], list[str]] = defaultdict(list)
    for figure in figures:
        found[figure.type, figure.printed, " ".join(figure.quote.split())].append(figure.id)
    return found


def renamed(old: Snapshot, names: Mapping[str, str]) -> Snapshot:
    """The ledger as it would be with the new ids; what depends on a claim is named after it."""
    if not names:
        return old
    figures = [replace(figure, id=names.get(figure.id, figure.id)) for figure in old.figures.values()]
    findings = []
    for item in old.findings.values():
        claims = tuple(names.get(name, name) for name in item.claims)
        apart = item.id.removeprefix(" ".join((item.code, *item.claims)))
        findings.append(replace(item, id=" ".join((item.code, *claims)) + apart, claims=claims))
    derived = [
        replace(item, id=_of_renamed(item.id, names), claims=tuple(names.get(name, name) for name in item.claims))
        for item in old.derived.values()
    ]
    return replace(
        old,
        figures={item.id: item for item in figures},
        findings={item.id: item for item in findings},
        derived={item.id: item for item in derived},
    )


def _of_renamed(name: str, names: Mapping[str, str]) -> str:
    """The id of a derived figure: that of its claim, and one word more."""
    claim, _, kind = name.rpartition(".")
    return f"{names[claim]}.{kind}" if claim in names else name
