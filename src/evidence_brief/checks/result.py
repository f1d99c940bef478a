"""What a check says: a judgement of one claim, or a finding about one or more."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Literal

from evidence_brief.agree import Figure
from evidence_brief.study.load import Study

Verdict = Literal["contradicted", "reproduced", "reproduced-if", "possible", "unchecked"]
VERDICTS: tuple[Verdict, ...] = ("contradicted", "reproduced", "reproduced-if", "possible", "unchecked")
"""In the order in which one outweighs another when several checks judge the same claim."""

Severity = Literal["contradiction", "warning", "note"]


Prints = Literal["yes", "some", "no"]
"""Whether a recomputed figure prints as reported: for all, for some, or for none of what the inputs stand for."""


@dataclass(frozen=True)
class Trial:
    """One way in which a figure was recomputed, what it gave, and whether that prints as reported."""

    method: str
    result: str
    prints: Prints
    figures: tuple[Figure, ...] = ()

    @property
    def tick(self) -> str:
        """The mark behind the result: in brackets where only some of the possible counts print as reported."""
        return {"yes": " ✓", "some": " (✓)", "no": ""}[self.prints]


@dataclass(frozen=True)
class Judgement:
    """What one check concludes of one claim.

    `recomputed` is the figure with one digit more than printed, or None where there is nothing to compute, and
    `figures` the numbers in it, by both paths; `why` is a sentence; `condition` names the departure of a
    `reproduced-if`.
    """

    claim: str
    verdict: Verdict
    method: str
    why: str
    recomputed: str | None = None
    condition: str | None = None
    trials: tuple[Trial, ...] = ()
    figures: tuple[Figure, ...] = ()


@dataclass(frozen=True)
class Finding:
    """What does not add up, or should be known: one sentence for a clinician, and the numbers behind it.

    `explanations` names what might explain it without an error of the authors.
    """

    code: str
    severity: Severity
    claims: tuple[str, ...]
    sentence: str
    explanations: str = ""
    numbers: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Check:
    """A family of checks: its name, its title, and the function that goes through a study."""

    name: str
    title: str
    run: Callable[[Study], Iterator[Judgement | Finding]]
