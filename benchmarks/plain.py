"""The plain way, for comparison: one notebook run by papermill, then a converter. No checks, no ledger, no styles."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path

import nbformat

CELLS = (
    "events, totals = [22, 10, 12, 8], [24, 18, 24, 18]",
    "import pandas as pd\nimport seaborn as sns\nfrom matplotlib import pyplot as plt\nfrom scipy import stats",
    "frame = pd.DataFrame({'outcome': ['muscular remission'] * 2 + ['complete remission'] * 2,\n"
    "                      'group': ['IVIG', 'conventional'] * 2, 'events': events, 'n': totals})\n"
    "frame['percent'] = (100 * frame.events / frame.n).round(1)\nframe",
    "rows = []\n"
    "for outcome, part in frame.groupby('outcome', sort=False):\n"
    "    table = [[row.events, row.n - row.events] for row in part.itertuples()]\n"
    "    rows.append((outcome, stats.chi2_contingency(table, correction=False)[1],\n"
    "                 stats.fisher_exact(table)[1], stats.barnard_exact(table).pvalue))\n"
    "pd.DataFrame(rows, columns=['outcome', 'chi2', 'fisher', 'barnard'])",
    "sns.barplot(frame, x='outcome', y='percent', hue='group')\nplt.show()",
    "scores = pd.DataFrame({'score': ['CDASI'] * 3 + ['MRC'] * 3, 'time': [0, 6, 76] * 2,\n"
    "                       'mean': [7.46, 2.96, 1.95, 6.71, 9.54, 9.56]})\n"
    "sns.lineplot(scores, x='time', y='mean', hue='score', marker='o')\nplt.show()",
)


def write_notebook(folder: Path) -> Path:
    """The plain notebook of the seed study, its figures typed in."""
    content = nbformat.v4.new_notebook()
    front = "---\ntitle: Plain\nformat:\n  html:\n    embed-resources: true\n  typst: default\n---"
    content.cells = [nbformat.v4.new_raw_cell(front), *(nbformat.v4.new_code_cell(source) for source in CELLS)]
    content.cells[1].metadata["tags"] = ["parameters"]
    content.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(content, folder / "plain.ipynb")
    return folder / "plain.ipynb"


def run(folder: Path, quarto: str | None) -> None:
    """papermill, then Quarto to HTML and PDF where it is installed, or nbconvert to HTML alone."""
    source = write_notebook(folder)
    papermill = [sys.executable, "-m", "papermill", str(source), "executed.ipynb", "--no-progress-bar"]
    convert = [sys.executable, "-m", "nbconvert", "--to", "html", "executed.ipynb"]
    for command in (papermill, [quarto, "render", "executed.ipynb"] if quarto else convert):
        subprocess.run(command, cwd=folder, check=True, capture_output=True)
