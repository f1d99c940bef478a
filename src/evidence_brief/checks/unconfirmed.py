"""What a contradiction is worth while it rests on a reading of the program that nobody has confirmed.

The words of an article rarely say of how many patients a percentage is: patients drop out, and figures are of some of
them. Where the program took all patients of a group for it (`status: draft`), and the other percentages of that group
do not bear that out, a figure that does not fit says as much of the reading as of the article. It is then a warning,
and the figure unchecked, until a person confirms the claims.
"""

from __future__ import annotations

import re
from dataclasses import replace

from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.patients import fitting_counts, group_size
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

WHY = "This rests on how the program reads the text, which nobody has confirmed."
_PAIRED = re.compile(
    r"\b(?:cross-?over|contralateral|fellow eyes?|split-(?:mouth|face|body)|matched[- ]pairs?|paired[- ]eye|"
    r"within-(?:subject|patient|person)s? (?:design|comparison)|served as (?:\w+ ){1,3}controls?)\b",
    re.I,
)
FEWEST = 2
"""Percentages that must bear out the number of patients of a group."""


def softened(
    study: Study, judgements: dict[str, list[Judgement]], findings: list[Finding]
) -> tuple[dict[str, list[Judgement]], list[Finding]]:
    """The same, with warnings in place of contradictions that rest on such a reading."""
    doubtful = {at for at, finding in enumerate(findings) if _rests_on_reading(study, finding)}
    if not doubtful:
        return judgements, findings
    changed = [_warned(finding) if at in doubtful else finding for at, finding in enumerate(findings)]
    soft = {name for at in doubtful for name in findings[at].claims}
    hard = {name for finding in changed if finding.severity == "contradiction" for name in finding.claims}
    for name in soft - hard:
        judgements[name] = [_left_open(judgement) for judgement in judgements.get(name, ())]
    return judgements, changed


def _warned(finding: Finding) -> Finding:
    return replace(finding, severity="warning", explanations=f"{finding.explanations} {WHY}".strip())


def _left_open(judgement: Judgement) -> Judgement:
    if judgement.verdict != "contradicted":
        return judgement
    why = f"{judgement.why} {WHY}"
    return replace(judgement, verdict="unchecked", why=why, recomputed=None, figures=(), trials=())


def _rests_on_reading(study: Study, finding: Finding) -> bool:
    if finding.severity != "contradiction":
        return False
    claims = [study.claims[name] for name in finding.claims]
    if not any(claim.status == "draft" for claim in claims):
        return False
    types = {claim.type for claim in claims}
    if finding.code.startswith("totals") or (finding.code == "range.order" and types == {"range"}):
        return True  # "6.5 to 1" may be a change, and a sum may leave patients out
    if finding.code == "range.order" and all(claim.type == "confidence_interval" and not claim.of for claim in claims):
        return True  # turned round, perhaps, about an estimate that was not read
    if finding.code == "range.outside" and len(claims) > 1:
        return True  # whose range it is, few words say
    if finding.code.startswith("interval") and "proportion" in types:
        return True  # an interval behind a percentage may be that of a difference or a ratio
    counted = [claim for claim in claims if claim.type in ("count", "proportion", "mean_sd")]
    by_group = [claim for claim in counted if claim.status == "draft" and claim.of is None and claim.group]
    if finding.code.startswith(("percentage", "subset")):
        return bool(by_group)
    if finding.code.startswith("p_value") and len(counted) > 1 and _is_paired(study):
        return True
    if any(claim.group is None for claim in counted):
        return True  # two figures of groups that are not named may be of the same patients
    return any(not _borne_out(study, claim.group or "") for claim in by_group)


def _is_paired(study: Study) -> bool:
    """Whether a source speaks of a design in which the groups are not of different patients."""
    return any(_PAIRED.search(text) for text in study.texts.values())


def _borne_out(study: Study, group: str) -> bool:
    """Whether several percentages of the group are of all its patients, as far as their digits can tell."""
    size = group_size(study, group)
    if size is None:
        return False
    shares = [claim for claim in study.file.claims if claim.group == group and _is_of_all(claim)]
    values = [study.values[claim.id].first for claim in shares]
    telling = [value for value in values if value.unit * value.scale * size.n <= 1]
    return len(telling) >= FEWEST and all(fitting_counts(value.as_fraction, size.n) for value in telling)


def _is_of_all(claim: Claim) -> bool:
    return claim.type == "proportion" and claim.of is None
