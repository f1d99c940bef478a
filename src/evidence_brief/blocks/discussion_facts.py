"""What the rules of the discussion ask of a study: its arms, its design, its outcomes; and words for figures."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from evidence_brief.blocks.text import md, minus, reported, shortened
from evidence_brief.ledger import Ledger, ReportedFinding, Row
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

LONGEST_NAME, LONGEST_GROUP, LONGEST_WORDS = 70, 40, 260  # characters of names, and of a sentence of a finding
RESULTS = ("proportion", "mean_sd")
"""Types of claims that are outcomes: a median may be of doses, which one group alone can have."""

_NOT_RANDOM = re.compile(r"\bnon-?\s?random|\bnot random|\bunrandom|\bquasi-?random|\bwithout random", re.I)
_RANDOM = re.compile(r"\brandom|\brct\b", re.I)


@dataclass(frozen=True)
class Question:
    """A question for the participants and the presenter's answer, in Markdown; numerals are figures or quotes."""

    asks: str
    answer: str


Rule = Callable[[Study, Ledger], Question | None]


def is_randomised(study: Study) -> bool | None:
    """Whether the design says so; None where no design is named."""
    design = study.file.design
    return None if design is None else bool(_RANDOM.search(design)) and not _NOT_RANDOM.search(design)


def arms(study: Study) -> list[str]:
    """The groups that have no parts: those that a study compares."""
    groups = study.file.groups
    inner = {part for group in groups.values() for part in group.parts}
    wholes = {name for name, group in groups.items() if group.parts}
    return [name for name in groups if name not in wholes and (name in inner or not wholes)]


def results(study: Study) -> list[Claim]:
    """The claims that are outcomes of a group, in order."""
    return [claim for claim in study.claims.values() if claim.type in RESULTS and claim.outcome and claim.group]


def one_sided_outcomes(study: Study) -> list[Claim]:
    """The first result of each outcome that is reported of one arm only, where there are several arms."""
    all_arms = arms(study)
    if len(all_arms) < 2:
        return []
    of: dict[str, set[str]] = {}
    for claim in results(study):
        of.setdefault(_same(claim.outcome), set()).add(str(claim.group))
    firsts: dict[str, Claim] = {}
    for claim in results(study):
        groups = of[_same(claim.outcome)]
        if len(groups) == 1 and groups <= set(all_arms):
            firsts.setdefault(_same(claim.outcome), claim)
    return list(firsts.values())


def before_and_after(study: Study) -> list[Claim]:
    """P values of changes in one group whose outcome is reported of no other group."""
    groups: dict[str, set[str]] = {}
    for claim in results(study):
        groups.setdefault(_same(claim.outcome), set()).add(str(claim.group))
    return [claim for claim in study.claims.values() if claim.paired and _alone(study, claim, groups)]


def _alone(study: Study, claim: Claim, groups: dict[str, set[str]]) -> bool:
    outcome = study.claims[claim.compares[0]].outcome
    return claim.type == "p_value" and len(groups.get(_same(outcome), ())) == 1


def _same(outcome: str | None) -> str:
    return " ".join((outcome or "").casefold().split())


def group_name(study: Study, group: str | None) -> str:
    """The group's label in Markdown."""
    return md(shortened(study.file.groups[group].label, LONGEST_GROUP, keep_end=True)) if group else ""


def outcome_of(study: Study, claim: Claim) -> str:
    """The outcome of a claim, or of what it compares, in Markdown."""
    first = study.claims[claim.compares[0]] if claim.compares else claim
    return md(shortened(claim.outcome or first.outcome or first.id, LONGEST_NAME, keep_end=True))


def named(row: Row) -> str:
    """A figure with its name: "91.7% (Muscular remission, IVIG, 6 months)"; "P=.007 (muscular remission, …)"."""
    name = row.label.removeprefix("P value: ")
    return f"{reported(row.id)} ({md(shortened(name, LONGEST_NAME, keep_end=True))})"


def derived(ledger: Ledger, name: str) -> str | None:
    """The place of a derived figure, if the ledger has it."""
    return f"[{name}]{{.derived}}" if any(item.id == name for item in ledger.derived) else None


def said(item: ReportedFinding, longest: int = LONGEST_WORDS) -> str:
    """The sentence of a finding, quoted."""
    return f"“{md(minus(shortened(item.finding.sentence, longest)))}”"


def explained(item: ReportedFinding, longest: int = LONGEST_WORDS) -> str:
    """What might explain a finding, if it says so."""
    text = item.finding.explanations
    return f" What might explain it: {md(minus(shortened(text, longest)))}" if text else ""


def found(ledger: Ledger, *codes: str) -> list[ReportedFinding]:
    """The findings of these codes that name a claim; a code that ends with a dot stands for its family."""
    wanted = tuple(code for code in codes if code.endswith("."))
    return [
        item
        for item in ledger.findings
        if item.finding.claims and (item.finding.code in codes or item.finding.code.startswith(wanted or ("\0",)))
    ]


def listed(parts: Iterable[str], most: int = 3) -> str:
    """The first of several in words: "a, b and c", "a, b, c and others"."""
    given = list(parts)
    some = [*given[:most], "others"] if len(given) > most else given
    return some[0] if len(some) == 1 else f"{', '.join(some[:-1])} and {some[-1]}"
