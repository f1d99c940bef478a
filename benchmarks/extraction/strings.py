"""Recall and precision of `figures` by type, on published strings: python benchmarks/extraction/strings.py [TABLES]

TABLES is a folder with the golden tables; those of the tests if absent. Every error is listed below the table.
"""

from __future__ import annotations

import csv
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from evidence_brief.extract.candidate import Candidate
from evidence_brief.extract.figures import figures
from evidence_brief.printed import NotPrintedNumber, number
from evidence_brief.study.kinds import Value, read_value

TABLES = Path(__file__).parents[2] / "tests" / "golden" / "data"
CLOSING = {"(": ")", "[": "]"}


@dataclass
class Score:
    """What was expected and found of one type: `right` of the expected, `wrong` of the found."""

    expected: int = 0
    right: int = 0
    wrong: int = 0
    errors: list[str] = field(default_factory=list)

    def hit(self, found: bool, what: str) -> None:
        """Count an expected figure."""
        self.expected += 1
        self.right += found
        if not found:
            self.errors.append(f"missed: {what}")

    def extra(self, what: str) -> None:
        """Count a figure that is not there."""
        self.wrong += 1
        self.errors.append(f"wrong: {what}")

    @property
    def recall(self) -> float:
        """Share of the expected that were found."""
        return self.right / self.expected if self.expected else 1.0

    @property
    def precision(self) -> float:
        """Share of the found that are right."""
        return self.right / (self.right + self.wrong) if self.right + self.wrong else 1.0


def rows(tables: Path, name: str) -> Iterator[dict[str, str]]:
    """The rows of one table."""
    with (tables / f"{name}.csv").open(encoding="utf-8", newline="") as file:
        yield from csv.DictReader(file)


def mended(text: str) -> str:
    """The text of a table with its minus signs, where they were stored in a wrong encoding ("â1.97"), and its χ."""
    text = re.sub("Ï\x87|Ï‡", "χ", text)
    return re.sub(r"â[\x80-\x9f\u20ac\u201c\u201d\u2019\u02c6]{0,3}(?=\s?[\d.])", "\u2212", text)


def closed(text: str) -> str:
    """The text with the brackets closed that the table cut off: "30 of 378 [7.94%" goes on with "]"."""
    open_ = []
    for mark in text:
        if mark in CLOSING:
            open_.append(CLOSING[mark])
        elif open_ and mark == open_[-1]:
            open_.pop()
    return text + "".join(reversed(open_))


def same(printed: Value | None, *values: str) -> bool:
    """Whether the numbers of a value are these; a table may have lost trailing zeros."""
    if printed is None or len(printed.numbers) != len(values):
        return False
    try:
        # A spreadsheet wrote some of them as 1,00E-04.
        values = tuple(text.replace(",", ".") if "E-" in text else text for text in values)
        return all(a.value == number(b).value for a, b in zip(printed.numbers, values, strict=True))
    except NotPrintedNumber:  # the table itself holds a number that is none, such as "5,00"
        return False


def read(candidate: Candidate) -> Value | None:
    """The value of a candidate; None where it cannot be read, which is an error of `figures`."""
    try:
        return read_value(candidate.value, candidate.type, candidate.unit)
    except (ValueError, NotPrintedNumber):
        return None


def p_is(candidate: Candidate, relation: str, p: str) -> bool:
    """Whether a candidate is this P value; the relation "ns" has no number."""
    value = read(candidate)
    if candidate.type != "p_value" or value is None:
        return False
    if relation == "ns":
        return value.relation == "ns"
    return value.relation == relation and same(value, p)


LETTERS = {"t": "t", "F": "f", "Chi2": "χ2", "Z": "z", "z": "z", "r": "r"}


