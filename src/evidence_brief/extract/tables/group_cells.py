"""The cells in the column of a group: counts with percentages, fractions, means and medians with what follows them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from evidence_brief.extract.reading import Cell
from evidence_brief.extract.tables.cells import is_percentage, whole
from evidence_brief.extract.tables.entry import Entry, made, with_interval
from evidence_brief.extract.tables.forms import Form
from evidence_brief.extract.tables.layout import Column, Row


def summary(match: re.Match[str], cell: Cell, row: Row, column: Column, stated: Sequence[Form]) -> Entry | None:
    """A cell of a group: the most specific format that its numbers can have."""
    said = [form for form in (row.stub.form, row.section_form, column.form) if form is not None]
    chosen = said[0] if said else None
    if len(said) > 1 and chosen is not None and chosen.kind in ("count", "percent") and said[-1].kind != chosen.kind:
        chosen = said[-1] if said[-1].kind in ("n_percent", "percent_n", "count", "percent") else chosen
    if chosen is not None and chosen.kind == "mixed":
        said, chosen, stated = [], None, (Form("n_percent"), Form("mean", "sd"))
    if match["sd"]:
        return _plus_minus(match, cell, row, column, [*said, *stated])
    if match["of"]:
        return _fraction(match, cell, row, column)
    if match["to"]:
        named = chosen is not None and chosen.kind == "range"
        return made("range", match, cell, row, column, chosen, {"x": ("x", "to")}) if named else None
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
    entry = made("mean", match, cell, row, column, Form("mean", own), {"x": ("x", end)})
    return replace(entry, sized=match["more"] is None or whole(match["more"]) is None)


def _fraction(match: re.Match[str], cell: Cell, row: Row, column: Column) -> Entry | None:
    """Of "22/24 (91.7)" the type is sure where the three belong together, or the second is the group's number."""
    x, of = whole(match["x"]), whole(match["of"])
    if x is None or of is None or x > of or of == 0:
        return None
    share = "share" if match["share"] else "share2" if match["share2"] else None
    if share is None:
        if column.size != of:
            return None
        return made("fraction", match, cell, row, column, None, {"x": "x", "of": "of"})
    fits = _is_share(match[share], x, of)
    if not fits and (_is_share(match[share], x, x + of) or whole(match[share]) == x + of):
        return None  # "10/26 (28)": 10 with and 26 without; "13/21 (34)": before, after and in all
    entry = made("fraction", match, cell, row, column, None, {"x": "x", "of": "of", "share": share})
    return replace(entry, signed=bool(match["sharep"]) or share == "share2")


def _is_share(printed: str, count: int, n: int) -> bool:
    """Whether the percentage is, within one step of its last digit, so many of n."""
    plain = printed.replace("·", ".")
    return abs(100 * count / n - float(plain)) <= 10.0 ** -len(plain.partition(".")[2])


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
        return made("median", match, cell, row, column, chosen, names)
    if chosen.kind == "mean" and chosen.spread in ("ci95", "range"):
        return made("mean", match, cell, row, column, chosen, names)
    if chosen.kind == "estimate" and chosen.spread == "ci95":
        return made("estimate", match, cell, row, column, chosen, with_interval(match))
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
        return replace(made("share", match, cell, row, column, chosen, names, sure=sure), signed=signed)
    if chosen.kind == "percent_n" and whole(match["y"]) is not None and not signed and is_percentage(match["x"]):
        entry = made("share", match, cell, row, column, chosen, {"x": "y", "share": "x"})
        return replace(entry, signed=bool(match["xp"]))
    if chosen.kind == "mean" and chosen.spread in ("sd", "se", None) and not match["xp"] and not signed:
        if chosen.spread is None and not {form.spread for form in stated if form.kind == "mean"} & {"sd"}:
            return None
        return _mean(match, cell, row, column, replace(chosen, spread=chosen.spread or "sd"))
    return None


def _mean(match: re.Match[str], cell: Cell, row: Row, column: Column, form: Form) -> Entry:
    """A mean with its SD in brackets; "64 (82.1)" of 78 patients may be a count with its percentage instead."""
    entry = made("mean", match, cell, row, column, form, {"x": ("x", "end2")})
    if whole(match["x"]) is None or not is_percentage(match["y"]) or match["pm"]:
        return entry
    return replace(entry, other=made("share", match, cell, row, column, form, {"x": "x", "share": "y"}).spans)


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
        return replace(made("share", match, cell, row, column, Form("n_percent"), names, sure=sure), signed=signed)
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
        return replace(made("percent", match, cell, row, column, chosen, {"share": "x"}, sure=sure), signed=True)
    if chosen is None:
        return None
    if (
        chosen.kind == "percent"
        and column.form is not None
        and column.form.kind == "percent"
        and is_percentage(match["x"])
    ):
        return made("percent", match, cell, row, column, chosen, {"share": "x"})
    if chosen.kind in ("n_percent", "count") and whole(match["x"]) is not None and "%" not in row.stub.outcome:
        if row.stub.form is chosen and chosen.kind == "n_percent" and match["x"] not in ("0",):
            return None  # "Female, n (%)" with a bare number: of the two, which is not known
        return made("count", match, cell, row, column, chosen, {"x": "x"})
    if chosen.kind == "median" and chosen.spread is None:
        return made("median", match, cell, row, column, chosen, {"x": "x"})
    return None
