"""What the command shows: verdicts, one figure's derivation, and what was rendered."""

from __future__ import annotations

import json
import shlex
import textwrap
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rich.console import Console
from rich.table import Table
from rich.text import Text

from evidence_brief.agree import as_text
from evidence_brief.checks.result import VERDICTS, Verdict
from evidence_brief.ledger import Ledger, ReportedFinding
from evidence_brief.ledger_json import as_data
from evidence_brief.stands_for import stands_for
from evidence_brief.study.load import Study
from evidence_brief.verdicts import SIGNS, WORDS

if TYPE_CHECKING:
    from evidence_brief.pipeline import Rendered

COLOURS: dict[str, str] = {
    "contradicted": "bold red",
    "reproduced": "green",
    "reproduced-if": "yellow",
    "possible": "cyan",
    "unchecked": "dim",
}
_RELATIONS = (
    *("group", "count", "of", "within", "every", "product", "restates", "compares", "discordant", "parts"),
    *("test", "method", "scale"),
)
SEVERITIES = {"contradiction": "bold red", "warning": "yellow", "note": "cyan"}


def as_json(ledgers: Sequence[Ledger]) -> str:
    """Per study a list of claims, each with the findings that name it in full."""
    studies: dict[str, list[dict[str, Any]]] = {}
    for ledger in ledgers:
        data = as_data(ledger)
        for claim in data["claims"]:
            claim["findings"] = [finding for finding in data["findings"] if claim["id"] in finding["claims"]]
        studies[ledger.study] = data["claims"]
    return json.dumps(studies, ensure_ascii=False, indent=2, sort_keys=True) + "\n"


def _verdict(name: Verdict) -> Text:
    return Text(f"{SIGNS[name]} {WORDS[name]}", COLOURS[name])


def show_ledger(ledger: Ledger) -> None:
    """Every claim with its verdict, then the findings."""
    console = Console(highlight=False)
    table = Table(title=ledger.title, title_justify="left", title_style="bold", box=None, pad_edge=False)
    for name in ("Claim", "Printed", "Verdict", "Recomputed"):
        table.add_column(name, overflow="fold")
    for row in ledger.rows:
        claim = Text(row.id).append(" (draft)" if row.draft else "", "dim")
        table.add_row(claim, Text(row.printed), _verdict(row.verdict), Text(row.recomputed or ""))
    console.print(table)
    console.print(_tally(ledger))
    for item in ledger.findings:
        _show_finding(console, item)
    console.print()


def _tally(ledger: Ledger) -> Text:
    counts = ledger.counts()
    parts = [Text(f"{counts[name]} {WORDS[name].lower()}", COLOURS[name]) for name in VERDICTS if counts[name]]
    text = Text(f"\n{len(ledger.rows)} figures: ").append_text(Text(", ").join(parts))
    if drafts := ledger.drafts():
        are = "was" if drafts == 1 else "were"
        notice = f"\n{drafts} of {len(ledger.rows)} {are} read by the program and not yet confirmed by a person"
        text.append(notice, "bold").append(f": brief review {ledger.study}", "default")
    return text


def _show_finding(console: Console, item: ReportedFinding) -> None:
    finding = item.finding
    line = Text(f"\n{item.number}. {finding.severity}: ", SEVERITIES[finding.severity]).append(
        finding.sentence, "default"
    )
    if item.accepted:
        line.append(f" [accepted: {item.accepted}]", "dim")
    console.print(line)
    if finding.explanations:
        console.print(Text(f"   {finding.explanations}", "dim"))
    console.print(
        Text(f"   {finding.code}: {', '.join(finding.claims)}" if finding.claims else f"   {finding.code}", "dim")
    )


