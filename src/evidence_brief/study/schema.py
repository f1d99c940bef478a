"""The JSON Schema of a study file, made from the model: editors complete and check while one types."""

from __future__ import annotations

import json

from evidence_brief.study.model import StudyFile


def schema_text() -> str:
    """The content of data/study.schema.json (draft 2020-12)."""
    schema = {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        **StudyFile.model_json_schema(),
        "title": "A study of evidence-brief",
    }
    return json.dumps(schema, indent=2, ensure_ascii=False) + "\n"
