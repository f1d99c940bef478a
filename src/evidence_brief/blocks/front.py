"""The blocks that a reader sees first: the verdict in a sentence, and what the study asked."""

from __future__ import annotations

from evidence_brief.blocks.text import block, drafts, md, reported, table, tallies, verdict
from evidence_brief.checks.result import VERDICTS
from evidence_brief.labels import sentence_case
from evidence_brief.ledger import Ledger
from evidence_brief.study.load import Study
from evidence_brief.verdicts import MEANINGS


def summary(study: Study, ledger: Ledger) -> str:
    """One sentence to repeat, the gravest findings, and how many figures have each verdict."""
    total = len(ledger.rows)
    counts = ledger.counts()
    wrong = [row for row in ledger.rows if row.verdict == "contradicted"]
    figures = "reported figure" if total == 1 else "reported figures"
    sentence = f"Of {total} {figures}, {counts['reproduced']} can be reproduced from the others"
    if wrong:
        are = "is" if len(wrong) == 1 else "are"
        named = "; ".join(f"{reported(row.id)} ({md(row.label)})" for row in wrong)
        sentence += f" and **{len(wrong)} {are} contradicted** by them: {named}. {_decisions(ledger)}".rstrip()
    elif counts["unchecked"] == total:
        sentence = f"No one of {total} {figures} can be checked against the others."
    else:
        sentence += "; none is contradicted."
    parts = (drafts(total, ledger.drafts()), sentence, tallies(counts))
    return block("summary", "\n\n".join(part for part in parts if part))


def _decisions(ledger: Ledger) -> str:
    """What the contradicted P values mean for what is significant at 5%; nothing where there are none."""
    wrong = [row for row in ledger.rows if row.verdict == "contradicted" and row.type == "p_value"]
    turned = [row for row in wrong if "p_value.decision" in row.findings]
    if turned:
        return f"Recomputed, {'; '.join(reported(row.id) for row in turned)} would lie on the other side of 5%."
    if wrong and all("p_value.mismatch" in row.findings for row in wrong):
        return f"The contradicted P {'value stays' if len(wrong) == 1 else 'values stay'} on the same side of 5%."
    return ""


def question(study: Study, ledger: Ledger) -> str:
    """Population, intervention, comparison, outcomes; the design; the groups; the source."""
    file = study.file
    asked = file.question
    rows = [
        ("Population", asked.population),
        ("Intervention", asked.intervention),
        ("Comparison", asked.comparison),
        ("Outcomes", "; ".join(asked.outcomes)),
        ("Design", sentence_case(file.design) if file.design else None),
    ]
    cells = [(f"**{name}**", md(text)) for name, text in rows if text]
    sizes = [f"{md(group.label)}: {reported(group.n)}" for group in file.groups.values() if group.n]
    if sizes:
        cells.append(("**Patients**", "; ".join(sizes)))
    if file.publication:
        cells.append(("**Study**", md(file.publication)))
    what = "**Checked text**" if len(file.sources) == 1 else "**Checked texts**"
    links = [f"{md(s.cite)}" + (f" <{s.url}>" if s.url else "") for s in file.sources.values()]
    cells.append((what, "; ".join(links)))
    return table(("Item", "As reported"), cells, (20, 80))


def legend(study: Study, ledger: Ledger) -> str:
    """What the verdicts mean."""
    rows = [(verdict(name), MEANINGS[name]) for name in VERDICTS]
    return table(("Verdict", "Meaning"), rows, (22, 78))
