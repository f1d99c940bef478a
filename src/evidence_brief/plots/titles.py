"""Titles of panels: a long name of an outcome is shortened, and what sets it apart from the others is not."""

from __future__ import annotations

from evidence_brief.labels import compared_outcome, comparison, label, sentence_case
from evidence_brief.plots.style import clipped, wrapped
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim


def title_of(study: Study, claim: Claim, width: int) -> str:
    """A claim in lines of at most so many characters: its outcome, and then group and time."""
    if claim.label or not claim.outcome:
        return wrapped(label(study, claim), width)
    time = clipped(claim.time or "", width)
    group = study.file.groups[claim.group].label if claim.group else ""
    whose = ", ".join(part for part in (clipped(group, max(2 * width - len(time) - 6, 10)), time) if part)
    return _joined(wrapped(sentence_case(claim.outcome), width, 2), wrapped(whose, width, 2))


def title_of_comparison(study: Study, claim: Claim, width: int) -> str:
    """What a claim compares, and then between whom, in lines of at most so many characters."""
    what = compared_outcome(study, claim)
    whom = comparison(study, claim).removeprefix(what).removeprefix(", ")
    group = _same_group(study, claim)
    if group:
        whom = ", ".join(part for part in (clipped(group, max(2 * width - len(whom) - 6, 10)), whom) if part)
    return _joined(wrapped(sentence_case(what), width, 2), wrapped(whom, width, 2))


def name_of_comparison(study: Study, claim: Claim) -> str:
    """The same in full, on one line."""
    name, group = sentence_case(comparison(study, claim)), _same_group(study, claim)
    return f"{name} ({group})" if group else name


def _same_group(study: Study, claim: Claim) -> str:
    """The one group of all figures that a claim compares; nothing where there are several, or none is named."""
    groups = {study.claims[name].group for name in claim.compares}
    group = groups.pop() if len(groups) == 1 else None
    return study.file.groups[group].label if group else ""


def _joined(*lines: str) -> str:
    return "\n".join(line for line in lines if line)
