"""Effect sizes against R's metafor 5.1 (escalc), run beside, and the laws that each measure keeps."""

import math
import subprocess
import sys

import mpmath
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from scipy import stats
from statsmodels.stats.weightstats import CompareMeans, DescrStatsW

from evidence_brief.stats import (
    association,
    correlations,
    effect_measures,
    effects,
    effects_binary,
    effects_paired,
    rates,
)

GROUPS = (12.3, 3.4, 17, 9.8, 2.1, 23)
TABLE, EMPTY = (7, 20, 11, 19), (0, 20, 11, 19)
CROSS, INVERSE = (13, 4, 5, 21), (3, 14, 25, 2)
PAIRED, PAIRS = (26.5, 5.5, 22.1, 4.3, 31, 0.62), (20, 11, 5, 17)

METAFOR = {
    "SMD": (effects.hedges_g(*GROUPS), 0.8994927191916032, 0.1124153796798137),
    "SMDH": (effect_measures.smd_unequal_variances(*GROUPS), 0.8671166928872187, 0.1292006175538061),
    "SMD1": (effects.glass_delta(12.3, 17, 9.8, 2.1, 23), 1.149346022369803, 0.1310191006973579),
    "SMD1H": (effect_measures.glass_delta_unequal_variances(*GROUPS), 1.149346022369803, 0.2393093877086963),
    "ROM": (effects.log_ratio_of_means(*GROUPS, corrected=True), 0.2284659908713044, 0.006491129847347123),
    "RPB": (correlations.point_biserial(*GROUPS), 0.4219924169140471, 0.01611574108003582),
    "RBIS": (correlations.biserial(*GROUPS), 0.5323403780615733, 0.02458515169823489),
    "D2ORL": (effect_measures.d_to_log_odds_ratio(*GROUPS), 1.664607699965067, 0.3711958848014322),
    "D2ORN": (effect_measures.d_to_log_odds_ratio(*GROUPS, logistic=False), 1.514281435478378, 0.3071797273638514),
    "VR": (effect_measures.log_variability_ratio(3.4, 17, 2.1, 23), 0.4903608141654656, 0.05397727272727273),
    "CVR": (effect_measures.log_cv_ratio(*GROUPS), 0.2618948232941611, 0.06046840257461985),
    "AUCN": (effect_measures.auc_binormal(*GROUPS), 0.7342069882744743, 0.00698171250908415),
    "SMD_LS2": (effects.hedges_g(*GROUPS, variance="borenstein"), 0.8994927191916032, 0.1083863669294601),
    "SMD_UB": (effects.hedges_g(*GROUPS, variance="unbiased"), 0.8994927191916032, 0.1134600110301672),
    "SMD_raw": (effects.cohen_d(*GROUPS), 0.9177463245323501, 0.1128300192337379),
    "RPB_CS": (correlations.point_biserial(*GROUPS, cross_sectional=True), 0.4219924169140471, 0.01545436963098058),
    "ROM_raw": (effects.log_ratio_of_means(*GROUPS, corrected=False), 0.2272168767018455, 0.006491129847347123),
    "SMDH_raw": (
        effect_measures.smd_unequal_variances(*GROUPS, corrected=False),
        0.8847132843421911,
        0.1297587914431824,
    ),
    "SMD1_raw": (effects.glass_delta(12.3, 17, 9.8, 2.1, 23, corrected=False), 1.19047619047619, 0.133111215500693),
    "RR": (effects_binary.log_risk_ratio(*TABLE), -0.5032784181306079, 0.1311346548188653),
    "OR": (effects_binary.log_odds_ratio(*TABLE), -0.9374929395247582, 0.4356893106893107),
    "RD": (effects_binary.risk_difference(*TABLE), -0.2289473684210527, 0.02420485857996792),
    "AS": (effects_binary.arcsine_difference(*TABLE), -0.2316254673265488, 0.02565789473684211),
    "PETO": (effects_binary.peto_log_odds_ratio(*TABLE), -0.8976190476190473, 0.4023809523809524),
    "PBIT": (effects_binary.probit_difference(*TABLE), -0.5845217911968346, 0.166786415551799),
    "OR2DL": (effects_binary.odds_ratio_to_d(*TABLE), -0.5168669468139139, 0.1324336699780656),
    "OR2DN": (effects_binary.odds_ratio_to_d(*TABLE, logistic=False), -0.5681775391059141, 0.1600328046609039),
    "RR_0": (effects_binary.log_risk_ratio(*EMPTY), -3.184284380098582, 1.989337474120083),
    "OR_0": (effects_binary.log_odds_ratio(*EMPTY), -4.015852938577241, 2.253384068367538),
    "RD_0": (effects_binary.risk_difference(*EMPTY, correction=0.5), -0.5511904761904761, 0.01332554192311845),
    "PBIT_0": (effects_binary.probit_difference(*EMPTY), -2.169870822920071, 0.4312485940647597),
    "OR2DL_0": (effects_binary.odds_ratio_to_d(*EMPTY), -2.214055764802148, 0.6849466230233566),
    "OR2DN_0": (effects_binary.odds_ratio_to_d(*EMPTY, logistic=False), -2.433850265804389, 0.8276892813103905),
    "PHI": (association.phi(*CROSS), 0.5672873896035568, 0.01629540212496028),
    "YUQ": (association.yule_q(*CROSS), 0.8634812286689419, 0.009296011906824853),
    "YUY": (association.yule_y(*CROSS), 0.5739777643664453, 0.01614595036475403),
    "PHI_neg": (association.phi(*INVERSE), -0.7586004444357806, 0.01023346430075298),
    "YUQ_neg": (association.yule_q(*INVERSE), -0.9662921348314607, 0.001037578495164045),
    "YUY_neg": (association.yule_y(*INVERSE), -0.7684549014560558, 0.009900600866807425),
    "MC": (effects_paired.mean_change(*PAIRED), 4.399999999999999, 0.6262580645161289),
    "SMCC": (effects_paired.standardised_by_changes(*PAIRED), 0.9733977956023774, 0.04754037529812206),
    "SMCR": (effects_paired.standardised_by_first(26.5, 5.5, 22.1, 31, 0.62), 0.779803502571519, 0.03432408875198079),
    "SMCRH": (effects_paired.standardised_by_first_unequal_variances(*PAIRED), 0.779803502571519, 0.03152772917594488),
    "SMCRP": (effects_paired.standardised_by_average(*PAIRED), 0.8757735197940646, 0.03307908132852506),
    "SMCRPH": (
        effects_paired.standardised_by_average(*PAIRED, equal_variances=False),
        0.8757735197940646,
        0.03563194847938617,
    ),
    "ROMC": (
        effects_paired.log_ratio_of_paired_means(*PAIRED, corrected=True),
        0.1816512904357635,
        0.0009954544831021405,
    ),
    "VRC": (effects_paired.log_paired_variability_ratio(5.5, 4.3, 31, 0.62), 0.2461330695389085, 0.02052),
    "MPRD": (effects_paired.paired_risk_difference(*PAIRS), 0.1132075471698113, 0.005454166862577833),
    "MPRR": (effects_paired.log_paired_risk_ratio(*PAIRS), 0.2151113796169455, 0.02064516129032258),
    "MPOR": (effects_paired.log_paired_marginal_odds_ratio(*PAIRS), 0.4562734364338334, 0.09014662756598241),
    "MPORC": (effects_paired.log_paired_odds_ratio(11, 5), 0.7884573603642704, 0.2909090909090909),
    "MPPETO": (effects_paired.log_paired_odds_ratio(11, 5, peto=True), 0.75, 0.25),
    "IRR": (rates.log_rate_ratio(10, 21.5, 6, 33), 0.9392802500988539, 0.2666666666666667),
    "IRR_0": (rates.log_rate_ratio(0, 21.5, 6, 33), -2.136494731128673, 2.153846153846154),
    "IRD": (rates.rate_difference(10, 21.5, 6, 33), 0.2832980972515856, 0.02714295717884882),
    "IRSD": (rates.root_rate_difference(10, 21.5, 6, 33), 0.2555929067592526, 0.01920366455250176),
    "IR": (rates.rate(10, 21.5), 0.4651162790697674, 0.02163331530557058),
    "IRLN": (rates.log_rate(10, 21.5), -0.7654678421395714, 0.1),
    "IRS": (rates.root_rate(10, 21.5), 0.6819943394704735, 0.01162790697674419),
    "IRFT": (rates.freeman_tukey_rate(10, 21.5), 0.698638018554532, 0.01162790697674419),
    "PLN": (rates.log_proportion(7, 22), -1.145132304303003, 0.09740259740259739),
    "PLO": (rates.logit_proportion(7, 22), -0.7621400520468968, 0.2095238095238095),
    "PAS": (rates.arcsine_proportion(7, 22), 0.5993138964172854, 0.01136363636363636),
    "PFT": (rates.freeman_tukey_proportion(7, 22), 0.6075726048410675, 0.01111111111111111),
    "MNLN": (effect_measures.log_mean(10.2, 2.3, 19), 2.322387720290225, 0.002676096238288917),
    "SDLN": (effect_measures.log_sd(2.3, 19), 0.8606869007128817, 0.02777777777777778),
    "CVLN": (effect_measures.log_cv(10.2, 2.3, 19), -1.461700819577344, 0.03045387401606669),
    "SMN": (effect_measures.standardised_mean(10.2, 2.3, 19), 4.246953719844323, 0.5272793657499877),
    "COR": (correlations.correlation(-0.37, 21), -0.37, 0.03724708049999999),
    "UCOR": (correlations.unbiased_correlation(-0.37, 21), -0.3793379670245952, 0.03664559222725827),
    "ZCOR": (correlations.fisher_z(-0.37, 21), -0.3884230997182961, 0.05555555555555555),
    "UCOR_UB": (
        correlations.unbiased_correlation(-0.37, 21, unbiased_variance=True),
        -0.3793379670245952,
        0.04174230311438012,
    ),
    "PCOR": (correlations.partial_correlation(2.31, 80, 4), 0.2577250351798835, 0.01146799368824663),
    "ZPCOR": (correlations.partial_fisher_z(2.31, 80, 4), 0.2636700466623391, 0.01351351351351351),
    "SPCOR": (correlations.semipartial_correlation(2.31, 80, 4, 0.33), 0.2183326819328705, 0.00814400170981118),
    "AUC": (effect_measures.auc(0.83, 31, 44), 0.83, 0.002500211454012446),
    "AUC_LS2": (effect_measures.auc(0.83, 31, 44, hanley=True), 0.83, 0.002719369613315477),
}


