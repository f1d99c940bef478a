"""Who is let in, and that nothing but the study file is ever read or written."""

from __future__ import annotations

import json
import os
import re
import signal
import socket
import subprocess
import sys
from pathlib import Path

import pytest
from tests.reviewed import NAME, TOKEN, Server, write_reviewed

from evidence_brief.review.guard import LARGEST_BODY
from evidence_brief.review.server import ADDRESS


def contents(folder: Path) -> dict[str, bytes]:
    return {path.relative_to(folder).as_posix(): path.read_bytes() for path in folder.rglob("*") if path.is_file()}


def test_page_comes_with_headers_that_let_nothing_else_in(server: Server) -> None:
    status, headers, body = server.ask("GET", f"/{TOKEN}/")
    assert status == 200
    assert headers["Content-Type"] == "text/html; charset=utf-8"
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self';")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["X-Content-Type-Options"] == "nosniff"
    assert headers["Referrer-Policy"] == "no-referrer"
    assert not {name for name in headers if name.lower().startswith(("access-control", "set-cookie", "server"))}
    assert b"<script>" not in body
    assert b"http" not in body.replace(b"http-equiv", b"")


@pytest.mark.parametrize("name", ["review.css", "review.js", "api.js", "icon.svg"])
def test_files_of_the_page_come_as_what_they_are(server: Server, name: str) -> None:
    status, headers, _ = server.ask("GET", f"/{TOKEN}/{name}")
    assert status == 200
    assert headers["Content-Type"].split(";")[0] in ("text/css", "text/javascript", "image/svg+xml")


@pytest.mark.parametrize(
    "path", ["/", "/review.js", "/wrong/", "/wrong/api/open", f"/{TOKEN}x/", f"/{TOKEN[:-1]}/", "//"]
)
def test_without_the_token_nothing_is_answered(server: Server, path: str) -> None:
    status, headers, body = server.ask("GET", path)
    assert status == 403
    assert "Content-Security-Policy" in headers
    assert b"take the whole address" in body


@pytest.mark.parametrize(
    "host", ["evil.example", "evil.example:{port}", "127.0.0.1", "127.0.0.1:1", "", "127.0.0.1.evil.example:{port}"]
)
def test_another_host_is_refused_also_with_the_token(server: Server, host: str) -> None:
    status, _, _ = server.ask("GET", f"/{TOKEN}/api/open", Host=host.format(port=server.port))
    assert status in (400, 403)


@pytest.mark.parametrize("origin", ["http://evil.example", "null", "https://127.0.0.1:{port}", "http://127.0.0.1:1"])
def test_another_origin_is_refused_also_with_the_token(server: Server, origin: str) -> None:
    origin = origin.format(port=server.port)
    assert server.ask("POST", f"/{TOKEN}/api/undo", {}, Origin=origin)[0] == 403
    assert server.ask("GET", f"/{TOKEN}/api/open", Origin=origin)[0] == 403


def test_what_changes_something_needs_the_token_in_a_header_and_json(server: Server) -> None:
    body = {"version": "0" * 64}
    assert server.ask("POST", f"/{TOKEN}/api/undo", body, X_Brief_Token="")[0] == 403
    assert server.ask("POST", f"/{TOKEN}/api/undo", body, X_Brief_Token="wrong")[0] == 403
    assert server.ask("POST", f"/{TOKEN}/api/undo", body, Content_Type="text/plain")[0] == 415
    assert server.ask("POST", f"/{TOKEN}/api/undo", body, Content_Type="")[0] == 415
    assert server.ask("POST", f"/{TOKEN}/api/undo", body)[0] == 409


@pytest.mark.parametrize("method", ["PUT", "DELETE", "PATCH", "OPTIONS", "HEAD"])
def test_other_methods_are_refused(server: Server, method: str) -> None:
    status, headers, _ = server.ask(method, f"/{TOKEN}/api/step", X_Brief_Token=TOKEN, Content_Type="application/json")
    assert status in (403, 405)
    assert "Access-Control-Allow-Origin" not in headers


@pytest.mark.parametrize(
    "path",
    [
        f"/{TOKEN}/../../../../etc/passwd",
        f"/{TOKEN}/..%2f..%2fserver.py",
        f"/{TOKEN}/%2e%2e/desk.py",
        f"/{TOKEN}/study.yml",
        f"/{TOKEN}/server.py",
        f"/{TOKEN}/__init__.py",
        f"/{TOKEN}/api/../review.js",
        f"/{TOKEN}/api/exec",
        f"/{TOKEN}/review.html%00.css",
    ],
)
def test_no_path_leads_to_another_file(server: Server, path: str) -> None:
    status, _, body = server.ask("GET", path)
    assert status in (400, 403, 404)
    assert b"import" not in body


