"""The cells of a table with what each stands for: its own signs, the stub, the header and the notes decide."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from typing import Literal

from evidence_brief.extract.reading import Cell
from evidence_brief.extract.tables.cells import CELL, INTERVAL, LONGEST, P, is_empty, is_percentage, whole, with_point
from evidence_brief.extract.tables.forms import Form
from evidence_brief.extract.tables.layout import Column, Row

Kind = Literal["count", "share", "percent", "fraction", "mean", "median", "range", "estimate", "interval", "p", "r"]
Spans = dict[str, tuple[int, int]]


@dataclass(frozen=True)
class Entry:
    """A cell that is read. `spans` are in the text; `sure` is False where only the numbers can confirm its type."""

    row: Row
    column: Column
    kind: Kind
    spans: Spans
    spread: str | None = None
    measure: str | None = None
    adjusted: bool = False
    signed: bool = False  # prints a percent sign of its own
    sure: bool = True
    other: Spans | None = None  # of a mean: where its numbers stand if they should be a count and a percentage
    mark: str = ""  # of a P value: the mark of its footnote
    sized: bool = True  # the number of patients of its group is the one that it is of


def entries_of(
    text: str, rows: Sequence[Row], columns: Sequence[Column], stated: Sequence[Form], decimal_mark: str
) -> Iterator[Entry]:
    """Every cell whose type is known, or may become so by the numbers, in the order of the text."""
    by_index = {column.index: column for column in columns}
    for row in rows:
        for index, cell in row.cells.items():
            column = by_index[index]
            content = text[cell.start : cell.end]
            if len(content) < LONGEST and not is_empty(content):
                entry = _entry(with_point(content, decimal_mark), cell, row, column, stated)
                if entry is not None:
                    yield entry


def _entry(content: str, cell: Cell, row: Row, column: Column, stated: Sequence[Form]) -> Entry | None:
    form = column.form
    if form is not None and form.kind == "p_value":
        p = P.fullmatch(content)
        return replace(_made("p", p, cell, row, column, form, {"x": "p"}), mark=p["mark"].strip()) if p else None
    if form is not None and form.kind == "interval":
        match = INTERVAL.fullmatch(content)
        return _made("interval", match, cell, row, column, form, {"low": ("low", "high")}) if match else None
    match = CELL.fullmatch(content)
    if match is None or match["lead"]:
        return None
    if form is not None and form.kind in ("estimate", "correlation"):
        return _estimate(match, cell, row, column, form)
    if form is not None and form.kind in ("other", "range"):
        return None
    return _summary(match, cell, row, column, stated)


def _made(
    kind: Kind,
    match: re.Match[str],
    cell: Cell,
    row: Row,
    column: Column,
    form: Form | None,
    names: dict[str, str | tuple[str, str]],
    *,
    sure: bool = True,
) -> Entry:
    spans: Spans = {}
    for name, groups in names.items():
        first, last = groups if isinstance(groups, tuple) else (groups, groups)
        spans[name] = (cell.start + match.start(first), cell.start + match.end(last))
    form = form or Form("other")
    return Entry(row, column, kind, spans, form.spread, form.measure, form.adjusted, sure=sure)


def _estimate(match: re.Match[str], cell: Cell, row: Row, column: Column, form: Form) -> Entry | None:
    if match["sd"] or match["of"] or match["to"] or match["y"]:
        return None
    if form.kind == "correlation":
        return None if match["low"] else _made("r", match, cell, row, column, form, {"x": "x"})
    if match["low"]:
        names: dict[str, str | tuple[str, str]] = _with_interval(match)
        return _made("estimate", match, cell, row, column, form, names) if form.spread == "ci95" else None
    if form.spread == "ci95" and whole(match["x"]) is not None:
        return None  # "1" in a column of estimates with intervals: the category that the others are held against
    return _made("estimate", match, cell, row, column, form, {"x": "x"})


def _with_interval(match: re.Match[str]) -> dict[str, str | tuple[str, str]]:
    """The parts of an estimate with its interval, each with its percent sign."""
    high = "highp" if match["highp"] else "high"
    return {"x": ("x", "xp") if match["xp"] else "x", "interval": ("low", high)}


def _summary(match: re.Match[str], cell: Cell, row: Row, column: Column, stated: Sequence[Form]) -> Entry | None:
    """A cell of a group: the most specific format that its numbers can have."""
    said = [form for form in (row.stub.form, row.section_form, column.form) if form is not None]
    chosen = said[0] if said else None
    if len(said) > 1 and chosen is not None and chosen.kind in ("count", "percent") and said[-1].kind != chosen.kind:
        chosen = said[-1] if said[-1].kind in ("n_percent", "percent_n", "count", "percent") else chosen
    if match["sd"]:
        return _plus_minus(match, cell, row, column, [*said, *stated])
    if match["of"]:
        return _fraction(match, cell, row, column)
    if match["to"]:
        named = chosen is not None and chosen.kind == "range"
        return _made("range", match, cell, row, column, chosen, {"x": ("x", "to")}) if named else None
    if match["low"]:
        return _with_ends(match, cell, row, column, chosen, stated)
    if match["y"]:
        return _with_bracket(match, cell, row, column, chosen, stated)
    return _bare(match, cell, row, column, chosen, stated)


def _plus_minus(match: re.Match[str], cell: Cell, row: Row, column: Column, forms: Sequence[Form]) -> Entry | None:
    if forms and forms[0].kind in ("median", "other"):
        return None
    spreads = {form.spread for form in forms if form.kind == "mean" and form.spread in ("sd", "se")}
    spread = spreads.pop() if len(spreads) == 1 else None
    own = next((form.spread for form in forms[:1] if form.kind == "mean" and form.spread in ("sd", "se")), spread)
    end = "sdp" if match["sdp"] else "sd"
    made = _made("mean", match, cell, row, column, Form("mean", own), {"x": ("x", end)})
    return replace(made, sized=match["more"] is None or whole(match["more"]) is None)


def _fraction(match: re.Match[str], cell: Cell, row: Row, column: Column) -> Entry | None:
    """ "22/24 (91.7)": the type is sure where the three belong together, or the second is the group's number."""
    x, of = whole(match["x"]), whole(match["of"])
    if x is None or of is None or x > of or of == 0:
        return None
    share = "share" if match["share"] else "share2" if match["share2"] else None
    if share is None:
        if column.size != of:
            return None
        return _made("fraction", match, cell, row, column, None, {"x": "x", "of": "of"})
    made = _made("fraction", match, cell, row, column, None, {"x": "x", "of": "of", "share": share})
    return replace(made, signed=bool(match["sharep"]) or share == "share2")


