"""Whether what runs here is what made a published version, and what to do to make it byte for byte."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

from evidence_brief.doctor_item import Item
from evidence_brief.environment import code_sum, packages, quarto_version
from evidence_brief.publish.build import INSIDE, LOCK
from evidence_brief.publish.manifest import MANIFEST, Manifest, from_json
from evidence_brief.publish.place import Folder, Place
from evidence_brief.publish.shelf import text_of
from evidence_brief.publish.wanted import Wanted

_APART = ("python", "quarto", "evidence-brief")


def examine_version(place: Place, one: Wanted) -> list[Item]:
    """Every tool that its manifest names, against what is here. Raises DamagedVersion for a manifest that is none."""
    if one.folder is not None:
        place, base = Folder(one.folder.parent, str(one.folder.parent)), one.folder.name
    else:
        assert one.number is not None
        base = f"{one.study}/{one.number.name}"
    name = f"{place.name}/{base}"
    manifest = from_json(text_of(place, f"{base}/{MANIFEST}"), f"{name}/{MANIFEST}")
    return list(_items(manifest, Path(name) / INSIDE / LOCK))


def _items(manifest: Manifest, lock: Path) -> Iterator[Item]:
    known, here = manifest.packages, packages()
    for name, found, mend in (
        ("python", here["python"], f"make the environment with Python {known.get('python')}"),
        ("evidence-brief", here["evidence-brief"], f"install evidence-brief {known['evidence-brief']}"),
        ("quarto", quarto_version() or "absent", f"install Quarto {known.get('quarto')} from https://quarto.org"),
    ):
        if name in known:
            yield _item(name, found, known[name], mend, locked=False)
    if code_sum() != manifest.code:
        expected, mend = (
            f"sha256 {manifest.code[:12]}…",
            f"install the evidence-brief {known['evidence-brief']} that has this sum",
        )
        yield Item("code of evidence-brief", "problem", f"sha256 {code_sum()[:12]}…", expected, mend)
    mend = f"run `python -m pip install -r {lock}`"
    for name in sorted({*known, *here} - set(_APART)):
        if name not in known:
            yield Item(name, "warning", here[name], "absent", "it may stay: the version was made without it", True)
        else:
            yield _item(name, here.get(name, "absent"), known[name], mend, locked=True)


def _item(name: str, found: str, expected: str, mend: str, *, locked: bool) -> Item:
    if found == expected:
        return Item(name, "ok", found, locked=locked)
    return Item(name, "problem", found, expected, mend, locked)
