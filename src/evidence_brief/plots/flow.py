"""The design as a small flow diagram: the groups of patients from left to right, and what became of each."""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import partial

from evidence_brief.labels import sentence_case
from evidence_brief.ledger import Ledger
from evidence_brief.patients import counts_members, group_size
from evidence_brief.plots.flow_boxes import Box, paint
from evidence_brief.plots.plot import Plot
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim
from evidence_brief.verdicts import SIGNS

_COURSE = re.compile(
    r"\b(?:assess|analy[sz]|evaluat|complet|follow|lost|loss|withdr|drop|discontinu|exclu|receiv|treated|random|alloca|"
    r"assign|screen|eligib|enrol|inclu|ausgewert|ausgeschie|abgebroch|abbruch|nachbeobacht|eingeschlossen|randomis)",
    re.I,
)
"""Words for the course of patients through a study: a count of these is no outcome."""


def plot_flow(study: Study, ledger: Ledger) -> Plot | None:
    """The groups from the whole to its parts, each with its printed number; None where there is but one box."""
    boxes = _boxes(study, ledger)
    every = [each for box in boxes for each in box.every]
    if len(every) + sum(bool(each.notes) for each in every) < 2 or not any(each.n for each in every):
        return None
    caption = "The patients of the study, with the numbers as they are printed."
    if any(each.wrong or any(wrong for _, wrong in each.notes) for each in every):
        caption += f" {SIGNS['contradicted']} marks those that the ledger contradicts."
    alt = f"Flow of patients. {'. '.join(box.sentence for box in boxes)}."
    return Plot("flow", caption, alt, partial(paint, boxes))


def _boxes(study: Study, ledger: Ledger) -> list[Box]:
    """The wholes that have parts; where there is none, every group."""
    groups = study.file.groups
    inner = {part for group in groups.values() for part in group.parts}
    wholes = [name for name, group in groups.items() if group.parts and name not in inner]
    return [_box(study, ledger, name) for name in wholes or groups]


def _box(study: Study, ledger: Ledger, name: str) -> Box:
    group = study.file.groups[name]
    return Box(
        group.label,
        study.claims[group.n].value if group.n else "",
        group.n is not None and ledger.row(group.n).verdict == "contradicted",
        tuple(_notes(study, ledger, name)),
        tuple(_box(study, ledger, part) for part in group.parts),
    )


def _notes(study: Study, ledger: Ledger, group: str) -> Iterator[tuple[str, bool]]:
    """The course of a group: numbers of patients of whom other figures are, or whom its words name; and periods."""
    bases = {claim.of for claim in study.claims.values()} | {claim.within for claim in study.claims.values()}
    for claim in study.claims.values():
        if claim.group != group or claim.restates or claim.outcome is None:
            continue
        course = claim.id in bases or _COURSE.search(claim.outcome) is not None
        period = claim.type == "duration" and claim.id in bases
        if period or (course and _counts_patients(study, claim)):
            when = f", {claim.time}" if claim.time else ""
            unit = f" {claim.unit}" if period and claim.unit else ""
            wrong = ledger.row(claim.id).verdict == "contradicted"
            yield f"{sentence_case(claim.outcome)}{when}: {claim.value}{unit}", wrong


def _counts_patients(study: Study, claim: Claim) -> bool:
    size = group_size(study, claim.group)
    own = any(group.n == claim.id for group in study.file.groups.values())
    return claim.type == "count" and not own and (size is None or counts_members(claim, size))
