"""Test statistics with their P values, as printed in psychology and clinical articles, against statcheck's answers.

Tables: statcheck's hits in psychology articles, 66 of them judged by hand (Nuijten); its hits in open-access trial
reports; and statistics that people extracted from eight articles (statcheck's test materials). P is recomputed for
each, and each difference of statcheck's flags from our verdict has a reason that is counted here.
"""

import math
from collections import Counter

import pytest
from tests.golden.printed_statistics import degrees, difference, letter_of, printed_statistic, read, table

from evidence_brief.printed import number

PSYCHOLOGY, CLINICAL = "test_statistics_psychology", "clinical_test_statistics"
COLUMNS = {
    PSYCHOLOGY: ("own_computed_p", "statcheck_error", "statcheck_decision_error", "True", 6e-6),
    CLINICAL: ("statcheck_1.6.0_computed_p", "error", "decision_error", "TRUE", 6e-10),
}


def printed(row):
    return read(row["raw"], letter_of(row["test_type"]), degrees(row["df1"], row["df2"]))


def cases():
    for name in COLUMNS:
        for i, row in enumerate(table(name), 2):
            where = f"{row['journal']} {row['year']}" if name == PSYCHOLOGY else row["pmcid"]
            yield pytest.param(name, row, id=f"{name}:{i} {where}: {row['raw'].strip()}")


def flags(name, row):
    _, error, decision, yes, _ = COLUMNS[name]
    return row[error] == yes, row[decision] == yes


def reason(name, row):
    one_sided = row.get("one_tailed_in_text") == "True"
    return difference(printed(row), *flags(name, row), one_sided=one_sided)


@pytest.mark.parametrize(("name", "row"), list(cases()))
def test_statistic_p_as_statcheck(name, row):
    column, *_, precision = COLUMNS[name]
    if row[column] == "nan":  # the table's "2.386.861" is 2386.861
        assert printed(row).recomputed == pytest.approx(9.151003e-14)
    else:
        assert printed(row).recomputed == pytest.approx(float(row[column]), rel=precision, abs=1e-300)


@pytest.mark.parametrize(("name", "row"), list(cases()))
def test_statistic_verdict_as_statcheck_or_for_a_reason(name, row):
    assert reason(name, row) != "unexplained"


@pytest.mark.parametrize(
    ("name", "counted"),
    [
        (
            PSYCHOLOGY,
            {
                "agrees": 1593,
                "one-sided, which it does not name": 12,
                "P = alpha stands for values on both sides": 4,
            },
        ),
        (
            CLINICAL,
            {
                "agrees": 763,
                "P of .000, which is below .0005": 4,
                "P = alpha stands for values on both sides": 2,
                "smaller statistic, larger P": 2,
            },
        ),
    ],
)
def test_statistic_reasons_counted(name, counted):
    assert Counter(reason(name, row) for row in table(name)) == counted


def test_statistic_rows_judged_by_hand():
    """What people found behind statcheck's flags, and the departures that we name."""
    counted = Counter()
    for row in table(PSYCHOLOGY):
        if row["manual_reason"]:
            found = printed(row).judged
            assert found.verdict != "consistent"
            counted[row["manual_reason"], any("corrected" in name for name in found.explanations)] += 1
    assert {key: n for key, n in counted.items() if key[0] == "correction"} == {
        ("correction", True): 24,
        ("correction", False): 13,  # Tukey's, Holm's and others, of which P says nothing
    }
    assert counted.total() == 66


def test_statistic_rows_that_people_call_errors_of_statcheck():
    rows = [row for row in table(PSYCHOLOGY) if row["manual_reason"] == "error statcheck"]
    # Two z tests are one-sided; of six, the last two digits of P stand in the next row of the article's table.
    assert Counter(printed(row).judged.verdict for row in rows) == {"one-sided": 2, "inconsistent": 6}
    assert all(len(printed(row).p_text) == 6 for row in rows if printed(row).judged.verdict == "inconsistent")


# Extracted by hand

MANUAL = "test_statistics_manual"


def by_hand(row):
    """By the columns, with decimals of the text where it has the same number."""
    tokens = [token for part in row["raw"].replace("=", " ").split() for token in part.replace(",", "").split("(")]
    numbers = [
        cleaned for token in tokens if (cleaned := "".join(c for c in token if c.isdigit() or c == ".")).strip(".")
    ]

    def as_printed(column):
        value = number(column).value
        same = [text.rstrip(".") for text in numbers if text.count(".") <= 2 and _value(text) == abs(value)]
        return max(same, key=len, default=column.removesuffix(".0").lstrip("-"))

    relation = row["p_comp"].strip('"')
    p = None if relation == "ns" else as_printed(row["reported_p"])
    df = degrees(row["df1"], row["df2"])
    return printed_statistic(
        letter_of(row["test_type"]), df, row["test_comp"].strip('"'), as_printed(row["test_value"]), relation, p
    )


def _value(text):
    try:
        return number(text.rstrip(".")).value
    except ValueError:
        return None


def complete(row):
    needed = 0 if letter_of(row["test_type"]) == "z" else 2 if row["test_type"] == "F" else 1
    return len(degrees(row["df1"], row["df2"])) == needed


def test_statistics_by_hand_without_degrees_of_freedom():
    assert [row["raw"] for row in table(MANUAL) if not complete(row)] == [
        "t(309) = 0.02, ns",  # not in the columns
        "F = 6.74, p = .013)",
        "F = 10.98, p = .002",
    ]


# Statistics whose P is not the printed one, by line of the file.
ONE_SIDED = ("one-sided", ("one-sided",))
BY_HAND = {
    2: ("inconsistent", ("corrected for 4 tests",)),  # the table has .001; the article prints .0001, see below
    15: ("inconsistent", ()),  # Q(16) = 26.05 has P = .053, not .10
    29: ONE_SIDED,  # z = 3.16: .0016, not below .001
    33: ONE_SIDED,  # F(1, 186) = 5.73: .018, not .01
    52: ("inconsistent", ()),  # F(2, 56) = 1.203: a typing error for 12.03, in the next line
    55: ONE_SIDED,  # t(14) = 2.0: .065, not below .03
    58: ("inconsistent", ()),
    61: ONE_SIDED,
    69: ONE_SIDED,  # t(19) = 3.66: .0017, not below .001
    95: ("inconsistent", ()),  # χ2(1) = 3.67: .0554, .055 at least
}


@pytest.mark.parametrize(
    ("line", "row"),
    [
        pytest.param(i, row, id=f"{MANUAL}:{i} {row['doi']}: {row['raw']}")
        for i, row in enumerate(table(MANUAL), 2)
        if complete(row)
    ],
)
def test_statistic_by_hand(line, row):
    found = by_hand(row).judged
    verdict, explanations = BY_HAND.get(line, ("consistent", ()))
    assert (found.verdict, found.explanations) == (verdict, explanations)
    assert not math.isnan(by_hand(row).recomputed)


def test_statistic_by_hand_as_the_article_prints_it():
    # QBetween(1) = 14.59, p = .0001
    found = printed_statistic("Q", (1,), "=", "14.59", "=", ".0001")
    assert found.judged.verdict == "consistent"
    assert found.recomputed == pytest.approx(0.000133622, rel=1e-5)
