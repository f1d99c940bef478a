"""The second path shares nothing with the first: no module, no library, no float."""

import ast
import inspect
import subprocess
import sys
from fractions import Fraction
from pathlib import Path

import mpmath
import pytest

from evidence_brief.stats import exact

FOLDER = Path(exact.__file__).parent
OWN = "evidence_brief.stats.exact"
ALLOWED = {*sys.stdlib_module_names, "mpmath"}


def imported(path):
    for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom):
            assert node.level == 0
            yield node.module


@pytest.mark.parametrize("path", sorted(FOLDER.glob("*.py")), ids=lambda path: path.name)
def test_module_imports_nothing_of_the_first_path(path):
    foreign = [name for name in imported(path) if name != OWN and not name.startswith(OWN + ".")]
    assert [name for name in foreign if name.partition(".")[0] not in ALLOWED] == []


def test_import_loads_neither_numpy_nor_scipy():
    code = "import sys, evidence_brief.stats.exact; print({'numpy', 'scipy', 'statsmodels'} & set(sys.modules))"
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "set()"


COUNTS = (3, 10, 5, 12)
GROUPS = [(1, 2, 10), (2, 2, 10), (3, 2, 10)]
CALLS = {
    "p_z": (2,),
    **dict.fromkeys(("p_t", "p_chi2"), (2, 10)),
    "p_f": (2, 3, 10),
    "p_r": (Fraction(1, 2), 10),
    "z_quantile": (Fraction(95, 100),),
    "t_quantile": (10, Fraction(95, 100)),
    **dict.fromkeys(("wald", "wilson", "clopper_pearson", "jeffreys", "agresti_coull"), (3, 10)),
    **dict.fromkeys(("difference_wald", "agresti_caffo", "newcombe", "mee", "miettinen_nurminen"), COUNTS),
    **dict.fromkeys(
        ("conditional_odds_ratio", "relative_risk_log", "odds_ratio_log", "odds_ratio_exact", "koopman", "rr_score"),
        COUNTS,
    ),
    **dict.fromkeys(("risk_difference", "relative_risk", "odds_ratio"), COUNTS),
    **dict.fromkeys(
        ("p_values", "probability_greater", "fragility_index", "reverse_fragility_index", "pearson_chi2"), COUNTS
    ),
    **dict.fromkeys(("p_value", "reaches"), ("fisher", *COUNTS)),
    **dict.fromkeys(("student", "welch", "cohen_d", "hedges_g", "mean_difference_ci"), (1, 2, 10, 3, 2, 12)),
    "paired": (1, 2, 3, 2, 10, Fraction(1, 2)),
    **dict.fromkeys(("of_changes", "mean_ci"), (1, 2, 10)),
    **dict.fromkeys(("anova", "welch_anova", "combine"), (GROUPS,)),
    "implied_r": (1, 2, 2),
    **dict.fromkeys(("sd_limit", "sd_limit_attained"), (3, 10, 1, 7)),
    **dict.fromkeys(("least_maximum", "least_maximum_attained"), (3, 2, 10, 1)),
    "least_sd_of_range": (10, 7),
    "root_of": (2,),
    "correlation_ci": (Fraction(1, 2), 20),
    "e_value": (2,),
    "holm": ([Fraction(1, 100), Fraction(2, 100)],),
    "se_from_ci": (1, 3),
    "p_from_ci": (2, 1, 3),
    **dict.fromkeys(("pearson_rxc", "likelihood_ratio_rxc", "fisher_freeman_halton"), ([[1, 2, 3], [4, 5, 6]],)),
    "trend": ([1, 2, 3], [10, 10, 10]),
    "mcnemar": (3, 8),
}
KEYWORDS = {"se_from_ci": {"log": True}, "p_from_ci": {"log": True}}


def as_float(argument):
    if isinstance(argument, list | tuple):
        return type(argument)(as_float(each) for each in argument)
    return argument if isinstance(argument, str) else float(argument)


def test_every_public_function_is_called_here():
    public = {name for name in exact.__all__ if inspect.isfunction(getattr(exact, name))}
    assert public == set(exact.__all__) == set(CALLS)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_float_is_refused_by(name):
    function, keywords = getattr(exact, name), KEYWORDS.get(name, {})
    function(*CALLS[name], **keywords)
    with pytest.raises(TypeError, match=r"must be a whole number"):
        function(*as_float(CALLS[name]), **keywords)


@pytest.mark.parametrize("name", sorted(CALLS))
def test_global_precision_neither_matters_nor_changes(name):
    function, keywords = getattr(exact, name), KEYWORDS.get(name, {})
    expected = function(*CALLS[name], **keywords)
    with mpmath.workdps(5):
        assert function(*CALLS[name], **keywords) == expected
        assert mpmath.mp.dps == 5
