"""Rows of tables of printed test statistics, read as their article prints them: trailing zeros are evidence."""

import csv
import re
from dataclasses import dataclass
from fractions import Fraction
from pathlib import Path

from evidence_brief.printed import Interval, number
from evidence_brief.stats.test_statistics import decision_error, judge, p_range, printed_df

DATA = Path(__file__).parent / "data"
LETTERS = {"t": "t", "F": "F", "Chi2": "χ2", "Z": "z", "z": "z", "r": "r"}
ALPHA = Fraction(1, 20)
LARGEST = Fraction(10) ** 9
NUMBER = r"\d+(?:,\d{3})*(?:\.\d+)?|\.\d+"
# What stands between the sign and the number may be a minus sign in a wrong encoding.
RESULT = re.compile(
    rf"(?:[)\]]|\b[zZ])\s*(?P<relation>[=<>])\s*[^\d.=<>]{{0,5}}?(?P<value>{NUMBER})"
    r"[^\d]*?(?:[pP]\s*(?P<p_relation>[=<>])\s*(?P<p>\d*\.?\d+)|(?P<ns>n\.?s))"
)


def table(name):
    with (DATA / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def letter_of(test_type):
    return "Q" if test_type.startswith("Q") else LETTERS.get(test_type)


def degrees(*columns):
    return tuple(printed_df(number(text.removesuffix(".0"))) for text in columns if text not in ("", "nan"))


def p_printed(relation, text):
    """P = .000 and P < .000 stand for what prints as .000, NS for everything from .05."""
    if relation == "ns":
        return Interval(ALPHA, Fraction(1))
    printed = number(text)
    if printed.value == 0:
        return Interval(Fraction(0), printed.unit / 2)
    if relation == "<":
        return Interval(Fraction(0), printed.value, includes_high=False)
    if relation == ">":
        return Interval(printed.value, Fraction(1), includes_low=False)
    return Interval(max(printed.interval.low, Fraction(0)), min(printed.interval.high, Fraction(1)))


def statistic_printed(relation, text):
    printed = number(text)
    if relation == "<":
        return Interval(Fraction(0), printed.value, includes_high=False)
    if relation == ">":
        return Interval(printed.value, LARGEST, includes_low=False)
    return printed.interval


@dataclass(frozen=True)
class Printed:
    """A printed statistic with its P value."""

    letter: str
    df: tuple
    value: Fraction
    statistic: Interval
    relation: str
    p_relation: str
    p_text: str
    p: Interval

    @property
    def recomputed(self):
        """Two-sided P of the very number that is printed."""
        df = [(each.low + each.high) / 2 if isinstance(each, Interval) else each for each in self.df]
        low, high = p_range(self.letter, Interval(self.value, self.value), df)
        return (low + high) / 2

    @property
    def judged(self):
        return judge(self.letter, self.statistic, self.df, self.p)

    def flips(self, alpha=ALPHA):
        """A decision error: the two do not go together, and significance flips."""
        return self.judged.verdict != "consistent" and decision_error(self.p, self.judged.p, alpha)


def read(text, letter, df, index=1):
    """The result of that number in a text."""
    found = list(RESULT.finditer(text))[index - 1]
    p_relation = "ns" if found["ns"] else found["p_relation"]
    return printed_statistic(letter, df, found["relation"], found["value"], p_relation, found["p"])


def printed_statistic(letter, df, relation, value, p_relation, p):
    return Printed(
        letter, df, number(value).value, statistic_printed(relation, value), relation, p_relation, p or "",
        p_printed(p_relation, p),
    )  # fmt: skip


def difference(printed, error, decision, *, one_sided=False, alpha=ALPHA):
    """Why statcheck's flags are not our verdict, or "agrees"; "unexplained" if for none of the known reasons.

    `one_sided`: the text says so, or statcheck was told to take tests as such, and lets them pass.
    """
    ours = printed.judged.verdict != "consistent"
    if (error, decision) == (ours, printed.flips(alpha)):
        return "agrees"
    if one_sided and "one-sided" in printed.judged.explanations and not error:
        return "one-sided, which it does not name"
    if one_sided and not ours and error:
        return "two-sided, though it was told to halve"
    if printed.p_relation != "ns" and number(printed.p_text).value == 0 and error and not ours:
        return "P of .000, which is below .0005"
    if printed.p_relation == "=" and number(printed.p_text).value == alpha and error and ours and decision:
        return "P = alpha stands for values on both sides"
    ends = (printed.judged.p.low, printed.judged.p.high)
    if error and not ours and any(abs(end - number(printed.p_text).value) < end / 10**9 for end in ends):
        return "P at the very end of the range"
    if printed.relation == "<" and error and not ours:
        return "smaller statistic, larger P"
    return "unexplained"
