"""Whether a brief is already what its inputs make of it: sums of everything that goes in and comes out."""

from __future__ import annotations

import hashlib
import json
import platform
from collections.abc import Sequence
from pathlib import Path

from evidence_brief.distributions import needed
from evidence_brief.folders import write_whole
from evidence_brief.project import INPUTS, SITE_PAGES, Project

CODE = Path(__file__).parent
"""The folder of evidence-brief's own code."""

TEMPLATE = "template"
"""The folder in it, in a wheel, of what `brief init` makes new projects from: no code, and not in the repository."""


def sum_of_file(path: Path) -> str:
    """The sha256 of a file's bytes, in hexadecimal."""
    return hashlib.sha256(path.read_bytes()).hexdigest()


def sums(folder: Path) -> dict[str, str]:
    """The sha256 of every file in the folder, by its path in it."""
    files = (path for path in sorted(folder.rglob("*")) if path.is_file() and "__pycache__" not in path.parts)
    return {path.relative_to(folder).as_posix(): sum_of_file(path) for path in files}


def sums_of_code() -> dict[str, str]:
    """The sha256 of every file of the code, by its path: the same whether it runs out of a wheel or its repository."""
    return {name: known for name, known in sums(CODE).items() if not name.startswith(f"{TEMPLATE}/")}


def input_sum(project: Project, study: str, what: Sequence[str]) -> str:
    """One sum of all that can change the brief: study, notebooks, reports, code, packages, and how it is asked for."""
    return _sum(project, {"study": sums(project.data / study), "what": list(what)})


def site_sum(project: Project, ledgers: Sequence[Path], what: Sequence[str]) -> str:
    """One sum of all that can change the site's own pages: their sources, the ledgers, and what stands beside them."""
    pages = {page: sum_of_file(project.root / page) for page in project.site_pages()}
    beside = {path.parent.name: [sum_of_file(path), *sorted(p.name for p in path.parent.iterdir())] for path in ledgers}
    return _sum(project, {"sources": pages, "studies": beside, "what": list(what)})


def _sum(project: Project, parts: dict[str, object]) -> str:
    """The sum of the parts and of what changes every page."""
    for name in INPUTS:
        path = project.root / name
        parts[name] = sums(path) if path.is_dir() else sum_of_file(path)
    # The site's own pages are no part of a brief; whether there are any is, since it leads to them.
    own = {page.removeprefix("reports/") for page in SITE_PAGES}
    parts["reports"] = {name: known for name, known in sums(project.root / "reports").items() if name not in own}
    parts["pages"] = project.site_pages()
    parts["code"] = sums_of_code()
    parts["packages"] = needed()
    parts["python"] = platform.python_version()
    return hashlib.sha256(json.dumps(parts, sort_keys=True).encode()).hexdigest()


def _outputs(places: Sequence[Path]) -> dict[str, str]:
    """The sums of the files of folders, and of single files by their names."""
    files = {place.name: sum_of_file(place) for place in places if place.is_file()}
    return files | {name: known for place in places for name, known in sums(place).items()}


def is_fresh(record: Path, inputs: str, *places: Path) -> bool:
    """Whether the record says that these inputs made exactly what stands in the places, which are folders or files."""
    try:
        known = json.loads(record.read_text(encoding="utf-8"))
    except (OSError, ValueError, RecursionError):  # none, or damaged: what it tells of is made anew
        return False
    return isinstance(known, dict) and known.get("inputs") == inputs and known.get("outputs") == _outputs(places)


def remember(record: Path, inputs: str, *places: Path) -> None:
    """Record that these inputs made what stands in the places now."""
    text = json.dumps({"inputs": inputs, "outputs": _outputs(places)}, indent=1, sort_keys=True)
    write_whole(record, text.encode())
