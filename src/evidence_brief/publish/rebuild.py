"""Make a version anew from its own inputs, and say what comes out otherwise."""

from __future__ import annotations

import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from pathlib import Path
from tempfile import TemporaryDirectory

from evidence_brief.environment import code_sum, packages, quarto_version
from evidence_brief.ledger import make_ledger
from evidence_brief.pipeline import prepare
from evidence_brief.project import Project
from evidence_brief.publish.build import INSIDE, Edition, Say, build
from evidence_brief.publish.changes import compare
from evidence_brief.publish.manifest import MANIFEST, Manifest, from_json, to_json
from evidence_brief.publish.release import Release
from evidence_brief.publish.snapshot import read_snapshot
from evidence_brief.render.inspect.html import from_where_they_differ

LEDGER = "ledger.json"
WITHOUT_ENGINE = (LEDGER, "recompute.ipynb")
"""What is made before an engine runs."""


@dataclass(frozen=True)
class Difference:
    """A file that comes out otherwise: its bytes from the first to behind the last that differ, and what they say."""

    file: str
    first: int
    last: int
    expected: str
    found: str


@dataclass(frozen=True)
class Rebuilt:
    """What came of it: the files that are the same and those that differ, figures, tools, and what was not made."""

    same: tuple[str, ...]
    differences: tuple[Difference, ...]
    figures: tuple[str, ...]
    tools: tuple[str, ...]
    not_made: tuple[str, ...]
    why_not: str = ""


def rebuild(folder: Path, manifest: Manifest, release: Release, kept: Path | None, say: Say) -> Rebuilt:
    """Make the version in a place of its own and compare every output. `kept` is where to leave it.

    Raises InvalidStudy, NotebookFailed, RenderFailed or InspectionFailed where it cannot be made here.
    """
    with TemporaryDirectory() as temporary:
        root, out = Path(temporary) / "project", Path(temporary) / "made"
        shutil.copytree(folder / INSIDE, root)
        project = Project(root)
        study = project.load(manifest.study)
        why_not = ""
        if manifest.engine == "quarto" and quarto_version() is None:
            why_not = f"its pages were made by Quarto {manifest.packages.get('quarto', '')}, which is not on PATH here"
            prepare(project, study.id, say)
            shutil.copytree(project.briefs / study.id, out)
        else:
            build(project, Edition(study, make_ledger(study), release, manifest.engine), out, say)
        if kept is not None:
            shutil.copytree(out, kept)
        return _compared(folder, out, manifest, why_not)


def _compared(folder: Path, out: Path, manifest: Manifest, why_not: str) -> Rebuilt:
    outputs = [path for path in sorted(manifest.files) if not path.startswith(f"{INSIDE}/")]
    # Of the inputs only what is no input of the study can be found out: all others are what it is made from.
    strangers = [path for path in sorted(manifest.files) if path not in outputs and not (out / path).is_file()]
    made = [path for path in outputs if (out / path).is_file() and (not why_not or path in WITHOUT_ENGINE)]
    here = {path: (folder / path).read_bytes() if _is_regular(folder / path) else b"" for path in made}
    differ = [path for path in made if here[path] != (out / path).read_bytes()]
    return Rebuilt(
        tuple(path for path in made if path not in differ),
        (
            *(_difference(path, here[path], (out / path).read_bytes()) for path in differ),
            *(() if why_not else _of_manifest(folder, out, manifest)),
        ),
        tuple(_figures(folder, out)) if LEDGER in differ else (),
        tuple(_tools(manifest)),
        (*(path for path in outputs if path not in made), *(() if why_not else strangers)),
        why_not,
    )


def _is_regular(path: Path) -> bool:
    return path.is_file() and not path.is_symlink()


def _of_manifest(folder: Path, out: Path, manifest: Manifest) -> Iterator[Difference]:
    """Where the manifest says something else of the version than it would here; sums and tools are compared apart."""
    here = from_json((out / MANIFEST).read_text(encoding="utf-8"), MANIFEST)
    made = replace(here, code=manifest.code, packages=manifest.packages, files=manifest.files)
    published, expected = (folder / MANIFEST).read_bytes(), to_json(made).encode()
    if made != manifest or (published != expected and code_sum() == manifest.code):
        yield _difference(MANIFEST, published, expected)


def _difference(path: str, published: bytes, made: bytes) -> Difference:
    shorter = min(len(published), len(made))
    first = next((i for i in range(shorter) if published[i] != made[i]), shorter)
    same = next((i for i in range(shorter - first) if published[-1 - i] != made[-1 - i]), shorter - first)
    last = max(len(published), len(made)) - same
    texts = (data[max(first - 200, 0) : first + 200].decode("utf-8", "replace") for data in (published, made))
    expected, found = from_where_they_differ(*texts) if not path.endswith(".pdf") else ("", "")
    return Difference(path, first, last, expected, found)


def _figures(folder: Path, out: Path) -> Iterator[str]:
    """The figures that a ledger made here holds otherwise than the published one."""
    old, new = (read_snapshot((place / LEDGER).read_text(encoding="utf-8"), LEDGER) for place in (folder, out))
    for change in compare(old, new):
        was, now = change.old or "nothing", change.new or "nothing"
        if was == now:
            was, now = (text or "nothing" for text in change.recomputed)
        verdicts = change.verdicts if change.verdicts[0] != change.verdicts[1] else ()
        yield f"{change.id}: published {was}, here {now}" + (f" ({' → '.join(map(str, verdicts))})" if verdicts else "")


def _tools(manifest: Manifest) -> Iterator[str]:
    here = {**packages(), **({"quarto": quarto_version() or "absent"} if "quarto" in manifest.packages else {})}
    if code_sum() != manifest.code:
        yield "evidence-brief: its code is another one"
    for name in sorted({*here, *manifest.packages}):
        if here.get(name) != manifest.packages.get(name):
            yield f"{name}: published with {manifest.packages.get(name, 'none')}, here {here.get(name, 'none')}"
