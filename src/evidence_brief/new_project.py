"""`brief init`: a new project of the same shape as evidence-brief's own, out of what the package carries."""

from __future__ import annotations

import os
import shutil
from contextlib import ExitStack
from pathlib import Path

from evidence_brief.distributions import PRODUCT, needed
from evidence_brief.errors import FileFailed, NotAProject, Problem
from evidence_brief.folders import NEW, own_folder, require_writable
from evidence_brief.freshness import CODE, TEMPLATE
from evidence_brief.lockfile import LOCK
from evidence_brief.project import Project

PARTS = (
    *(".gitattributes", ".gitignore", "_quarto.yml", "index.qmd"),
    *("analysis/*.ipynb", "docs/*.md", "data/study.schema.json"),
    *("reports/*.qmd", "reports/_extensions/**/*", "reports/styles/**/*"),
)
"""What a new project holds of the product's own, as patterns; pyproject.toml puts the same into the wheel."""

EXAMPLE = "ivig-dermatomyositis-2012"
"""The study that a new project can begin with."""

_README = CODE / "new_project_readme.md"
_KEPT = ("readme", "license", "licence", "copying", "notice", "citation")
_LOCK = """\
# What runs here, as it was when this project began: python -m pip install -r requirements.lock
# To take up other versions: python -m pip list --format=freeze > requirements.lock
"""


def template() -> Path:
    """The folder that the parts of a new project are taken from: in the package, or its repository if it runs there."""
    carried = CODE / TEMPLATE
    return carried if carried.is_dir() else CODE.parents[1]


def parts(root: Path, *, example: bool) -> dict[str, Path]:
    """The files of a new project that stand in `root`, by their places in it."""
    patterns = (*PARTS, f"data/{EXAMPLE}/*") if example else PARTS
    found = (path for pattern in patterns for path in sorted(root.glob(pattern)) if path.is_file())
    return {path.relative_to(root).as_posix(): path for path in found}


def init(folder: Path, *, example: bool = False) -> list[str]:
    """Make a project in a new or empty folder, whole or not at all; the names of its files that were left as they are.

    Raises FileFailed for a folder that holds something else, NotAProject inside another project or where the package
    lacks the parts, and OSError.
    """
    _require_text(folder)
    _require_no_project(folder)
    require_writable(folder)
    _require_empty(folder)
    files = {place: path.read_bytes() for place, path in parts(template(), example=example).items()}
    if "_quarto.yml" not in files:
        mend = f"install it again: `python -m pip install --force-reinstall --no-deps {PRODUCT}`"
        raise NotAProject(Problem(PRODUCT, "its installation lacks the parts of a new project", mend=mend))
    files |= {"README.md": _README.read_bytes(), LOCK: _lock().encode()}
    with own_folder(next(path for path in (folder, *folder.parents) if path.exists()), NEW) as aside:
        made = aside / "project"
        for place, data in files.items():
            (made / place).parent.mkdir(parents=True, exist_ok=True)
            (made / place).write_bytes(data)
        if folder.exists():
            return _moved_in(made, folder)
        folder.parent.mkdir(parents=True, exist_ok=True)
        made.rename(folder)
    return []


def _require_text(folder: Path) -> None:
    """A name that is no text could stand in no page and no message."""
    try:
        os.fsencode(folder).decode()
    except UnicodeDecodeError as error:
        name = str(folder).encode(errors="backslashreplace").decode()
        raise FileFailed(Problem(name, "is no name in UTF-8", mend="name another folder")) from error


def _require_no_project(folder: Path) -> None:
    try:
        root = Project.find(folder).root
    except NotAProject:
        return
    if root == folder.resolve():
        mend = (
            "`brief new` adds a study. To see what a newer evidence-brief would begin with, make another project and "
            "compare: `brief init ../newer`, `git diff --no-index reports ../newer/reports`"
        )
        raise FileFailed(Problem(str(folder), "is an evidence-brief project already", mend=mend))
    mend = "name a folder outside of it; `brief new` adds a study to it"
    raise FileFailed(Problem(str(folder), "lies inside another evidence-brief project", found=root.name, mend=mend))


def _require_empty(folder: Path) -> None:
    """Files that many folders begin with may be there: hidden ones (.git, .venv), a README, a licence."""
    names = sorted(path.name for path in folder.iterdir()) if folder.exists() else []
    others = [name for name in names if not name.startswith(".") and not name.lower().startswith(_KEPT)]
    if others:
        more = f" and {len(others) - 5} more" if len(others) > 5 else ""
        expected = "an empty folder, or a new one; hidden files, README and LICENSE may be there, and stay"
        mend = "name another folder, such as `brief init my-briefs`"
        found = ", ".join(others[:5]) + more
        raise FileFailed(Problem(str(folder), "is not empty", expected=expected, found=found, mend=mend))


def _lock() -> str:
    """What runs here, as a lock file: what a brief is computed with, and nothing else that is installed."""
    return _LOCK + "".join(f"{name}=={version}\n" for name, version in needed().items() if version is not None)


def _moved_in(made: Path, folder: Path) -> list[str]:
    """Move all into the folder, which stays the same one: a shell may stand in it. An error takes all of it back."""
    there = sorted(path.name for path in folder.iterdir())
    readme = any(name.lower().startswith("readme") for name in there)
    kept = [path.name for path in sorted(made.iterdir()) if path.name in there or (readme and path.name == "README.md")]
    new = [path for path in sorted(made.iterdir()) if path.name not in kept]
    with ExitStack() as undo:
        # With `_quarto.yml` it is a project; thus that comes last.
        for path in sorted(new, key=lambda path: path.name == "_quarto.yml"):
            undo.callback(_remove, folder / path.name)
            path.rename(folder / path.name)
        undo.pop_all()
    return kept


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
