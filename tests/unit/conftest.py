"""Small studies from a few lines of YAML: every claim gets a sentence of the source to stand in."""

from __future__ import annotations

import hashlib
import itertools
import json
from collections.abc import Callable
from typing import Any

import pytest
from ruamel.yaml import YAML

from evidence_brief.ledger import Ledger, make_ledger
from evidence_brief.study.load import Study, load_study


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
