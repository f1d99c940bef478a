"""The independent second path: every statistic once more, in whole numbers, Fractions and 30 digits.

Nothing here is shared with the first path (NumPy, SciPy and closed formulas in `evidence_brief.stats`): where
a second formula or algorithm exists, it is taken. A figure is reported as recomputed when both paths print it.
Arguments are whole numbers and Fractions; a float raises TypeError. Results are mpf, or Fractions where exact.
"""

from evidence_brief.stats.exact.differences import agresti_caffo, difference_wald, newcombe, risk_difference
from evidence_brief.stats.exact.means import (
    anova,
    cohen_d,
    hedges_g,
    mean_ci,
    mean_difference_ci,
    of_changes,
    paired,
    student,
    welch,
    welch_anova,
)
from evidence_brief.stats.exact.proportions import (
    agresti_coull,
    clopper_pearson,
    correlation_ci,
    jeffreys,
    wald,
    wilson,
)
from evidence_brief.stats.exact.ratios import (
    conditional_odds_ratio,
    odds_ratio,
    odds_ratio_exact,
    odds_ratio_log,
    relative_risk,
    relative_risk_log,
)
from evidence_brief.stats.exact.score import koopman, mee, miettinen_nurminen, rr_score
from evidence_brief.stats.exact.sensitivity import (
    e_value,
    fragility_index,
    holm,
    p_from_ci,
    probability_greater,
    reverse_fragility_index,
    se_from_ci,
)
from evidence_brief.stats.exact.spreads import (
    combine,
    implied_r,
    least_maximum,
    least_maximum_attained,
    least_sd_of_range,
    root_of,
    sd_limit,
    sd_limit_attained,
)
from evidence_brief.stats.exact.tables import (
    fisher_freeman_halton,
    likelihood_ratio_rxc,
    mcnemar,
    pearson_rxc,
    trend,
)
from evidence_brief.stats.exact.tails import p_chi2, p_f, p_r, p_t, p_z, t_quantile, z_quantile
from evidence_brief.stats.exact.two_by_two import p_value, p_values, pearson_chi2, reaches

__all__ = [
    "agresti_caffo",
    "agresti_coull",
    "anova",
    "clopper_pearson",
    "cohen_d",
    "combine",
    "conditional_odds_ratio",
    "correlation_ci",
    "difference_wald",
    "e_value",
    "fisher_freeman_halton",
    "fragility_index",
    "hedges_g",
    "holm",
    "implied_r",
    "jeffreys",
    "koopman",
    "least_maximum",
    "least_maximum_attained",
    "least_sd_of_range",
    "likelihood_ratio_rxc",
    "mcnemar",
    "mean_ci",
    "mean_difference_ci",
    "mee",
    "miettinen_nurminen",
    "newcombe",
    "odds_ratio",
    "odds_ratio_exact",
    "odds_ratio_log",
    "of_changes",
    "p_chi2",
    "p_f",
    "p_from_ci",
    "p_r",
    "p_t",
    "p_value",
    "p_values",
    "p_z",
    "paired",
    "pearson_chi2",
    "pearson_rxc",
    "probability_greater",
    "reaches",
    "relative_risk",
    "relative_risk_log",
    "reverse_fragility_index",
    "risk_difference",
    "root_of",
    "rr_score",
    "sd_limit",
    "sd_limit_attained",
    "se_from_ci",
    "student",
    "t_quantile",
    "trend",
    "wald",
    "welch",
    "welch_anova",
    "wilson",
    "z_quantile",
]
