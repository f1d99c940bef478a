"""The blocks of a brief, made as Markdown by Python and placed by `reports/*.qmd`."""

from collections.abc import Callable

from evidence_brief.blocks.derivations import derivations
from evidence_brief.blocks.front import legend, question, summary
from evidence_brief.blocks.ledger import findings, ledger_table
from evidence_brief.blocks.reproduce import reproduce
from evidence_brief.blocks.results import results
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
}
"""By the name that a report uses; the block `plots` is added where the plots are drawn."""
