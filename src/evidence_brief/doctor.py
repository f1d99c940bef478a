"""What `brief doctor` finds: whether what runs here is what the project's lock file says, and the ways to mend it.

Nothing is imported here that a damaged environment may lack.
"""

from __future__ import annotations

import shutil
import sys
import tomllib
from collections.abc import Iterator
from pathlib import Path

from packaging.utils import canonicalize_name

from evidence_brief import doctor_tools as tools
from evidence_brief.distributions import PRODUCT, installed, metadata, needed, parse
from evidence_brief.doctor_item import Item, State
from evidence_brief.errors import NotAProject
from evidence_brief.folders import require_writable
from evidence_brief.lockfile import LOCK, Pin, lock_anew, read_lock
from evidence_brief.project import Project

__all__ = ["Item", "examine"]

FOLDERS = (".brief", "briefs", "_site", "published")
"""Where outputs go."""

_FREE = 200  # megabytes that a render may need
_ABSENT = "missing"


def examine(project: Project) -> list[Item]:
    """Look at everything that a brief of the project is made with."""
    mend = _anew(project.root, f"run `python -m pip install -r {LOCK}`")
    return [
        tools.python(mend),
        _product(project.root),
        *_lock(project.root, mend),
        tools.pandoc(mend),
        tools.typst(mend),
        tools.quarto(),
        tools.kernel(),
        *_parts(project),
        *_folders(project.root),
        _disk(project.root),
    ]


def _anew(root: Path, otherwise: str) -> str:
    """How to make the environment that runs what the lock file says: all of it anew where it is the project's own."""
    own = Path(sys.prefix).resolve() == (root / ".venv").resolve()
    if own and (root / "Makefile").is_file() and (root / "environment.sh").is_file():
        return f"run `rm -rf .venv && make brief`: it makes .venv anew from {LOCK}"
    return otherwise


def _product(root: Path) -> Item:
    """Whether evidence-brief is installed, and with the needs that the `pyproject.toml` of its sources has now."""
    way = "--no-deps --no-build-isolation -e ." if _declared(root) else PRODUCT
    mend = _anew(root, f"run `python -m pip install {way}`")
    version, known = installed(PRODUCT), metadata(PRODUCT)
    if version is None or known is None:
        return Item(PRODUCT, "problem", "is not installed", "installed in the Python that runs", mend)
    recorded = {str(parse(line)) for line in known.get_all("Requires-Dist") or []}
    later = [need for need in _declared(root) if str(parse(need)) not in recorded]
    if later:
        return Item(
            PRODUCT, "problem", f"installed before it needed {', '.join(later)}", "as pyproject.toml is now", mend
        )
    return Item(PRODUCT, "ok", version)


def _declared(root: Path) -> list[str]:
    """What `pyproject.toml` says that evidence-brief needs; nothing where it is of another project or of none."""
    try:
        known = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8")).get("project", {})
    except (OSError, UnicodeDecodeError, tomllib.TOMLDecodeError):
        return []
    return list(known.get("dependencies", [])) if known.get("name") == PRODUCT else []


def _lock(root: Path, mend: str) -> Iterator[Item]:
    """The lock file, and every package that it locks for this machine."""
    try:
        pins, problems = read_lock(root)
    except FileNotFoundError:
        pins, problems = {}, []
        way = f"run `git checkout HEAD -- {LOCK}`, or `{lock_anew(root)}` to write it anew"
        yield Item(LOCK, "warning", _ABSENT, "the version of every package", way)
    else:
        if not problems:
            yield Item(LOCK, "ok", f"{len(pins)} packages for this machine")
            yield from _unlocked(pins, lock_anew(root))
    for problem in problems:
        found = f"{problem.message}: {problem.found}"
        place = LOCK if problem.line is None else f"{LOCK}:{problem.line}"
        yield Item(place, "problem", found, problem.expected, problem.mend)
    yield from (_package(pin, mend) for _, pin in sorted(pins.items()))
    for name, version in needed().items():
        if version is None and name not in pins and name != PRODUCT:
            yield Item(name, "problem", _ABSENT, f"installed, as {PRODUCT} needs it", mend)


def _unlocked(pins: dict[str, Pin], anew: str) -> Iterator[Item]:
    """What evidence-brief needs and the lock file leaves open."""
    lacking = [name for name in needed() if name not in pins and name != canonicalize_name(PRODUCT)]
    if lacking:
        found = f"does not lock {', '.join(lacking)}"
        yield Item(LOCK, "warning", found, f"all that {PRODUCT} needs", f"run `{anew}`: it writes the file anew")


def _package(pin: Pin, mend: str) -> Item:
    """A locked package: what evidence-brief computes with must be there as locked; tools of developers should be."""
    version = installed(pin.name)
    if version is not None and pin.is_met_by(version):
        return Item(pin.name, "ok", version, locked=True)
    state: State = "problem" if pin.name in needed() else "warning"
    return Item(pin.name, state, version or _ABSENT, pin.version, mend, locked=True)


def _parts(project: Project) -> Iterator[Item]:
    """The parts of the project that every brief is made from."""
    try:
        project.require_inputs()
    except NotAProject as error:
        for problem in error.problems:
            mend = f"run `git checkout HEAD -- {problem.file}`"
            yield Item(problem.file, "problem", problem.message, mend=mend)
    else:
        count = len(project.studies())
        yield Item("project", "ok", f"whole, with {count} {'study' if count == 1 else 'studies'}")


def _folders(root: Path) -> Iterator[Item]:
    """The folders of outputs: each takes files, or can be made."""
    wrong = 0
    for name in FOLDERS:
        try:
            require_writable(root / name)
        except OSError as error:
            wrong += 1
            place = name if (root / name).exists() else "."
            mend = f"run `chmod u+rwx {place}`" if (root / place).is_dir() else f"move the file `{name}` away"
            yield Item(name, "problem", error.strerror or str(error), "a folder that takes files", mend)
    if not wrong:
        yield Item("folders", "ok", f"{', '.join(FOLDERS)} can be written")


def _disk(root: Path) -> Item:
    """Room for what a render makes."""
    free = shutil.disk_usage(root).free // 1_000_000
    if free < _FREE:
        mend = "run `rm -rf .brief`: it removes what former runs keep for the next"
        return Item("disk", "warning", f"{free} MB free", f"{_FREE} MB", mend)
    return Item("disk", "ok", f"{free / 1000:.1f} GB free" if free >= 1000 else f"{free} MB free")
