import ast
from collections import defaultdict
from pathlib import Path

from evidence_brief import checks, ledger
from evidence_brief.checks.codes import CODES
from evidence_brief.checks.rounding import DEPARTURES

FILES = [*sorted(Path(checks.__file__).parent.glob("*.py")), Path(ledger.__file__)]
SEVERITIES = {"contradiction", "warning", "note"}


def strings(node):
    return [n.value for n in ast.walk(node) if isinstance(n, ast.Constant) and isinstance(n.value, str)]


def looks_like_a_code(text):
    family, _, name = text.partition(".")
    return family.isidentifier() and name.isidentifier() and text.islower()


def written():
    """Every code in the sources of the checks; of a made one, "percentage." with every departure from rounding."""
    found = set()
    for path in FILES:
        if path.name == "codes.py":
            continue
        tree = ast.parse(path.read_text(encoding="utf-8"))
        docstrings = {
            ast.get_docstring(node, clean=False)
            for node in ast.walk(tree)
            if hasattr(node, "body") and isinstance(node, ast.Module | ast.FunctionDef | ast.ClassDef)
        }
        found |= {text for text in strings(tree) if looks_like_a_code(text) and text not in docstrings}
        for call in findings(tree):
            if isinstance(call.args[0], ast.JoinedStr):
                (prefix,) = strings(call.args[0])
                assert ast.unparse(call.args[0]).endswith(".code}'"), ast.unparse(call)
                found |= {prefix + departure.code for departure in DEPARTURES}
    return found


def findings(tree):
    calls = (node for node in ast.walk(tree) if isinstance(node, ast.Call) and node.args)
    return [call for call in calls if getattr(call.func, "id", "") == "Finding"]


def test_codes_are_those_that_the_checks_write():
    assert written() == set(CODES)


def test_codes_have_the_severities_of_their_findings():
    stated = defaultdict(set)
    for path in FILES:
        for call in findings(ast.parse(path.read_text(encoding="utf-8"))):
            code, severity = call.args[:2]
            if isinstance(code, ast.Constant) and isinstance(severity, ast.Constant):
                stated[code.value].add(severity.value)
    assert len(stated) > 40
    for code, severities in stated.items():
        assert severities <= set(CODES[code].severities), code


def test_codes_say_what_they_mean_in_one_sentence():
    for code, entry in CODES.items():
        assert entry.meaning.endswith("."), code
        assert entry.meaning[0].isupper() or entry.meaning[0] in "“", code
        assert set(entry.severities) <= SEVERITIES, code
    assert len({entry.meaning for entry in CODES.values()}) == len(CODES)
