"""A worker process that dies, hangs or fails, and what the survey makes of it."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from evidence_brief.errors import EnvironmentDiffers
from evidence_brief.survey.hand import Hand

WORKER = """
import json, os, resource, signal, sys, time
print(json.dumps("code"), flush=True)
requests = sys.stdin.buffer
while line := requests.readline():
    request = json.loads(line)
    content = requests.read(request["size"])
    if b"sleep" in content:
        time.sleep(60)
    if b"segfault" in content:
        os.kill(os.getpid(), signal.SIGSEGV)
    if b"raise" in content:
        raise ValueError("a figure too many")
    print(json.dumps({"status": "figures", "error": None, "rows": [[os.getpid(), len(content)]]}), flush=True)
"""


@pytest.fixture
def hand(tmp_path: Path):
    (tmp_path / "worker.py").write_text(WORKER)
    hand = Hand(5.0, (sys.executable, str(tmp_path / "worker.py")))
    yield hand
    hand.close()


def ask(hand: Hand, content: bytes) -> dict:
    return hand.survey("a.txt", "0", content)


def test_hand_asks_one_process_for_all_files(hand: Hand):
    first, second = (ask(hand, b"text")["rows"] for _ in range(2))
    assert first == second
    assert hand.code == "code"


def test_hand_sends_large_files_and_empty_ones(hand: Hand):
    assert ask(hand, b"x" * 3_000_000)["rows"][0][1] == 3_000_000
    assert ask(hand, b"")["rows"][0][1] == 0


def test_hand_ends_a_process_that_takes_too_long(hand: Hand):
    ask(hand, b"text")
    hand.limit = 0.2
    assert ask(hand, b"sleep") == {"status": "failed", "error": "took longer than 0.2 seconds", "rows": []}
    hand.limit = 5.0
    assert ask(hand, b"text")["status"] == "figures"


def test_hand_names_the_signal_that_ended_a_process(hand: Hand):
    before = ask(hand, b"text")["rows"][0][0]
    assert ask(hand, b"segfault")["error"] == "ended the process that read it (signal SIGSEGV)"
    assert ask(hand, b"text")["rows"][0][0] != before


def test_hand_says_what_made_the_program_fail(hand: Hand):
    assert ask(hand, b"raise")["error"] == "made the program fail (ValueError: a figure too many)"
    assert ask(hand, b"text")["status"] == "figures"


def test_hand_replaces_a_process_after_many_files(hand: Hand, monkeypatch: pytest.MonkeyPatch):
    monkeypatch.setattr("evidence_brief.survey.hand.MOST_FILES", 2)
    processes = [ask(hand, b"text")["rows"][0][0] for _ in range(5)]
    assert processes[0] == processes[1] != processes[2] == processes[3] != processes[4]


def test_hand_process_that_does_not_start(tmp_path: Path):
    hand = Hand(5.0, (sys.executable, "-c", "raise SystemExit('no such library')"))
    with pytest.raises(EnvironmentDiffers, match="no such library"):
        hand.survey("a.txt", "0", b"text")
