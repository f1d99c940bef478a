"""How far a survey is, with its rate and the time left; nothing where the output is no terminal."""

from __future__ import annotations

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, ProgressColumn, Task, TextColumn, TimeRemainingColumn
from rich.text import Text


class _Rate(ProgressColumn):
    """Files a second."""

    def render(self, task: Task) -> Text:
        speed = task.finished_speed or task.speed
        return Text("" if speed is None else f"{speed:,.0f} files/s", style="dim")


class Shown:
    """A bar of all files; those that an earlier run has done count at once, and not for the rate."""

    def __init__(self, total: int) -> None:
        console = Console(stderr=True)
        columns = (
            TextColumn("{task.description}"),
            BarColumn(),
            MofNCompleteColumn(),
            _Rate(),
            TimeRemainingColumn(),
            TextColumn("[red]{task.fields[failed]}"),
        )
        self._progress = Progress(*columns, console=console, transient=True, disable=not console.is_terminal)
        self._task = self._progress.add_task("reading", total=total, failed="")
        self._failed = 0

    def __enter__(self) -> Shown:
        if not self._progress.disable:
            self._progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        if not self._progress.disable:
            self._progress.stop()

    def skipped(self) -> None:
        """A file that is done already is none to wait for."""
        task = self._progress.tasks[0]
        self._progress.update(self._task, total=(task.total or 1) - 1)

    def done(self, *, failed: bool) -> None:
        """One more file is done."""
        self._failed += failed
        self._progress.update(self._task, advance=1, failed=f"{self._failed} not read" if self._failed else "")

    def writing(self) -> None:
        """All files are done: the table is written."""
        self._progress.update(self._task, description="writing")
