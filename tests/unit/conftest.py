"""Small studies from a few lines of YAML, each claim with a sentence to stand in; and packages that are none."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable, Iterator
from importlib import invalidate_caches
from pathlib import Path
from typing import Any

import pytest
from ruamel.yaml import YAML

from evidence_brief import distributions
from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.study.load import Study, load_study

Install = Callable[..., Path]


@pytest.fixture(scope="session")
def study_of(tmp_path_factory: pytest.TempPathFactory) -> Callable[[str], Study]:
    """`study_of(yaml)`: a loaded study.

    `patients: {drug: 24}` stands for the group Drug and the count claim drug.n; `text` is added to the source.
    Claims leave out their quotes, sources are made.
    """
    folder = tmp_path_factory.mktemp("studies")
    numbers = itertools.count()

    def study_of(text: str) -> Study:
        data: dict[str, Any] = YAML(typ="safe", pure=True).load(text) or {}
        groups, claims = data.setdefault("groups", {}), data.setdefault("claims", [])
        patients = data.pop("patients", {})
        for name in patients:
            groups.setdefault(name, {}).update({"label": name.capitalize(), "n": f"{name}.n"})
        sizes = [{"id": f"{k}.n", "value": str(n), "type": "count", "group": k} for k, n in patients.items()]
        data["claims"] = [*sizes, *claims]
        for claim in data["claims"]:
            claim["quote"] = f"the figure {claim['id']} is {claim['value']} here"
        article = "\n".join([*(claim["quote"] for claim in data["claims"]), data.pop("text", "")]).encode()
        digest = hashlib.sha256(article).hexdigest()
        name = f"study{next(numbers)}"
        source = {"file": "article.txt", "cite": "An article", "sha256": digest}
        data |= {"id": name, "title": "A study", "sources": {"article": source}}
        (folder / name).mkdir()
        (folder / name / "article.txt").write_bytes(article)
        (folder / name / "study.yml").write_text(json.dumps(data), encoding="utf-8")
        return load_study(folder / name)

    return study_of


@pytest.fixture(scope="session")
def check(study_of: Callable[[str], Study]) -> Callable[[str], Ledger]:
    """`check(yaml)`: the ledger of such a study."""
    return lambda text: make_ledger(study_of(text))


@pytest.fixture
def install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Install]:
    """`install(name, version, *needs)`: packages that are there for one test, before those of this Python."""
    folder = tmp_path / "packages"
    folder.mkdir()
    monkeypatch.syspath_prepend(folder)

    def install(name: str, version: str, *needs: str) -> Path:
        lines = [f"Name: {name}", f"Version: {version}", *(f"Requires-Dist: {need}" for need in needs)]
        info = folder / f"{name.replace('-', '_')}-{version}.dist-info"
        info.mkdir()
        (info / "METADATA").write_text("\n".join(["Metadata-Version: 2.4", *lines, "", "Words."]), encoding="utf-8")
        forget()
        return info

    def forget() -> None:
        invalidate_caches()
        for known in (distributions.metadata, distributions.needed):
            known.cache_clear()

    yield install
    monkeypatch.undo()
    forget()
