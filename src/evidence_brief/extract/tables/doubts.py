"""Signs that a table is not what its headers say: shifted columns, ends the other way round, missing values."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import replace
from fractions import Fraction

from evidence_brief.extract.tables.cells import whole, with_point
from evidence_brief.extract.tables.entry import Entry
from evidence_brief.extract.tables.layout import Column
from evidence_brief.printed import Interval, NotPrintedNumber, Number, number

_MOST = Fraction(1, 5)
_FIRST = re.compile(r"[-−–+]?[\d.,·]+")
_NUMBERS = re.compile(r"(?:(?<!\d)[-−–])?(?:\d{1,3}(?:,\d{3})+(?:[.·]\d+)?|\d+(?:[.·]\d+)?|[.·]\d+)")


def without_doubtful(text: str, entries: Sequence[Entry], decimal_mark: str) -> list[Entry]:
    """The entries without P values of a column that holds others than P values, and without ends the wrong way round.

    A single misprint stays: it is the table's own.
    """
    shifted = _columns(entries, lambda entry: _is_no_p(text, entry), at_least=2)
    cut_off = {e.column.index for e in entries if e.kind == "p" and re.search(r"<\s*0?[.,·]0+$", _text(text, e))}
    turned = _columns(entries, lambda entry: _is_turned(text, entry, decimal_mark), at_least=1)
    kept = []
    for entry in entries:
        column = entry.column.index
        if entry.kind == "p" and column in shifted:
            continue
        if entry.kind == "p" and column in cut_off and re.fullmatch(r"<\s*0?[.,·]0+|[01]", _text(text, entry)):
            continue
        if column in turned and _is_turned(text, entry, decimal_mark):
            continue
        if entry.kind == "count" and _exceeds(text, entry):
            continue
        kept.append(entry)
    places = {(entry.row.index, entry.column.index) for entry in kept if entry.kind == "count"}
    return [e if e.whole is None or e.whole in places else replace(e, whole=None, sized=False) for e in kept]


def _text(text: str, entry: Entry) -> str:
    start, end = entry.spans["x"]
    return text[start:end]


def _columns(entries: Sequence[Entry], is_odd: Callable[[Entry], bool | None], at_least: int) -> frozenset[int]:
    """The columns in which more than one of five cells, and at least so many, are odd."""
    found: dict[int, list[bool]] = {}
    for entry in entries:
        odd = is_odd(entry)
        if odd is not None:
            found.setdefault(entry.column.index, []).append(odd)
    return frozenset(
        index for index, odd in found.items() if sum(odd) >= at_least and Fraction(sum(odd), len(odd)) > _MOST
    )


def _is_no_p(text: str, entry: Entry) -> bool | None:
    if entry.kind != "p":
        return None
    value = re.search(r"[01]?[.,·]\d+$", _text(text, entry))
    return value is not None and float(re.sub("[,·]", ".", value[0])) > 1


def _is_turned(text: str, entry: Entry, decimal_mark: str) -> bool | None:
    """Whether the lower end is printed after the upper one; None where there are no ends."""
    name = next((n for n in ("interval", "low", "x") if n in entry.spans), None)
    if name is None or (name == "x" and entry.spread not in ("ci95", "iqr", "range")):
        return None
    start, end = entry.spans[name]
    found = [_value(part) for part in _NUMBERS.findall(with_point(text[start:end], decimal_mark))]
    return found[-2] > found[-1] if len(found) >= 2 else None


def _value(part: str) -> float:
    return float(re.sub("[−–]", "-", part).replace("·", ".").replace(",", ""))


def _exceeds(text: str, entry: Entry) -> bool:
    """Whether a count is above the number of patients in the header: then it counts no patients."""
    count, n = whole(_text(text, entry)), entry.column.size
    return count is not None and n is not None and count > n


def of_parts(
    text: str, entries: Sequence[Entry], parts: tuple[Column, tuple[Column, ...]] | None, decimal_mark: str
) -> list[Entry]:
    """The entries; the means are of others than all patients where those of the groups do not make those of the whole.

    So it is where values are missing. One row that does not add up among five that do is the table's own.
    """
    if parts is None:
        return list(entries)
    total, groups = parts
    means = {(e.row.index, e.column.index): e for e in entries if e.kind == "mean" and e.spread in ("sd", None)}
    verdicts = {}
    for row, column in means:
        of_groups = [means[row, group.index] for group in groups if (row, group.index) in means]
        if column == total.index and len(of_groups) == len(groups):
            verdicts[row] = _adds_up(text, means[row, column], of_groups, decimal_mark)
    odd = sum(not adds_up for adds_up in verdicts.values())
    if not verdicts or Fraction(odd, len(verdicts)) <= _MOST:
        return list(entries)
    return [replace(entry, sized=False) if entry.kind == "mean" else entry for entry in entries]


def _adds_up(text: str, whole_: Entry, groups: Sequence[Entry], decimal_mark: str) -> bool:
    try:
        printed = _mean(text, whole_, decimal_mark)
        means = [(_mean(text, group, decimal_mark), group.column.size or 0) for group in groups]
    except NotPrintedNumber:
        return True
    n = sum(size for _, size in means)
    low = sum((mean.interval.low * size for mean, size in means), Fraction(0)) / n
    high = sum((mean.interval.high * size for mean, size in means), Fraction(0)) / n
    return printed.interval.overlaps(Interval(low, high))


def _mean(text: str, entry: Entry, decimal_mark: str) -> Number:
    match = _FIRST.match(_text(text, entry))
    return number(match[0] if match else "", decimal_mark)
