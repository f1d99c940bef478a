from fractions import Fraction

from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.checks.totals import check_totals
from evidence_brief.printed import show

GROUPS = (
    "groups: {{all: {{label: All, n: all.n, parts: [drug, placebo]}}}}\npatients: {{all: {}, drug: 24, placebo: 18}}"
)


def codes(ledger):
    return [(item.finding.code, item.finding.severity, item.finding.claims) for item in ledger.findings]


def test_totals_groups_add_up(check):
    ledger = check(GROUPS.format(42))
    rows = {row.id: (row.verdict, row.recomputed, row.why) for row in ledger.rows}
    assert rows == {
        "all.n": ("reproduced", "42", "24 + 18 = 42."),
        "drug.n": ("reproduced", "24", "42 − 18 = 24."),
        "placebo.n": ("reproduced", "18", "42 − 24 = 18."),
    }
    assert codes(ledger) == []


def test_totals_groups_one_too_many(check):
    ledger = check(GROUPS.format(41))
    assert codes(ledger) == [("totals.mismatch", "contradiction", ("all.n", "drug.n", "placebo.n"))]
    assert ledger.findings[0].finding.sentence == ("The parts 24 + 18 make 42, but the total is reported as 41.")
    assert ledger.findings[0].finding.numbers == {"total": "41", "sum": "42"}
    assert [row.verdict for row in ledger.rows] == ["contradicted", "unchecked", "unchecked"]
    assert ledger.row("drug.n").why.endswith("Which of these figures is wrong cannot be said.")


def test_totals_group_with_one_part_reproduces_only_the_whole(check):
    ledger = check("groups: {all: {label: All, n: all.n, parts: [drug]}}\npatients: {all: 24, drug: 24}")
    assert [row.verdict for row in ledger.rows] == ["reproduced", "unchecked"]


def test_totals_group_without_n_is_not_summed(check):
    ledger = check(
        "groups: {all: {label: All, n: all.n, parts: [drug, rest]}, rest: {label: Rest}}\npatients: {all: 42, drug: 24}"
    )
    assert {row.verdict for row in ledger.rows} == {"unchecked"}


def test_totals_sum_stated_twice_is_one_finding(check):
    ledger = check(
        "groups: {all: {label: All, n: total, parts: [a, b]}}\npatients: {a: 10, b: 10}\n"
        "claims: [{id: total, value: '21', type: count, parts: [b.n, a.n]}]"
    )
    assert len(ledger.findings) == 1


def percentages(total, *parts, extra=""):
    claims = [f"{{id: p{chr(97 + i)}, value: '{part}', type: proportion}}" for i, part in enumerate(parts)]
    names = ", ".join(f"p{chr(97 + i)}" for i in range(len(parts)))
    claims.append(f"{{id: total, value: '{total}', type: proportion, parts: [{names}]}}")
    return f"{extra}\nclaims: [{', '.join(claims)}]"


def judged(check, total, *parts):
    ledger = check(percentages(total, *parts))
    row = ledger.row("total")
    return row.verdict, row.recomputed, [code for code, _, _ in codes(ledger)]


def test_totals_percentages_exact(check):
    assert judged(check, "60%", "25%", "35%") == ("reproduced", "60%", [])


def test_totals_percentages_finer_parts_print_as_total(check):
    assert judged(check, "67%", "33.33%", "33.33%") == ("reproduced", "66.66%", [])


def test_totals_percentages_within_rounding(check):
    assert judged(check, "100.0%", "33.3%", "33.3%", "33.3%") == ("possible", "99.9%", [])


def test_totals_percentages_boundary_of_rounding(check):
    # Three parts may each be half a unit larger: 60 + 1.5 = 61.5, and 62 may stand for 61.5.
    assert judged(check, "61%", "20%", "20%", "20%")[0] == "possible"
    assert judged(check, "62%", "20%", "20%", "20%")[0] == "possible"
    assert judged(check, "63%", "20%", "20%", "20%")[0] == "contradicted"
    # Cut off, each part may be almost a unit larger, and the total too: the sum stays below 84.
    assert judged(check, "83%", "20%", "20%", "20%", "20%")[0] == "reproduced-if"
    assert judged(check, "84%", "20%", "20%", "20%", "20%")[0] == "contradicted"


def test_totals_percentages_cut_off(check):
    verdict, shown, found = judged(check, "100%", "16%", "16%", "16%", "16%", "16%", "16%")
    assert (verdict, shown, found) == ("reproduced-if", "96%", ["totals.truncated"])


def test_totals_percentages_mismatch(check):
    ledger = check(percentages("70%", "25%", "35%"))
    assert ledger.row("total").verdict == "contradicted"
    assert codes(ledger) == [("totals.mismatch", "contradiction", ("total", "pa", "pb"))]
    sentence = "The parts 25% + 35% make 60%, but the total is reported as 70%, beyond rounding."
    assert ledger.findings[0].finding.sentence == sentence


def test_totals_fractions(check):
    assert judged(check, "0.60", "0.25", "0.35") == ("reproduced", "0.60", [])


def test_totals_of_counts_and_percentages_not_applicable(check):
    ledger = check(
        "claims: [{id: a, value: '5', type: count}, {id: b, value: 10%, type: proportion},"
        " {id: total, value: '15', type: count, parts: [a, b]}]"
    )
    row = ledger.row("total")
    assert (row.verdict, ledger.findings) == ("unchecked", ())
    assert row.why == "The total and its parts are of different kinds, so that they cannot be added up."


def test_totals_percentages_of_different_groups_not_applicable(check):
    ledger = check(
        "patients: {drug: 24, placebo: 18}\n"
        "claims: [{id: a, value: 25%, type: proportion, group: drug},"
        " {id: b, value: 50%, type: proportion, group: placebo},"
        " {id: total, value: 36%, type: proportion, parts: [a, b]}]"
    )
    assert (ledger.row("total").verdict, ledger.findings) == ("unchecked", ())
    # The reason of the first check that was asked stands in the ledger.
    assert "different numbers of patients" in ledger.row("total").why


@settings(deadline=None, max_examples=150)
@given(st.lists(st.integers(0, 60), min_size=2, max_size=5), st.integers(0, 30), st.integers(0, 2), st.booleans())
def test_totals_of_true_parts_are_never_contradicted(study_of, counts, rest, decimals, cut):
    n = sum(counts) + rest or 1

    def printed(x):
        scale = 10**decimals
        return show(Fraction(100 * x * scale // n, scale) if cut else Fraction(100 * x, n), decimals) + "%"

    study = study_of(percentages(printed(sum(counts)), *map(printed, counts)))
    assert "contradicted" not in {getattr(result, "verdict", "") for result in check_totals(study)}


def test_totals_percentages_that_counts_of_the_patients_exclude(check):
    # Rounding alone would allow 61% (58.5 to 61.5), but 18 + 18 + 18 = 54 of 90 patients, and 61% is 55.
    extra = "patients: {drug: 90}"
    text = percentages("61%", "20%", "20%", "20%", extra=extra).replace(
        "type: proportion", "type: proportion, group: drug"
    )
    assert check(text).row("total").verdict == "contradicted"
    assert check(text.replace("61%", "60%")).row("total").verdict == "reproduced"


def test_totals_of_rounded_percentages_may_pass_a_hundred(check):
    assert judged(check, "100.1%", "26.0%", "40.3%", "33.8%") == ("reproduced", "100.1%", [])
    assert judged(check, "101%", "50%", "49%")[0] == "contradicted"
