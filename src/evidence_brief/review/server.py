"""The server of a review: 127.0.0.1 alone, the page's own files, and a few requests in JSON."""

from __future__ import annotations

import asyncio
import os
import secrets
import signal
import sys
import webbrowser
from collections.abc import AsyncIterator, Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import asynccontextmanager
from dataclasses import asdict, dataclass
from importlib.resources import files
from pathlib import Path
from typing import Any

from pydantic import BaseModel, ValidationError
from tornado.httpserver import HTTPServer
from tornado.netutil import bind_sockets
from tornado.web import Application, HTTPError

from evidence_brief.errors import UserError, of_file
from evidence_brief.review.desk import ChangedOnDisk, Desk, NotTaken
from evidence_brief.review.guard import LARGEST_BODY, Guarded, Nothing
from evidence_brief.review.wish import Back, Passage, Step

ADDRESS = "127.0.0.1"
_TYPES = {
    ".html": "text/html; charset=utf-8",
    ".css": "text/css; charset=utf-8",
    ".js": "text/javascript; charset=utf-8",
    ".svg": "image/svg+xml",
}


@dataclass(frozen=True)
class Workers:
    """One thread writes, so that steps follow one another; one judges, so that no step waits for a ledger."""

    clerk: ThreadPoolExecutor
    judge: ThreadPoolExecutor


class Page(Guarded):
    """The page's own files: those that come with the package, by their names, and no others."""

    def initialize(self, token: str, hosts: frozenset[str]) -> None:
        """Know the files; no path of a request ever reaches the file system."""
        super().initialize(token, hosts)
        self.names = {entry.name for entry in files("evidence_brief.review").joinpath("page").iterdir()}

    def get(self, name: str) -> None:
        """Send one."""
        name = name or "review.html"
        kind = _TYPES.get(Path(name).suffix)
        if name not in self.names or kind is None:
            raise HTTPError(404)
        self.set_header("Content-Type", kind)
        self.finish(files("evidence_brief.review").joinpath("page", name).read_bytes())


class Api(Guarded):
    """What the page asks for. Slow work is done beside the event loop, one thing at a time."""

    def initialize(
        self, token: str, hosts: frozenset[str], desk: Desk | None = None, workers: Workers | None = None
    ) -> None:
        """Take the desk, and the threads that work at it."""
        super().initialize(token, hosts)
        assert desk is not None
        assert workers is not None
        self.desk, self.workers = desk, workers

    async def get(self, name: str) -> None:
        """Reading: the study, its version on the disk, the verdicts."""
        asked: dict[str, Callable[[], Any]] = {
            "open": self.desk.open,
            "version": lambda: {"version": self.desk.version()},
            "verdicts": self.desk.verdicts,
        }
        if name not in asked:
            raise HTTPError(404)
        await self._answer(asked[name], self.workers.judge if name == "verdicts" else self.workers.clerk)

    async def post(self, name: str) -> None:
        """Writing: a step, and back; and what a selected passage might be."""
        asked: dict[str, tuple[type[BaseModel], Callable[[Any], Any]]] = {
            "step": (Step, self.desk.take),
            "undo": (Back, lambda back: self.desk.undo(back.version)),
            "redo": (Back, lambda back: self.desk.redo(back.version)),
            "suggest": (Passage, self.desk.suggest),
        }
        if name not in asked:
            raise HTTPError(404)
        model, do = asked[name]
        try:
            wish = model.model_validate_json(self.request.body)
        except ValidationError as error:
            raise HTTPError(400, reason="Not understood") from error
        await self._answer(lambda: do(wish), self.workers.clerk)

    async def _answer(self, work: Callable[[], dict[str, Any]], worker: ThreadPoolExecutor) -> None:
        try:
            self.tell(await asyncio.get_running_loop().run_in_executor(worker, work))
        except ChangedOnDisk:
            self.set_status(409)
            self.tell({"said": "study.yml was changed outside of this page"})
        except NotTaken as error:
            self.set_status(422)
            self.tell({"said": str(error), "problems": [asdict(problem) for problem in error.problems]})
        except (UserError, OSError) as error:
            failure = of_file(error) if isinstance(error, OSError) else error
            self.set_status(500)
            self.tell({"said": str(failure)})


def application(desk: Desk, token: str, port: int, workers: Workers) -> Application:
    """The application that listens on the port."""
    hosts = frozenset({f"{ADDRESS}:{port}", f"localhost:{port}"})
    known = {"token": token, "hosts": hosts}
    routes: list[Any] = [
        (r"/[^/]+/api/([a-z]+)", Api, {**known, "desk": desk, "workers": workers}),
        (r"/[^/]+/([A-Za-z.-]*)", Page, known),
    ]
    return Application(
        routes,
        default_handler_class=Nothing,
        default_handler_args=known,
        log_function=lambda handler: None,  # a log would hold the token
    )


def serve(folder: Path, port: int = 0, *, browser: bool = True) -> None:
    """Show the page until Ctrl-C; tell its address, and open it in the browser where one is wanted.

    Raises OSError when the port is taken.
    """
    asyncio.run(_serve(folder, port, browser))


async def _serve(folder: Path, port: int, browser: bool) -> None:
    token = secrets.token_urlsafe(32)
    stop = asyncio.Event()
    for sign in (signal.SIGINT, signal.SIGTERM):
        asyncio.get_running_loop().add_signal_handler(sign, stop.set)
    async with listening(Desk(folder), token, port) as taken:
        address = f"http://{ADDRESS}:{taken}/{token}/"
        print(f"{folder.name}: {address}\nEvery step is written at once. Ctrl-C ends the review.", flush=True)
        if browser and _has_screen():
            await asyncio.get_running_loop().run_in_executor(None, webbrowser.open, address)
        await stop.wait()
    print(f"\n{folder.name}: the review has ended", file=sys.stderr)


@asynccontextmanager
async def listening(desk: Desk, token: str, port: int = 0) -> AsyncIterator[int]:
    """Answer requests as long as the context lasts; the port is one that is free where 0 is asked for."""
    sockets = bind_sockets(port, ADDRESS)
    taken = sockets[0].getsockname()[1]
    with ThreadPoolExecutor(1) as clerk, ThreadPoolExecutor(1) as judge:
        server = HTTPServer(application(desk, token, taken, Workers(clerk, judge)), max_body_size=LARGEST_BODY)
        server.add_sockets(sockets)
        judge.submit(desk.verdicts)  # the page asks for them next, and a long study takes seconds to read
        try:
            yield taken
        finally:
            server.stop()
            await server.close_all_connections()


def _has_screen() -> bool:
    """Whether a browser with a window can open; one in this terminal would take it over."""
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
