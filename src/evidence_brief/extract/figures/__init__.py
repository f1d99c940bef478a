"""The figures of a text, typed, with the relations that stand right beside them."""

from __future__ import annotations

from evidence_brief.extract.candidate import Apart, Candidate
from evidence_brief.extract.figures.estimates import estimate
from evidence_brief.extract.figures.intervals import interval
from evidence_brief.extract.figures.means import mean, median, plus_minus
from evidence_brief.extract.figures.p_values import not_significant, p_value
from evidence_brief.extract.figures.quantities import aside, date, quantity, range_
from evidence_brief.extract.figures.scan import Scan
from evidence_brief.extract.figures.shares import share
from evidence_brief.extract.figures.statistics import statistic

__all__ = ["figures", "figures_and_apart"]

# Each takes the numbers that it reads; the first that takes any is right, so the most telling come first.
_FAMILIES = (statistic, p_value, interval, estimate, plus_minus, date, aside, share, median, mean, range_, quantity)


def figures(text: str, decimal_mark: str = ".") -> list[Candidate]:
    """Every figure printed in the text, in order of position, with the relations of adjacent figures."""
    return figures_and_apart(text, decimal_mark)[0]


def figures_and_apart(text: str, decimal_mark: str = ".") -> tuple[list[Candidate], list[Apart]]:
    """The figures of a text, and the numerals that are none, from one reading of it."""
    scan = Scan(text, decimal_mark)
    i = 0
    while i < len(scan.tokens):
        i += next((taken for family in _FAMILIES if (taken := family(scan, i))), 1)
    not_significant(scan)
    return scan.result()