@pytest.mark.parametrize(
    "body",
    [
        b"",
        b"{",
        b"[]",
        b"null",
        b"\xff\xfe",
        b'{"version": "x", "wish": {"do": "accept", "claims": ["p"]}}',
        json.dumps({"version": "0" * 64, "wish": {"do": "format-disk"}}).encode(),
        json.dumps({"version": "0" * 64, "wish": {"do": "accept", "claims": "p"}}).encode(),
        json.dumps({"version": "0" * 64, "wish": {"do": "accept", "claims": ["p"], "file": "../x"}}).encode(),
        json.dumps({"version": "0" * 64, "wish": {"do": "accept", "claims": []}, "path": "x"}).encode(),
        b"[" * 50_000,
    ],
)
def test_a_body_that_is_not_understood_writes_nothing(server: Server, body: bytes) -> None:
    before = contents(server.folder.parent.parent)
    status, _, answer = server.ask("POST", f"/{TOKEN}/api/step", body)
    assert status == 400
    assert json.loads(answer) == {"said": "Not understood"}
    assert contents(server.folder.parent.parent) == before


def test_a_large_body_is_not_read(server: Server) -> None:
    with socket.create_connection((ADDRESS, server.port), timeout=20) as link:
        head = [f"POST /{TOKEN}/api/step HTTP/1.1", f"Host: {ADDRESS}:{server.port}"]
        link.sendall("\r\n".join([*head, f"Content-Length: {LARGEST_BODY + 1}", "", ""]).encode())
        assert link.recv(100).startswith(b"HTTP/1.1 400")
    assert server.api("version")[0] == 200


def test_it_listens_on_this_machine_alone(server: Server) -> None:
    with socket.socket() as other:
        # Were the server on all addresses, another one of this machine could not be bound to its port.
        other.bind(("127.0.0.2", server.port))


def test_the_article_comes_as_text(server: Server) -> None:
    status, headers, body = server.ask("GET", f"/{TOKEN}/api/open")
    assert status == 200
    assert headers["Content-Type"] == "application/json; charset=utf-8"
    assert "<script>" in json.loads(body)["sources"][0]["text"]


def test_steps_write_the_study_file_and_nothing_else(server: Server) -> None:
    root = server.folder.parent.parent
    before = contents(root)
    _, shown = server.api("open")
    status, told = server.step(shown["version"], do="accept", claims=["all.n"])
    assert (status, told["said"], told["undo"]) == (200, "all.n accepted", "all.n accepted")
    status, refused = server.step(shown["version"], do="accept", claims=["p"])
    assert (status, refused["said"]) == (409, "study.yml was changed outside of this page")
    status, refused = server.step(told["version"], do="edit", claim="p", fields={"value": "P=.03"})
    assert (status, refused["problems"][0]["claim"]) == (422, "p")
    status, undone = server.api("undo", {"version": told["version"]})
    assert (status, undone["said"]) == (200, "undone: all.n accepted")
    assert contents(root) == before
    status, told = server.api("redo", {"version": undone["version"]})
    after = contents(root)
    assert {name for name in {**before, **after} if before.get(name) != after.get(name)} == {f"data/{NAME}/study.yml"}
    assert server.api("verdicts")[1]["version"] == told["version"] == server.api("version")[1]["version"]


def test_a_study_file_that_is_gone_is_told(server: Server) -> None:
    (server.folder / "study.yml").unlink()
    status, answer = server.api("open")
    assert status == 500
    assert "study.yml" in answer["said"]
    assert "Traceback" not in answer["said"]


def test_the_command_prints_the_address_and_ends_cleanly(tmp_path: Path) -> None:
    write_reviewed(tmp_path)
    command = [sys.executable, "-m", "evidence_brief", "review", NAME, "--no-browser"]
    pipes = {"stdout": subprocess.PIPE, "stderr": subprocess.PIPE}
    with subprocess.Popen(command, cwd=tmp_path, text=True, env={**os.environ, "BROWSER": "false"}, **pipes) as started:
        assert started.stdout is not None
        address, how = started.stdout.readline(), started.stdout.readline()
        assert re.fullmatch(rf"{NAME}: http://127\.0\.0\.1:\d+/[\w-]{{43}}/\n", address)
        started.send_signal(signal.SIGINT)
        _, error = started.communicate(timeout=20)
    assert started.returncode == 0
    assert "Ctrl-C" in how
    assert error == f"\n{NAME}: the review has ended\n"


def test_a_port_that_is_taken_and_a_study_that_is_not_there_are_told(server: Server, tmp_path: Path) -> None:
    def told(*arguments: str) -> tuple[int, str]:
        command = [sys.executable, "-m", "evidence_brief", "review", *arguments, "--no-browser"]
        done = subprocess.run(command, cwd=tmp_path, text=True, capture_output=True, check=False, timeout=60)
        return done.returncode, done.stderr

    code, words = told(NAME, "--port", str(server.port))
    assert (code, "Traceback" in words) == (2, False)
    assert "leave --port out" in words
    code, words = told("../elsewhere")
    assert (code, "there is no such study" in words) == (3, True)
