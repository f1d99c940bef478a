"""Who is let in: requests of this machine's own browser that know the token. Everything else is refused."""

from __future__ import annotations

import json
import secrets
from typing import Any

from tornado.web import HTTPError, RequestHandler

LARGEST_BODY = 200_000  # bytes: a form with some long quotes
TOKEN_HEADER = "X-Brief-Token"
HEADERS = {
    "Content-Security-Policy": "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self'; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'; "
    "require-trusted-types-for 'script'",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "no-referrer",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}


class Guarded(RequestHandler):
    """A handler that answers nobody else.

    The Host must be this machine by number or name (a name that an attacker's server resolves to 127.0.0.1 is not);
    the token stands in the path, and for what changes something in a header too, which no other page can send.
    """

    def initialize(self, token: str, hosts: frozenset[str]) -> None:
        """Take what the application knows."""
        self.token, self.hosts = token, hosts

    def set_default_headers(self) -> None:
        """Every answer, an error too, has them."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse before anything is looked at."""
        origin = self.request.headers.get("Origin")
        if self.request.host.lower() not in self.hosts:
            raise HTTPError(403, reason="Another Host")
        if origin is not None and origin.lower() not in {f"http://{host}" for host in self.hosts}:
            raise HTTPError(403, reason="Another Origin")
        if not self._knows(self.request.path.split("/")[1]):
            raise HTTPError(403, reason="No Token")
        if self.request.method not in ("GET", "HEAD"):
            self._require_own_page()

    def _require_own_page(self) -> None:
        if not self._knows(self.request.headers.get(TOKEN_HEADER, "")):
            raise HTTPError(403, reason="No Token")
        kind = self.request.headers.get("Content-Type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            raise HTTPError(415, reason="Not JSON")

    def _knows(self, said: str) -> bool:
        return secrets.compare_digest(said.encode("utf-8", "surrogateescape"), self.token.encode())

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """A sentence, in the form that the page and a person can read; never a traceback."""
        words = {403: "refused: take the whole address that `brief review` printed"}
        self.tell({"said": words.get(status_code, self._reason)})

    def tell(self, data: dict[str, Any]) -> None:
        """Answer with JSON."""
        self.set_header("Content-Type", "application/json; charset=utf-8")
        self.finish(json.dumps(data, ensure_ascii=False))


class Nothing(Guarded):
    """Every other address."""

    def prepare(self) -> None:
        """There is nothing here for anybody."""
        super().prepare()
        raise HTTPError(404)