@pytest.mark.parametrize("measure", METAFOR)
def test_effect_as_metafor(measure):
    effect, estimate, variance = METAFOR[measure]
    assert effect.estimate == pytest.approx(estimate, rel=1e-12)
    assert effect.variance == pytest.approx(variance, rel=1e-12)


means, sds, sizes = st.floats(0.5, 1e3), st.floats(0.1, 1e2), st.integers(3, 500)
groups = st.tuples(means, sds, sizes, means, sds, sizes)
tables = st.tuples(*[st.integers(1, 40)] * 4)

OF_MEANS = [
    effects.cohen_d,
    effects.hedges_g,
    effects.log_ratio_of_means,
    effect_measures.smd_unequal_variances,
    effect_measures.d_to_log_odds_ratio,
    effect_measures.log_cv_ratio,
    correlations.point_biserial,
    correlations.biserial,
]
OF_COUNTS = [
    effects_binary.log_risk_ratio,
    effects_binary.log_odds_ratio,
    effects_binary.risk_difference,
    effects_binary.arcsine_difference,
    effects_binary.peto_log_odds_ratio,
    effects_binary.probit_difference,
    effects_binary.odds_ratio_to_d,
]
OF_CROSSES = [association.phi, association.yule_q, association.yule_y, association.tetrachoric]


