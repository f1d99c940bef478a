"""The mean and SD of a whole group from those of its parts (Cochrane Handbook, section 6.5.2.10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from evidence_brief.checks.result import Figure, Finding, Judgement
from evidence_brief.checks.summaries import Summary, root_of_square, summary_of
from evidence_brief.printed import Interval, show
from evidence_brief.stats import exact, means
from evidence_brief.study.load import Study
from evidence_brief.study.model import Claim

METHOD = "Mean of the parts"
EXPLANATION = "Patients may be missing in a part or in the whole, or one of the figures may be of another moment."


def check_combined(study: Study) -> Iterator[Judgement | Finding]:
    """A mean of a group is the mean of its parts, each weighed by its number of patients; so is its SD.

    Asked where the numbers of patients of the parts add up to that of the whole.
    """
    for claim in study.claims.values():
        if claim.type != "mean_sd" or claim.group is None:
            continue
        parts = [_part(study, claim, name) for name in study.file.groups[claim.group].parts]
        whole = summary_of(study, claim)
        known = [summary_of(study, part) for part in parts if part is not None]
        groups = [group for group in known if not isinstance(group, str)]
        if isinstance(whole, str) or len(groups) < 2 or len(groups) != len(parts):
            continue
        if sum(group.n for group in groups) == whole.n:
            yield from _judged(study, claim, whole, groups)


def _part(study: Study, claim: Claim, group: str) -> Claim | None:
    """The mean of the same outcome, time and scale in a part."""
    about = (claim.outcome, claim.time, claim.unit, claim.scale, claim.change)
    for other in study.claims.values():
        same = (other.outcome, other.time, other.unit, other.scale, other.change) == about
        if other.type == "mean_sd" and other.group == group and other.of is None and same and claim.outcome:
            return other
    return None


def _judged(study: Study, claim: Claim, whole: Summary, parts: Sequence[Summary]) -> Iterator[Judgement | Finding]:
    at = [(part.mean_printed, part.sd_printed, part.n) for part in parts]
    _, mean, sd = means.combine([(float(m), float(s), n) for m, s, n in at])
    _, exact_mean, exact_sd = exact.combine(at)
    decimals = max(study.values[claim.id].first.decimals + 1, 0)
    figures = (Figure("mean of the parts", mean, exact_mean, decimals), Figure("SD of the parts", sd, exact_sd, decimals))
    shown = f"{show(exact_mean, decimals)}±{show(Fraction(sd), decimals)}"
    words = " and ".join(part.words for part in parts)
    claims = (claim.id, *(part.claim for part in parts))
    reach, spread = _reach(parts), _spread(parts)
    if not reach.overlaps(whole.mean) or not spread.overlaps(whole.sd):
        which = "mean" if not reach.overlaps(whole.mean) else "SD"
        sentence = f"{claim.value} is printed for all, but {words} make a {which} of {shown}."
        yield Judgement(claim.id, "contradicted", METHOD, sentence, shown, figures=figures)
        yield Finding("mean.of_parts", "contradiction", claims, sentence, EXPLANATION)
    elif exact_mean in whole.mean and Fraction(sd) in whole.sd:
        yield Judgement(claim.id, "reproduced", METHOD, f"{words} make {shown}.", shown, figures=figures)
    else:
        why = f"{words} make {shown}, which agrees within rounding."
        yield Judgement(claim.id, "possible", METHOD, why, shown, figures=figures)


def _weighted(values: Sequence[Fraction], parts: Sequence[Summary]) -> Fraction:
    return sum((part.n * value for part, value in zip(parts, values, strict=True)), start=Fraction(0)) / sum(
        part.n for part in parts
    )


def _reach(parts: Sequence[Summary]) -> Interval:
    """Every mean of all that the printed means allow."""
    return Interval(_weighted([p.mean.low for p in parts], parts), _weighted([p.mean.high for p in parts], parts))


def _spread(parts: Sequence[Summary]) -> Interval:
    """Bounds of the SD of all: within the parts by their SDs, between them by the distance of each mean from all."""
    n, centre = sum(part.n for part in parts), _reach(parts)
    low = high = Fraction(0)
    for part in parts:
        apart = part.mean + centre.mirrored()
        nearest = Fraction(0) if 0 in apart else min(abs(apart.low), abs(apart.high))
        low += (part.n - 1) * part.sd.low**2 + part.n * nearest**2
        high += (part.n - 1) * part.sd.high**2 + part.n * max(abs(apart.low), abs(apart.high)) ** 2
    return Interval(root_of_square(low / (n - 1)), root_of_square(high / (n - 1)))
