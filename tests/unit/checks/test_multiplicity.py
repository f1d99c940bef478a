import pytest


def p_values(*values):
    claims = ", ".join(f"{{id: p{i}, value: '{value}', type: p_value}}" for i, value in enumerate(values))
    return f"claims: [{claims}]"


def notes(ledger):
    return [(i.finding.severity, i.finding.claims) for i in ledger.findings if i.finding.code == "p_value.multiplicity"]


@pytest.mark.parametrize(
    ("values", "lost"),
    [
        (["P=.04", "P=.03", "P=.018"], ("p0", "p1", "p2")),  # 3 × .0175 is more than .05
        (["P=.04", "P=.001", "P=.3"], ("p0",)),
        (["P=.04", "P=.001", "P=.001"], ()),  # the last of three has no more tests beside it
        (["P=.0167", "P=.3", "P=.4"], ()),  # .01665 to .01675: three times that may be below .05
        (["P=.04", "P=.03"], ()),
        (["P=.3", "NS", "P=.2"], ()),
    ],
)
def test_multiplicity_by_holm(check, values, lost):
    assert notes(check(p_values(*values))) == ([("note", lost)] if lost else [])


def test_multiplicity_says_how_many(check):
    found = (i.finding for i in check(p_values("P=.04", "P=.001", "P=.3")).findings)
    (finding,) = (finding for finding in found if finding.code == "p_value.multiplicity")
    assert finding.sentence == (
        "3 P values are reported, 2 of them below 5%. Allowing for their number (Holm), 1 of these is no longer "
        "significant: P=.04."
    )
