"""The effects of a study with their intervals: as reported, and as recomputed from counts or means."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from evidence_brief.checks.estimates import NAMES, is_adjusted, measure_of
from evidence_brief.checks.intervals import level_of
from evidence_brief.derived import LEVEL, Derived, shown
from evidence_brief.labels import comparison, label, sentence_case
from evidence_brief.ledger import Ledger
from evidence_brief.printed import Number
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

RATIOS = ("RR", "OR", "HR")
MEASURES = (*RATIOS, "RD", "MD", "SMD")
_RECOMPUTED = {"rr": "RR", "or": "OR", "difference": "RD", "mean difference": "MD"}


@dataclass(frozen=True)
class Effect:
    """An estimate with its interval; risk differences in percentage points.

    `about` is what is compared, `axis` says which effects share an axis, and `text` are the numbers as printed, or
    as recomputed.
    """

    about: str
    measure: str
    axis: str
    name: str
    estimate: float
    low: float
    high: float
    text: str
    recomputed: bool
    wrong: bool = False

    @property
    def words(self) -> str:
        """The effect in words."""
        return f"{self.name} {self.text}{', contradicted' * self.wrong}"


def effects(study: Study, ledger: Ledger) -> list[Effect]:
    """Every effect with an interval; the recomputed ones of a comparison stand behind the reported ones of it."""
    found = [*_reported(study, ledger), *_recomputed(study, ledger)]
    order = list(dict.fromkeys(each.about for each in found))
    return sorted(found, key=lambda each: (order.index(each.about), MEASURES.index(each.measure), each.recomputed))


def _reported(study: Study, ledger: Ledger) -> Iterator[Effect]:
    for interval in study.claims.values():
        target = study.claims.get(interval.of or "")
        if interval.type != "confidence_interval" or target is None or target.type != "estimate":
            continue
        measure = interval.measure or measure_of(study, target)
        value, ends = study.values[target.id].first, study.values[interval.id].numbers
        if measure is None or measure not in MEASURES or (measure in RATIOS and value.value <= 0):
            continue
        estimate, low, high = (_on_axis(number, measure) for number in (value, *ends))
        adjusted = ", adjusted" if is_adjusted(target) or is_adjusted(interval) else ""
        level = level_of(study, interval)
        named = "" if level == LEVEL else f", {float(100 * level):g}% interval"
        yield Effect(
            sentence_case(comparison(study, target)) if target.compares else _about(study, target),
            measure,
            _axis(study, target, measure),
            f"{sentence_case(NAMES[measure])}{adjusted}{named}, reported",
            estimate,
            low,
            high,
            f"{value.text} ({ends[0].text} to {ends[1].text})",
            recomputed=False,
            wrong="contradicted" in (ledger.row(target.id).verdict, ledger.row(interval.id).verdict),
        )


def _on_axis(number: Number, measure: str) -> float:
    """A printed number as it is drawn: risk differences in percentage points."""
    return float(100 * number.value * number.scale if measure == "RD" else number.value)


def _about(study: Study, claim: Claim) -> str:
    """What an estimate is of that names no figures which it compares."""
    return sentence_case(", ".join(part for part in (claim.outcome, claim.time) if part)) or label(study, claim)


def _axis(study: Study, claim: Claim, measure: str) -> str:
    """Ratios share one axis, and so do risk differences; differences of means only where they have one unit."""
    if measure in RATIOS:
        return "Ratio"
    if measure != "MD":
        return {"RD": "Risk difference, percentage points", "SMD": "Standardised mean difference"}[measure]
    compared = [claim, *(study.claims[name] for name in claim.compares)]
    scale = next((study.file.scales[each.scale].label for each in compared if each.scale), None)
    unit = next((each.unit for each in compared if each.unit), None)
    outcome = next((each.outcome for each in compared if each.outcome), None)
    of = scale or unit or outcome
    return f"Difference of means, {of}" if of else "Difference of means"


def _recomputed(study: Study, ledger: Ledger) -> Iterator[Effect]:
    for item in ledger.derived:
        measure = _RECOMPUTED.get(item.kind)
        if measure is not None and len(item.figures) == 3:
            claim = _compares(study, item)
            estimate, low, high = (figure.first for figure in item.figures)
            yield Effect(
                sentence_case(comparison(study, claim)),
                measure,
                _axis(study, claim, measure),
                f"{sentence_case(NAMES[measure])}, recomputed",
                estimate,
                low,
                high,
                shown(item.figures),
                recomputed=True,
            )


def _compares(study: Study, item: Derived) -> Claim:
    """The claim whose comparison a derived effect is of: its id without the last part."""
    return study.claims[item.id.rpartition(".")[0]]
