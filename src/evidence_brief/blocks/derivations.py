"""The block of derivations: how each figure was recomputed, from which others, and where it stands in the text."""

from __future__ import annotations

from evidence_brief.agree import Figure, as_text
from evidence_brief.blocks.source import mark_of
from evidence_brief.blocks.text import block, md, minus, reported, verdict
from evidence_brief.checks.estimates import measure_of
from evidence_brief.derived import Derived
from evidence_brief.formulas import formula
from evidence_brief.labels import sentence_case
from evidence_brief.ledger import Ledger, ReportedFinding, Row
from evidence_brief.patients import denominators
from evidence_brief.stands_for import stands_for
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

SINGLE = {"proportion": "proportion", "mean_sd": "mean", "correlation": "correlation"}
"""What an interval of one figure is of, by the type of the figure."""
_RELATIONS = ("compares", "count", "of", "parts", "product", "discordant", "within", "restates")


def derivations(study: Study, ledger: Ledger) -> str:
    """One part per claim, which every printed and recomputed figure leads to."""
    return block("derivations", "\n".join(_derivation(study, ledger, row) for row in ledger.rows))


def _derivation(study: Study, ledger: Ledger, row: Row) -> str:
    claim = study.claims[row.id]
    items = [
        ("Printed", _printed(study, claim)),
        ("Verdict", _verdict(row)),
        ("Recomputed", md(minus(row.recomputed or ""))),
        ("Method", _method(row.method, subject(study, claim))),
        ("Inputs", "; ".join(f"{reported(name)} {md(ledger.row(name).label)}" for name in inputs(study, claim))),
        ("In the text", _place(study, ledger, row)),
        ("Draft", "The program has read this figure, and no person has confirmed it yet." if row.draft else ""),
        ("Methods tried", "; ".join(f"{md(t.method)}: {md(minus(t.result))}{t.tick}" for t in row.trials)),
        ("Computed twice", _twice(row)),
        ("Findings", "; ".join(_finding(item) for item in ledger.of_claim(row.id))),
        *(("Follows from it", _derived(item)) for item in ledger.derived if item.id.rpartition(".")[0] == row.id),
    ]
    lines = [f"### {md(row.label)} {{.unnumbered .unlisted}}", *(f"{name}\n:   {text}" for name, text in items if text)]
    return block(f"derivation #how-{row.id}", "\n\n".join(lines))


def inputs(study: Study, claim: Claim) -> tuple[str, ...]:
    """The claims that the claim is held against: those that it names, and the numbers of patients behind them."""
    named: list[str] = []
    for relation in _RELATIONS:
        value = getattr(claim, relation)
        named += [] if value is None else [value] if isinstance(value, str) else value
    for name in (claim.id, *claim.compares):
        named += [whole.claim for whole in denominators(study, study.claims[name])]
    for entry in study.file.groups.values():
        family = [entry.n, *(study.file.groups[part].n for part in entry.parts)]
        if entry.parts and claim.id in family:
            named += [name for name in family if name]
    return tuple(dict.fromkeys(name for name in named if name != claim.id))


def _printed(study: Study, claim: Claim) -> str:
    """The figure, and the values that it stands for where rounding leaves several."""
    text = f"**{md(claim.value)}**"
    if claim.type == "count":
        return text
    return f"{text}, which stands for {md(minus(stands_for(claim, study.values[claim.id])))}"


def _place(study: Study, ledger: Ledger, row: Row) -> str:
    file = study.file.sources[row.source].file
    quote = f"“{md(row.quote)}”"
    if study.file.language != "en":  # the page is English: a screen reader is told how to read the words of others
        quote = f'[{quote}]{{lang="{study.file.language}"}}'
    return f"{quote} ([{md(file)}, line {row.line}](#source-{mark_of(ledger, row)}))"


def subject(study: Study, claim: Claim) -> str | None:
    """What an interval or an estimate is of: the measure, or the kind of the one figure; None of other claims."""
    if claim.type == "estimate":
        return measure_of(study, claim)
    if claim.type != "confidence_interval":
        return None
    of = study.claims[claim.of] if claim.of else None
    if of is not None and of.type in SINGLE:
        return SINGLE[of.type]
    compared = {study.claims[name].type for name in claim.compares or (of.compares if of is not None else ())}
    if compared == {"mean_sd"}:
        return "MD"
    return claim.measure or (measure_of(study, of) if of is not None else None)


def _method(name: str, of: str | None = None) -> str:
    if not name:
        return ""
    how = formula(name, of)
    return md(name) + (f": [{md(how)}]{{.formula}}" if how else "")


def _verdict(row: Row) -> str:
    condition = f" [If {md(row.condition)}.]{{.condition}}" if row.condition else ""
    return f"{verdict(row.verdict)} {md(minus(row.why))}{condition}"


def _finding(item: ReportedFinding) -> str:
    return f"[{item.number}. {md(item.finding.code)}](#finding-{item.number})"


def _twice(row: Row) -> str:
    """The figures behind the verdict by both paths; tests that were tried have theirs in the ledger file."""
    if row.trials:
        return "Each of these tests was computed in floating point and exactly."
    return _both(row.figures)


def _both(figures: tuple[Figure, ...]) -> str:
    """Numbers by both paths: once where they have the same ten digits."""
    texts = []
    for figure in figures:
        first, second = (md(minus(as_text(value))) for value in (figure.first, figure.second))
        number = first if first == second else f"{first} in floating point, {second} exactly"
        texts.append(f"{md(figure.name)} {number}")
    return "; ".join(texts)


def _derived(item: Derived) -> str:
    name = f'[{md(sentence_case(item.figures[0].name))}]{{id="how-{item.id}"}}'
    return f"{name}: **{md(minus(item.text))}**. {_method(item.method)}. Computed twice: {_both(item.figures)}."
