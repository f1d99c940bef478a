"""Study → Ledger: one row per claim, and the findings.

`brief check` and the notebook make the same ledger by the same call; the same study gives the same bytes.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from evidence_brief.agree import Figure, require_agreement
from evidence_brief.checks import CHECKS
from evidence_brief.checks.result import VERDICTS, Check, Finding, Judgement, Trial, Verdict
from evidence_brief.checks.unconfirmed import softened
from evidence_brief.conclusions import conclusion
from evidence_brief.derived import Derived, derive
from evidence_brief.labels import label
from evidence_brief.study.load import Study
from evidence_brief.study.model import Accepted, Claim

_UNCHECKED = {
    "count": "This count is reported on its own; no other figure determines it.",
    "median_iqr": "A median can only be recomputed from the single values, which are not reported.",
    "range": "The ends of a range can only be recomputed from the single values, which are not reported.",
    "duration": "This duration is reported on its own; no other figure determines it.",
    "dose": "This dose is reported on its own; no other figure determines it.",
    "date": "This date is reported on its own; no other figure determines it.",
}
_NOT_YET = "No other reported figure determines it."


@dataclass(frozen=True)
class Row:
    """One claim: what is printed, what was recomputed, and the verdict.

    `significant` and `direction` are what the printed figure concludes, None where it concludes nothing. `draft` says
    that the program has read the figure and no person has confirmed it yet.
    """

    id: str
    type: str
    label: str
    printed: str
    verdict: Verdict
    method: str
    recomputed: str | None
    condition: str | None
    why: str
    trials: tuple[Trial, ...]
    figures: tuple[Figure, ...]
    findings: tuple[str, ...]
    source: str
    line: int
    quote: str
    span: tuple[int, int]
    significant: bool | None = None
    direction: str | None = None
    draft: bool = False


@dataclass(frozen=True)
class ReportedFinding:
    """A finding with its number in the brief, and the reason if a person has accepted it."""

    number: int
    finding: Finding
    accepted: str | None


@dataclass(frozen=True)
class About:
    """What a list of studies tells of one besides its verdicts.

    `citation` is that of the study, or of its first source; `outcomes` are those that the study asked about, or
    else those of its compared figures; `language` is that of the sources (BCP 47).
    """

    citation: str
    design: str | None
    outcomes: tuple[str, ...]
    language: str


@dataclass(frozen=True)
class Ledger:
    """Everything that the checks say of one study."""

    study: str
    title: str
    about: About
    rows: tuple[Row, ...]
    findings: tuple[ReportedFinding, ...]
    derived: tuple[Derived, ...]

    def counts(self) -> dict[Verdict, int]:
        """How many claims have each verdict; every verdict stands there."""
        return {verdict: sum(row.verdict == verdict for row in self.rows) for verdict in VERDICTS}

    def drafts(self) -> int:
        """How many figures no person has confirmed yet."""
        return sum(row.draft for row in self.rows)

    def row(self, claim: str) -> Row:
        """The row of a claim. Raises KeyError for an unknown id."""
        for row in self.rows:
            if row.id == claim:
                return row
        raise KeyError(claim)

    def tested(self) -> list[list[Row]]:
        """The P values under several tests, those beside each other that share tests: one table or figure each."""
        families: dict[str, list[Row]] = {}
        for row in self.rows:
            if row.type == "p_value" and len(row.trials) > 1:
                families.setdefault(row.trials[0].method, []).append(row)
        return list(families.values())

    def of_claim(self, claim: str) -> tuple[ReportedFinding, ...]:
        """The findings that name the claim."""
        return tuple(item for item in self.findings if claim in item.finding.claims)


def make_ledger(study: Study) -> Ledger:
    """Run every check on the study and merge what they say into one verdict per claim.

    Raises PathsDisagree where the two computations of a number that the brief would print differ.
    """
    judgements, found = judged(study, CHECKS)
    found += _unused(study, found)
    order = {"contradiction": 0, "warning": 1, "note": 2}
    found.sort(key=lambda finding: order[finding.severity])
    findings = tuple(ReportedFinding(i, finding, _accepted(study, finding)) for i, finding in enumerate(found, 1))
    rows = tuple(_row(study, claim, judgements.get(claim.id, []), found) for claim in study.claims.values())
    derived = tuple(derive(study))
    require_agreement(study.id, _figures(rows, derived))
    return Ledger(study.id, study.file.title, _about(study), rows, findings, derived)


def judged(study: Study, checks: Iterable[Check]) -> tuple[dict[str, list[Judgement]], list[Finding]]:
    """What the checks say of each claim, and their findings, in the order of the checks."""
    judgements: dict[str, list[Judgement]] = {}
    found = []
    for check in checks:
        for result in check.run(study):
            if isinstance(result, Finding):
                found.append(result)
            else:
                judgements.setdefault(result.claim, []).append(result)
    return softened(study, judgements, found)


def gravest(claim: Claim, judgements: list[Judgement]) -> Judgement:
    """The judgement that counts where several checks judge a claim; why it is unchecked where none does."""
    fallback = Judgement(claim.id, "unchecked", "", _UNCHECKED.get(claim.type, _NOT_YET))
    return min(judgements, key=lambda judgement: VERDICTS.index(judgement.verdict), default=fallback)


def _about(study: Study) -> About:
    file = study.file
    compared = [study.claims[name].outcome for claim in file.claims for name in claim.compares]
    named = compared if any(compared) else [claim.outcome for claim in file.claims]
    outcomes = file.question.outcomes or tuple(dict.fromkeys(outcome for outcome in named if outcome))
    citation = file.publication or next(iter(file.sources.values())).cite
    return About(citation, file.design, outcomes, file.language)


def _figures(rows: tuple[Row, ...], derived: tuple[Derived, ...]) -> Iterator[tuple[str, Figure]]:
    """Every recomputed number that the brief prints, with the claim that it is of."""
    for row in rows:
        for figure in (*row.figures, *(figure for trial in row.trials for figure in trial.figures)):
            yield row.id, figure
    for item in derived:
        for figure in item.figures:
            yield item.claims[0], figure


def _accepted(study: Study, finding: Finding) -> str | None:
    for accepted in study.file.accepted:
        if answers(accepted, finding):
            return accepted.reason + (f" ({accepted.role})" if accepted.role else "")
    return None


def answers(accepted: Accepted, finding: Finding) -> bool:
    """Whether an entry of `accepted` is of the finding: the same code, of the same claims."""
    return accepted.finding == finding.code and set(accepted.claims) == set(finding.claims)


def _unused(study: Study, found: list[Finding]) -> list[Finding]:
    """What a person has accepted and no check finds any more: the study file says what is not so."""
    return [
        Finding(
            "accepted.unused",
            "warning",
            accepted.claims,
            f"The study file accepts “{accepted.finding}” for these figures, but no check finds it.",
            "The figures may have been corrected since: take the entry out of `accepted`.",
        )
        for accepted in study.file.accepted
        if not any(answers(accepted, finding) for finding in found)
    ]


def _row(study: Study, claim: Claim, judgements: list[Judgement], findings: list[Finding]) -> Row:
    best = gravest(claim, judgements)
    anchor, says = study.anchors[claim.id], conclusion(study, claim)
    return Row(
        claim.id,
        claim.type,
        label(study, claim),
        claim.value,
        best.verdict,
        best.method if best.verdict != "unchecked" else "",
        best.recomputed,
        best.condition,
        best.why,
        best.trials,
        best.figures,
        tuple(finding.code for finding in findings if claim.id in finding.claims),
        anchor.source,
        anchor.line,
        claim.quote,
        (anchor.value_start, anchor.value_end),
        says.significant,
        says.direction,
        claim.status == "draft",
    )
