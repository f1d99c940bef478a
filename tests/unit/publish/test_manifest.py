"""The manifest: read as it was written, the same bytes everywhere, and every damage a clear problem."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Callable
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from evidence_brief.errors import DamagedVersion
from evidence_brief.publish.files import fault_of_path
from evidence_brief.publish.manifest import MANIFEST, File, Manifest, files_of, from_json, to_json

Entities = dict[str, dict[str, Any]]
STUDY_YML = "inputs/data/ivig-2012/study.yml"

SUMS = st.text("0123456789abcdef", min_size=64, max_size=64)
WORDS = st.text(min_size=1)
VERSIONS = st.tuples(st.integers(0, 99), st.integers(0, 99)).map(lambda pair: f"{pair[0]}.{pair[1]}")
PATHS = st.lists(st.text(min_size=1, max_size=8), min_size=1, max_size=3).map("/".join)
MANIFESTS = st.builds(
    Manifest,
    study=st.from_regex(r"[A-Za-z0-9]{1,9}(-[a-z0-9]{1,9})?", fullmatch=True),
    title=WORDS,
    citation=WORDS,
    version=VERSIONS,
    date=st.dates().map(str),
    permalink=st.none() | WORDS,
    previous=st.none() | VERSIONS,
    content=SUMS,
    engine=st.sampled_from(["embedded", "quarto"]),
    code=SUMS,
    packages=st.dictionaries(WORDS, WORDS, max_size=3).map(lambda others: {**others, "evidence-brief": "0.1.0"}),
    files=st.dictionaries(
        PATHS.filter(lambda path: fault_of_path(path) is None),
        st.builds(File, SUMS, st.integers(0, 2**50)),
        max_size=4,
    ),
)


def damaged(manifest: Manifest, change: Callable[[Entities], object]) -> DamagedVersion:
    """The error that the manifest gives after a change of its entities, which are found by their identifiers."""
    document = json.loads(to_json(manifest))
    entities = {entity["@id"]: entity for entity in document["@graph"]}
    change(entities)
    document["@graph"] = list(entities.values())
    with pytest.raises(DamagedVersion) as caught:
        from_json(json.dumps(document), "v1.1/manifest")
    assert caught.value.exit_code == 11
    for problem in caught.value.problems:
        assert problem.file == "v1.1/manifest"
        assert problem.expected
        assert problem.found
        assert problem.mend
    str(caught.value).encode()
    return caught.value


def test_manifest_is_read_as_it_was_written(manifest: Manifest) -> None:
    assert from_json(to_json(manifest), "x") == manifest


def test_first_version_without_a_permalink_is_read_as_it_was_written(manifest: Manifest) -> None:
    first = replace(manifest, previous=None, permalink=None, version="1.0")
    assert from_json(to_json(first), "x") == first


@settings(deadline=None)
@given(MANIFESTS)
def test_every_manifest_is_read_as_it_was_written(manifest: Manifest) -> None:
    assert from_json(to_json(manifest), "x") == manifest


def test_bytes_do_not_depend_on_the_order_of_files_and_packages(manifest: Manifest) -> None:
    turned = replace(
        manifest,
        files=dict(reversed(manifest.files.items())),
        packages=dict(reversed(manifest.packages.items())),
    )
    assert list(turned.files) != list(manifest.files)
    assert to_json(turned) == to_json(manifest)


def test_text_keeps_its_letters_and_ends_with_one_newline(manifest: Manifest) -> None:
    text = to_json(manifest)
    assert "nachgerechnet" in text
    assert "über" in text
    assert text.endswith("}\n")


def test_bytes_depend_on_no_clock_host_user_or_place(tmp_path: Path) -> None:
    program = (
        "import sys; from pathlib import Path; from evidence_brief.publish.manifest import *;"
        "made = Manifest('s', 't', 'c', '1.0', '2026-11-24', None, None, 'a' * 64, 'quarto', 'b' * 64,"
        " {'evidence-brief': '1', 'python': '3', 'numpy': '2'}, files_of(Path('.')));"
        "sys.stdout.buffer.write(to_json(made).encode())"
    )
    outputs = []
    for number, zone in enumerate(["Pacific/Kiritimati", "Etc/GMT+12"]):
        place = tmp_path / f"place{number}"
        place.mkdir()
        # Made in another order, and long ago.
        for name in ["a.html", "b.pdf", "c.txt"][:: 1 if number else -1]:
            (place / name).write_text(name, encoding="utf-8")
            os.utime(place / name, (number * 10**9, number * 10**9))
        who = {"TZ": zone, "USER": f"u{number}", "LOGNAME": f"u{number}", "HOSTNAME": f"h{number}", "HOME": str(place)}
        environment = {**os.environ, **who, "PYTHONHASHSEED": str(number)}
        command = [sys.executable, "-c", program]
        outputs.append(subprocess.run(command, cwd=place, env=environment, check=True, stdout=subprocess.PIPE).stdout)
    assert outputs[0] == outputs[1]
    assert b"c.txt" in outputs[0]


def test_crate_says_nothing_of_when_and_by_whom_it_was_made(manifest: Manifest) -> None:
    graph = json.loads(to_json(manifest))["@graph"]
    assert {"startTime", "endTime", "agent"}.isdisjoint({key for entity in graph for key in entity})
    assert [entity["datePublished"] for entity in graph if "datePublished" in entity] == ["2026-11-24"]


def test_action_leads_from_the_inputs_and_the_engine_to_the_outputs(manifest: Manifest) -> None:
    entities = {entity["@id"]: entity for entity in json.loads(to_json(manifest))["@graph"]}
    run = entities[entities["./"]["mentions"]["@id"]]
    objects, results = ({ref["@id"] for ref in run[key]} for key in ("object", "result"))
    paths = {name: entities[name].get("name", "") for name in objects | results}
    assert {paths[name] for name in objects} == {p for p in manifest.files if p.startswith("inputs/")} | {"engine"}
    assert {paths[name] for name in results} == {p for p in manifest.files if not p.startswith("inputs/")}
    assert run["description"] == "brief verify ivig-2012@v1.1 --rebuilt DIR"


def test_identifiers_of_files_are_relative_uris(manifest: Manifest) -> None:
    ids = {entity["@id"] for entity in json.loads(to_json(manifest))["@graph"] if entity["@type"] == "File"}
    assert "inputs/data/ivig-2012/Bericht%20über%2050%20%25%2C%20Teil%20%232%3A%20Fragen%3F.txt" in ids


def test_media_types_are_those_of_our_own_table(manifest: Manifest) -> None:
    files = {**manifest.files, "x.unheardof": File("a" * 64, 1), "PAGE.HTML": File("a" * 64, 1)}
    graph = json.loads(to_json(replace(manifest, files=files)))["@graph"]
    formats = {entity["name"]: entity["encodingFormat"] for entity in graph if entity["@type"] == "File"}
    assert formats["recompute.ipynb"] == "application/x-ipynb+json"
    assert formats["inputs/reports/styles/page.typ"] == "text/vnd.typst"
    assert formats["PAGE.HTML"] == "text/html"
    assert formats["x.unheardof"] == "application/octet-stream"


@pytest.mark.parametrize(
    "text",
    [
        *("", "{", "\ufeff{}", "<html>", '{"@graph": [], "@graph": []}', "9" * 5000),
        *("[" * 100_000, '{"@graph":' * 100_000, '{"@graph": [' + "[" * 100_000),
    ],
    ids=["empty", "cut", "mark", "html", "key-twice", "digits", "deep-list", "deep-object", "deep-graph"],
)
def test_manifest_that_is_no_json_is_a_problem(text: str) -> None:
    with pytest.raises(DamagedVersion, match="published/v1.0/x: this is no JSON") as caught:
        from_json(text, "published/v1.0/x")
    assert caught.value.problems[0].found


@pytest.mark.parametrize("value", [None, True, 0, 1.5, "text", [], {}, {"@graph": {}}, {"@graph": None}])
def test_manifest_of_another_json_type_is_a_problem(value: object) -> None:
    with pytest.raises(DamagedVersion, match="the manifest has no list @graph"):
        from_json(json.dumps(value), "x")


@pytest.mark.parametrize(
    "document",
    [
        '{"@context": NaN, "@graph": [NaN]}',
        '{"@context": [], "@graph": [[], {}, null, "x", {"@id": 1}, {"@id": "./"}]}',
        '{"@context": {}, "@graph": [{"@id": "./", "conformsTo": [1, {"@id": {}}], "hasPart": {"@id": null}}]}',
        '{"@graph": [{"@id": "f", "@type": ["File", {}]}, {"@id": "./", "@type": {}, "name": "\\ud800"}]}',
        '{"@graph": ' + "[" * 400 + "]" * 400 + "}",
        '{"@context": ' + "[" * 400 + "]" * 400 + ', "@graph": [{"@id": "./", "name": ' + "[" * 400 + "]" * 400 + "}]}",
    ],
)
def test_manifest_of_odd_entities_gives_several_problems(document: str) -> None:
    with pytest.raises(DamagedVersion) as caught:
        from_json(document, "x")
    assert len(caught.value.problems) > 3
    str(caught.value).encode()


@given(
    st.recursive(
        st.none() | st.booleans() | st.floats() | st.text(), lambda x: st.lists(x) | st.dictionaries(st.text(), x)
    )
)
def test_no_json_makes_the_reader_stumble(value: object) -> None:
    document = {"@context": value, "@graph": [value, {"@id": "./", "hasPart": value, "name": value, "url": value}]}
    with pytest.raises(DamagedVersion):
        from_json(json.dumps(document), "x")


NAMES = ["./", "#rendering", "#evidence-brief", "#study", "#content", "#code", "#engine", STUDY_YML]


@pytest.mark.parametrize("name", [*NAMES, "#previous-version", "https://pypi.org/project/numpy/"])
def test_missing_entity_is_a_problem(manifest: Manifest, name: str) -> None:
    assert damaged(manifest, lambda entities: entities.pop(name)).problems


@pytest.mark.parametrize("wrong", [None, 1, True, [], {}, "", "\ud800"])
@pytest.mark.parametrize(
    ("name", "key"),
    [
        *(("./", "name"), ("./", "version"), ("./", "datePublished"), ("./", "url"), ("./", "hasPart")),
        *(("#study", "name"), ("#study", "identifier"), ("#content", "value"), ("#code", "value")),
        *(("#engine", "value"), ("#previous-version", "version"), ("#evidence-brief", "softwareVersion")),
        *((STUDY_YML, "sha256"), (STUDY_YML, "contentSize"), ("#rendering", "instrument"), ("./", "conformsTo")),
    ],
)
def test_wrong_type_is_a_problem(manifest: Manifest, name: str, key: str, wrong: object) -> None:
    assert damaged(manifest, lambda entities: entities[name].update({key: wrong})).problems


@pytest.mark.parametrize(
    ("name", "key", "wrong"),
    [
        *((STUDY_YML, "sha256", text) for text in ("a" * 63, "a" * 65, "A" * 64, "g" * 64, "a" * 64 + "\n")),
        *((STUDY_YML, "contentSize", text) for text in ("-1", "01", "1.5", "1e3", " 1", "٣", "9" * 5000)),
        *(("./", "version", text) for text in ("1", "v1.0", "1.0.0", "01.0", "../1.0", "1.0\n")),
        *(("./", "datePublished", text) for text in ("2026-02-30", "20261124", "24.11.2026", "2026-11-24T00:00")),
        *(("#study", "identifier", text) for text in ("../up", "a/b", "-", "a\n", "a" * 81)),
        ("#engine", "value", "word"),
        ("#code", "value", "none"),
        ("#content", "value", "sha256:" + "a" * 57),
        ("#previous-version", "version", "draft"),
    ],
)
def test_value_that_cannot_be_names_its_entity_and_what_was_found(
    manifest: Manifest, name: str, key: str, wrong: str
) -> None:
    (problem,) = damaged(manifest, lambda entities: entities[name].update({key: wrong})).problems
    assert problem.message == f"'{name}' has no proper {key}"
    assert problem.found is not None
    assert repr(wrong)[:80] in problem.found


@pytest.mark.parametrize(
    "path",
    [
        *("/etc/passwd", "../up.txt", "inputs/../../up.txt", "inputs%2F..%2F..%2Fup.txt", "%2E%2E/up.txt", "C%3A/a"),
        *("inputs\\study.yml", "inputs%5Cstudy.yml", "https://example.org/a", "inputs//a", "inputs/", "%00", "%FF"),
        *("brief%2Ehtml", "#brief.html"),
    ],
)
def test_path_that_leads_elsewhere_is_a_problem(manifest: Manifest, path: str) -> None:
    def add(entities: Entities) -> None:
        entities[path] = {"@id": path, "@type": "File", "contentSize": "1", "sha256": "a" * 64}
        entities["./"]["hasPart"].append({"@id": path})

    (problem,) = damaged(manifest, add).problems
    assert "cannot be a file" in problem.message
    assert problem.found == repr(path)


def test_manifest_that_lists_itself_is_a_problem(manifest: Manifest) -> None:
    def list_it(entities: Entities) -> None:
        entities[MANIFEST].update({"@type": "File", "contentSize": "1", "sha256": "a" * 64})
        entities["./"]["hasPart"].append({"@id": MANIFEST})

    assert "the manifest itself" in str(damaged(manifest, list_it))


def test_identifier_that_two_entities_have_is_a_problem(manifest: Manifest) -> None:
    error = damaged(manifest, lambda entities: entities.update(again={**entities[STUDY_YML], "sha256": "b" * 64}))
    assert [(problem.message, problem.found) for problem in error.problems] == [
        ("two entities have the same @id", repr(STUDY_YML))
    ]


def test_part_that_is_listed_twice_is_a_problem(manifest: Manifest) -> None:
    error = damaged(manifest, lambda entities: entities["./"]["hasPart"].append({"@id": STUDY_YML}))
    assert [(problem.message, problem.found) for problem in error.problems] == [
        ("a file is listed twice", repr(STUDY_YML))
    ]


def test_part_without_its_file_and_file_that_is_no_part_are_problems(manifest: Manifest) -> None:
    def change(entities: Entities) -> None:
        del entities["brief.html"]
        entities["./"]["hasPart"] = [ref for ref in entities["./"]["hasPart"] if ref["@id"] != STUDY_YML]

    assert [(problem.message, problem.found) for problem in damaged(manifest, change).problems] == [
        ("a file is no part of the crate", repr(STUDY_YML)),
        ("a part of the crate is not described", "'brief.html'"),
    ]


def test_tool_that_is_named_twice_is_a_problem(manifest: Manifest) -> None:
    error = damaged(manifest, lambda e: e["https://www.python.org/"].update(name="numpy"))
    assert [problem.message for problem in error.problems] == ["a tool is listed twice"]


def test_product_under_another_name_is_a_problem(manifest: Manifest) -> None:
    error = damaged(manifest, lambda entities: entities["#evidence-brief"].update(name="another"))
    assert [problem.message for problem in error.problems] == ["the manifest does not name the product"]


def test_another_context_or_profile_is_a_problem(manifest: Manifest) -> None:
    text = to_json(manifest).replace("crate/1.1/context", "crate/0.1/context").replace("process/0.5", "process/0.1")
    with pytest.raises(DamagedVersion) as caught:
        from_json(text, "x")
    assert [problem.message for problem in caught.value.problems] == [
        "the @context is another",
        "the crate conforms to another profile",
    ]


def test_all_damages_are_told_at_once(manifest: Manifest) -> None:
    def change(entities: Entities) -> None:
        entities["./"]["version"] = 1
        entities[STUDY_YML]["sha256"] = "x"
        entities["brief.html"]["contentSize"] = "-5"
        del entities["#code"]

    assert len(damaged(manifest, change).problems) == 4


def test_manifest_beside_its_files_agrees_with_them(version: Path) -> None:
    assert from_json((version / MANIFEST).read_text(encoding="utf-8"), MANIFEST).files == files_of(version)
