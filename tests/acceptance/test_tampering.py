"""A corpus of versions that somebody has tampered with: each is told, with the file that is not as it was."""

from __future__ import annotations

import hashlib
import json
import shutil
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pytest
from tests.published import TRIAL, signed, tiny_project
from tests.verified import FIRST, SECOND, require_told, verified, verified_alone

from evidence_brief.freshness import sums
from evidence_brief.project import Project
from evidence_brief.publish import rebuild
from evidence_brief.publish.build import Edition, Say, build
from evidence_brief.publish.files import files_of
from evidence_brief.publish.lists import settle
from evidence_brief.publish.manifest import MANIFEST, from_json, to_json
from evidence_brief.publish.place import Folder
from evidence_brief.publish.release import RECORD, Number
from evidence_brief.publish.release import from_json as release_from_json
from evidence_brief.publish.release import to_json as release_to_json
from evidence_brief.publish.wanted import wanted

pytestmark = pytest.mark.slow
Tamper = Callable[[Path], None]


@pytest.fixture(scope="module", autouse=True)
def _built_once(tmp_path_factory: pytest.TempPathFactory) -> Iterator[None]:
    """The same inputs are built once for all tests here; that they make the same each time, other tests show."""
    folder = tmp_path_factory.mktemp("built")

    def build_once(project: Project, edition: Edition, out: Path, say: Say) -> None:
        asked = repr((sorted(sums(project.root).items()), release_to_json(edition.release), edition.engine))
        made = folder / hashlib.sha256(asked.encode()).hexdigest()
        if not made.exists():
            build(project, edition, made, say)
        shutil.copytree(made, out)

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(rebuild, "build", build_once)
        yield


def flip(path: Path) -> None:
    data = bytearray(path.read_bytes())
    data[Random(path.name).randrange(len(data))] ^= 1
    path.write_bytes(data)


def link(path: Path) -> None:
    kept = path.with_name("kept-elsewhere")
    path.rename(kept)
    path.symlink_to(kept)


def folder_instead(path: Path) -> None:
    path.unlink()
    path.mkdir()


WAYS: dict[str, Tamper] = {
    "a flipped bit": flip,
    "a missing file": Path.unlink,
    "an empty file": lambda path: path.write_bytes(b"") and None,
    "a file cut short": lambda path: path.write_bytes(path.read_bytes()[:-1]) and None,
    "a longer file": lambda path: path.write_bytes(path.read_bytes() + b"\n") and None,
    "a link": link,
    "a folder": folder_instead,
    "another name": lambda path: path.rename(path.with_name("renamed")) and None,
}


def test_untouched_versions_are_identical(place: Path) -> None:
    assert (verified(place, anew=True).outcome, verified(place, SECOND).outcome) == ("identical", "intact")
    alone = shutil.copytree(place / TRIAL / "v1.1", place / "alone" / "downloaded")
    result = verified_alone(alone)
    assert (result.outcome, result.anchored) == ("identical", False)


@pytest.mark.parametrize("way", WAYS)
def test_tampering_with_any_file_of_a_version_is_told_by_its_name(place: Path, tmp_path: Path, way: str) -> None:
    version, kept = place / TRIAL / "v1.0", tmp_path / "kept"
    files = [*files_of(version), MANIFEST]
    assert len(files) > 30
    shutil.copytree(version, kept)
    for name in files:
        if (version / name).stat().st_size == 0:
            continue
        WAYS[way](version / name)
        require_told(verified(place), name)
        shutil.rmtree(version)
        shutil.copytree(kept, version)
    assert verified(place).outcome == "intact"


@pytest.mark.parametrize("name", ["brief2.html", "inputs/data/trial/more.txt", "inputs/.hidden", "deep/er/file"])
def test_an_added_file_is_told(place: Path, name: str) -> None:
    path = place / TRIAL / "v1.0" / name
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text("added", encoding="utf-8")
    require_told(verified(place), name, "the manifest does not name")


def edited(path: Path, change: Callable[[Any], object]) -> None:
    data = json.loads(path.read_text(encoding="utf-8"))
    change(data)
    path.write_text(json.dumps(data, ensure_ascii=False, indent=2, sort_keys=True) + "\n", encoding="utf-8")


def entity(crate: Any, name: str) -> Any:
    return next(one for one in crate["@graph"] if one["@id"] == name)


