"""Parameters are checked before a kernel starts; a failing cell is named by place and expression."""

from __future__ import annotations

from pathlib import Path

import nbformat
import pytest

from evidence_brief.errors import InvalidParameters, NotebookFailed
from evidence_brief.notebooks import check_parameters, run_notebook

Cells = list[tuple[str, bool]]


def notebook(folder: Path, *cells: tuple[str, bool]) -> Path:
    """A notebook of code cells, each with whether it is tagged `parameters`."""
    content = nbformat.v4.new_notebook()
    for i, (source, tagged) in enumerate(cells):
        cell = nbformat.v4.new_code_cell(source, metadata={"tags": ["parameters"]} if tagged else {})
        cell["id"] = f"c{i}"
        content.cells.append(cell)
    content.metadata["kernelspec"] = {"name": "python3", "display_name": "Python 3", "language": "python"}
    nbformat.write(content, folder / "work.ipynb")
    return folder / "work.ipynb"


TAKES = ("study: str = None\ntimes: int = 2", True)


def test_parameters_that_fit_pass(tmp_path: Path) -> None:
    check_parameters(notebook(tmp_path, TAKES), {"study": "a", "times": 3})
    check_parameters(notebook(tmp_path, TAKES), {"study": "a"})


@pytest.mark.parametrize(
    ("given", "words"),
    [
        ({"study": "a", "tmes": 3}, "takes no parameter `tmes`"),
        ({}, "needs the parameter `study`"),
        ({"study": 7}, "parameter `study` has the wrong type"),
        ({"study": "a", "times": "3"}, "parameter `times` has the wrong type"),
    ],
)
def test_parameters_that_do_not_fit_are_an_error(tmp_path: Path, given: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidParameters, match=words):
        check_parameters(notebook(tmp_path, TAKES), given)


def test_parameters_are_all_reported_together(tmp_path: Path) -> None:
    with pytest.raises(InvalidParameters) as caught:
        check_parameters(notebook(tmp_path, TAKES), {"times": "3", "x": 1})
    assert len(caught.value.problems) == 3


@pytest.mark.parametrize("cells", [[("x = 1", False)], [("x = 1", True), ("y = 1", True)]])
def test_notebook_without_exactly_one_tagged_cell_is_an_error(tmp_path: Path, cells: Cells) -> None:
    with pytest.raises(InvalidParameters, match="cells tagged `parameters`"):
        check_parameters(notebook(tmp_path, *cells), {})


def test_wrong_parameters_start_no_kernel(tmp_path: Path) -> None:
    marker = ("from pathlib import Path\nPath('ran').touch()", False)
    with pytest.raises(InvalidParameters):
        run_notebook(notebook(tmp_path, TAKES, marker), tmp_path / "out.ipynb", {"studdy": "a"}, tmp_path)
    assert not (tmp_path / "ran").exists()
    assert not (tmp_path / "out.ipynb").exists()


@pytest.mark.slow
def test_run_writes_an_executed_notebook_without_times_and_paths(tmp_path: Path) -> None:
    out = tmp_path / "out.ipynb"
    run_notebook(notebook(tmp_path, TAKES, ("print(study * times)", False)), out, {"study": "ab"}, tmp_path)
    executed = nbformat.read(out, as_version=4)
    assert executed.cells[2].outputs[0].text == "abab\n"
    text = out.read_text(encoding="utf-8")
    assert str(tmp_path) not in text
    assert "start_time" not in text
    assert executed.cells[1]["id"] == "injected-parameters-1"


@pytest.mark.slow
def test_failing_cell_is_reported_with_cell_line_and_expression(tmp_path: Path) -> None:
    out = tmp_path / "out.ipynb"
    with pytest.raises(NotebookFailed) as caught:
        run_notebook(notebook(tmp_path, TAKES, ("x = {}\nx['gone']", False)), out, {"study": "a"}, tmp_path)
    (problem,) = caught.value.problems
    assert problem.file == "work.ipynb"
    assert problem.message == "cell 3, line 2 failed"
    assert problem.expected == "`x['gone']` to run"
    assert problem.found == "KeyError: 'gone'"
    assert out.exists()


def test_settings_of_whoever_runs_it_change_nothing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    profile = tmp_path / "ipython" / "profile_default"
    (profile / "startup").mkdir(parents=True)
    for start in (profile / "startup" / "mine.py", tmp_path / "start.py"):
        start.write_text("import builtins\nbuiltins.sorted = reversed\n", encoding="utf-8")
    (profile / "ipython_kernel_config.py").write_text('c.InteractiveShell.ast_node_interactivity = "none"\n')
    kernel = tmp_path / "jupyter" / "kernels" / "python3"
    kernel.mkdir(parents=True)
    (kernel / "kernel.json").write_text('{"argv": ["/bin/false"], "display_name": "Mine", "language": "python"}')
    monkeypatch.setenv("IPYTHONDIR", str(tmp_path / "ipython"))
    monkeypatch.setenv("PYTHONSTARTUP", str(tmp_path / "start.py"))
    monkeypatch.setenv("JUPYTER_PATH", str(tmp_path / "jupyter"))
    monkeypatch.setenv("JUPYTER_PREFER_ENV_PATH", "0")
    written = tmp_path / "out" / "work.ipynb"
    cell = "import sys, warnings\nwarnings.warn('cold')\nprint('cold', file=sys.stderr)\nsorted([2, 1])"
    run_notebook(notebook(tmp_path, TAKES, (cell, False)), written, {"study": "a"}, tmp_path)
    (output,) = nbformat.read(written, as_version=4).cells[-1].outputs
    assert output["data"]["text/plain"] == "[1, 2]"
