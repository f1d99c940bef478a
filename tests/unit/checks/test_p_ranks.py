import pytest


def ranks(u, p, n1=10, n2=12):
    return (
        f"patients: {{drug: {n1}, placebo: {n2}}}\n"
        "claims: [{id: a, value: '6 (4-9)', type: median_iqr, group: drug},"
        " {id: b, value: '8 (5-11)', type: median_iqr, group: placebo},"
        f" {{id: u, value: 'U={u}', type: test_statistic, compares: [a, b]}},"
        f" {{id: p, value: '{p}', type: p_value, of: u}}]"
    )


# U = 30 of 10 and 12: P = .0507 exactly, .0479 by the normal approximation, .0517 with continuity correction.
@pytest.mark.parametrize(
    ("u", "p", "of_u", "of_p"),
    [
        ("30", "P=.048", "possible", "reproduced"),
        ("30", "P=.052", "possible", "reproduced"),
        ("30", "P=.041", "possible", "possible"),  # with ties
        ("60", "P=.50", "possible", "reproduced-if"),  # half of 1
        ("30", "P=.30", "possible", "unchecked"),
        ("30.5", "P=.05", "possible", "possible"),
        ("30.3", "P=.05", "contradicted", "unchecked"),
        ("200", "P=.05", "contradicted", "unchecked"),
    ],
)
def test_ranks_u_and_p(check, u, p, of_u, of_p):
    ledger = check(ranks(u, p))
    assert (ledger.row("u").verdict, ledger.row("p").verdict) == (of_u, of_p)


def test_ranks_a_p_that_nothing_gives_is_a_warning(check):
    codes = [(i.finding.code, i.finding.severity) for i in check(ranks("30", "P=.30")).findings]
    assert ("p_value.u", "warning") in codes


def test_ranks_not_applicable_without_groups(check):
    text = ranks("30", "P=.3").replace(", group: drug", "").replace(", group: placebo", "")
    assert check(text).row("u").verdict == "unchecked"
