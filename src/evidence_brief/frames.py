"""The study and its ledger as pandas tables, for the notebook and the plots."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import fields

import pandas as pd

from evidence_brief.agree import as_text
from evidence_brief.checks import CHECKS
from evidence_brief.labels import comparison
from evidence_brief.ledger import Ledger
from evidence_brief.plots.proportions import Share, shares
from evidence_brief.plots.scores import MeanAt, means_over_time
from evidence_brief.study.load import Study
from evidence_brief.verdicts import WORDS


def _indexed(frame: pd.DataFrame) -> pd.DataFrame:
    """The frame indexed by its first column, whose name stands over it in the same line as the others."""
    name = frame.columns[0]
    return frame.set_index(name).rename_axis(index=None, columns=name)


def checks_frame() -> pd.DataFrame:
    """One row per check, in the order in which they run."""
    return _indexed(pd.DataFrame([(c.name, c.title) for c in CHECKS], columns=["check", "what it asks"]))


def claims_frame(study: Study) -> pd.DataFrame:
    """One row per claim: its line in the source, its quote, its printed value and type."""
    rows = [(c.id, study.anchors[c.id].line, c.quote, c.value, c.type) for c in study.claims.values()]
    return _indexed(pd.DataFrame(rows, columns=["claim", "line", "quote", "printed", "type"]))


def verdicts_frame(ledger: Ledger, types: tuple[str, ...] = ()) -> pd.DataFrame:
    """One row per claim (of these types, or of all): printed, recomputed, verdict, and why."""
    rows = [
        (row.id, row.printed, row.recomputed or "", WORDS[row.verdict], row.why)
        for row in ledger.rows
        if not types or row.type in types
    ]
    return _indexed(pd.DataFrame(rows, columns=["claim", "printed", "recomputed", "verdict", "why"]))


def tests_frame(study: Study, ledger: Ledger) -> pd.DataFrame:
    """One row per test, one column per recomputed P value; a tick where it prints as reported."""
    columns = {
        f"{comparison(study, study.claims[row.id])}: {row.printed}": {
            trial.method: trial.result + trial.tick for trial in row.trials
        }
        for row in ledger.rows
        if row.type == "p_value" and row.trials
    }
    return pd.DataFrame(columns).fillna("–").rename_axis(columns="test")


def derived_frame(ledger: Ledger) -> pd.DataFrame:
    """One row per figure that follows from reported ones: its name, its value, its method."""
    return _indexed(
        pd.DataFrame(
            [(d.id, d.label, d.text, d.method) for d in ledger.derived], columns=["figure", "what", "value", "method"]
        )
    )


def paths_frame(ledger: Ledger) -> pd.DataFrame:
    """One row per recomputed number that the verdicts rest on, by the first and by the second path."""
    rows = [(row.id, f.name, as_text(f.first), as_text(f.second)) for row in ledger.rows for f in row.figures]
    rows += [(d.id, f.name, as_text(f.first), as_text(f.second)) for d in ledger.derived for f in d.figures]
    return _indexed(pd.DataFrame(rows, columns=["figure", "number", "floating point", "exact"]))


def proportions_frame(study: Study, ledger: Ledger) -> pd.DataFrame:
    """One row per proportion whose count is known; percentages on the scale of 0 to 100."""
    return _of_rows(shares(study, ledger), Share)


def scores_frame(study: Study, ledger: Ledger) -> pd.DataFrame:
    """One row per mean with an interval whose outcome and group were measured more than once."""
    return _of_rows(means_over_time(study, ledger), MeanAt)


def _of_rows(rows: Sequence[object], kind: type) -> pd.DataFrame:
    """One row per dataclass instance, indexed by its first field; its columns also where there is none."""
    return _indexed(pd.DataFrame(rows, columns=[field.name for field in fields(kind)]))
