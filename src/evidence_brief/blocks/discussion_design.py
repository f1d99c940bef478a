"""Rules of the discussion that follow from the design, and from what was compared with what."""

from __future__ import annotations

import re

from evidence_brief.blocks.discussion_facts import (
    Question,
    arms,
    before_and_after,
    derived,
    found,
    group_name,
    is_randomised,
    listed,
    named,
    one_sided_outcomes,
    outcome_of,
    results,
    said,
)
from evidence_brief.blocks.text import md, reported, shortened
from evidence_brief.ledger import Ledger, Row
from evidence_brief.stats.test_statistics import ALPHA
from evidence_brief.study.kinds import p_interval
from evidence_brief.study.load import Study

_FOLLOW_UP = re.compile(r"follow|observation|nachbeobacht|suivi|seguimiento", re.I)
FEW = 3
"""Patients with another outcome who turn a significance: so few are fragile."""


def no_comparison(study: Study, ledger: Ledger) -> Question | None:
    """One group only: nothing says what would have happened without the treatment."""
    shown = results(study)
    if len(arms(study)) > 1 or not shown:
        return None
    figures = listed((named(ledger.row(claim.id)) for claim in shown), 2)
    return Question(
        "There is no group for comparison. What would have become of these patients without the treatment, and how do "
        "you know?",
        f"The text reports {figures} of one group. The natural course, other treatments, regression to the mean and "
        "the choice of patients may each have part in that; historical controls share none of their circumstances.",
    )


def allocation(study: Study, ledger: Ledger) -> Question | None:
    """Who got which treatment, and why: confounding by indication, or how chance was kept out of reach."""
    groups = arms(study)
    if len(groups) < 2:
        return None
    first, randomised = group_name(study, groups[0]), is_randomised(study)
    if randomised:
        return Question(
            "How was the random allocation concealed, and who knew of it when the outcomes were judged? What would you "
            "look for in the methods?",
            f"The figures cannot show it. {_sizes(study)}Look for the person who made the list, sealed or central "
            "allocation, blinded assessors, and all patients analysed in the group that they were allocated to.",
        )
    design = f"the design is “{md(shortened(study.file.design, 80))}”" if study.file.design else "no design is named"
    return Question(
        f"As far as the text says, nobody was allocated at random: {design}. Which patients will have been given "
        f"{first}, and in which direction would that push the result?",
        f"{_sizes(study)}Sicker patients may get more, or only those who are fit for it (confounding by indication). "
        f"{_e_value(ledger)}Ask for the baseline of both groups, and for an adjusted analysis.",
    )


def _sizes(study: Study) -> str:
    counted = [(name, study.file.groups[name].n) for name in arms(study)]
    sizes = [f"{group_name(study, name)} {reported(n)}" for name, n in counted if n]
    return f"The groups: {listed(sizes, 4)}. " if sizes else ""


def _e_value(ledger: Ledger) -> str:
    item = next((item for item in ledger.derived if item.kind == "evalue"), None)
    ratio = derived(ledger, item.id.removesuffix("evalue") + "rr") if item else None
    if item is None or ratio is None:
        return ""
    return (
        f"To explain away the relative risk {ratio}, an unmeasured confounder would have to go with group and outcome "
        f"by a ratio of [{item.id}]{{.derived}} each. "
    )


def regression_to_the_mean(study: Study, ledger: Ledger) -> Question | None:
    """A change within one group, whose outcome no other group has."""
    claims = before_and_after(study)
    if not claims:
        return None
    claim = claims[0]
    before, after = (reported(name) for name in claim.compares[:2])
    return Question(
        f"{outcome_of(study, claim)} went from {before} to {after} within one group. How much of such a change would "
        "you expect in patients who were treated because they were at their worst?",
        f"{reported(claim.id)} tests the change against none at all, and not the treatment against anything. "
        "Regression to the mean, the natural course and other treatments change scores as well; only a control "
        "group tells them apart.",
    )


