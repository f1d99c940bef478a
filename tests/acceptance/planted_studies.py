"""Two made-up studies for planted faults: four arms with signs, and one in German with decimal commas."""

from __future__ import annotations

import hashlib
import json
from pathlib import Path
from typing import Any

ARMS = {"low": "Low dose (10 mg)", "middle": "Middle dose", "high": "High dose", "none": "Placebo"}
FOUR = """Of 120 patients, 30 took the low dose, 30 the middle dose, 30 the high dose and 30 placebo.
Response: 70.0% with the low dose, 50.0% with the middle, 40.0% with the high and 20.0% with placebo
(low dose against placebo P<.001, middle dose against placebo P=.02, high dose against placebo P=.09).

Change of the score: -3.1±2.0 with the low dose, -2.4±1.9 with the middle, -1.2±2.2 with the high, and 0.4±1.8 with
placebo (low against none, P<.0001). The score of the middle dose was 7.46±2.10 before.
"""
WARM = """Von 48 Kranken erhielten 24 Wärme und 24 keine Behandlung. Eine Besserung trat bei 75,0% gegenüber 41,7% auf
(p=0,02; χ²-Test). Übelkeit bestand bei 12,5% der Kranken mit Wärme, bei 9,1% der übrigen. Größe: 1,72±0,09 m.
"""


def claim(name: str, quote: str, value: str, kind: str, **about: Any) -> dict[str, Any]:
    """One claim of a study file."""
    return {"id": name, "quote": quote, "value": value, "type": kind, **about}


def four_arms() -> dict[str, Any]:
    """Four groups, three comparisons of proportions, changes below zero."""
    words = dict(zip(ARMS, ("took the low dose", "the middle dose,", "the high dose and", "placebo."), strict=True))
    sizes = [claim(f"{arm}.n", f"30 {words[arm]}", "30", "count", group=arm) for arm in ARMS]
    shares = {"low": "70.0% with", "middle": "50.0% with", "high": "40.0% with", "none": "20.0% with"}
    p = {"low": "P<.001", "middle": "P=.02", "high": "P=.09"}
    changes = {"low": "-3.1±2.0", "middle": "-2.4±1.9", "high": "-1.2±2.2", "none": "0.4±1.8"}
    claims = [claim("all.n", "Of 120 patients", "120", "count", group="all"), *sizes]
    for arm, quote in shares.items():
        about = {"group": arm, "outcome": "response"}
        claims.append(claim(f"response.{arm}", quote, quote.split()[0], "proportion", **about))
    for arm, value in p.items():
        compared = [f"response.{arm}", "response.none"]
        claims.append(claim(f"response.{arm}.p", f"against placebo {value}", value, "p_value", compares=compared))
    for arm, value in changes.items():
        about = {"group": arm, "outcome": "change of the score", "scale": "score"}
        claims.append(claim(f"change.{arm}", f"{value} with", value, "mean_sd", **about))
    claims.append(claim("change.p", "P<.0001", "P<.0001", "p_value", compares=["change.low", "change.none"]))
    about = {"group": "middle", "outcome": "score", "time": "before", "scale": "score"}
    claims.append(claim("before.middle", "7.46±2.10 before", "7.46±2.10", "mean_sd", **about))
    groups = {arm: {"label": label, "n": f"{arm}.n"} for arm, label in ARMS.items()}
    groups["all"] = {"label": "All patients", "n": "all.n", "parts": list(ARMS)}
    scales = {"score": {"label": "Score", "step": 1}}
    return {"title": "Four arms", "design": "randomised trial", "groups": groups, "scales": scales, "claims": claims}


def warmth() -> dict[str, Any]:
    """Another language, decimal commas, long names, signs of markup, a percentage that cannot be."""
    claims = [
        claim("n", "Von 48 Kranken", "48", "count", group="all"),
        claim("warm.n", "erhielten 24 Wärme", "24", "count", group="warm"),
        claim("none.n", "und 24 keine", "24", "count", group="none"),
        claim("better.warm", "bei 75,0% gegen", "75,0%", "proportion", group="warm", outcome="Besserung"),
        claim("better.none", "gegenüber 41,7% auf", "41,7%", "proportion", group="none", outcome="Besserung"),
        claim("better.p", "(p=0,02; χ²-Test)", "p=0,02", "p_value", compares=["better.warm", "better.none"]),
        claim("sick.warm", "bei 12,5% der", "12,5%", "proportion", group="warm", outcome="Übelkeit *a* <b>"),
        claim("sick.none", "bei 9,1% der", "9,1%", "proportion", group="none", outcome="Übelkeit *a* <b>"),
        claim("height", "Größe: 1,72±0,09 m", "1,72±0,09", "mean_sd", group="all", outcome="Größe", unit="m"),
    ]
    groups = {
        "all": {"label": "Alle", "n": "n", "parts": ["warm", "none"]},
        "warm": {"label": "Wärme", "n": "warm.n"},
        "none": {"label": "Keine Behandlung in irgendeiner Form während der gesamten Beobachtung", "n": "none.n"},
    }
    return {"title": "Wärme bei 24 von 48 Kranken: «eine» Studie", "language": "de", "groups": groups, "claims": claims}


def write_studies(project: Path) -> list[str]:
    """Both studies in the project's data; their names are returned."""
    for name, data, text, mark in (("four", four_arms(), FOUR, "."), ("warmth", warmth(), WARM, ",")):
        folder = project / "data" / name
        folder.mkdir()
        (folder / "text.txt").write_text(text, encoding="utf-8")
        digest = hashlib.sha256(text.encode()).hexdigest()
        source = {
            "file": "text.txt",
            "cite": f"Journal of {name}, 2019; 12: 33-41",
            "sha256": digest,
            "decimal_mark": mark,
        }
        study = {"id": name, "sources": {"text": source}, **data}
        (folder / "study.yml").write_text(json.dumps(study, ensure_ascii=False), encoding="utf-8")
    return ["four", "warmth"]