def _with_ends(
    match: re.Match[str], cell: Cell, row: Row, column: Column, chosen: Form | None, stated: Sequence[Form]
) -> Entry | None:
    names: dict[str, str | tuple[str, str]] = {"x": ("x", "end1")}
    if chosen is None or (chosen.kind in ("mean", "median") and chosen.spread is None):
        kind = chosen.kind if chosen else None
        fitting = {f for f in stated if f.spread in ("iqr", "range", "ci95") and kind in (None, f.kind)}
        if len(fitting) != 1:
            return None
        chosen = fitting.pop()
    if chosen.kind == "median" and chosen.spread in ("iqr", "range"):
        return _made("median", match, cell, row, column, chosen, names)
    if chosen.kind == "mean" and chosen.spread in ("ci95", "range"):
        return _made("mean", match, cell, row, column, chosen, names)
    if chosen.kind == "estimate" and chosen.spread == "ci95":
        return _made("estimate", match, cell, row, column, chosen, _with_interval(match))
    return None


def _with_bracket(
    match: re.Match[str], cell: Cell, row: Row, column: Column, chosen: Form | None, stated: Sequence[Form]
) -> Entry | None:
    counted = whole(match["x"]) is not None and not match["xp"] and not match["pm"]
    signed = bool(match["yp"])
    if chosen is None or (chosen.kind in ("count", "percent") and (signed or chosen.kind == "percent")):
        return _guessed(match, cell, row, column, chosen, stated)
    if chosen.kind == "n_percent" and counted and is_percentage(match["y"]):
        from_stub = row.stub.form is not None or row.section_form is not None
        sure = signed or from_stub or row.stub.unit in (None, "%")
        names: dict[str, str | tuple[str, str]] = {"x": "x", "share": "y"}
        return replace(_made("share", match, cell, row, column, chosen, names, sure=sure), signed=signed)
    if chosen.kind == "percent_n" and whole(match["y"]) is not None and not signed and is_percentage(match["x"]):
        made = _made("share", match, cell, row, column, chosen, {"x": "y", "share": "x"})
        return replace(made, signed=bool(match["xp"]))
    if chosen.kind == "mean" and chosen.spread in ("sd", "se", None) and not match["xp"] and not signed:
        if chosen.spread is None and not {form.spread for form in stated if form.kind == "mean"} & {"sd"}:
            return None
        return _mean(match, cell, row, column, replace(chosen, spread=chosen.spread or "sd"))
    return None


