"""Run a parameterised notebook with papermill, and be strict about it.

papermill only warns of a parameter that the notebook does not take, and Quarto's `-P` passes silently when no
cell is tagged; here either is an error before a kernel starts.
"""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import nbformat
from nbformat import NotebookNode

from evidence_brief.blocks.text import no_shortcode
from evidence_brief.errors import InvalidParameters, NotebookFailed, Problem

_CELL_TIMEOUT = 600  # seconds: a cell that takes longer hangs


def run_notebook(notebook: Path, output: Path, parameters: dict[str, Any], folder: Path) -> None:
    """Execute the notebook in the folder and write the executed copy, without times and random names.

    Raises InvalidParameters before anything runs, and NotebookFailed with the cell, line and expression when a
    cell raises; the output then holds the notebook up to that cell.
    """
    check_parameters(notebook, parameters)
    import papermill
    from nbclient.exceptions import CellTimeoutError, DeadKernelError
    from papermill.exceptions import PapermillExecutionError

    from evidence_brief.kernel import apart

    output.parent.mkdir(parents=True, exist_ok=True)
    try:
        with apart() as kernel:
            papermill.execute_notebook(
                str(notebook),
                str(output),
                parameters=parameters,
                cwd=str(folder),
                progress_bar=False,
                log_output=False,
                execution_timeout=_CELL_TIMEOUT,
                **kernel,
            )
    except PapermillExecutionError as error:
        raise NotebookFailed(_failed_cell(notebook.name, error)) from error
    except (DeadKernelError, CellTimeoutError) as error:
        message = f"the kernel stopped: {str(error).splitlines()[0]}"
        raise NotebookFailed(Problem(notebook.name, message)) from error
    nbformat.write(_settled(nbformat.read(output, as_version=4)), output)


def check_parameters(notebook: Path, given: dict[str, Any]) -> None:
    """Raise InvalidParameters unless the notebook takes exactly these parameters, of these types.

    A parameter whose default is None must be given.
    """
    cells = nbformat.read(notebook, as_version=4).cells
    tagged = [cell for cell in cells if "parameters" in cell.metadata.get("tags", [])]
    if len(tagged) != 1:
        mend = "tag exactly one cell with `parameters`"
        raise InvalidParameters(Problem(notebook.name, f"has {len(tagged)} cells tagged `parameters`", mend=mend))
    from papermill import inspect_notebook

    known = inspect_notebook(str(notebook))
    problems = []
    for name, value in given.items():
        expected = known[name]["inferred_type_name"] if name in known else None
        if name not in known:
            message = f"takes no parameter `{name}`"
            problems.append(Problem(notebook.name, message, expected=", ".join(known), found=name))
        elif expected not in (None, "None", type(value).__name__):
            found = f"{value!r}, a {type(value).__name__}"
            problems.append(
                Problem(notebook.name, f"parameter `{name}` has the wrong type", expected=expected, found=found)
            )
    for name, parameter in known.items():
        if name not in given and parameter["default"] == "None":
            problems.append(Problem(notebook.name, f"needs the parameter `{name}`", mend=f"give -p {name} VALUE"))
    if problems:
        raise InvalidParameters(*problems)


def _failed_cell(name: str, error: Any) -> Problem:
    """Notebook, cell, line and expression of a PapermillExecutionError."""
    trace = re.sub(r"\x1b\[[0-9;]*m", "", "\n".join(error.traceback))
    lines = [int(number) for number in re.findall(r"Cell In\[\d+\], line (\d+)", trace)]
    source = str(error.source).splitlines()
    line = lines[-1] if lines else None
    expression = source[line - 1].strip() if line and line <= len(source) else (source or [""])[0].strip()
    place = f"cell {error.cell_index + 1}" + (f", line {line}" if line else "")
    return Problem(name, f"{place} failed", found=f"{error.ename}: {error.evalue}", expected=f"`{expression}` to run")


def _settled(notebook: NotebookNode) -> NotebookNode:
    """The notebook without what changes from run to run (times, paths, ids, versions, warnings), each table once."""
    notebook.metadata.pop("papermill", None)
    notebook.metadata["language_info"] = {"name": "python"}
    for i, cell in enumerate(notebook.cells):
        cell.metadata.pop("papermill", None)
        cell.metadata.pop("execution", None)
        if "outputs" in cell:  # what is warned of depends on the machine: a cold cache, a setting, a newer package
            cell["outputs"] = [output for output in cell["outputs"] if output.get("name") != "stderr"]
        for output in cell.get("outputs", []):
            if "text/markdown" in output.get("data", {}):  # Pandoc would take the plain text
                output["data"].pop("text/plain", None)
            if output.get("output_type") == "stream":
                output["text"] = no_shortcode(output["text"])
        if "injected-parameters" in cell.metadata.get("tags", []):
            cell["id"] = f"injected-parameters-{i}"
    return notebook
