"""The order of what is printed: lower before upper end, quartiles around the median, all of them inside the range."""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

from evidence_brief.checks.companions import attained_ends, companions, spread_kind
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.steps import ends, exact, plain
from evidence_brief.labels import sentence_case
from evidence_brief.patients import denominators
from evidence_brief.printed import Interval, Number, show
from evidence_brief.stats import medians
from evidence_brief.stats.granularity import Steps, grim_totals
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

ORDER = "Order of the figures"
STEPS = "Median of whole steps"
MEAN = "Mean between median and range"


def check_ranges(study: Study) -> Iterator[Judgement | Finding]:
    """Ends of ranges and quartiles stand in order, and medians and means lie between the ends of their range.

    A median of scores in steps is a step, or (of an even number of patients) half a step; so are single scores,
    which the ends of a range are. A mean lies where median and range leave it (Hozo 2005, BMC Med Res Methodol
    5:13, section 2).
    """
    for claim in study.claims.values():
        if claim.type not in ("range", "median_iqr", "mean_sd", "confidence_interval"):
            continue
        if _is_turned(study, claim):
            yield from _turned(claim)
        elif (sentence := _disorder(study, claim)) is not None:
            yield from _wrong(claim, (claim.id,), ORDER, "range.order", sentence, "Two of them may be swapped.")
        elif claim.type in ("median_iqr", "mean_sd"):
            yield from _inside(study, claim)
            yield from _on_steps(study, claim)
        elif claim.type == "range":
            yield from _single_scores(study, claim)


def _wrong(
    claim: Claim, claims: tuple[str, ...], method: str, code: str, sentence: str, explanation: str
) -> Iterator[Judgement | Finding]:
    yield Judgement(claim.id, "contradicted", method, sentence)
    yield Finding(code, "contradiction", claims, sentence, explanation)


def _is_turned(study: Study, claim: Claim) -> bool:
    """Whether the ends stand by their magnitude ("−0.7 to −3.7"), or turned round about their own estimate."""
    numbers = study.values[claim.id].numbers
    if claim.type == "mean_sd" or len(numbers) < 2:
        return False
    first, second = (number.interval for number in numbers[-2:])
    if len(numbers) == 3 and not _between(numbers[0], second, first):
        return False
    if first.low <= second.high:
        return False
    if first.high < 0:
        return True
    of = study.values.get(claim.of or "")
    return of is not None and bool(of.numbers) and _between(of.first, second, first)


def _turned(claim: Claim) -> Iterator[Judgement | Finding]:
    sentence = f"{claim.value}: the ends are printed the other way round."
    yield Judgement(claim.id, "possible", ORDER, sentence)
    yield Finding("range.turned", "warning", (claim.id,), sentence, "They may be ordered by their magnitude.")


def _disorder(study: Study, claim: Claim) -> str | None:
    """What is wrong with the order of the numbers of one claim."""
    numbers = study.values[claim.id].numbers
    if claim.type == "mean_sd" and len(numbers) < 3:
        return None
    low, high = (numbers[-2], numbers[-1]) if len(numbers) > 1 else (None, None)
    if low is None or high is None:
        return None
    if low.interval.low > high.interval.high:
        return f"{claim.value}: the lower end is above the upper one."
    if len(numbers) == 3 and not _between(numbers[0], low.interval, high.interval):
        name = "median" if claim.type == "median_iqr" else "mean"
        # A mean may lie outside quartiles, never outside a range or its own interval.
        if not (claim.type == "mean_sd" and spread_kind(claim, study.values[claim.id]) == "iqr"):
            return f"{claim.value}: the {name} {numbers[0].text} does not lie between {low.text} and {high.text}."
    return None


def _between(number: Number, low: Interval, high: Interval) -> bool:
    return number.interval.high >= low.low and number.interval.low <= high.high