def show_claim(study: Study, ledger: Ledger, name: str) -> None:
    """The derivation of one figure."""
    console = Console(highlight=False)
    claim, row, value = study.claims[name], ledger.row(name), study.values[name]
    console.print(Text(row.label, "bold"))
    lines = [
        ("printed", claim.value),
        ("quote", f"“{claim.quote}” ({study.file.sources[row.source].file}, line {row.line})"),
        ("status", "a draft, which nobody has confirmed yet" if row.draft else claim.status or ""),
        ("stands for", stands_for(claim, value)),
        ("verdict", f"{SIGNS[row.verdict]} {WORDS[row.verdict]}" + (f": {row.condition}" if row.condition else "")),
        ("method", row.method),
        ("recomputed", row.recomputed or ""),
        ("why", row.why),
    ]
    for relation in _RELATIONS:
        target = getattr(claim, relation)
        if target:
            lines.insert(2, (relation, ", ".join(target) if isinstance(target, tuple) else target))
    lines += [("twice", f"{f.name}: {as_text(f.first)} in floats, {as_text(f.second)} exactly") for f in row.figures]
    own = (item for item in ledger.derived if name in item.claims or item.id.rsplit(".", 1)[0] == name)
    lines += [("derived", f"{item.text} ({item.method})") for item in own]
    for word, text in lines:
        if text:
            console.print(Text(textwrap.fill(text, 100, initial_indent=f"{word:<12}", subsequent_indent=" " * 12)))
    if row.trials:
        table = Table(box=None, pad_edge=False)
        for column in ("Method", "Result", "Prints as reported"):
            table.add_column(column)
        for trial in row.trials:
            style = "green" if trial.prints == "yes" else ""
            table.add_row(
                trial.method, trial.result, {"some": "for some counts"}.get(trial.prints, trial.prints), style=style
            )
        console.print()
        console.print(table)
    for item in ledger.of_claim(name):
        _show_finding(console, item)


def show_rendered(results: Sequence[Rendered], engine: str) -> None:
    """A short table of verdicts, the findings that matter, and where the files are."""
    console = Console(highlight=False)
    made = [result for result in results if result.ledger is not None]
    if made:
        table = Table(box=None, pad_edge=False, collapse_padding=True)
        table.add_column("Study", no_wrap=True)
        for name in VERDICTS:
            table.add_column(WORDS[name].replace(" ", "\n"), justify="right")
        for result in made:
            assert result.ledger is not None
            counts = result.ledger.counts()
            cells = [Text(str(counts[name]), COLOURS[name] if counts[name] else "dim") for name in VERDICTS]
            table.add_row(result.study, *cells)
        console.print(table)
    for result in made:
        assert result.ledger is not None
        assert result.folder is not None
        grave = [item for item in result.ledger.findings if item.finding.severity != "note"]
        for item in grave:
            _show_finding(console, item)
        state = "nothing changed, left as it is" if result.fresh else f"made by the {engine} engine"
        console.print(Text(f"\n{result.study}: {state}", "bold"))
        for file in sorted(result.folder.iterdir()):
            if file.is_file():
                console.print(f"  {_from_here(file)}", soft_wrap=True)


def show_new_project(folder: Path, kept: Sequence[str], *, example: bool) -> None:
    """What stands in the new project's folder now, and what to do next."""
    print(f"{folder.resolve().name} is an evidence-brief project now.")
    if kept:
        print(f"Left as they were: {', '.join(kept)}.")
    if ".gitignore" in kept:
        print("Outputs need no version control; .gitignore may name them: /.brief/ /.quarto/ /_site/ /briefs/")
    here = folder.resolve() == Path.cwd()
    steps = [] if here else [(f"cd {shlex.quote(str(folder))}", "")]
    if example:
        steps += [("brief render", "the pages of the example: _site/index.html")]
    steps += [
        ("brief new STUDY --from ARTICLE", "a draft study from an article"),
        ("brief review STUDY", "confirm it, figure by figure"),
        ("brief check STUDY", "the verdict of every figure"),
        ("brief render STUDY", "its pages: _site/briefs/STUDY/brief.html"),
    ]
    print("\nNext:")
    for command, what in steps:
        print(f"  {command:<32}{what}".rstrip())


def show_site(pages: Sequence[Path]) -> None:
    """Where the site's own pages are."""
    console = Console(highlight=False)
    for page in pages:
        console.print(f"  {_from_here(page)}", soft_wrap=True)


def show_slides_need_quarto() -> None:
    """Say once that the embedded engine makes no slides."""
    Console(highlight=False).print("\nSlides (reports/slides.qmd) are made by Quarto alone: https://quarto.org")


def _from_here(path: Path) -> str:
    here = Path.cwd()
    return str(path.relative_to(here)) if path.is_relative_to(here) else str(path)
