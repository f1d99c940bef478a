"""The watch over the pages sees what it is there for."""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.watch import violations, watched

pytestmark = pytest.mark.browser
FAULTY = """<!doctype html><html lang="en"><title>Faulty</title><main><h1>Faulty</h1>
<img src="https://example.org/outside.png"><p style="color: #bbb; background: #fff">Pale</p></main>
<script src="beside.js"></script><script>fetch("https://example.org/fetched").catch(() => 0);
new WebSocket("wss://example.org/socket"); console.error("said"); undefined.wrong</script></html>"""


def test_a_faulty_page_is_caught_for_each_of_its_faults(browser: Browser, tmp_path: Path) -> None:
    path = tmp_path / "faulty.html"
    path.write_text(FAULTY, encoding="utf-8")
    (tmp_path / "beside.js").write_text("", encoding="utf-8")
    with watched(browser) as watch:
        page = watch.open(path)
        seen = "\n".join(watch.faults())
        found = "\n".join(violations(page))
    for fault in ("outside.png", "beside.js", "/fetched", "/socket", "console: said", "reading 'wrong'"):
        assert fault in seen
    assert "image-alt" in found
    assert "color-contrast" in found
