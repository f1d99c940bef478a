"""The tables of comparisons: proportions, their robustness, means of groups, and means of the same patients."""

from __future__ import annotations

from collections.abc import Iterator

from evidence_brief.blocks.text import md, reported, table, verdict
from evidence_brief.labels import compared_outcome, sentence_case
from evidence_brief.ledger import Ledger, Row
from evidence_brief.patients import COUNTED, tables
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

ROBUST = (
    ("nnt", "Number needed to treat"),
    ("fragility", "Fragility index"),
    ("bayes", "Probability that the first is higher"),
)


def comparisons(study: Study, ledger: Ledger) -> Iterator[str]:
    """A table for each kind of comparison that the study reports a P value of."""
    rows = [row for row in ledger.rows if row.type == "p_value" and len(study.claims[row.id].compares) == 2]
    counted = [row for row in rows if row.trials and _types(study, row) <= set(COUNTED)]
    means = [row for row in rows if _types(study, row) == {"mean_sd"}]
    yield _table(study, ledger, counted, "rd", "Risk difference", "Newcombe's hybrid score method")
    yield _robustness(study, ledger, counted)
    yield _table(study, ledger, [r for r in means if not study.claims[r.id].paired], "md", "Difference", "Welch's t")
    yield _paired(study, [row for row in means if study.claims[row.id].paired])


def _types(study: Study, row: Row) -> set[str]:
    return {study.claims[name].type for name in study.claims[row.id].compares}


def _table(study: Study, ledger: Ledger, rows: list[Row], kind: str, what: str, method: str) -> str:
    """Two groups, their difference with its interval, and the P value, reported and recomputed."""
    known = {item.id for item in ledger.derived}
    cells = []
    for row in rows:
        claim = study.claims[row.id]
        first, second = (_arm(study, study.claims[name]) for name in claim.compares)
        difference = f"[{row.id}.{kind}]{{.derived}}" if f"{row.id}.{kind}" in known else "–"
        p = f"{reported(row.id)}; recomputed [{row.id}]{{.recomputed}}" if row.recomputed else reported(row.id)
        outcome = md(sentence_case(compared_outcome(study, claim)))
        cells.append((outcome, first, second, difference, p, verdict(row.verdict)))
    if not cells:
        return ""
    header = ("Outcome", "First group", "Second group", f"{what} (95% interval)", "P value", "Verdict of P")
    caption = f"Comparisons of two groups. Intervals of differences: {method}."
    return table(header, cells, (15, 17, 17, 20, 18, 13), caption)


def _arm(study: Study, claim: Claim) -> str:
    options = tables(study, claim) if claim.type in COUNTED else ()
    count = f", {options[0][0]}/{options[0][1]}" if len(options) == 1 else ""
    group = md(study.file.groups[claim.group].label) + ": " if claim.group else ""
    return f"{group}{reported(claim.id)}{count}"


def _robustness(study: Study, ledger: Ledger, rows: list[Row]) -> str:
    """Ratios, number needed to treat, fragility, and the probability of a difference, of each comparison."""
    known = {item.id for item in ledger.derived}
    kinds = [("rr", "Relative risk"), ("or", "Odds ratio"), *ROBUST]
    kinds = [(kind, name) for kind, name in kinds if any(f"{row.id}.{kind}" in known for row in rows)]
    if not kinds:
        return ""
    cells = [
        (
            md(sentence_case(compared_outcome(study, study.claims[row.id]))),
            *(_derived(f"{row.id}.{kind}", known) for kind, _ in kinds),
        )
        for row in rows
    ]
    header = ("Outcome", *(name for _, name in kinds))
    widths = (20, *(80 // len(kinds) for _ in kinds))
    caption = (
        "How large, and how robust: 95% log intervals of the ratios; number needed to treat with Altman's disjoint "
        "interval, from Newcombe's; the fragility index is how many patients with another outcome turn Fisher's test "
        "at 5%; the probability that the first proportion is the higher one is Bayesian, with uniform priors. The "
        "E-value: by which ratio a confounder must go with group and outcome to explain the relative risk away."
    )
    return table(header, cells, widths, caption)


def _derived(name: str, known: set[str]) -> str:
    """A derived figure; a relative risk with the E-value behind it."""
    if name not in known:
        return "–"
    e_value = name.removesuffix(".rr") + ".evalue"
    more = f"; E-value [{e_value}]{{.derived}}" if name.endswith(".rr") and e_value in known else ""
    return f"[{name}]{{.derived}}{more}"


def _paired(study: Study, rows: list[Row]) -> str:
    """Two means of the same patients, and what the P value needs."""
    cells = []
    for row in rows:
        claim = study.claims[row.id]
        first, second = (study.claims[name] for name in claim.compares)
        names = [f"{md(c.time)}: {reported(c.id)}" if c.time else reported(c.id) for c in (first, second)]
        outcome = md(sentence_case(compared_outcome(study, claim)))
        needed = f"[{row.id}]{{.recomputed}}" if row.recomputed else "–"
        cells.append((outcome, *names, reported(row.id), needed, verdict(row.verdict)))
    if not cells:
        return ""
    header = ("Outcome", "First", "Second", "P value", "What it takes", "Verdict of P")
    caption = (
        "Comparisons of the same patients. The paired t test depends on the correlation r of the two measurements, "
        "which is not reported: what P is for every r, or the r under which it prints as reported."
    )
    return table(header, cells, (16, 19, 19, 12, 19, 15), caption)