def opposite(effect):
    return pytest.approx((-effect.estimate, effect.variance), rel=1e-8, abs=1e-9)


@pytest.mark.parametrize("measure", OF_MEANS)
@given(groups)
@settings(deadline=None)
def test_effect_of_means_swapped_groups_change_sign(measure, groups):
    one, other = measure(*groups), measure(*groups[3:], *groups[:3])
    assert (one.estimate, one.variance) == opposite(other)


@pytest.mark.parametrize("measure", OF_COUNTS)
@given(tables)
@settings(deadline=None)
def test_effect_of_counts_swapped_groups_change_sign(measure, table):
    a, b, c, d = table
    one, other = measure(a, a + b, c, c + d), measure(c, c + d, a, a + b)
    assert (one.estimate, one.variance) == opposite(other)


@pytest.mark.parametrize("measure", OF_CROSSES)
@given(tables)
@settings(deadline=None)
def test_association_swapped_rows_change_sign(measure, table):
    a, b, c, d = table
    one, other = measure(a, b, c, d), measure(c, d, a, b)
    assert (one.estimate, one.variance) == opposite(other)
    assert -1 < one.estimate < 1


@settings(deadline=None)
@given(groups, st.sampled_from([0.9, 0.95, 0.99]), st.booleans())
def test_mean_difference_as_statsmodels(groups, level, equal_variances):
    ours = effects.mean_difference(*groups, level=level, equal_variances=equal_variances)
    # Data with exactly these means and SDs: n − 2 values at the mean, one on either side.
    first, second = (
        DescrStatsW([mean] * (n - 2) + [mean - sd * math.sqrt((n - 1) / 2), mean + sd * math.sqrt((n - 1) / 2)])
        for mean, sd, n in (groups[:3], groups[3:])
    )
    usevar = "pooled" if equal_variances else "unequal"
    expected = CompareMeans(first, second).tconfint_diff(alpha=1 - level, usevar=usevar)
    assert (ours.lower, ours.upper) == pytest.approx(expected, rel=1e-6, abs=1e-6)
    assert ours.difference == groups[0] - groups[3]


