"""A reader of a published version learns of a newer one, and what changed since."""

from __future__ import annotations

import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser
from tests.browser.watch import DEVICES, SCHEMES, keep_picture, violations, watched
from tests.published import TRIAL

pytestmark = [pytest.mark.browser, pytest.mark.slow]
LIST = "/versions.js"
PAGES = ("brief.html", "handout.html", "redline.html", "recompute.html")


@pytest.mark.parametrize("page", PAGES)
def test_a_superseded_version_says_which_is_current_and_leads_to_what_changed(
    browser: Browser, two_versions: Path, page: str
) -> None:
    with watched(browser, LIST) as watch:
        watch.page.goto((two_versions / TRIAL / "v1.0" / page).as_uri())
        banner = watch.page.get_by_role("complementary", name="A newer version")
        assert "Version 1.1 is current; this is version 1.0." in banner.inner_text()
        banner.get_by_role("link", name="What changed since this version").click()
        assert watch.page.url.endswith("/v1.1/redline.html#since-v1.0")
        assert watch.page.locator("h2#since-v1\\.0").inner_text() == "Since version 1.0"
        assert watch.page.get_by_role("complementary", name="A newer version").count() == 0


def test_the_current_version_has_no_banner_and_lists_all(browser: Browser, two_versions: Path) -> None:
    with watched(browser, LIST) as watch:
        watch.page.goto((two_versions / TRIAL / "v1.1" / "brief.html").as_uri())
        watch.page.get_by_text("All versions (2)").click()
        links = watch.page.locator(".versions a")
        assert links.all_inner_texts() == ["Version 1.1, 24 November 2026", "Version 1.0, 24 November 2026"]
        assert links.first.get_attribute("aria-current") == "page"
        assert watch.page.locator(".superseded").count() == 0
        links.last.press("Enter")
        watch.page.wait_for_url("**/v1.0/brief.html")


def test_a_version_that_stands_alone_is_quiet(browser: Browser, two_versions: Path, tmp_path: Path) -> None:
    alone = Path(shutil.copytree(two_versions / TRIAL / "v1.0", tmp_path / "v1.0"))
    with watched(browser, LIST) as watch:
        watch.page.goto((alone / "brief.html").as_uri())
        assert watch.page.locator(".superseded, .versions").count() == 0
        assert "This is version 1.0" in watch.page.locator(".this-version").inner_text()


def test_without_scripts_a_version_still_says_which_it_is(browser: Browser, two_versions: Path) -> None:
    with watched(browser, LIST, java_script_enabled=False) as watch:
        watch.page.goto((two_versions / TRIAL / "v1.1" / "brief.html").as_uri())
        line = watch.page.locator(".this-version")
        assert "This is version 1.1 of 24 November 2026." in line.inner_text()
        assert line.get_by_role("link", name="What changed since version 1.0").get_attribute("href") == "redline.html"


def test_the_newest_version_has_an_address_of_its_own(browser: Browser, two_versions: Path) -> None:
    with watched(browser, LIST) as watch:
        watch.page.goto((two_versions / TRIAL / "latest" / "index.html").as_uri())
        watch.page.wait_for_url("**/v1.1/brief.html")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("name", ["v1.0/brief.html", "v1.1/redline.html", "index.html"])
def test_pages_of_versions_are_accessible(
    browser: Browser, two_versions: Path, name: str, device: str, scheme: str
) -> None:
    with watched(browser, LIST, color_scheme=scheme, **DEVICES[device]) as watch:
        watch.page.goto((two_versions / TRIAL / name).as_uri())
        if name.endswith("brief.html"):
            watch.page.get_by_text("All versions (2)").click()
        keep_picture(watch.page, f"version-{name.replace('/', '-')}-{device}-{scheme}")
        assert violations(watch.page) == []
