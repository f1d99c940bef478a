"""A figure opens its derivation in place: by mouse, by key, by touch."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.browser.watch import DESKTOP, DEVICES, NARROW, PHONE, SCHEMES, keep_picture, violations, watched
from tests.projects import SEED

pytestmark = [pytest.mark.browser, pytest.mark.slow]
Open = Callable[[Locator], None]
WAYS: dict[str, tuple[dict[str, Any], Open]] = {
    "mouse": (DESKTOP, lambda link: link.click()),
    "key": (DESKTOP, lambda link: link.press("Enter")),
    "touch": (PHONE, lambda link: link.tap()),
}
# Each figure in turn: does the panel hold the very derivation that the link leads to?
OPEN_ALL = """() => {
  const squeezed = (element) => element.textContent.replace(/\\s+/g, " ").trim();
  const wrong = [];
  for (const link of document.querySelectorAll("main a.figure")) {
    const wanted = document.getElementById(decodeURIComponent(link.hash.slice(1))).closest(".derivation");
    link.click();
    const panel = document.querySelector("dialog[open]");
    if (!panel || !squeezed(panel).includes(squeezed(wanted))) wrong.push(link.hash);
    panel?.close();
  }
  return wrong;
}"""


def panel_of(page: Page) -> Locator:
    return page.locator("dialog[open]")


def focused(page: Page) -> str | None:
    return page.evaluate("document.activeElement.getAttribute('href')")


@pytest.mark.parametrize("way", WAYS)
def test_a_figure_opens_its_derivation_and_escape_leads_back(
    browser: Browser, briefs: dict[str, Path], way: str
) -> None:
    device, open_by = WAYS[way]
    for path in briefs.values():
        with watched(browser, **device) as watch:
            page = watch.open(path)
            link = page.locator("main a.figure").first
            before = page.url
            open_by(link)
            assert panel_of(page).is_visible()
            assert (link.text_content() or "")[:-1] in (panel_of(page).text_content() or "")
            page.keyboard.press("Escape")
            assert panel_of(page).count() == 0
            assert focused(page) == link.get_attribute("href")
            assert page.url == before
            assert watch.faults() == []


def test_every_figure_opens_its_own_derivation(browser: Browser, briefs: dict[str, Path]) -> None:
    for path in briefs.values():
        with watched(browser) as watch:
            assert watch.open(path).evaluate(OPEN_ALL) == []
            assert watch.faults() == []


def test_the_panel_keeps_the_focus_until_it_is_closed(browser: Browser, briefs: dict[str, Path]) -> None:
    with watched(browser, **DESKTOP) as watch:
        page = watch.open(briefs[SEED])
        page.locator("main a.figure").first.press("Enter")
        outside = "!(document.activeElement === document.body || document.activeElement.closest('dialog'))"
        for _ in range(panel_of(page).locator("a, button").count() + 2):
            page.keyboard.press("Tab")
            assert not page.evaluate(outside)


@pytest.mark.parametrize("where", ["button", "beside"])
def test_the_panel_closes_by_its_button_and_by_a_click_beside_it(
    browser: Browser, briefs: dict[str, Path], where: str
) -> None:
    with watched(browser, **DESKTOP) as watch:
        page = watch.open(briefs[SEED])
        page.locator("main a.figure").first.click()
        if where == "button":
            panel_of(page).get_by_role("button", name="Close").click()
        else:
            page.mouse.click(5, 5)
        assert panel_of(page).count() == 0


def test_an_input_in_the_panel_opens_its_own_derivation_and_back_returns(
    browser: Browser, briefs: dict[str, Path]
) -> None:
    with watched(browser, **DESKTOP) as watch:
        page = watch.open(briefs[SEED])
        first = page.locator("a.figure.contradicted[href^='#how-']").first
        first.click()
        title = panel_of(page).text_content()
        back = panel_of(page).get_by_role("button", name="Back")
        assert back.count() == 0
        panel_of(page).locator("a[href^='#how-']").first.click()
        assert panel_of(page).text_content() != title
        back.click()
        assert panel_of(page).text_content() == title


@pytest.mark.parametrize("device", [DESKTOP, PHONE, NARROW], ids=["desktop", "phone", "narrow"])
def test_the_panel_fits_the_screen(browser: Browser, briefs: dict[str, Path], device: dict[str, Any]) -> None:
    size = device["viewport"]
    for path in briefs.values():
        with watched(browser, **device) as watch:
            page = watch.open(path)
            page.locator("main a.figure").first.click()
            box = panel_of(page).bounding_box()
            assert box is not None
            assert box["x"] >= 0
            assert box["y"] >= 0
            assert box["x"] + box["width"] <= size["width"]
            assert box["y"] + box["height"] <= size["height"]
            assert panel_of(page).evaluate("panel => panel.scrollWidth <= panel.clientWidth")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", DEVICES)
def test_the_panel_passes_axe(browser: Browser, briefs: dict[str, Path], device: str, scheme: str) -> None:
    with watched(browser, color_scheme=scheme, **DEVICES[device]) as watch:
        page = watch.open(briefs[SEED])
        page.locator("main a.figure.contradicted").first.click()
        keep_picture(page, f"{SEED}-derivation-{device}-{scheme}", DEVICES[device]["viewport"]["height"])
        assert violations(page, "dialog") == []