MANIFESTS: dict[str, Callable[[Any], object]] = {
    "one sum": lambda crate: entity(crate, "brief.html").update(sha256="0" * 64),
    "one size": lambda crate: entity(crate, "brief.pdf").update(contentSize="1"),
    "the title": lambda crate: entity(crate, "./").update(name="Another title"),
    "the date": lambda crate: entity(crate, "./").update(datePublished="2020-01-01"),
    "the version": lambda crate: entity(crate, "./").update(version="1.1"),
    "the study": lambda crate: entity(crate, "#study").update(identifier="another"),
    "the content": lambda crate: entity(crate, "#content").update(value="0" * 64),
    "a path upwards": lambda crate: entity(crate, "brief.html").update({"@id": "../v1.1/brief.html"}),
    "an absolute path": lambda crate: entity(crate, "brief.html").update({"@id": "/etc/passwd"}),
    "an encoded path": lambda crate: entity(crate, "brief.html").update({"@id": "%2e%2e/v1.1/brief.html"}),
    "a path twice": lambda crate: crate["@graph"].append(dict(entity(crate, "brief.html"))),
    "a note": lambda crate: entity(crate, "./").update(comment="harmless"),
}


@pytest.mark.parametrize("change", MANIFESTS)
def test_a_manifest_edited_by_hand_is_told(place: Path, change: str) -> None:
    edited(place / TRIAL / "v1.0" / MANIFEST, MANIFESTS[change])
    require_told(verified(place), MANIFEST)


def test_sums_made_to_fit_a_changed_page_are_found_out_by_the_list_of_versions(place: Path) -> None:
    flip(place / TRIAL / "v1.0" / "brief.html")
    signed(place / TRIAL / "v1.0")
    require_told(verified(place), MANIFEST, "is not the manifest that was published")


def test_a_record_edited_by_hand_is_told_also_where_the_manifest_was_made_to_fit(place: Path) -> None:
    version = place / TRIAL / "v1.0"
    release = release_from_json((version / RECORD).read_text(encoding="utf-8"), RECORD)
    (version / RECORD).write_text(release_to_json(replace(release, date="2020-01-01")), encoding="utf-8")
    require_told(verified(place), RECORD)
    signed(version)
    require_told(verified(place), RECORD, MANIFEST)
    signed(version, replace(release, date="2020-01-01"))
    require_told(verified(place), MANIFEST, "versions.json")


def test_files_of_two_versions_that_changed_places_are_told_in_both(place: Path) -> None:
    one, two = (place / TRIAL / name / "brief.pdf" for name in ("v1.0", "v1.1"))
    one.rename(place / "aside")
    two.rename(one)
    (place / "aside").rename(two)
    for number in (FIRST, SECOND):
        require_told(verified(place, number), "brief.pdf")


@pytest.mark.parametrize("listed", [True, False])
def test_versions_that_changed_places_are_told_also_without_a_list(place: Path, listed: bool) -> None:
    one, two = (place / TRIAL / name for name in ("v1.0", "v1.1"))
    one.rename(place / "aside")
    two.rename(one)
    (place / "aside").rename(two)
    if not listed:
        (place / TRIAL / "versions.json").unlink()
    for number in (FIRST, SECOND):
        require_told(verified(place, number), MANIFEST, "another version stands here")


def test_a_version_that_is_a_link_to_another_place_is_told(place: Path) -> None:
    (place / TRIAL / "v1.0").rename(place / "elsewhere")
    (place / TRIAL / "v1.0").symlink_to(place / "elsewhere")
    require_told(verified(place), "a symbolic link")


LISTS: dict[str, Callable[[Any], object]] = {
    "the sum": lambda data: data["versions"][1].update(manifest="0" * 64),
    "no sum": lambda data: data["versions"][1].pop("manifest"),
    "the date": lambda data: data["versions"][1].update(date="2020-01-01"),
    "the kind": lambda data: data["versions"][1].update(kind="major"),
    "the content": lambda data: data["versions"][1].update(content="0" * 64),
    "the newest": lambda data: data.update(latest="v1.0"),
    "an entry less": lambda data: data["versions"].pop(1),
    "no list": lambda data: data.clear(),
    "what changed": lambda data: data["versions"][1].update(changes="Nothing that the brief says changed."),
}


@pytest.mark.parametrize("change", LISTS)
def test_a_list_of_versions_edited_by_hand_is_told(place: Path, change: str) -> None:
    edited(place / TRIAL / "versions.json", LISTS[change])
    result = verified(place)
    assert result.outcome == "damaged"
    assert any(name in str(result.error) for name in ("versions.json", MANIFEST))


@pytest.mark.parametrize("text", ["", "{", "[]", "null", "\x00", "[" * 100_000])
def test_a_list_of_versions_that_is_none_is_told(place: Path, text: str) -> None:
    (place / TRIAL / "versions.json").write_text(text, encoding="utf-8")
    require_told(verified(place), "versions.json", "is no list of versions")


