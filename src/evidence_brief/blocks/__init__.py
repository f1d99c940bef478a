"""The blocks of a brief, made as Markdown by Python and placed by `reports/*.qmd`."""

from collections.abc import Callable

from evidence_brief.blocks.derivations import derivations
from evidence_brief.blocks.discussion import answers, discussion
from evidence_brief.blocks.front import legend, question, summary
from evidence_brief.blocks.handout import handout_findings, handout_question
from evidence_brief.blocks.handout_results import handout_results
from evidence_brief.blocks.ledger import findings, ledger_table
from evidence_brief.blocks.reproduce import reproduce
from evidence_brief.blocks.results import results
from evidence_brief.blocks.slides import slide_findings
from evidence_brief.blocks.source import annotated_source
from evidence_brief.blocks.tests import tests
from evidence_brief.ledger import Ledger
from evidence_brief.study.load import Study

BLOCKS: dict[str, Callable[[Study, Ledger], str]] = {
    "summary": summary,
    "question": question,
    "results": results,
    "findings": findings,
    "tests": tests,
    "legend": legend,
    "ledger": ledger_table,
    "annotated-source": annotated_source,
    "derivations": derivations,
    "reproduce": reproduce,
    "handout-question": handout_question,
    "handout-results": handout_results,
    "handout-findings": handout_findings,
    "discussion": discussion,
    "answers": answers,
    "slide-findings": slide_findings,
}
"""By the name that a report uses; the blocks of plots and of the QR code are added where these are drawn."""