def statistic_is(candidate: Candidate, kind: str, df: list[str], value: str) -> bool:
    """Whether a candidate is this statistic with these degrees of freedom."""
    if candidate.type not in ("test_statistic", "correlation") or (printed := read(candidate)) is None:
        return False
    letter = "r" if candidate.type == "correlation" else printed.letter.lower()
    if letter != LETTERS.get(kind, "q")[:2] and not (kind.startswith("Q") and letter.startswith("q")):
        return False
    numbers = [part.value for part in printed.numbers]
    # What a sample of χ² counts (N = 264) is no degree of freedom.
    try:
        wanted = [number(value).value, *(number(text).value for text in df)]
    except NotPrintedNumber:
        return False
    return numbers == wanted or (kind == "Chi2" and numbers[:2] == wanted)


def degrees(row: dict[str, str]) -> list[str]:
    """The degrees of freedom of a row."""
    return [row[name].removesuffix(".0") for name in ("df1", "df2") if row.get(name, "") not in ("", "nan", "NA")]


def statistics(tables: Path, name: str, text: str, scores: dict[str, Score]) -> None:
    """Score the statistics and P values of one table whose rows each hold one result in the column `text`."""
    stats, ps = scores.setdefault("test statistic", Score()), scores.setdefault("P value", Score())
    for raw, group in grouped(rows(tables, name), text, name):
        found = figures(closed(mended(raw)))
        left = list(found)
        for row in group:
            relation = row["test_comp"].strip('"')
            if relation == "=":
                match = next(
                    (c for c in left if statistic_is(c, row["test_type"], degrees(row), row["test_value"])), None
                )
                stats.hit(match is not None, f"{name}: {raw!r}: {row['test_type']}={row['test_value']}")
                if match is not None:
                    left.remove(match)
            p_relation = row["p_comp"].strip('"')
            p = next((c for c in left if p_is(c, p_relation, row["reported_p"])), None)
            ps.hit(p is not None, f"{name}: {raw!r}: P{p_relation}{row['reported_p']}")
            if p is not None:
                left.remove(p)
        # Of a text with several results some rows may be kept back.
        spare = int(group[0].get("n_expected") or 1) - len(group)
        for candidate in left[2 * spare :]:
            if candidate.type in ("test_statistic", "correlation"):
                stats.extra(f"{name}: {raw!r}: {candidate.value!r}")
            elif candidate.type == "p_value":
                ps.extra(f"{name}: {raw!r}: {candidate.value!r}")


def grouped(table: Iterator[dict[str, str]], text: str, name: str) -> list[tuple[str, list[dict[str, str]]]]:
    """The rows by text: a text with two results has two rows. Rows that read the same are one result again."""
    groups: dict[str, dict[tuple[str, ...], dict[str, str]]] = {}
    for i, row in enumerate(table):
        if name == "test_statistics_manual" and (row["apa_extractable"] != "1" or row["pdf_conversion_issue"] != "0"):
            continue
        if not row.get("test_type"):
            continue
        key = (row["test_type"], *degrees(row), row["test_value"], row["reported_p"], row.get("result_index", ""))
        if name != "statcheck_strings":
            groups[f"{i}\0{row[text]}"] = {key: row}
        else:
            groups.setdefault(f"\0{row[text]}", {}).setdefault(key, row)
    return [(raw.partition("\0")[2], list(group.values())) for raw, group in groups.items()]


def percentages(tables: Path, scores: dict[str, Score]) -> None:
    """Score "n of N (p%)", "n/N (p%)" and "p% (n/N)": the proportion with its count and its whole."""
    for row in rows(tables, "clinical_percentages"):
        score = scores.setdefault(row["pattern"], Score())
        found = figures(closed(row["raw"]))
        named = {candidate.name: candidate for candidate in found}
        shares = [c for c in found if c.type == "proportion"]
        right = [c for c in shares if same(read(c), row["pct"]) and of_is(c, named, row["n"], row["N"])]
        score.hit(bool(right), f"{row['raw']!r}: {[(c.type, c.value) for c in found]}")
        for candidate in shares:
            if candidate not in right:
                score.extra(f"{row['raw']!r}: {candidate.value!r}")


def of_is(candidate: Candidate, named: dict[str, Candidate], n: str, whole: str) -> bool:
    """Whether a proportion is of these two counts."""
    parts = [named.get(name or "") for name in (candidate.count, candidate.of)]
    return all(part is not None and same(read(part), text) for part, text in zip(parts, (n, whole), strict=True))


