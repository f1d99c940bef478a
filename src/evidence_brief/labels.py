"""Names of claims for people: "Muscular remission, IVIG, 6 months"."""

from __future__ import annotations

from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

TYPES = {
    "count": "Count",
    "proportion": "Percentage",
    "mean_sd": "Mean",
    "median_iqr": "Median",
    "range": "Range",
    "p_value": "P value",
    "confidence_interval": "Confidence interval",
    "estimate": "Estimate",
    "test_statistic": "Test statistic",
    "correlation": "Correlation",
    "duration": "Duration",
    "dose": "Dose",
    "date": "Date",
}


def label(study: Study, claim: Claim) -> str:
    """The claim's own label, or one made from its type, outcome, group and time."""
    if claim.label:
        return claim.label
    if claim.compares:
        return f"{TYPES[claim.type]}: {comparison(study, claim)}"
    group = study.file.groups[claim.group].label if claim.group else None
    if any(entry.n == claim.id for entry in study.file.groups.values()):
        return f"Number of patients: {group or claim.id}"
    parts = [part for part in (claim.outcome, group, claim.time) if part]
    if not claim.outcome:
        parts.insert(0, TYPES[claim.type])
    elif claim.type in ("p_value", "range", "median_iqr", "test_statistic", "correlation"):
        return f"{TYPES[claim.type]}: {', '.join(parts)}"
    return sentence_case(", ".join(parts))


def comparison(study: Study, claim: Claim) -> str:
    """What a claim compares, and between whom: "muscular remission, IVIG and Conventional"."""
    compared = [study.claims[name] for name in claim.compares]
    what = compared_outcome(study, claim)
    for field in ("group", "time"):
        values = [getattr(other, field) for other in compared]
        if None not in values and len(set(values)) == len(values):
            names = [study.file.groups[value].label if field == "group" else value for value in values]
            return f"{what}, {' and '.join(names)}"
    return what


def compared_outcome(study: Study, claim: Claim) -> str:
    """The outcome, or outcomes, that a claim compares."""
    compared = [study.claims[name] for name in claim.compares]
    outcomes = list(dict.fromkeys(other.outcome for other in compared if other.outcome))
    return " and ".join(outcomes) or claim.outcome or "comparison"


def sentence_case(text: str) -> str:
    """The text with a capital first letter, the others as they are; a Greek sign such as χ stays small."""
    return text if text[:1] in "χρτκ" else text[:1].upper() + text[1:]