@pytest.mark.parametrize("df", [1.5, 2, 3, 39, 299.5, 300, 301, 1000, 10**6])
def test_small_sample_correction_exact(df):
    with mpmath.workdps(40):
        half = mpmath.mpf(df) / 2
        exact = mpmath.exp(mpmath.loggamma(half) - mpmath.loggamma(half - 0.5)) / mpmath.sqrt(half)
    assert effects.small_sample_correction(df) == pytest.approx(float(exact), rel=2e-15)


def test_small_sample_correction_approximate():
    # Hedges 1981: the approximation is within .007 for 2 df, and within 3.5e-4 from 10 df.
    assert effects.small_sample_correction(10, exact=False) == 1 - 3 / 39
    for df in range(10, 500):
        exact, approximate = (effects.small_sample_correction(df, exact=each) for each in (True, False))
        assert approximate == pytest.approx(exact, abs=3.5e-4)


def test_borenstein_worked_example():
    # Borenstein et al. 2009, chapter 4: 103 ± 5.5 of 50 against 100 ± 4.5 of 50.
    d = effects.cohen_d(103, 5.5, 50, 100, 4.5, 50)
    g = effects.hedges_g(103, 5.5, 50, 100, 4.5, 50, exact=False, variance="borenstein")
    assert [f"{value:.4f}" for value in (d.estimate, d.variance, d.se)] == ["0.5970", "0.0418", "0.2044"]
    assert [f"{value:.4f}" for value in (g.estimate, g.variance, g.se)] == ["0.5924", "0.0411", "0.2028"]


def test_effect_interval_is_the_normal_one():
    effect = effects.Effect(1.0, 4.0)
    assert effect.se == 2
    assert effect.interval() == pytest.approx((1 - 2 * 1.959964, 1 + 2 * 1.959964), abs=1e-6)
    assert effect.interval(0.5)[0] > effect.interval(0.9)[0]


@settings(deadline=None, max_examples=50)
@given(st.floats(-3, 3), st.integers(2, 60), st.integers(2, 60))
def test_cohen_d_ci_inverts_the_noncentral_t(d, n1, n2):
    lower, upper = effect_measures.cohen_d_ci(d, n1, n2)
    scale = math.sqrt(1 / n1 + 1 / n2)
    assert lower < d < upper
    for limit, below in ((lower, 0.975), (upper, 0.025)):
        assert stats.nct.cdf(d / scale, n1 + n2 - 2, limit / scale) == pytest.approx(below, abs=1e-9)


