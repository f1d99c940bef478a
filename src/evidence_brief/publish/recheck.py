"""The study of a published version, checked once more by what is installed here."""

from __future__ import annotations

from pathlib import Path
from tempfile import TemporaryDirectory

from evidence_brief.errors import UserError
from evidence_brief.ledger import make_ledger
from evidence_brief.ledger_json import to_json
from evidence_brief.publish.place import Place
from evidence_brief.publish.shelf import Version
from evidence_brief.publish.snapshot import Snapshot, read_snapshot
from evidence_brief.study.load import load_study


def rechecked(place: Place, version: Version) -> Snapshot | None:
    """What is found in the version's own study now; None where it cannot be read any more."""
    name = version.manifest.study
    with TemporaryDirectory() as temporary:
        folder = Path(temporary) / "data" / name
        for path in version.manifest.files:
            if path.startswith(f"inputs/data/{name}/"):
                target = folder / path.removeprefix(f"inputs/data/{name}/")
                target.parent.mkdir(parents=True, exist_ok=True)
                target.write_bytes(place.read(f"{name}/{version.number.name}/{path}") or b"")
        try:
            return read_snapshot(to_json(make_ledger(load_study(folder))), "ledger.json")
        except UserError:
            return None
