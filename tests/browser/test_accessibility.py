"""Every page, on a desktop and a phone, light and dark, as people with and without a mouse meet it.

Each page is seen on both devices and in both schemes; all four pairs of them are seen of the brief and the list of
studies, and of all pages with EVIDENCE_BRIEF_TESTS=full.
"""

from __future__ import annotations

from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.watch import DEVICES, NARROW, PHONE, SCHEMES, keep_picture, violations, watched
from tests.shared import FULL

pytestmark = [pytest.mark.browser, pytest.mark.slow]

# WCAG 2.1, success criterion 1.4.12: a reader may set these, and nothing may be lost.
SPACING = """* { line-height: 1.5 !important; letter-spacing: .12em !important; word-spacing: .16em !important; }
p { margin-bottom: 2em !important; }"""
TOO_WIDE = """() => {
  const { clientWidth, scrollWidth } = document.documentElement;
  if (scrollWidth <= clientWidth) return [];
  return [...document.querySelectorAll("body *")]
    .filter(element => element.getBoundingClientRect().right > clientWidth + 1)
    .map(element => `${element.tagName}.${element.className}: ${element.textContent.trim().slice(0, 60)}`)
    .concat(`${scrollWidth} pixels wide`);
}"""
FOLLOW_FOCUS = """() => {
  window.reached = [];
  document.addEventListener("focusin", ({ target }) => {
    const { width, height } = target.getBoundingClientRect();
    const style = getComputedStyle(target);
    const marked = style.outlineStyle !== "none" || style.boxShadow !== "none";
    const seen = width > 1 && height > 1 && target.checkVisibility({ visibilityProperty: true });
    const text = target.textContent.trim().slice(0, 40);
    window.reached.push({ href: target.getAttribute("href"), text: `${target.tagName} ${text}`, marked, seen });
  });
}"""
STOPS = "document.querySelectorAll('a[href], button, input, select, textarea, summary, [tabindex]').length"


def pages_of(sites: list[Path]) -> list[Path]:
    return sorted(page for site in sites for page in site.rglob("*.html"))


def name_of(page: Path) -> str:
    site = next(folder for folder in page.parents if folder.name == "_site")
    return "-".join([*page.relative_to(site).with_suffix("").parts[-2:]])


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", DEVICES)
def test_pages_pass_axe_stay_silent_and_load_nothing(
    browser: Browser, sites: list[Path], device: str, scheme: str
) -> None:
    # Styles are the same for all studies: those that differ in content alone are looked at where most can go wrong.
    pages = pages_of(sites if (device, scheme) == ("phone", "dark") else sites[:1])
    if (device, scheme) in (("phone", "light"), ("desktop", "dark")) and not FULL:
        pages = [path for path in pages if path.name in ("brief.html", "index.html")]
    assert pages
    faults = []
    for path in pages:
        with watched(browser, color_scheme=scheme, **DEVICES[device]) as watch:
            page = watch.open(path)
            keep_picture(page, f"{name_of(path)}-{device}-{scheme}")
            faults += [f"{name_of(path)}: {fault}" for fault in (*violations(page), *watch.faults())]
    assert not faults, "\n".join(faults)


def test_no_page_scrolls_sideways_at_320_pixels_nor_with_wide_spacing(browser: Browser, sites: list[Path]) -> None:
    faults = []
    for path in pages_of(sites):
        with watched(browser, **NARROW) as watch:
            page = watch.open(path)
            faults += [f"{name_of(path)}: {wide}" for wide in page.evaluate(TOO_WIDE)]
            page.add_style_tag(content=SPACING)
            faults += [f"{name_of(path)}, with wide spacing: {wide}" for wide in page.evaluate(TOO_WIDE)]
    assert not faults, "\n".join(faults)


@pytest.mark.parametrize("device", DEVICES)
def test_the_keyboard_reaches_every_derivation_and_shows_where_it_is(
    browser: Browser, briefs: dict[str, Path], device: str
) -> None:
    for path in briefs.values():
        with watched(browser, **DEVICES[device]) as watch:
            page = watch.open(path)
            page.evaluate(FOLLOW_FOCUS)
            for _ in range(page.evaluate(STOPS)):
                page.keyboard.press("Tab")
            reached = page.evaluate("window.reached")
            derivations = page.evaluate("[...document.querySelectorAll('[id^=\"how-\"]')].map(e => '#' + e.id)")
        assert derivations
        assert set(derivations) - {stop["href"] for stop in reached} == set()
        assert [stop["text"] for stop in reached if not (stop["seen"] and stop["marked"])] == []


def test_without_javascript_every_figure_leads_to_its_derivation(browser: Browser, briefs: dict[str, Path]) -> None:
    for path in briefs.values():
        with watched(browser, java_script_enabled=False, reduced_motion="reduce", **PHONE) as watch:
            page = watch.open(path)
            links = page.locator("a.figure").evaluate_all("all => all.map(link => link.getAttribute('href'))")
            shown = page.locator('[id^="how-"]').evaluate_all(
                "all => all.filter(e => e.checkVisibility()).map(e => '#' + e.id)"
            )
            assert links
            assert set(links) - set(shown) == set()
            assert page.locator("dialog, main button").count() == 0
            page.locator("a.figure").first.click()
            assert page.url.endswith(links[0])
            top = page.locator(f'[id="{links[0][1:]}"]').bounding_box()
            assert top is not None
            assert 0 <= top["y"] < PHONE["viewport"]["height"]
            assert watch.faults() == []
