"""Tables of a notebook as Markdown: Jupyter, Quarto and Pandoc each make a real table of it.

pandas shows a frame as HTML, for which Quarto loads scripts from the network; and HTML cannot become paper.
"""

from __future__ import annotations

import pandas as pd
from IPython.core.getipython import get_ipython

from evidence_brief.blocks.text import md, minus, pipe_table

WIDEST = 46  # characters that a column is given room for


def show_tables() -> None:
    """From now on the notebook shows data frames as Markdown tables. Does nothing outside IPython."""
    shell = get_ipython()
    if shell is None or shell.display_formatter is None:
        return
    pd.set_option("display.notebook_repr_html", False)
    shell.display_formatter.formatters["text/markdown"].for_type(pd.DataFrame, as_markdown)


def as_markdown(frame: pd.DataFrame) -> str:
    """The frame, its index first where it has a name; widths follow the longest cells."""
    named = frame.columns.name is not None
    header = [*([str(frame.columns.name)] if named else []), *(str(name) for name in frame.columns)]
    rows = [[_cell(value) for value in row] for row in frame.itertuples(index=named)]
    if not rows:
        return "Nothing of this kind is reported.\n"
    widths = [
        min(max(len(text) for text in (name, *(row[i] for row in rows))), WIDEST) + 2 for i, name in enumerate(header)
    ]
    return pipe_table([md(name) for name in header], [[md(text) for text in row] for row in rows], widths)


def _cell(value: object) -> str:
    return minus("" if pd.isna(value) else f"{value:g}" if isinstance(value, float) else str(value))
