"""What the command shows of drafts: what was found in an article, and what to do next."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from rich.console import Console
from rich.text import Text

from evidence_brief.ledger import Ledger
from evidence_brief.study.study import Study
from evidence_brief.terminal import SEVERITIES

if TYPE_CHECKING:
    from evidence_brief.draft.update import Added

MOST = 5
"""Contradictions that are shown at once."""

WORDS = {
    "count": ("count", "counts"),
    "proportion": ("percentage", "percentages"),
    "mean_sd": ("mean", "means"),
    "median_iqr": ("median", "medians"),
    "range": ("range", "ranges"),
    "p_value": ("P value", "P values"),
    "confidence_interval": ("confidence interval", "confidence intervals"),
    "estimate": ("estimate", "estimates"),
    "test_statistic": ("test statistic", "test statistics"),
    "correlation": ("correlation", "correlations"),
    "duration": ("duration", "durations"),
    "dose": ("dose", "doses"),
    "date": ("date", "dates"),
}


def show_new(study: Study, ledger: Ledger) -> None:
    """How many figures of which type, the groups, the first contradictions, and the next step."""
    console = Console(highlight=False)
    file = study.file
    console.print(Text(file.title, "bold"))
    console.print(f"\n{_figures(len(file.claims))}: {_by_type([claim.type for claim in file.claims])}", soft_wrap=True)
    if file.groups:
        sizes = {name: study.claims[group.n].value if group.n else None for name, group in file.groups.items()}
        named = (
            f"{group.label} ({sizes[name]})" if sizes[name] else group.label for name, group in file.groups.items()
        )
        console.print(Text(f"groups: {', '.join(named)}"), soft_wrap=True)
    grave = [item for item in ledger.findings if item.finding.severity == "contradiction"]
    if grave:
        console.print(f"\nAs they are read, {_numbers(len(grave), 'does', 'do')} not add up:")
    for item in grave[:MOST]:
        console.print(
            Text("  ✗ ", SEVERITIES["contradiction"]).append(item.finding.sentence, "default"), soft_wrap=True
        )
    if len(grave) > MOST:
        console.print(f"  and {len(grave) - MOST} more")
    console.print(
        f"\ndata/{file.id}/study.yml holds them as drafts, which nobody has confirmed yet. Next:", soft_wrap=True
    )
    console.print(f"  brief review {file.id}    the figures in the text, to confirm, correct or reject")
    console.print(f"  brief check {file.id}     what they make of each other")


def show_extracted(name: str, added: Added, *, written: bool) -> None:
    """The figures that have no claim yet, or were added."""
    console = Console(highlight=False)
    if not added.claims and not added.exclusions:
        console.print(f"{name}: nothing new; every figure that is found is a claim or excluded", soft_wrap=True)
        return
    verb = "added as drafts" if written else "found that no claim and no exclusion covers"
    console.print(f"{name}: {_figures(len(added.claims))} {verb}" + (":" if added.claims else ""))
    for claim in added.claims:
        console.print(Text(f"  {claim.id}: {claim.value} ({claim.type}), “{claim.quote}”"), soft_wrap=True)
    if added.exclusions:
        are = "passage" if len(added.exclusions) == 1 else "passages"
        console.print(
            f"{len(added.exclusions)} {are} with numerals that are no figures{' excluded' if written else ''}:"
        )
    for exclusion in added.exclusions:
        console.print(Text(f"  “{exclusion.quote}”: {exclusion.reason}"), soft_wrap=True)
    step = f"brief review {name}" if written else f"brief extract {name} --update"
    console.print(f"\nNext: {step}")


def _by_type(types: list[str]) -> str:
    counts = Counter(types)
    return ", ".join(f"{counts[kind]} {words[counts[kind] != 1]}" for kind, words in WORDS.items() if counts[kind])


def _figures(number: int) -> str:
    return _numbers(number, "figure", "figures")


def _numbers(number: int, one: str, several: str) -> str:
    return f"{number} {one if number == 1 else several}"