IMPOSSIBLE = {
    "mean not finite": lambda: effects.cohen_d(math.nan, 1, 5, 1, 1, 5),
    "SD below 0": lambda: effects.hedges_g(1, -1, 5, 1, 1, 5),
    "one patient": lambda: effects.mean_difference(1, 1, 1, 1, 1, 5),
    "no spread": lambda: effects.cohen_d(1, 0, 5, 2, 0, 5),
    "no spread, Welch": lambda: effects.mean_difference(1, 0, 5, 2, 0, 5, equal_variances=False),
    "too few df": lambda: effects.small_sample_correction(1),
    "no patient": lambda: effects.glass_delta(1, 0, 2, 1, 5),
    "means of two signs": lambda: effects.log_ratio_of_means(-1, 1, 5, 1, 1, 5),
    "paired means of two signs": lambda: effects_paired.log_ratio_of_paired_means(-1, 1, 1, 1, 5, 0),
    "log of a mean below 0": lambda: effect_measures.log_cv(-1, 1, 5),
    "area above 1": lambda: effect_measures.auc(1.1, 5, 5),
    "more events than patients": lambda: effects_binary.log_odds_ratio(6, 5, 1, 5),
    "empty cell": lambda: effects_binary.log_odds_ratio(0, 5, 1, 5, correction=0),
    "correction below 0": lambda: effects_binary.log_odds_ratio(0, 5, 1, 5, correction=-1),
    "no events": lambda: effects_binary.peto_log_odds_ratio(0, 5, 0, 5),
    "correlation above 1": lambda: effects_paired.mean_change(1, 1, 2, 1, 5, 1.1),
    "no pairs": lambda: effects_paired.paired_risk_difference(0, 0, 0, 0),
    "no paired events": lambda: effects_paired.log_paired_risk_ratio(0, 1, 0, 5),
    "empty paired margin": lambda: effects_paired.log_paired_marginal_odds_ratio(5, 5, 0, 0),
    "no pair differs": lambda: effects_paired.log_paired_odds_ratio(3, 0),
    "no time": lambda: rates.rate(3, 0),
    "log of no events": lambda: rates.log_rate(0, 5, correction=0),
    "r above 1": lambda: correlations.correlation_ci(1.01, 20),
    "too few for r": lambda: correlations.correlation_ci(0.5, 3),
    "z of r = 1": lambda: correlations.fisher_z(1, 20),
    "no residual df": lambda: correlations.partial_correlation(2, 5, 4),
    "too few residual df": lambda: correlations.partial_fisher_z(2, 6, 4),
    "t not finite": lambda: correlations.partial_correlation(math.inf, 50, 4),
    "R² above 1": lambda: correlations.semipartial_correlation(2, 50, 4, 1.2),
    "R² too small for t": lambda: correlations.semipartial_correlation(9, 50, 4, 0.1),
    "empty margin": lambda: association.phi(0, 0, 3, 4),
    "empty cell of a cross": lambda: association.yule_q(0, 2, 3, 4, correction=0),
}


@pytest.mark.parametrize("case", IMPOSSIBLE)
def test_effect_impossible_arguments(case):
    with pytest.raises(ValueError):
        IMPOSSIBLE[case]()


def test_effect_of_an_empty_cell_that_the_measure_does_not_need():
    assert effects_binary.risk_difference(0, 10, 5, 10).estimate == -0.5
    assert effects_binary.log_risk_ratio(10, 10, 5, 10, correction=0).estimate == pytest.approx(math.log(2))
    assert effects_paired.log_paired_odds_ratio(3, 0, peto=True).estimate == 2


MODULES = ["effects", "effect_measures", "effects_binary", "effects_paired", "rates", "correlations", "association"]


@pytest.mark.parametrize("module", MODULES)
def test_effects_import_leaves_scipy_and_numpy_alone(module):
    code = f"import sys, evidence_brief.stats.{module}; sys.exit(not {{'scipy', 'numpy'}}.isdisjoint(sys.modules))"
    assert subprocess.run([sys.executable, "-c", code], check=False).returncode == 0
