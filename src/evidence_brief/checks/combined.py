"""The mean and SD of a whole group from those of its parts (Cochrane Handbook, section 6.5.2.10)."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from fractions import Fraction

from evidence_brief.agree import Figure, Later
from evidence_brief.checks.result import Finding, Judgement
from evidence_brief.checks.summaries import Summary, summary_of
from evidence_brief.printed import show
from evidence_brief.stats import exact, mean_ranges, means
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
    _, mean, sd = means.combine([part.floats for part in parts])
    second = Later(lambda: exact.combine([part.exact for part in parts]))
    exact_mean = sum((part.mean_printed * part.n for part in parts), start=Fraction(0)) / whole.n
    decimals = max(study.values[claim.id].first.decimals + 1, 0)
    figures = (
        Figure("mean of the parts", mean, Later(lambda: second.value[1]), decimals),
        Figure("SD of the parts", sd, Later(lambda: second.value[2]), decimals),
    )
    shown = f"{show(exact_mean, decimals)}±{show(Fraction(sd), decimals)}"
    words = " and ".join(part.words for part in parts)
    claims = (claim.id, *(part.claim for part in parts))
    reach = mean_ranges.combined_mean([(part.mean, part.n) for part in parts])
    spread = mean_ranges.combined_sd([part.intervals for part in parts])
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