def _inside(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    """A median (with its quartiles) or a mean against the range of the same figures."""
    found = attained_ends(study, claim)
    if found is None or found[0].id == claim.id:
        return
    seen, low, high = found
    value = study.values[claim.id]
    of_values = value.numbers if spread_kind(claim, value) in ("", "iqr") else value.numbers[:1]
    outside = [number for number in of_values if not _between(number, low, high)]
    claims = (claim.id, seen.id)
    if outside:
        sentence = f"{outside[0].text} ({claim.value}) lies outside the range that is printed for it ({seen.value})."
        yield from _wrong(claim, claims, ORDER, "range.outside", sentence, "They may be of different patients.")
        return
    if claim.type == "mean_sd" and (off := _mean_off(study, claim, low, high)) is not None:
        yield from _wrong(claim, claims, MEAN, "mean.median_and_range", off, "They may be of different patients.")
        return
    name = "median" if claim.type == "median_iqr" else "mean"
    yield Judgement(claim.id, "possible", ORDER, f"The {name} {value.first.text} lies inside the range {seen.value}.")
    yield Judgement(seen.id, "possible", ORDER, f"The {name} {value.first.text} lies inside it.")


def _mean_off(study: Study, claim: Claim, low: Interval, high: Interval) -> str | None:
    """Why the mean cannot belong to this median and range, if so."""
    median = next(companions(study, claim, "median_iqr"), None)
    known = denominators(study, claim)
    if median is None or len(known) != 1 or known[0].n < 1:
        return None
    middle = study.values[median.id].first.interval
    if known[0].n == 1:
        return None
    ends = [min(max(end, low.low), high.high) for end in (middle.low, middle.high)]
    least, _ = medians.mean_limits(known[0].n, low.low, ends[0], high.high)
    _, most = medians.mean_limits(known[0].n, low.low, ends[1], high.high)
    mean = study.values[claim.id].first
    if mean.interval.high >= least and mean.interval.low <= most:
        return None
    decimals = max(mean.decimals, 0) + 1
    return (
        f"The mean {mean.text} does not fit the median {median.value} and the range of {known[0].words}: it would lie "
        f"between {show(Fraction(least), decimals)} and {show(Fraction(most), decimals)}."
    )


def _steps_of(study: Study, claim: Claim) -> tuple[Steps, int, str] | None:
    """The steps of single scores, the number of patients, and the name of the scale."""
    scale = study.file.scales.get(claim.scale) if claim.scale else None
    step = exact(scale.step) if scale else None
    known = denominators(study, claim)
    if scale is None or step is None or len(known) != 1 or known[0].n < 1:
        return None
    return Steps(step / scale.items, *ends(scale, claim.change)), known[0].n, scale.label


def _on_steps(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    """A median of n scores is one of them, or half way between two."""
    if claim.type != "median_iqr" or (found := _steps_of(study, claim)) is None:
        return
    steps, n, scale = found
    median = study.values[claim.id].first
    if medians.median_attainable(median.interval, n, steps.step, steps.origin):
        why = f"It is a median that {n} scores in steps of {plain(steps.step)} can have."
        yield Judgement(claim.id, "possible", STEPS, why)
        return
    half = "" if n % 2 else " or half a step"
    sentence = f"The median {median.text} of {n} scores of {scale} is no step of {plain(steps.step)}{half}."
    explanation = "Some patients may be missing, or the scale may have finer steps."
    yield from _wrong(claim, (claim.id,), STEPS, "granularity.median", sentence, explanation)


def _single_scores(study: Study, claim: Claim) -> Iterator[Judgement | Finding]:
    """The lowest and the highest score are single scores: each is a step of the scale."""
    found = _steps_of(study, claim)
    value = study.values[claim.id]
    if found is None or value.letter not in ("", "range"):
        return
    steps, _, scale = found
    off = [number for number in value.numbers if not grim_totals(number.interval, 1, steps)]
    if off:
        sentence = (
            f"{sentence_case(' and '.join(number.text for number in off))} ({claim.value}) "
            f"{'is' if len(off) == 1 else 'are'} no score of {scale}, which moves in steps of {plain(steps.step)}."
        )
        explanation = "The figures may be quartiles, an interval, or of another version of the scale."
        yield from _wrong(claim, (claim.id,), STEPS, "granularity.range", sentence, explanation)