MEASURES = {"odds ratio": "OR", "hazard ratio": "HR", "relative risk": "RR", "risk ratio": "RR"}


def measure_of(name: str) -> tuple[str | None, bool]:
    """The measure and whether it is adjusted, as the table names them."""
    adjusted = name.startswith("a")
    plain = name.removeprefix("adjusted ").removeprefix("a") if adjusted else name
    measure = MEASURES.get(plain, plain)
    return (measure if measure in ("OR", "HR", "RR") else None), adjusted


def ratios(tables: Path, scores: dict[str, Score]) -> None:
    """Score ratios with their interval and P value, the interval being `of` the ratio."""
    score, ps = scores.setdefault("ratio with CI", Score()), scores.setdefault("P value", Score())
    for row in rows(tables, "clinical_ratios"):
        raw = closed(row["raw"])
        found = figures(raw)
        named = {c.name: c for c in found}
        intervals = [c for c in found if c.type == "confidence_interval"]
        right = [c for c in intervals if same(read(c), row["lo"], row["hi"]) and ratio_is(named.get(c.of or ""), row)]
        score.hit(bool(right), f"{raw!r}: {[(c.type, c.value, c.measure, c.adjusted) for c in found]}")
        for candidate in found:
            of = named.get(right[0].of or "") if right else None
            if candidate.type in ("estimate", "confidence_interval") and candidate not in (*right, of):
                score.extra(f"{raw!r}: {candidate.value!r}")
        if row["p_comp"]:
            ps.hit(any(p_is(c, row["p_comp"], row["reported_p"]) and c.of for c in found), f"{raw!r}")


def ratio_is(candidate: Candidate | None, row: dict[str, str]) -> bool:
    """Whether a candidate is the ratio of this row."""
    if candidate is None or candidate.type != "estimate" or not same(read(candidate), row["est"]):
        return False
    return (candidate.measure, candidate.adjusted) == measure_of(row["measure"])


def comparisons(tables: Path, scores: dict[str, Score]) -> None:
    """Score means with SD, printed as articles print them, from the means that people took from trials."""
    forms = (
        "{m} ± {s}",
        "{m}±{s}",
        "{m} (SD {s})",
        "{m} (SD={s})",
        "{m} [SD, {s}]",
        "mean (SD) {m} ({s})",
        "mean {m}, SD {s}",
    )
    score = scores.setdefault("mean ± SD", Score())
    for row in rows(tables, "clinical_comparisons"):
        for group in ("1", "2"):
            mean, sd = row.get(f"mean{group}", ""), row.get(f"sd{group}", "")
            for form in forms if mean and sd else ():
                raw = f"The score was {form.format(m=mean, s=sd)} in the group."
                found = [c for c in figures(raw) if c.type == "mean_sd"]
                score.hit(any(same(read(c), mean, sd) for c in found), f"{raw!r}")
                for candidate in found[1:]:
                    score.extra(f"{raw!r}: {candidate.value!r}")


STRINGS = (
    ("statcheck_strings", "text"),
    ("test_statistics_psychology", "raw"),
    ("test_statistics_manual", "raw"),
    ("clinical_test_statistics", "raw"),
)


def measured(tables: Path) -> dict[str, Score]:
    """The score of every type."""
    scores: dict[str, Score] = {}
    for name, text in STRINGS:
        statistics(tables, name, text, scores)
    percentages(tables, scores)
    ratios(tables, scores)
    comparisons(tables, scores)
    return scores


def main(tables: Path) -> None:
    """Print the table and every error."""
    scores = measured(tables)
    print(f"{'type':<16}{'strings':>9}{'recall':>9}{'precision':>11}")
    for name, score in scores.items():
        print(f"{name:<16}{score.expected:>9}{score.recall:>9.2%}{score.precision:>11.2%}")
    for name, score in scores.items():
        for error in score.errors:
            print(f"{name}: {error}")


if __name__ == "__main__":
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else TABLES)
