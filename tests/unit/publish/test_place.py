"""What every place of versions keeps to: a folder, a store in memory, a store of objects."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from tests.stores import address, forget_clients, s3_server

from evidence_brief.errors import PlaceFailed
from evidence_brief.publish.manifest import MANIFEST
from evidence_brief.publish.place import Folder, Place, open_place
from evidence_brief.publish.release import RECORD, Number
from evidence_brief.publish.store import Store

ONE, NINE, TEN = Number(1, 0), Number(1, 9), Number(1, 10)
FILES = {
    RECORD: b"{}\n",
    MANIFEST: b"[]\n",
    "brief.html": b"<p>\xff</p>",
    "inputs/data/trial/Bericht \u00fcber 50 %, Teil #2 + ?.txt": b"words",
    "inputs/empty.txt": b"",
}


@pytest.fixture(scope="module")
def s3() -> Iterator[dict[str, str]]:
    with s3_server() as variables:
        yield variables


def new_address(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    """The address of a new place, and the variables by which it is found."""
    if request.param == "s3":
        for name, value in request.getfixturevalue("s3").items():
            monkeypatch.setenv(name, value)
        forget_clients()
    return address(request.param, tmp_path)


@pytest.fixture(params=["folder", "memory", "s3"])
def where(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    return new_address(request, tmp_path, monkeypatch)


@pytest.fixture(params=["memory", "s3"])
def store(request: pytest.FixtureRequest, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Store:
    """A place that gets a version file by file; a folder gets it in one rename."""
    return Store.open(new_address(request, tmp_path, monkeypatch))


@pytest.fixture
def place(where: str, tmp_path: Path) -> Place:
    return open_place(where, tmp_path)


def version(folder: Path, **changed: bytes) -> Path:
    """A made version on this disk."""
    for name, data in {**FILES, **changed}.items():
        (folder / name).parent.mkdir(parents=True, exist_ok=True)
        (folder / name).write_bytes(data)
    return folder


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_empty_place_holds_nothing(place: Place) -> None:
    assert place.studies() == place.versions("trial") == place.begun("trial") == []
    assert place.read("trial/versions.json") is None


def test_added_version_comes_back_byte_for_byte(place: Place, tmp_path: Path) -> None:
    assert place.add("trial", ONE, version(tmp_path / "made"))
    assert place.studies() == ["trial"]
    assert place.versions("trial") == [ONE]
    assert place.begun("trial") == []
    assert place.read("trial/v1.0/brief.html") == FILES["brief.html"]
    assert place.read("trial/v1.0/nothing.html") is None
    assert place.read("trial/v1.0/brief.html/below") is None
    place.fetch("trial", ONE, tmp_path / "fetched")
    assert contents(tmp_path / "fetched") == FILES


def test_versions_are_sorted_as_numbers_and_seen_by_whoever_looks(place: Place, where: str, tmp_path: Path) -> None:
    other = open_place(where, tmp_path)
    assert other.versions("trial") == []
    for number in (ONE, NINE, TEN):
        assert place.add("trial", number, version(tmp_path / number.name))
        assert number in other.versions("trial")
    place.add("a-study", ONE, version(tmp_path / "another"))
    place.replace("trial/latest/index.html", b"page")
    place.replace("index.html", b"page")
    assert other.versions("trial") == [ONE, NINE, TEN]
    assert other.studies() == ["a-study", "trial"]


def test_number_that_is_taken_is_refused_and_nothing_is_overwritten(place: Place, tmp_path: Path) -> None:
    assert place.add("trial", ONE, version(tmp_path / "one"))
    assert not place.add("trial", ONE, version(tmp_path / "two", **{RECORD: b"other", "new.html": b"new"}))
    place.fetch("trial", ONE, tmp_path / "fetched")
    assert contents(tmp_path / "fetched") == FILES


def test_same_version_twice_is_one(place: Place, tmp_path: Path) -> None:
    """A store may have been interrupted, and completes; a folder never holds a part, and says that it is there."""
    made = version(tmp_path / "made")
    assert place.add("trial", ONE, made)
    assert place.add("trial", ONE, made) is isinstance(place, Store)
    assert place.versions("trial") == [ONE]
    assert contents(made) == FILES


def test_file_that_may_change_is_replaced_whole(place: Place) -> None:
    for data in (b"long " * 1000, b"short"):
        place.replace("trial/versions.json", data)
        assert place.read("trial/versions.json") == data


def test_store_counts_what_a_killed_run_left_as_begun_and_completes_it(store: Store, tmp_path: Path) -> None:
    for name in (RECORD, "brief.html"):
        store.replace(f"trial/v1.0/{name}", FILES[name])
    assert (store.versions("trial"), store.studies(), store.begun("trial")) == ([], [], [ONE])
    assert store.add("trial", ONE, version(tmp_path / "made"))
    assert (store.versions("trial"), store.studies(), store.begun("trial")) == ([ONE], ["trial"], [])
    store.fetch("trial", ONE, tmp_path / "fetched")
    assert contents(tmp_path / "fetched") == FILES


def test_store_refuses_other_content_under_a_number_that_was_begun(store: Store, tmp_path: Path) -> None:
    store.replace(f"trial/v1.0/{RECORD}", b"other")
    assert not store.add("trial", ONE, version(tmp_path / "made"))
    assert store.read("trial/v1.0/brief.html") is None
    assert (store.versions("trial"), store.begun("trial")) == ([], [ONE])


def test_store_does_not_count_a_folder_without_a_record_as_begun(store: Store) -> None:
    store.replace("trial/v1.0/brief.html", b"page")
    assert store.begun("trial") == store.versions("trial") == []


def test_store_that_another_publisher_writes_to_meanwhile_keeps_what_came_first(
    store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = version(tmp_path / "made")
    read, first = store.read, []

    def meanwhile(path: str) -> bytes | None:
        if not first:
            first.append(path)
            store.replace(path, b"theirs")
            return None
        return read(path)

    monkeypatch.setattr(store, "read", meanwhile)
    assert not store.add("trial", ONE, made)
    assert read(f"trial/v1.0/{RECORD}") == b"theirs"


def test_store_names_its_version_by_its_own_path_alone(store: Store, tmp_path: Path) -> None:
    inside = Store(store.system, f"{store.root}/trial/v1.0", store.name)
    assert inside.add("trial", ONE, version(tmp_path / "made"))
    inside.fetch("trial", ONE, tmp_path / "fetched")
    assert contents(tmp_path / "fetched") == FILES


def test_store_writes_to_a_system_with_real_folders(tmp_path: Path) -> None:
    from fsspec.implementations.local import LocalFileSystem

    store = Store(LocalFileSystem(), str(tmp_path / "published"), "x")
    assert store.add("trial", ONE, version(tmp_path / "made"))
    assert contents(tmp_path / "published" / "trial" / "v1.0") == FILES


@pytest.fixture
def use_s3(s3: dict[str, str], monkeypatch: pytest.MonkeyPatch) -> Iterator[pytest.MonkeyPatch]:
    for name, value in s3.items():
        monkeypatch.setenv(name, value)
    forget_clients()
    yield monkeypatch
    forget_clients()


def failure(place: Place, tmp_path: Path) -> PlaceFailed:
    """What both reading and writing a version say."""
    with pytest.raises(PlaceFailed) as caught:
        place.studies()
    with pytest.raises(PlaceFailed):
        place.add("trial", ONE, version(tmp_path / "made"))
    (problem,) = caught.value.problems
    assert problem.mend
    return caught.value


def test_missing_bucket_is_told_and_not_made(use_s3: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = Store.open("s3://no-such-bucket/briefs")
    assert "there is no bucket 'no-such-bucket'" in str(failure(place, tmp_path))
    with pytest.raises(PlaceFailed, match="there is no bucket"):
        place.replace("trial/versions.json", b"x")
    assert not place.system.exists("no-such-bucket")


@pytest.mark.parametrize("name", ["s3://", "s3:///"])
def test_address_without_a_bucket_is_told(use_s3: pytest.MonkeyPatch, name: str) -> None:
    with pytest.raises(PlaceFailed, match="bucket") as caught:
        Store.open(name)
    assert caught.value.problems[0].mend


def test_bucket_that_cannot_be_is_told(use_s3: pytest.MonkeyPatch, tmp_path: Path) -> None:
    assert "Invalid bucket name" in str(failure(Store.open("s3://A_B!/briefs"), tmp_path))


def test_server_that_does_not_answer_is_told(use_s3: pytest.MonkeyPatch, tmp_path: Path) -> None:
    use_s3.setenv("AWS_ENDPOINT_URL", "http://127.0.0.1:9")
    use_s3.setenv("AWS_MAX_ATTEMPTS", "1")
    error = failure(Store.open("s3://briefs"), tmp_path)
    assert "Could not connect" in str(error)
    assert "what was published stays as it was" in str(error)


def test_missing_credentials_are_told(use_s3: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("AWS_ACCESS_KEY_ID", "AWS_SECRET_ACCESS_KEY"):
        use_s3.delenv(name)
    use_s3.setenv("AWS_EC2_METADATA_DISABLED", "true")
    for name in ("AWS_CONFIG_FILE", "AWS_SHARED_CREDENTIALS_FILE"):
        use_s3.setenv(name, str(tmp_path / "none"))
    assert "credentials" in str(failure(Store.open("s3://briefs"), tmp_path))


def test_credentials_that_are_refused_are_told(use_s3: pytest.MonkeyPatch, tmp_path: Path) -> None:
    place = Store.open("s3://briefs")

    def refuse(*_: object, **__: object) -> None:
        raise PermissionError("Access Denied")

    for name in ("ls", "cat_file", "pipe_file"):
        use_s3.setattr(place.system, name, refuse)
    assert "Access Denied" in str(failure(place, tmp_path))


@pytest.mark.parametrize("name", ["foo://bucket", "zip::foo://bucket", "s4://x"])
def test_unknown_store_is_told(name: str, tmp_path: Path) -> None:
    with pytest.raises(PlaceFailed, match="no such store is known") as caught:
        open_place(name, tmp_path)
    assert name in str(caught.value)


@pytest.mark.parametrize("name", ["", " ", "file://"])
def test_a_name_that_is_empty_is_no_place(name: str, tmp_path: Path) -> None:
    with pytest.raises(PlaceFailed, match="names no place"):
        open_place(name, tmp_path)


def test_store_whose_package_is_missing_says_which_to_install(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(sys.modules, "gcsfs", None)
    with pytest.raises(PlaceFailed, match="no such store is known") as caught:
        open_place("gs://bucket/briefs", tmp_path)
    assert "gcsfs" in str(caught.value)
    assert caught.value.problems[0].mend


def test_folder_that_cannot_be_written_is_told_and_nothing_is_left(tmp_path: Path) -> None:
    (tmp_path / "published").write_text("a file", encoding="utf-8")
    place = Folder(tmp_path / "published", "published")
    with pytest.raises(PlaceFailed, match="published") as caught:
        place.add("trial", ONE, version(tmp_path / "made"))
    assert caught.value.problems[0].mend
    assert place.studies() == []
    assert (tmp_path / "published").read_text(encoding="utf-8") == "a file"


def test_folder_leaves_nothing_beside_its_versions(tmp_path: Path) -> None:
    place = Folder(tmp_path / "published")
    place.add("trial", ONE, version(tmp_path / "one"))
    place.add("trial", ONE, version(tmp_path / "two"))
    assert [path.name for path in (tmp_path / "published" / "trial").iterdir()] == ["v1.0"]


def test_places_are_named_by_people(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(tmp_path)
    default, relative, file = (open_place(name, tmp_path / "project") for name in (None, "out", f"file://{tmp_path}/x"))
    assert (default.name, relative.name, file.name) == ("published", "out", f"file://{tmp_path}/x")
    assert isinstance(default, Folder)
    assert isinstance(relative, Folder)
    assert isinstance(file, Folder)
    assert (default.root, relative.root, file.root) == (
        tmp_path / "project" / "published",
        tmp_path / "out",
        tmp_path / "x",
    )
