"""A made-up study with drafts to be reviewed, and the server of its review in a thread."""

from __future__ import annotations

import asyncio
import hashlib
import http.client
import json
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from evidence_brief.review.desk import Desk
from evidence_brief.review.server import ADDRESS, listening

TOKEN = "a-token-of-the-tests"
NAME = "block-2021"
TEXT = """A nerve block against pain

Of 100 patients, 50 received the block and 50 a sham block. At 12 weeks 60% of the block group and
30% of the sham group had responded (P=.003). The pain score was 7.1±1.4 before the block.

Results <script>document.title = "owned"</script> are shown in Figure 4. Adverse events occurred in
6 of the patients (12%) after the block, and in two others.
"""
STUDY = """# Written for the tests; this comment stays.
id: block-2021
title: A nerve block against pain
sources:
  report: {file: report.txt, cite: "A made-up report, 2021", sha256: "SHA256"}
groups:
  block: {label: Block, n: block.n}   # the new treatment
  sham: {label: Sham, n: sham.n}
claims:
  # The patients
  - {id: all.n, quote: "Of 100 patients", value: "100", type: count, status: draft}
  - {id: block.n, quote: "50 received the block", value: "50", type: count, group: block, status: draft}
  - {id: sham.n, quote: "50 a sham block", value: "50", type: count, group: sham, status: draft}
  - {id: weeks, quote: "At 12 weeks", value: "12", type: duration, unit: weeks, status: draft}
  # The response
  - id: response.block
    quote: 60% of the block group
    value: 60%
    type: proportion
    group: block
    outcome: respons   # a slip
    status: draft
  - {id: response.sham, quote: "30% of the sham group", value: "30%", type: proportion, group: sham,
     outcome: response, status: draft}
  - {id: p, quote: "(P=.003)", value: "P=.003", type: p_value, status: draft}
  - {id: pain, quote: "7.1±1.4 before", value: "7.1", type: mean_sd, group: block, status: draft}
  - {id: spread, quote: "7.1±1.4 before", value: "1.4", type: mean_sd, status: draft}
  - {id: figure, quote: "shown in Figure 4", value: "4", type: count, status: draft}
  - {id: adverse, quote: "6 of the patients", value: "6", type: count, group: block, outcome: adverse events}  # by hand
  - {id: adverse.share, quote: "(12%)", value: "12%", type: proportion, group: block, outcome: adverse events,
     status: draft}
exclusions: []
"""


def write_reviewed(root: Path, study: str = STUDY, text: str = TEXT) -> Path:
    """The folder of the study in a project of its own."""
    folder = root / "data" / NAME
    folder.mkdir(parents=True)
    (root / "_quarto.yml").write_text("project: {type: website}\n", encoding="utf-8")
    (folder / "report.txt").write_text(text, encoding="utf-8")
    digest = hashlib.sha256(text.encode()).hexdigest()
    (folder / "study.yml").write_text(study.replace("SHA256", digest), encoding="utf-8")
    return folder


@dataclass(frozen=True)
class Server:
    """A running review."""

    folder: Path
    port: int

    @property
    def address(self) -> str:
        """What a person opens."""
        return f"http://{ADDRESS}:{self.port}/{TOKEN}/"

    def ask(self, method: str, path: str, body: Any = None, **headers: str) -> tuple[int, dict[str, str], bytes]:
        """Send a request as it is given; with the right headers where none are."""
        sent = {"Host": f"{ADDRESS}:{self.port}"}
        if method == "POST":
            sent |= {"Content-Type": "application/json", "X-Brief-Token": TOKEN}
        sent |= {name.replace("_", "-"): value for name, value in headers.items()}
        data = body if isinstance(body, bytes | None) else json.dumps(body).encode()
        connection = http.client.HTTPConnection(ADDRESS, self.port, timeout=20)
        try:
            connection.putrequest(method, path, skip_host=True, skip_accept_encoding=True)
            for name, value in sent.items():
                if value:
                    connection.putheader(name, value)
            if data is not None:
                connection.putheader("Content-Length", str(len(data)))
            connection.endheaders(data)
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    def api(self, name: str, body: Any = None) -> tuple[int, dict[str, Any]]:
        """Ask the API, as the page does."""
        status, _, content = self.ask("GET" if body is None else "POST", f"/{TOKEN}/api/{name}", body)
        return status, json.loads(content)

    def step(self, version: str, anyway: bool = False, **wish: Any) -> tuple[int, dict[str, Any]]:
        """Take a step."""
        return self.api("step", {"version": version, "wish": wish, "anyway": anyway})


@contextmanager
def running(folder: Path) -> Iterator[Server]:
    """The server of the review of a folder, until the context ends."""
    ready, stop = threading.Event(), threading.Event()
    port: list[int] = []

    async def main() -> None:
        async with listening(Desk(folder), TOKEN) as taken:
            port.append(taken)
            ready.set()
            await asyncio.get_running_loop().run_in_executor(None, stop.wait)

    thread = threading.Thread(target=lambda: asyncio.run(main()), daemon=True)
    thread.start()
    assert ready.wait(20)
    try:
        yield Server(folder, port[0])
    finally:
        stop.set()
        thread.join(20)
