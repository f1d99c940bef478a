"""What a page does while it is open: requests, words on the console, errors, and what axe thinks of it."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, Route
from tests.projects import ROOT

INSIDE = ("data:", "blob:")
DESKTOP: dict[str, Any] = {"viewport": {"width": 1280, "height": 900}}
PHONE: dict[str, Any] = {
    "viewport": {"width": 390, "height": 844},
    "device_scale_factor": 2,
    "has_touch": True,
    "is_mobile": True,
}
NARROW: dict[str, Any] = {"viewport": {"width": 320, "height": 640}}
DEVICES = {"desktop": DESKTOP, "phone": PHONE}
SCHEMES = ("light", "dark")
WCAG = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "best-practice"]
PICTURED = 8000  # pixels: the first ten screens; a long ledger would fill dozens
SCREENSHOTS = Path(os.environ.get("EVIDENCE_BRIEF_SCREENSHOTS") or ROOT / ".brief" / "screenshots")


@dataclass
class Watched:
    """An open page and what it did that it should not do."""

    page: Page
    requests: list[str] = field(default_factory=list)
    said: list[str] = field(default_factory=list)

    def open(self, path: Path) -> Page:
        """Open a file and wait until all of it is there."""
        self.page.goto(path.as_uri(), wait_until="load")
        return self.page

    def faults(self) -> list[str]:
        """Requests for anything but the opened files, and what stood on the console."""
        return [f"request: {address}" for address in self.requests] + [f"console: {words}" for words in self.said]


@contextmanager
def watched(browser: Browser, beside: str = "/", **options: Any) -> Iterator[Watched]:
    """A page in a context of its own, where no request but those for the opened files is answered.

    `beside` is the end of the address of one more file that the page may load from the disk.
    """
    context = browser.new_context(**options)
    page = context.new_page()
    watch = Watched(page)

    def answer(route: Route) -> None:
        opened = route.request.is_navigation_request() and route.request.frame == page.main_frame
        opened = opened or route.request.url.endswith(beside)
        if (opened and route.request.url.startswith("file:")) or route.request.url.startswith(INSIDE):
            route.continue_()
        else:
            watch.requests.append(route.request.url)
            route.abort()

    context.route("**/*", answer)
    context.route_web_socket("**/*", lambda socket: watch.requests.append(socket.url))
    page.on(
        "console", lambda message: watch.said.append(message.text) if message.type in ("error", "warning") else None
    )
    page.on("pageerror", lambda error: watch.said.append(str(error)))
    try:
        yield watch
    finally:
        context.close()


def violations(page: Page, within: str = "html") -> list[str]:
    """What axe finds against WCAG 2.1 A and AA, and what it takes for bad practice: one for each element."""
    found = Axe().run(page, within, options={"runOnly": {"type": "tag", "values": WCAG}, "resultTypes": ["violations"]})
    return [
        f"{rule['id']} ({rule['help']}): {' '.join(map(str, node['target']))}: {node['failureSummary']}"
        for rule in found.response["violations"]
        for node in rule["nodes"]
    ]


def keep_picture(page: Page, name: str, height: int = PICTURED) -> None:
    """A picture of the page down to this height, for people to look at; never compared."""
    full = page.evaluate("document.documentElement.scrollHeight")
    clip = {"x": 0, "y": 0, "width": page.evaluate("innerWidth"), "height": min(full, height)}
    page.screenshot(path=SCREENSHOTS / f"{name}.png", full_page=True, scale="css", clip=clip)
