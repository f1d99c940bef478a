"""How many comparisons that people found in trial reports are found in the articles, as figures and as pairs.

    python benchmarks/extraction/comparisons.py ARTICLES [TABLE]

ARTICLES is a folder of JATS files named by their PMC number (they are not part of this repository); TABLE holds the
annotations (tests/golden/data/clinical_comparisons.csv if absent). Only complete rows count: two means with SD, or two
counts of patients (or their shares, which people have turned into counts). A pair is found where both figures are, and
the program gives them different groups, or a P value or an estimate that compares them.
"""

from __future__ import annotations

import csv
import sys
from fractions import Fraction
from pathlib import Path

from evidence_brief.draft.study import NoFigures, draft_and_study
from evidence_brief.extract.readers import read
from evidence_brief.study.model import Source
from evidence_brief.study.study import Study

TABLE = Path(__file__).parents[2] / "tests" / "golden" / "data" / "clinical_comparisons.csv"
SOURCE = Source(file="a.txt", cite="a", sha256="0" * 64)


def study_of(path: Path) -> Study | None:
    """The draft of an article; None where no figure is found in it."""
    try:
        return draft_and_study({"a": read(path)}, {"a": SOURCE}, id="a", title="a")
    except NoFigures:
        return None


def means(study: Study, mean: str, sd: str) -> list[str]:
    """The claims with this mean and SD."""
    wanted = [Fraction(mean), Fraction(sd)]
    return [
        claim.id
        for claim in study.file.claims
        if claim.type == "mean_sd" and [number.value for number in study.values[claim.id].numbers][:2] == wanted
    ]


def counts(study: Study, events: str, of: str) -> list[str]:
    """The claims that count so many patients, or print their share."""
    count, share = Fraction(events.replace(",", "")), Fraction(events.replace(",", "")) / Fraction(of.replace(",", ""))
    return [
        claim.id
        for claim in study.file.claims
        if (claim.type == "count" and study.values[claim.id].first.value == count)
        or (claim.type == "proportion" and share in study.values[claim.id].first.as_fraction)
    ]


def paired(study: Study, first: list[str], second: list[str]) -> bool:
    """Whether some claim of the first and some of the second are told apart by group, or compared by another claim."""
    groups = {name: study.claims[name].group for name in (*first, *second)}
    if any(groups[a] and groups[b] and groups[a] != groups[b] for a in first for b in second):
        return True
    return any(set(claim.compares) & set(first) and set(claim.compares) & set(second) for claim in study.file.claims)


def main() -> None:
    """Print the shares."""
    folder, table = Path(sys.argv[1]), Path(sys.argv[2]) if len(sys.argv) > 2 else TABLE
    with table.open(encoding="utf-8", newline="") as file:
        rows = [row for row in csv.DictReader(file) if row["data_complete"] == "TRUE"]
    studies: dict[str, Study | None] = {}
    tally: dict[str, list[int]] = {}
    for row in rows:
        path = folder / f"{row['pmcid']}.nxml"
        if not path.is_file():
            continue
        study = studies.setdefault(row["pmcid"], None) or study_of(path)
        studies[row["pmcid"]] = study
        of = tally.setdefault(row["outcome_type"], [0, 0, 0])
        of[0] += 1
        if study is None:
            continue
        if row["outcome_type"] == "continuous":
            sides = [means(study, row["mean1"], row["sd1"]), means(study, row["mean2"], row["sd2"])]
        else:
            sides = [counts(study, row["e1"], row["n1"]), counts(study, row["e2"], row["n2"])]
        of[1] += all(sides)
        of[2] += all(sides) and paired(study, *sides)
    print(f"{'outcome':12}{'annotated':>10}{'figures':>10}{'pairs':>10}")
    for kind, (annotated, found, pairs) in sorted(tally.items()):
        print(f"{kind:12}{annotated:10}{found / annotated:10.1%}{pairs / annotated:10.1%}")


if __name__ == "__main__":
    main()