def one_arm_outcome(study: Study, ledger: Ledger) -> Question | None:
    """An outcome that is reported of one arm, though there are others."""
    claims = one_sided_outcomes(study)
    if not claims:
        return None
    row, group = ledger.row(claims[0].id), claims[0].group
    others = listed((group_name(study, name) for name in arms(study) if name != group), 2)
    interval = derived(ledger, f"{row.id}.ci")
    shown = f"{named(row)}, recomputed {interval}" if interval else named(row)
    more = listed((outcome_of(study, claim) for claim in claims), 4)
    return Question(
        f"The text gives {named(row)} of one group alone. What would it have to be in the other patients ({others}) "
        "before you call it a benefit, or a harm?",
        f"{shown}: the other side of the comparison is missing. The same is so of all outcomes here: {more}."
        if len(claims) > 1
        else f"{shown}: the other side of the comparison is missing. Ask the authors for it.",
    )


def follow_up(study: Study, ledger: Ledger) -> Question | None:
    """Follow-up of several lengths: who could have an event for how long?"""
    items = found(ledger, "duration.follow_up", "duration.longer", "duration.spread")
    kinds = ("duration", "median_iqr", "mean_sd", "range")
    rows = [row for row in ledger.rows if row.type in kinds and _FOLLOW_UP.search(study.claims[row.id].outcome or "")]
    rows = list({row.printed: row for row in rows}.values())
    if len(rows) < 2 and not items:
        return None
    claims = rows or [ledger.row(name) for name in items[0].finding.claims]
    given = listed((named(row) for row in claims), 3)
    words = f"{said(items[0])} " if items else ""
    return Question(
        f"Times of follow-up are given as {given}. Which patients were followed for how long, and whose events could "
        "have been missed for that reason alone?",
        f"{words}A plain percentage of events compares groups only where all were followed equally long; otherwise "
        "rates per time or a curve of the time to the event are needed.",
    )


def _comparisons(study: Study, ledger: Ledger) -> list[Row]:
    """P values of two proportions whose difference was recomputed."""
    return [row for row in ledger.rows if row.type == "p_value" and derived(ledger, f"{row.id}.rd")]


def no_evidence(study: Study, ledger: Ledger) -> Question | None:
    """A difference that is not significant, with an interval that leaves much open."""
    for row in _comparisons(study, ledger):
        value, item = study.values[row.id], next(i for i in ledger.derived if i.id == f"{row.id}.rd")
        if (value.relation == "ns" or p_interval(value).low >= ALPHA) and item.low <= 0 <= item.high:
            outcome = outcome_of(study, study.claims[row.id])
            return Question(
                f"The difference in {outcome} ({reported(row.id)}) is not significant. Does that mean that there is "
                "none? Which differences, to either side, would matter to a patient?",
                f"The difference is [{item.id}]{{.derived}}. What the interval holds is not ruled out: that there is "
                "no evidence of a difference is no evidence that there is none.",
            )
    return None


def absolute_and_relative(study: Study, ledger: Ledger) -> Question | None:
    """One effect in several words."""
    for row in _comparisons(study, ledger):
        ratio, needed = derived(ledger, f"{row.id}.rr"), derived(ledger, f"{row.id}.nnt")
        if ratio and needed and next(i for i in ledger.derived if i.id == f"{row.id}.rd").low != 0:
            outcome = outcome_of(study, study.claims[row.id])
            return Question(
                f"How would you tell a patient the effect on {outcome}: as a ratio, as a difference, or as a number "
                "needed to treat? Which of them makes it sound largest, and what does its interval say?",
                f"Relative risk {ratio}; risk difference [{row.id}.rd]{{.derived}}; number needed to treat {needed}.",
            )
    return None


def fragility(study: Study, ledger: Ledger) -> Question | None:
    """A significance that hangs on few patients."""
    for item in ledger.derived:
        if item.kind == "fragility" and item.estimate <= FEW and item.text.endswith("lose significance"):
            row = ledger.row(item.id.removesuffix(".fragility"))
            return Question(
                f"How many patients would have to have had another outcome for {named(row)} to be no longer "
                "significant? Does that change how sure you are?",
                f"[{item.id}]{{.derived}}, by Fisher’s exact test. Compare it with the patients who were lost or "
                "left out: where these are more, their outcomes alone could decide.",
            )
    return None