# In a folder by itself there is no list: only making it anew finds out what fits its manifest.
def page(version: Path) -> str:
    path = version / "brief.html"
    path.write_text(path.read_text(encoding="utf-8").replace("50.0%", "60.0%"), encoding="utf-8")
    return "brief.html"


def paper(version: Path) -> str:
    shutil.copyfile(version.with_name("v1.1") / "brief.pdf", version / "brief.pdf")
    return "brief.pdf"


def ledger(version: Path) -> str:
    edited(version / "ledger.json", lambda data: data["claims"][0].update(verdict="reproduced", recomputed="1"))
    return "ledger.json"


def output(version: Path) -> str:
    (version / "more.html").write_text("<p>More</p>", encoding="utf-8")
    return "more.html"


def stray(version: Path) -> str:
    (version / "inputs" / "README.txt").write_text("Nothing reads this", encoding="utf-8")
    return "inputs/README.txt"


def title(version: Path) -> str:
    manifest = from_json((version / MANIFEST).read_text(encoding="utf-8"), MANIFEST)
    (version / MANIFEST).write_text(to_json(replace(manifest, title="Another")), encoding="utf-8")
    return MANIFEST


def source(version: Path) -> str:
    path = version / "inputs" / "data" / TRIAL / "news.txt"
    path.write_text(path.read_text(encoding="utf-8").replace("42", "43"), encoding="utf-8")
    return "study.yml:4: the source is not the text"


def settings(version: Path) -> str:
    (version / "inputs" / "_quarto.yml").write_text("project: [", encoding="utf-8")
    return "_quarto.yml"


@pytest.mark.parametrize("tamper", [page, paper, ledger, output, stray, title, source, settings])
def test_a_lone_folder_with_sums_that_fit_is_found_out_by_making_it_anew(
    place: Path, tamper: Callable[[Path], str]
) -> None:
    version = place / TRIAL / "v1.0"
    name = tamper(version)
    signed(version)
    (place / TRIAL / "versions.json").unlink()
    assert verified_alone(version, anew=False).outcome == "intact"
    require_told(verified_alone(version), name, outcome="differs")


def test_a_version_that_is_gone_is_told(place: Path) -> None:
    shutil.rmtree(place / TRIAL / "v1.0")
    assert [one.number for one in wanted(Folder(place), [])] == [Number(1, 0), Number(1, 1)]
    require_told(verified(place), MANIFEST, "is missing")


BESIDE: dict[str, tuple[str, Tamper]] = {
    "the page of all versions": ("index.html", lambda path: _replaced(path, "v1.1/brief.html", "v1.0/brief.html")),
    "the address of the newest": ("latest/index.html", lambda path: _replaced(path, "v1.1", "v1.0")),
    "what tells that a version is superseded": ("versions.js", lambda path: _replaced(path, "v1.1", "v1.0")),
    "no page": ("index.html", Path.unlink),
    "no address": ("latest/index.html", Path.unlink),
}


def _replaced(path: Path, old: str, new: str) -> None:
    text = path.read_text(encoding="utf-8")
    assert old in text
    path.write_text(text.replace(old, new), encoding="utf-8")


@pytest.mark.parametrize("way", BESIDE)
def test_what_readers_are_led_by_is_told_when_it_was_changed(place: Path, way: str) -> None:
    name, change = BESIDE[way]
    change(place / TRIAL / name)
    words = (name, "versions.json", "brief publish trial", "the versions themselves are safe")
    require_told(verified(place, SECOND), *words)
    assert verified(place).outcome == "intact"


def test_lists_that_a_killed_publisher_has_left_behind_are_no_tampering(place: Path) -> None:
    listed = json.loads((place / TRIAL / "versions.json").read_text(encoding="utf-8"))
    listed["versions"], listed["latest"] = listed["versions"][1:], "v1.0"
    (place / TRIAL / "versions.json").write_text(json.dumps(listed), encoding="utf-8")
    assert [verified(place, number).outcome for number in (FIRST, SECOND)] == ["intact", "intact"]


def test_publishing_mends_a_page_of_versions_that_was_edited(place: Path, tmp_path: Path) -> None:
    page = place / TRIAL / "index.html"
    before = page.read_bytes()
    _replaced(page, "v1.1/brief.html", "v1.0/brief.html")
    settle(
        Project(tiny_project(tmp_path / "project", "The drug", brief_alone=False)),
        Folder(place),
        TRIAL,
        "A small trial",
    )
    assert page.read_bytes() == before