def _mean(match: re.Match[str], cell: Cell, row: Row, column: Column, form: Form) -> Entry:
    """A mean with its SD in brackets; "64 (82.1)" of 78 patients may be a count with its percentage instead."""
    made = _made("mean", match, cell, row, column, form, {"x": ("x", "end2")})
    if whole(match["x"]) is None or not is_percentage(match["y"]) or match["pm"]:
        return made
    return replace(made, other=_made("share", match, cell, row, column, form, {"x": "x", "share": "y"}).spans)


def _guessed(
    match: re.Match[str], cell: Cell, row: Row, column: Column, chosen: Form | None, stated: Sequence[Form]
) -> Entry | None:
    """No header says what "12 (50.0)" is: a percent sign or the notes do, or its numbers may."""
    counted = whole(match["x"]) is not None and not match["xp"] and not match["pm"]
    signed = bool(match["yp"])
    means = [form for form in stated if form.kind == "mean" and form.spread in ("sd", "se")]
    names: dict[str, str | tuple[str, str]] = {"x": "x", "share": "y"}
    if counted and is_percentage(match["y"]):
        said = {form.kind for form in stated if form.kind in ("n_percent", "percent_n", "mean", "other")}
        unsaid = chosen is None and said == {"n_percent"} and row.stub.unit in (None, "%")
        sure = signed or (column.size is None and (unsaid or (chosen is not None and chosen.kind == "percent")))
        return replace(_made("share", match, cell, row, column, Form("n_percent"), names, sure=sure), signed=signed)
    if len(means) == 1 and chosen is None and not signed and not match["xp"] and not counted:
        if any(form.kind == "percent_n" for form in stated):
            return None
        return _mean(match, cell, row, column, means[0])
    return None


def _bare(
    match: re.Match[str], cell: Cell, row: Row, column: Column, chosen: Form | None, stated: Sequence[Form]
) -> Entry | None:
    if match["xp"]:
        known = chosen is None or chosen.kind in ("percent", "n_percent", "percent_n")
        if not known or not is_percentage(match["x"]):
            return None
        sure = chosen is not None
        return replace(_made("percent", match, cell, row, column, chosen, {"share": "x"}, sure=sure), signed=True)
    if chosen is None:
        return None
    if (
        chosen.kind == "percent"
        and column.form is not None
        and column.form.kind == "percent"
        and is_percentage(match["x"])
    ):
        return _made("percent", match, cell, row, column, chosen, {"share": "x"})
    if chosen.kind in ("n_percent", "count") and whole(match["x"]) is not None and "%" not in row.stub.outcome:
        if row.stub.form is chosen and chosen.kind == "n_percent" and match["x"] not in ("0",):
            return None  # "Female, n (%)" with a bare number: of the two, which is not known
        return _made("count", match, cell, row, column, chosen, {"x": "x"})
    if chosen.kind == "median" and chosen.spread is None:
        return _made("median", match, cell, row, column, chosen, {"x": "x"})
    return None
