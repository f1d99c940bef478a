"""Two made-up studies at the ends of what there is: a tiny one in German without findings, a large one of four arms."""

from __future__ import annotations

import hashlib
from pathlib import Path
from typing import Any

from ruamel.yaml import YAML

TINY = "schmerz-2021"
LARGE = "four-arms-2022"
SIZES = {"low": 24, "middle": 25, "high": 30, "placebo": 28}
# Patients with each outcome, in the order of the arms. Many rows, so that the ledger fills several screens.
OUTCOMES = {
    "response": (14, 18, 25, 9),
    "remission": (8, 11, 17, 4),
    "relapse": (6, 5, 3, 12),
    "nausea": (3, 6, 9, 2),
    "headache of any severity that needed no treatment": (5, 5, 7, 6),
    "hypergammaglobulinaemia-associated thromboembolism": (1, 0, 2, 1),
}
SCORES = {"low": "4.25±1.91", "middle": "3.96±2.05", "high": "3.10±1.75", "placebo": "5.55±2.20"}
Claim = dict[str, Any]


def tiny() -> tuple[Claim, str]:
    """Four figures that fit, printed with decimal commas."""
    article = "Über 40 Patientinnen wird berichtet. Davon wurden 10 schmerzfrei (25,0%), nach 12 Wochen.\n"
    claims = [
        claim("alle.n", "40 Patientinnen", "40", "count", group="alle"),
        claim("frei", "wurden 10 schmerzfrei", "10", "count", group="alle", outcome="Schmerzfreiheit"),
        claim("frei.anteil", "(25,0%)", "25,0%", "proportion", group="alle", outcome="Schmerzfreiheit", count="frei"),
        claim("dauer", "nach 12 Wochen", "12", "duration", unit="Wochen"),
    ]
    study = {
        "id": TINY,
        "title": "Schmerzfreiheit nach zwölf Wochen",
        "language": "de",
        "groups": {"alle": {"label": "Alle Patientinnen", "n": "alle.n"}},
        "claims": claims,
    }
    return study, article


def large() -> tuple[Claim, str]:
    """Counts, percentages, scores and P values of four arms, of every verdict; findings of every severity."""
    claims: list[Claim] = []
    lines: list[str] = []

    def tell(text: str, *made: Claim) -> None:
        lines.append(text)
        claims.extend({**one, "quote": text} for one in made)

    for arm, size in SIZES.items():
        tell(f"The {arm} arm had {size} patients.", claim(f"{arm}.n", "", str(size), "count", group=arm))
    for number, (outcome, counts) in enumerate(OUTCOMES.items()):
        for (arm, size), count in zip(SIZES.items(), counts, strict=True):
            wrong = 5 if (outcome, arm) == ("relapse", "high") else 0
            share = f"{100 * (count + wrong) / size:.1f}%"
            about = {"group": arm, "outcome": outcome}
            counted = claim(f"o{number}.{arm}.count", "", str(count), "count", **about)
            shared = claim(f"o{number}.{arm}", "", share, "proportion", count=f"o{number}.{arm}.count", **about)
            tell(f"In the {arm} arm {outcome} was seen in {count} patients, or {share} of them.", counted, shared)
        compared = [f"o{number}.high", f"o{number}.placebo"]
        value = {"response": "P<.001", "remission": "P=.04"}.get(outcome, f"P=.{31 + number}")
        tell(
            f"High dose against placebo for {outcome}: {value}.",
            claim(f"o{number}.p", "", value, "p_value", compares=compared),
        )
    for arm, score in SCORES.items():
        about = {"group": arm, "outcome": "pain score", "scale": "pain"}
        tell(f"The {arm} arm ended at a pain score of {score}.", claim(f"pain.{arm}", "", score, "mean_sd", **about))
    compared = [f"pain.{arm}" for arm in SCORES]
    tell("Pain differed between the arms (P<.001).", claim("pain.p", "", "P<.001", "p_value", compares=compared))
    study = {
        "id": LARGE,
        "title": "Three doses of a monoclonal antibody against placebo in adults with moderate-to-severe "
        "hypergammaglobulinaemia-associated polyradiculoneuropathy: a randomised, double-blind trial of four arms",
        "design": "randomised trial",
        "question": {
            "population": "Adults",
            "intervention": "Three doses",
            "comparison": "Placebo",
            "outcomes": list(OUTCOMES),
        },
        "groups": {arm: {"label": f"{arm.capitalize()} dose", "n": f"{arm}.n"} for arm in SIZES},
        "scales": {"pain": {"label": "Pain score", "minimum": 0, "maximum": 10, "step": 1, "better": "lower"}},
        "claims": claims,
    }
    return study, "\n".join(lines) + "\n"


def claim(name: str, quote: str, value: str, kind: str, **about: Any) -> Claim:
    """One claim as the study file holds it."""
    return {"id": name, "quote": quote, "value": value, "type": kind, **about}


def write_study(data: Path, study: Claim, article: str) -> None:
    """Write the study and its source into a folder of its own."""
    folder = data / study["id"]
    folder.mkdir(parents=True)
    (folder / "text.txt").write_text(article, encoding="utf-8")
    sha256 = hashlib.sha256(article.encode()).hexdigest()
    source = {"file": "text.txt", "cite": "A made-up report", "sha256": sha256}
    if study.get("language") == "de":
        source["decimal_mark"] = ","
    with (folder / "study.yml").open("w", encoding="utf-8") as file:
        YAML().dump({**study, "sources": {"text": source}}, file)
