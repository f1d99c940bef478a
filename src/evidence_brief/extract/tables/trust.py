"""Whether counts, percentages and the numbers of patients in the headers fit each other: else we misread the table.

A table may print percentages of a row, of patients without missing values, or of a subgroup. Where its figures say so
as a whole, the number in the header is not the one that they are of, and nothing is held against it. One figure that
does not fit among many that do is the table's own.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import replace
from fractions import Fraction
from itertools import pairwise

from evidence_brief.extract.tables.cells import whole, with_point
from evidence_brief.extract.tables.entry import Entry

_MOST_MISFITS = Fraction(1, 5)
_MISSING = re.compile(
    r"\bmissing\b|\bavailable\b|\bunknown\b|\bnot (?:reported|recorded|known|assessed|measured|tested"
    r"|performed|all)\b|\bincomplete\b"
    r"|\bdata (?:for|on|from|of) \d|\bdenominator|\bvar(?:y|ies|ied)\b|\bsubset\b|\b(?:n|N) ?= ?\d"
    r"|\bresponded\b|\bdo(?:es)? not (?:add|sum|total)"
    r"|\bmay not (?:add|sum|total|equal)|\bmultiple (?:answers|responses)|\bvalid\b|\bamong\b|\bonly\b|\bexclud\w+",
    re.I,
)

_GAPS = re.compile(
    r"\bmissing\b|\bavailable (?:for|in|from)\b|\bincomplete\b|\bnot (?:recorded|available|measured"
    r"|assessed) (?:for|in)\b",
    re.I,
)


def trusted(text: str, entries: Iterable[Entry], words: str, decimal_mark: str) -> list[Entry]:
    """The entries whose type holds; `sized` says whether the number in the header is the one that they are of."""
    listed = _without_fractions(text, _retyped(text, list(entries), decimal_mark), decimal_mark)
    listed = _without_rates(text, listed, decimal_mark)
    fits = {id(entry): _fits(text, entry, decimal_mark) for entry in listed if "share" in entry.spans}
    known = [entry for entry in listed if fits.get(id(entry)) is not None]
    bad_columns = _bad(known, fits)
    several = _several_misfits(known, fits)
    shared = _shared_numbers(text, known, fits, decimal_mark)
    missing = _MISSING.search(words) is not None
    gaps = bool(several or shared) or _GAPS.search(words) is not None
    kept = []
    for entry in listed:
        fit = fits.get(id(entry))
        column = entry.column.index
        if not entry.sure and (fit is not True or column in bad_columns):
            continue
        explained = missing or entry.row.index in several or column in shared
        sized = (
            entry.sized
            and column not in bad_columns
            and not entry.row.has_own_size
            and (fit is not False or not explained)
            and not (gaps and entry.kind in ("mean", "median", "range"))
        )
        kept.append(entry if sized == entry.sized else replace(entry, sized=sized))
    return kept


def _retyped(text: str, entries: list[Entry], decimal_mark: str) -> list[Entry]:
    """The same; a row of means that are all counts with their percentages is one of counts, or of neither."""
    rows: dict[int, list[Entry]] = {}
    for entry in entries:
        if entry.kind == "mean":
            rows.setdefault(entry.row.index, []).append(entry)
    counted = {
        row
        for row, means in rows.items()
        if all(e.other is not None and _fits(text, replace(e, spans=e.other), decimal_mark) for e in means)
    }
    kept = []
    for entry in entries:
        if entry.kind != "mean" or entry.row.index not in counted:
            kept.append(entry)
        elif entry.row.stub.form is None and entry.other is not None:
            kept.append(replace(entry, kind="share", spans=entry.other, spread=None))
    return kept


def _without_fractions(text: str, entries: list[Entry], decimal_mark: str) -> list[Entry]:
    """The same without columns whose percentages are all at most 1: "138 (0.97)" may be of 1, or of 100."""
    columns: dict[int, list[bool]] = {}
    for entry in entries:
        if "share" in entry.spans and not entry.signed:
            small = float(with_point(_part(text, entry, "share"), decimal_mark).replace("·", ".")) <= 1
            columns.setdefault(entry.column.index, []).append(small)
    small_only = {index for index, small in columns.items() if all(small)}
    return [e for e in entries if not ("share" in e.spans and not e.signed and e.column.index in small_only)]


def _without_rates(text: str, entries: list[Entry], decimal_mark: str) -> list[Entry]:
    """The same without columns where more than one of five of "22/572 (1.35)" holds no percentage, but a rate."""
    columns: dict[int, list[bool]] = {}
    for entry in entries:
        if entry.kind == "fraction" and "share" in entry.spans:
            parts = (with_point(_part(text, entry, name), decimal_mark) for name in ("share", "x", "of"))
            share, count, of = parts
            columns.setdefault(entry.column.index, []).append(bool(is_share(share, whole(count), whole(of) or 1)))
    rates = {index for index, fits in columns.items() if Fraction(fits.count(False), len(fits)) > _MOST_MISFITS}
    return [e for e in entries if not (e.kind == "fraction" and "share" in e.spans and e.column.index in rates)]


def _bad(entries: Sequence[Entry], fits: dict[int, bool | None]) -> frozenset[int]:
    """The columns in which more than one of five percentages is not of the number in the header."""
    columns: dict[int, list[bool]] = {}
    for entry in entries:
        columns.setdefault(entry.column.index, []).append(bool(fits[id(entry)]))
    return frozenset(
        index for index, found in columns.items() if Fraction(found.count(False), len(found)) > _MOST_MISFITS
    )


def _shared_numbers(
    text: str, entries: Sequence[Entry], fits: dict[int, bool | None], decimal_mark: str
) -> frozenset[int]:
    """The columns in which two or more misfits are of one other number of patients, as where values are missing."""
    bounds: dict[int, list[tuple[int, int]]] = {}
    for entry in entries:
        if fits[id(entry)] is False and "x" in entry.spans:
            count = whole(with_point(_part(text, entry, "x"), decimal_mark))
            units, step = _in_steps(with_point(_part(text, entry, "share"), decimal_mark))
            if count and units:
                # count / n rounds to the percentage for every n between these two
                low, high = -(-2 * count * step // (2 * units + 1)), 2 * count * step // (2 * units - 1)
                bounds.setdefault(entry.column.index, []).append((low, high))
    return frozenset(
        index
        for index, found in bounds.items()
        if any(min(one[1], two[1]) >= max(one[0], two[0]) for one, two in pairwise(sorted(found)))
    )


def _several_misfits(entries: Sequence[Entry], fits: dict[int, bool | None]) -> frozenset[int]:
    """The rows in which several percentages do not fit: they are of other patients than those in the headers."""
    rows: dict[int, int] = {}
    for entry in entries:
        if fits[id(entry)] is False:
            rows[entry.row.index] = rows.get(entry.row.index, 0) + 1
    return frozenset(index for index, misfits in rows.items() if misfits > 1)


def _fits(text: str, entry: Entry, decimal_mark: str) -> bool | None:
    """Whether a percentage is one of the number of patients in the header; None where there is none, or any is."""
    n = entry.column.size
    if n is None or n == 0 or entry.row.has_own_size:
        return None
    share = with_point(_part(text, entry, "share"), decimal_mark)
    count = whole(with_point(_part(text, entry, "x"), decimal_mark)) if "x" in entry.spans else None
    return is_share(share, count, n)


def is_share(share: str, count: int | None, n: int) -> bool | None:
    """Whether a count, or any, of n patients prints as the percentage, rounded or cut off.

    None where every percentage with so many decimals would. The percentage is a plain number with a point.
    """
    units, step = _in_steps(share)
    target = units * n
    if count is not None:
        return abs(2 * (count * step - target)) <= n or 0 <= count * step - target < n
    if n >= step:
        return None
    below = target // step
    return any(abs(2 * (x * step - target)) <= n or 0 <= x * step - target < n for x in (below, below + 1))


def _in_steps(share: str) -> tuple[int, int]:
    """A percentage, and 100%, both in steps of its last digit: 50.0 is 500 of 1000."""
    units, _, part = share.replace("·", ".").partition(".")
    return int(units + part), 100 * int("1" + "0" * len(part))


def _part(text: str, entry: Entry, name: str) -> str:
    start, end = entry.spans[name]
    return text[start:end].rstrip("% \u00a0")
