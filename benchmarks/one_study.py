"""One study, cold, against the plain way, in turn: medians and their ratio. Then unchanged, checked, and published.

Run it with `make bench`, or `python benchmarks/one_study.py RUNS`.
"""

from __future__ import annotations

import shutil
import subprocess
import sys
import tempfile
from collections.abc import Callable
from pathlib import Path
from statistics import median
from time import perf_counter

import plain

ROOT = Path(__file__).parents[1]


def timed(action: Callable[[], object]) -> float:
    start = perf_counter()
    action()
    return perf_counter() - start


def brief(folder: Path, *arguments: str) -> None:
    command = [sys.executable, "-m", "evidence_brief", *arguments]
    subprocess.run(command, cwd=folder, check=True, capture_output=True)


def once(quarto: str | None) -> dict[str, float]:
    """One round in fresh folders."""
    with tempfile.TemporaryDirectory() as ours, tempfile.TemporaryDirectory() as theirs:
        for name in ("analysis", "reports", "data"):
            shutil.copytree(ROOT / name, Path(ours) / name)
        shutil.copy2(ROOT / "_quarto.yml", ours)
        return {
            "plain way": timed(lambda: plain.run(Path(theirs), quarto)),
            "brief render, embedded engine": timed(lambda: brief(Path(ours), "render", "--engine", "embedded")),
            "brief render, nothing changed": timed(lambda: brief(Path(ours), "render", "--engine", "embedded")),
            "brief check": timed(lambda: brief(Path(ours), "check", "--json")),
            "brief publish, the first version": timed(lambda: brief(Path(ours), "publish")),
            "brief publish, nothing changed": timed(lambda: brief(Path(ours), "publish")),
            "brief verify, sums alone": timed(lambda: brief(Path(ours), "verify", "--no-rebuild")),
            "brief verify, made anew": timed(lambda: brief(Path(ours), "verify")),
            "brief regenerate, nothing changed": timed(lambda: brief(Path(ours), "regenerate", "--engine", "embedded")),
        }


def main() -> None:
    runs = int(sys.argv[1]) if len(sys.argv) > 1 else 5
    quarto = shutil.which("quarto")
    rounds = [once(quarto) for _ in range(runs)]
    medians = {name: median(result[name] for result in rounds) for name in rounds[0]}
    how = "papermill + Quarto, HTML and PDF" if quarto else "papermill + nbconvert, HTML alone"
    print(f"Medians of {runs} rounds, in seconds; the plain way is {how}.\n")
    for name, seconds in medians.items():
        ratio = median(result[name] / result["plain way"] for result in rounds)
        print(f"{name:<36}{seconds:>7.2f}   {ratio:.2f} of the plain way")


if __name__ == "__main__":
    main()
