"""Every code that a finding can have: how grave it is, and what it means to a reader."""

from __future__ import annotations

from dataclasses import dataclass

from evidence_brief.checks.result import Severity


@dataclass(frozen=True)
class Code:
    """What a code means, in a sentence, and the severities that findings of it can have."""

    severities: tuple[Severity, ...]
    meaning: str


def _wrong(meaning: str) -> Code:
    return Code(("contradiction",), meaning)


def _doubtful(meaning: str) -> Code:
    return Code(("warning",), meaning)


def _good_to_know(meaning: str) -> Code:
    return Code(("note",), meaning)


def _doubtful_or_good_to_know(meaning: str) -> Code:
    return Code(("warning", "note"), meaning)


CODES: dict[str, Code] = {
    "accepted.unused": _doubtful("The study file accepts a finding that no check makes any more."),
    "source.uncovered": _doubtful("Numerals of the text are neither checked nor excluded with a reason."),
    "totals.mismatch": _wrong("The parts do not add up to their total."),
    "totals.truncated": _doubtful("Percentages add up only if some were cut off instead of rounded."),
    "subset.larger": _wrong("A part is larger than the whole that it belongs to."),
    "percentage.outside": _wrong("A percentage of patients lies below 0% or above 100%."),
    "percentage.impossible": _wrong("No whole number of the patients gives the percentage."),
    "percentage.mismatch": _wrong("The reported count over the number of patients is not the percentage."),
    "percentage.other_denominator": _doubtful("The percentage is one of another number of patients than stated."),
    "percentage.truncated": _doubtful("The percentage is possible only if it was cut off instead of rounded."),
    "percentage.rounded_twice": _doubtful("The percentage is possible only if it was rounded twice: 61.85 to 61.9."),
    "restated.differs": _wrong("A figure that is repeated has another value."),
    "restated.rounding": _doubtful("A figure that is repeated was not rounded but cut off or rounded twice."),
    "product.mismatch": _wrong("A product, such as a daily dose times the days, is not the printed one."),
    "schedule.too_many": _wrong("More doses are reported than the schedule has room for in its period."),
    "p_value.outside": _wrong("What is printed as a P value is below 0 or above 1."),
    "p_value.mismatch": _wrong("No conventional test gives the P value; the conclusion at 5% does not turn round."),
    "p_value.decision": _wrong("No conventional test gives the P value, and all of them lie on the other side of 5%."),
    "p_value.one_sided": _doubtful("Only a one-sided test gives the P value."),
    "p_value.other_test": _doubtful_or_good_to_know("Another test than the named one gives the P value."),
    "p_value.truncated": _doubtful("A test gives the P value only if it was cut off instead of rounded."),
    "p_value.se": _doubtful("The P value fits only if what is printed as SDs are standard errors."),
    "p_value.sd": _doubtful("The P value fits only if what is printed as standard errors are SDs."),
    "p_value.zero": _doubtful("“P < .000” is printed, which no P value can be; it is read as P = .000."),
    "p_value.untested": _good_to_know("A defensible test cannot be computed from what is printed; nothing is decided."),
    "p_value.unnamed_test": _doubtful(
        "No t test or analysis of variance gives the P value; a test that the source does not name might."
    ),
    "p_value.depends_on_test": _good_to_know(
        "Whether the result is significant at 5% depends on the test or on digits."
    ),
    "p_value.no_correlation": _wrong("The paired t test gives the P value for no correlation of the measurements."),
    "p_value.negative_correlation": _doubtful(
        "The P value needs a negative correlation of two measurements, which is rare."
    ),
    "p_value.multiplicity": _good_to_know(
        "P values below 5% do not stay there when their number is allowed for (Holm)."
    ),
    "p_value.u": _doubtful("The P value of a Mann–Whitney test does not fit its U and the numbers of patients."),
    "statistic.outside": _wrong("A test statistic or a correlation has a value that it cannot have."),
    "statistic.mismatch": _wrong("No conventional test gives the test statistic."),
    "statistic.df": _doubtful("The degrees of freedom do not fit the numbers of patients."),
    "statistic.spread": _doubtful(
        "The test statistic fits only if standard errors are taken for SDs, or SDs for them."
    ),
    "statistic.other_test": _doubtful("Another test than the named one gives the test statistic."),
    "statistic.u_impossible": _wrong("Groups of these sizes cannot have this value of U."),
    "estimate.mismatch": _wrong("The compared figures do not give the ratio or difference."),
    "estimate.turned": _good_to_know("The ratio or difference is that of the second group against the first."),
    "estimate.other": _doubtful("An odds ratio is printed as a relative risk, or the other way round."),
    "estimate.half": _doubtful("The ratio fits only if ½ is added to each cell of the table."),
    "estimate.rounded": _doubtful("The ratio or difference fits only if computed from the rounded percentages."),
    "estimate.truncated": _doubtful("The ratio or difference was cut off instead of rounded."),
    "estimate.spread": _doubtful("The difference fits only if standard errors are taken for SDs, or SDs for them."),
    "interval.mismatch": _wrong("No conventional method gives the confidence interval."),
    "interval.sign": _doubtful("An estimate lies inside its interval only with the other sign."),
    "interval.outside": _wrong("The estimate does not lie inside its confidence interval."),
    "interval.asymmetric": _good_to_know("The estimate is not in the middle of its confidence interval."),
    "interval.p_value": Code(
        ("contradiction", "warning"), "Estimate, confidence interval and P value do not belong together."
    ),
    "interval.decision": _doubtful("Interval and P value disagree on what is significant."),
    "interval.other_method": _doubtful_or_good_to_know("Another method than the named one gives the interval."),
    "interval.other_level": _doubtful("The interval fits only at another level than stated, such as 90% for 95%."),
    "interval.turned": _good_to_know("The interval is that of the second group against the first."),
    "interval.truncated": _doubtful("The limits fit only if they were cut off instead of rounded."),
    "interval.misread": _doubtful("The interval fits only if standard errors are taken for SDs, or SDs for them."),
    "scale.outside": _wrong("A value lies beyond an end of its scale."),
    "granularity.grim": _wrong("Scores in these steps cannot have the mean (GRIM)."),
    "granularity.truncated": _doubtful("The mean is possible only if it was cut off instead of rounded."),
    "granularity.rounded_twice": _doubtful("The mean is possible only if it was rounded twice."),
    "granularity.grimmer": _wrong("No scores in these steps have both the mean and the SD (GRIMMER, DEBIT)."),
    "granularity.grimmer_truncated": _doubtful("Scores with this mean and SD exist only if figures were cut off."),
    "granularity.grimmer_population": _doubtful("Such scores exist only if the SD divides by n instead of n − 1."),
    "granularity.median": _wrong("Scores in these steps cannot have the median."),
    "granularity.range": _wrong("An end of a range is none of the values that single scores can have."),
    "spread.negative": _wrong("A standard deviation or standard error is negative."),
    "spread.too_large": _wrong("The SD is larger than the ends of the scale or of the range allow."),
    "spread.too_small": _wrong("The SD is smaller than the two ends of the range make it."),
    "spread.skewed": _good_to_know("The values are skewed: two SDs around the mean reach beyond what is possible."),
    "range.turned": _doubtful("Ends are printed the other way round, as by magnitude, around the right estimate."),
    "range.order": _wrong("Ends of a range or quartiles do not stand in order."),
    "range.outside": _wrong("A median or a quartile lies outside the range of the same values."),
    "mean.outside_range": _wrong("A mean lies outside the range of the same values."),
    "mean.median_and_range": _wrong("Median and range together leave no room for the mean."),
    "mean.of_parts": _wrong("The mean or SD of a group is not that of its parts together."),
    "duration.longer": _wrong("Something lasted longer than the period in which it happened."),
    "duration.spread": _wrong("Durations inside the period cannot have this SD."),
    "duration.follow_up": _doubtful("A reported follow-up shows that a period cannot have been the longest for all."),
    "change.mean": _wrong("The mean change is not the difference of the two means."),
    "change.sign": _doubtful("The mean change is printed with the other sign."),
    "change.spread": _wrong("No correlation gives the SD of the change from the two SDs."),
    "change.negative_correlation": _doubtful("The SD of the change needs a negative correlation, which is rare."),
    "wording.significance": _doubtful("The words say of significance at 5% what the P value does not."),
    "wording.direction": _doubtful("The words say of the direction what the figures do not."),
    "wording.share": _doubtful("The text speaks of a majority or a minority where the share is none."),
}
"""By code, in the order of the checks that find them."""
