"""Ledgers and versions of small studies, made by the product itself, for comparing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

from evidence_brief.ledger import make_ledger
from evidence_brief.ledger_json import to_json
from evidence_brief.publish.causes import Made
from evidence_brief.publish.changes import Change
from evidence_brief.publish.snapshot import Snapshot, read_snapshot
from evidence_brief.study.load import load_study

TEXT = """Of 100 patients, 50 received the drug and 50 placebo. At 12 weeks 60% of the drug group and
30% of the placebo group had responded (P=.003). The relative risk was 2.0 (95% CI 1.2 to 3.3).
"""
STUDY = """id: trial
title: A trial
sources:
  news: {file: news.txt, cite: "News, 2020", sha256: "SHA256"}
groups:
  drug: {label: Drug, n: drug.n}
  placebo: {label: Placebo, n: placebo.n}
claims:
  - {id: drug.n, quote: "50 received the drug", value: "50", type: count, group: drug}
  - {id: placebo.n, quote: "and 50 placebo", value: "50", type: count, group: placebo}
  - {id: drug, quote: "60% of the drug", value: "60%", type: proportion, group: drug, outcome: response}
  - {id: placebo, quote: "30% of the placebo", value: "30%", type: proportion, group: placebo, outcome: response}
  - {id: p, quote: "(P=.003)", value: "P=.003", type: p_value, compares: [drug, placebo]}
  - {id: rr, quote: "relative risk was 2.0", value: "2.0", type: estimate, measure: RR, compares: [drug, placebo]}
  - {id: ci, quote: "(95% CI 1.2 to 3.3)", value: "1.2 to 3.3", type: confidence_interval, of: rr}
exclusions: [{quote: "Of 100 patients", reason: Both.}, {quote: "At 12 weeks", reason: Time.}]
"""

WriteStudy = Callable[..., Path]
Swap = tuple[str, str]


def swapped(text: str, swaps: tuple[Swap, ...]) -> str:
    for old, new in swaps:
        text = text.replace(old, new)
    return text


def made(write_study: WriteStudy, study: str = STUDY, text: str = TEXT, **other: str) -> Made:
    """The study as a version would hold it; `other` are sums and texts of what is beside it."""
    folder = write_study(study, text)
    ledger = read_snapshot(to_json(make_ledger(load_study(folder))), "ledger.json")
    people = {name: (folder / name).read_text(encoding="utf-8") for name in ("study.yml", "news.txt")}
    people |= {"notes.md": other["notes"]} if "notes" in other else {}
    files = {f"data/trial/{name}": hashlib.sha256(words.encode()).hexdigest() for name, words in people.items()}
    files |= {"reports/brief.qmd": other.get("template", "a"), "requirements.lock": other.get("lock", "a")}
    packages = {"evidence-brief": "1", "python": "3.12", "numpy": other.get("numpy", "2.0")}
    said = {
        "brief": f"{ledger} {other.get('notes')} {other.get('template')}",
        "ledger": str(list(ledger.figures.items())),
    }
    documents = {name: hashlib.sha256(words.encode()).hexdigest() for name, words in said.items()}
    return Made(ledger, files, people, frozenset({"news.txt"}), other.get("code", "c"), packages, documents)


def changed(write_study: WriteStudy, *swaps: Swap, source: tuple[Swap, ...] = (), **other: str) -> tuple[Made, Made]:
    """The study before and after words of the study file, or of the source, are exchanged."""
    return made(write_study), made(write_study, swapped(STUDY, swaps), swapped(TEXT, source), **other)


def altered(snapshot: Snapshot, name: str, **fields: object) -> Snapshot:
    """The ledger with one figure, finding or derived figure that says something else."""
    for kind in ("figures", "findings", "derived"):
        known = getattr(snapshot, kind)
        if name in known:
            return replace(snapshot, **{kind: {**known, name: replace(known[name], **fields)}})
    raise KeyError(name)


def without(snapshot: Snapshot, name: str) -> Snapshot:
    """The ledger without one of its items."""
    kinds = {kind: {key: item for key, item in getattr(snapshot, kind).items() if key != name}
             for kind in ("figures", "findings", "derived")}  # fmt: skip
    return replace(snapshot, **kinds)  # type: ignore[arg-type]


def of(changes: list[Change], name: str) -> Change:
    """The one change of this id."""
    (found,) = [change for change in changes if change.id == name]
    return found
