"""The strings that statcheck (R package, 1.6.0) is tested on, and those that Böschen (arXiv 2408.07948) tried on it.

Only the arithmetic: P of the statistic that statcheck read, and its flags of errors and decision errors. What it
should not have read as a test ("A(12)=.3") is a matter of reading text, not of this table.
"""

import re
from collections import Counter
from fractions import Fraction

import pytest
from tests.golden.printed_statistics import degrees, difference, letter_of, read, table

STRINGS, BOESCHEN = "statcheck_strings", "statcheck_strings_boeschen"


def checked(name):
    """The rows in which statcheck read a test, with their columns named alike."""
    for i, row in enumerate(table(name), 2):
        columns = {key.removeprefix("sc_"): value for key, value in row.items()}
        test = columns.get("test_type") or columns.get("type") or ""
        if letter_of(test):
            yield i, {**columns, "test": test, "arguments": columns.get("statcheck_args", "")}


def cases():
    for name in (STRINGS, BOESCHEN):
        for i, row in checked(name):
            source = row["source"].rpartition("/")[2].partition(" ")[0]
            yield pytest.param(row, id=f"{name}:{i} {source} {row['arguments']}: {row['text'].strip()}")


def printed(row):
    index = int(row.get("result_index") or 1)
    return read(row["text"], letter_of(row["test"]), degrees(row["df1"], row["df2"]), index)


def halved(row):
    """Whether statcheck took the test as one-sided, because it was told to, or to heed the text."""
    said = re.search("one-tailed|one-sided|directional", row["text"])
    return "OneTailedTests=TRUE" in row["arguments"] or ("OneTailedTxt=TRUE" in row["arguments"] and said is not None)


def reason(row):
    alpha = re.search(r"alpha=([\d.]+)", row["arguments"])
    flags = row["error"] == "TRUE", row["decision_error"] == "TRUE"
    return difference(
        printed(row), *flags, one_sided=halved(row), alpha=Fraction(alpha[1]) if alpha else Fraction(1, 20)
    )


@pytest.mark.parametrize("row", list(cases()))
def test_statcheck_p(row):
    p = printed(row).recomputed
    assert (p / 2 if halved(row) else p) == pytest.approx(float(row["computed_p"]), rel=6e-10)


@pytest.mark.parametrize("row", list(cases()))
def test_statcheck_verdict_or_the_reason_why_not(row):
    assert reason(row) != "unexplained"


def test_statcheck_reasons_counted():
    assert Counter(reason(row) for _, row in checked(STRINGS)) == {
        "agrees": 168,
        "one-sided, which it does not name": 4,
        "two-sided, though it was told to halve": 2,
        "P = alpha stands for values on both sides": 4,
        "P at the very end of the range": 4,
        "P of .000, which is below .0005": 2,
    }
    assert Counter(reason(row) for _, row in checked(BOESCHEN)) == {"agrees": 93}


def test_statcheck_rows_without_a_test():
    left_out = {name: len(table(name)) - len(list(checked(name))) for name in (STRINGS, BOESCHEN)}
    # Nothing found in the text, or a P value alone; and what statcheck missed.
    assert left_out == {STRINGS: 12, BOESCHEN: 20}


def test_statcheck_one_sided_in_the_strings_is_named():
    rows = [row for _, row in checked(STRINGS) if halved(row) and row["error"] == "FALSE"]
    assert [printed(row).judged.explanations for row in rows] == [("one-sided",)] * 4
