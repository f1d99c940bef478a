from __future__ import annotations

import json
from pathlib import Path

import jsonschema
import pytest
from ruamel.yaml import YAML

from evidence_brief.study.schema import schema_text

DATA = Path(__file__).parents[3] / "data"


def test_schema_committed_file_is_up_to_date() -> None:
    message = 'stale: python -c "from evidence_brief.study.schema import schema_text as s; print(s(), end=str())"'
    assert (DATA / "study.schema.json").read_text(encoding="utf-8") == schema_text(), message


def test_schema_is_a_titled_2020_12_schema() -> None:
    schema = json.loads(schema_text())
    jsonschema.Draft202012Validator.check_schema(schema)
    assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
    assert schema["title"]
    assert schema_text().endswith("}\n")


@pytest.mark.parametrize("study", sorted(DATA.glob("*/study.yml")), ids=lambda path: path.parent.name)
def test_schema_accepts_every_study(study: Path) -> None:
    jsonschema.validate(YAML(typ="safe").load(study), json.loads(schema_text()), jsonschema.Draft202012Validator)


@pytest.mark.parametrize("wrong", [{"titel": "A"}, {"claims": []}, {"title": 5}, {"sources": {}}, {"id": "a b"}])
def test_schema_refuses_what_the_loader_refuses(wrong: dict[str, object], study_text: str) -> None:
    study = YAML(typ="safe").load(study_text.replace("SHA256", "0" * 64))
    validator = jsonschema.Draft202012Validator(json.loads(schema_text()))
    assert validator.is_valid(study)
    assert not validator.is_valid({**study, **wrong})
