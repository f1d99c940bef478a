"""The key results of the handout: a table that holds the gravest, with recomputed intervals."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import accumulate

from evidence_brief.blocks.text import md, pipe_table, reported, shortened, verdict
from evidence_brief.labels import compared_outcome, sentence_case
from evidence_brief.ledger import Ledger, Row
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

FEWEST, MOST, MOST_LINES = 3, 7, 13
"""Results, and lines of the table: a page is a page."""
ARMS = 4
LONGEST_NAME, LONGEST_GROUP = 60, 28  # characters
NAME_COLUMN, FIGURE_COLUMN = 17, 28  # characters on a line
_SPAN = re.compile(r"\[([^\]]*)\]\{[^}]*\}|\\")


@dataclass(frozen=True)
class Result:
    """One line of the table: its cells in Markdown, the claims in it, and the one whose verdict stands there."""

    name: str
    reported: str
    recomputed: str
    p: str
    row: Row
    outcome: str
    claims: tuple[str, ...]

    @property
    def lines(self) -> int:
        """About how many lines it takes."""
        columns = ((self.name, NAME_COLUMN), (self.reported, FIGURE_COLUMN), (self.recomputed, FIGURE_COLUMN))
        return max(-(-len(_SPAN.sub(r"\1", text)) // width) for text, width in columns)

    @property
    def cells(self) -> tuple[str, ...]:
        """The line with its verdict."""
        return self.name, self.reported, self.recomputed, self.p, verdict(self.row.verdict)


def handout_results(study: Study, ledger: Ledger) -> str:
    """Comparisons, estimates and single figures, at most as many as leave room; the others are counted."""
    chosen, left = key_results(study, ledger)
    if not chosen:
        return "The text reports no result that can be held against its other figures.\n"
    header = ("Result", "As reported", "Recomputed (95% interval)", "P value → recomputed", "Verdict")
    text = pipe_table(header, [result.cells for result in chosen], (18, 24, 24, 20, 14))
    more = f"And {left} more in the brief. " if left else ""
    note = "The verdict is of the P value where there is one, and else of the figure."
    return f"{text}\n[{more}{note}]{{.lead-in}}\n"


def key_results(study: Study, ledger: Ledger) -> tuple[list[Result], int]:
    """The results of the handout in the order of the text, and how many are left out.

    Contradicted ones are taken first, then one of each outcome, before shares of some patients.
    """
    every = _results(study, ledger)
    first = {result.outcome: i for i, result in reversed(list(enumerate(every)))}

    def rank(i: int) -> tuple[bool, bool, int]:
        part = study.claims[every[i].claims[0]].of is not None
        return every[i].row.verdict != "contradicted", part or first[every[i].outcome] != i, i

    order = sorted(range(len(every)), key=rank)
    lines = list(accumulate(every[i].lines for i in order[:MOST]))
    taken = max(sum(line <= MOST_LINES for line in lines), min(FEWEST, len(lines)))
    return [every[i] for i in sorted(order[:taken])], len(every) - taken


def shown_claims(study: Study, ledger: Ledger) -> frozenset[str]:
    """The claims that the table of key results holds."""
    return frozenset(name for result in key_results(study, ledger)[0] for name in result.claims)


def _results(study: Study, ledger: Ledger) -> list[Result]:
    """Every result, each claim in one of them: comparisons before estimates before single figures."""
    found: list[Result] = []
    for make in (_comparisons, _estimates, _singles):
        used = {name for result in found for name in result.claims}
        found += list(make(study, ledger, used))
    return found


def _comparisons(study: Study, ledger: Ledger, used: set[str]) -> Iterator[Result]:
    """P values that compare figures, with the difference where two groups give one."""
    known = {item.id for item in ledger.derived}
    for row in ledger.rows:
        claim = study.claims[row.id]
        if row.type != "p_value" or not claim.compares:
            continue
        again = next((f"[{row.id}.{kind}]{{.derived}}" for kind in ("rd", "md") if f"{row.id}.{kind}" in known), "–")
        p = _p(row)
        if claim.paired and (row.recomputed or "").startswith("r "):
            again, p = f"P holds with [{row.id}]{{.recomputed}}", reported(row.id)
        arms = [_arm(study, study.claims[name]) for name in claim.compares]
        shown = "; ".join(arms[:ARMS]) + (f"; and {len(arms) - ARMS} more" if len(arms) > ARMS else "")
        outcome = compared_outcome(study, claim)
        yield Result(_name(sentence_case(outcome)), shown, again, p, row, outcome, (row.id, *claim.compares))


def _estimates(study: Study, ledger: Ledger, used: set[str]) -> Iterator[Result]:
    """Ratios and differences as the text prints them, with their own interval and P value."""
    for row in ledger.rows:
        if row.type != "estimate":
            continue
        own = [study.claims[row.id], *(c for c in study.claims.values() if c.of == row.id)]
        own += [c for c in study.claims.values() if c.of in {each.id for each in own[1:]}]
        interval = next((f" ({reported(c.id)})" for c in own if c.type == "confidence_interval"), "")
        p = next((ledger.row(c.id) for c in own if c.type == "p_value"), None)
        again = f"[{row.id}]{{.recomputed}}" if row.recomputed else "–"
        gravest = next((r for c in own if (r := ledger.row(c.id)).verdict == "contradicted"), p or row)
        outcome, claims = compared_outcome(study, study.claims[row.id]), tuple(c.id for c in own)
        shown = f"{reported(row.id)}{interval}"
        yield Result(_name(row.label), shown, again, _p(p) if p else "–", gravest, outcome, claims)


def _singles(study: Study, ledger: Ledger, used: set[str]) -> Iterator[Result]:
    """Proportions and means that no comparison holds, with their intervals."""
    intervals = {item.claims[0]: item.id for item in ledger.derived if item.kind in ("proportion", "mean")}
    for row in ledger.rows:
        if row.type in ("proportion", "mean_sd") and row.id not in used:
            again = f"[{intervals[row.id]}]{{.derived}}" if row.id in intervals else "–"
            outcome = study.claims[row.id].outcome or row.id
            yield Result(_name(row.label), reported(row.id), again, "–", row, outcome, (row.id,))


def _name(text: str) -> str:
    return md(shortened(text, LONGEST_NAME, keep_end=True))


def _arm(study: Study, claim: Claim) -> str:
    """A compared figure with its group or time."""
    name = study.file.groups[claim.group].label if claim.group else claim.time
    compared_times = claim.time if claim.scale and claim.time else None
    words = shortened(compared_times or name or "", LONGEST_GROUP, keep_end=True)
    return f"{md(words)} {reported(claim.id)}".strip()


def _p(row: Row) -> str:
    """The P value, and what was recomputed for it."""
    return f"{reported(row.id)} → [{row.id}]{{.recomputed}}" if row.recomputed else reported(row.id)
