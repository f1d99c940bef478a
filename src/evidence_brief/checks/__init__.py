"""Every check, in the order in which they run. A new family is one file and one line here."""

from evidence_brief.checks.coverage import check_coverage
from evidence_brief.checks.granularity import check_granularity
from evidence_brief.checks.p_values import check_p_values
from evidence_brief.checks.percentages import check_percentages
from evidence_brief.checks.result import Check
from evidence_brief.checks.subsets import check_subsets
from evidence_brief.checks.totals import check_totals

CHECKS: tuple[Check, ...] = (
    Check("coverage", "Every numeral of the sources is a claim or excluded with a reason", check_coverage),
    Check("totals", "Groups and parts add up to their total", check_totals),
    Check("percentages", "A percentage is a whole number of patients", check_percentages),
    Check("subsets", "A part is never more than the whole", check_subsets),
    Check("p_values", "The P value of two proportions is what a conventional test gives", check_p_values),
    Check("granularity", "A mean is attainable by scores that move in steps (GRIM)", check_granularity),
)
