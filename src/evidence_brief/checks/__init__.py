"""Every check, in the order in which they run. A new family is one file and one line here."""

from evidence_brief.checks.changes import check_changes
from evidence_brief.checks.coherence import check_coherence
from evidence_brief.checks.combined import check_combined
from evidence_brief.checks.coverage import check_coverage
from evidence_brief.checks.durations import check_durations
from evidence_brief.checks.estimates import check_estimates
from evidence_brief.checks.existence import check_existence
from evidence_brief.checks.granularity import check_granularity
from evidence_brief.checks.intervals import check_intervals
from evidence_brief.checks.multiplicity import check_multiplicity
from evidence_brief.checks.p_changes import check_p_changes
from evidence_brief.checks.p_means import check_p_means
from evidence_brief.checks.p_paired_counts import check_p_paired_counts
from evidence_brief.checks.p_paired_means import check_p_paired_means
from evidence_brief.checks.p_proportions import check_p_proportions
from evidence_brief.checks.p_ranks import check_p_ranks
from evidence_brief.checks.p_statistics import check_p_statistics
from evidence_brief.checks.p_values import check_p_values
from evidence_brief.checks.percentages import check_percentages
from evidence_brief.checks.products import check_products
from evidence_brief.checks.ranges import check_ranges
from evidence_brief.checks.restated import check_restated
from evidence_brief.checks.result import Check
from evidence_brief.checks.spreads import check_spreads
from evidence_brief.checks.statistics import check_statistics
from evidence_brief.checks.subsets import check_subsets
from evidence_brief.checks.totals import check_totals
from evidence_brief.checks.wording import check_wording

CHECKS: tuple[Check, ...] = (
    Check("coverage", "Every numeral of the sources is a claim or excluded with a reason", check_coverage),
    Check("totals", "Groups and parts add up to their total", check_totals),
    Check("percentages", "A percentage is a whole number of patients", check_percentages),
    Check("subsets", "A part is never more than the whole", check_subsets),
    Check("restated", "A figure that is repeated stays the same", check_restated),
    Check("products", "Doses and their products fit each other and their period", check_products),
    Check("p_values", "A P value lies between 0 and 1", check_p_values),
    Check("p_proportions", "The P value of proportions is what a conventional test gives", check_p_proportions),
    Check("p_paired_counts", "The P value of paired proportions is what McNemar's test gives", check_p_paired_counts),
    Check("p_means", "The P value of means is what a t test or an analysis of variance gives", check_p_means),
    Check("p_paired_means", "The P value of paired means needs a possible correlation", check_p_paired_means),
    Check("p_changes", "The P value of a mean change is what the t test of the change gives", check_p_changes),
    Check("p_statistics", "The P value of a test statistic is the tail of its distribution", check_p_statistics),
    Check("p_ranks", "U is attainable, and its P value with it", check_p_ranks),
    Check("statistics", "A test statistic is what the compared figures give", check_statistics),
    Check("estimates", "A ratio or difference is what the compared figures give", check_estimates),
    Check("intervals", "A confidence interval is what a conventional method gives", check_intervals),
    Check("coherence", "Estimate, confidence interval and P value belong together", check_coherence),
    Check("granularity", "A mean is attainable by scores that move in steps (GRIM)", check_granularity),
    Check("existence", "Scores with this mean and this SD exist (GRIMMER, DEBIT)", check_existence),
    Check("spreads", "An SD is possible between the ends of its scale or range", check_spreads),
    Check("ranges", "Medians, quartiles and means lie in order inside their range", check_ranges),
    Check("durations", "What happens in a period is not longer than the period", check_durations),
    Check("combined", "The mean and SD of a group are those of its parts together", check_combined),
    Check("changes", "A mean change and its SD fit the two means and SDs that it lies between", check_changes),
    Check("wording", "The words around a figure say what the figure says", check_wording),
    Check("multiplicity", "P values below 5% are held against their number (Holm)", check_multiplicity),
)
