"""The ledger on the page sorts by its columns and filters by verdict, and says so to those who do not see it."""

from __future__ import annotations

import json
from collections import Counter
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Locator, Page
from tests.browser.studies import LARGE, TINY
from tests.browser.watch import DESKTOP, DEVICES, watched
from tests.projects import SEED

pytestmark = [pytest.mark.browser, pytest.mark.slow]
PLACE = '[data-place="ledger"]'


def rows(page: Page) -> Locator:
    return page.locator(f"{PLACE} tbody tr:visible")


def column(page: Page, number: int) -> list[str]:
    cells = page.locator(f"{PLACE} tbody tr:visible > :nth-child({number})")
    return [text.strip() for text in cells.all_text_contents()]


@pytest.mark.parametrize("device", DEVICES)
@pytest.mark.parametrize("study", [SEED, TINY, LARGE])
def test_a_filter_shows_the_figures_of_its_verdict_alone(
    browser: Browser, briefs: dict[str, Path], study: str, device: str
) -> None:
    ledger = json.loads((briefs[study].parent / "ledger.json").read_text(encoding="utf-8"))["claims"]
    verdicts = Counter(claim["verdict"] for claim in ledger)
    with watched(browser, **DEVICES[device]) as watch:
        page = watch.open(briefs[study])
        buttons = page.locator(f"{PLACE} button[aria-pressed]")
        assert buttons.count() == len(verdicts) + 1
        counts = []
        for button in buttons.all():
            button.press("Space")
            assert button.get_attribute("aria-pressed") == "true"
            assert page.locator(f"{PLACE} button[aria-pressed=true]").count() == 1
            counts.append(rows(page).count())
            assert f"{counts[-1]} of {len(ledger)}" in page.locator(f"{PLACE} [role=status]").inner_text()
        assert counts[0] == len(ledger)
        assert sorted(counts[1:]) == sorted(verdicts.values())


def test_a_column_head_sorts_up_then_down_then_as_in_the_text(browser: Browser, briefs: dict[str, Path]) -> None:
    with watched(browser, **DESKTOP) as watch:
        page = watch.open(briefs[LARGE])
        heads = page.locator(f"{PLACE} thead th")
        in_text = column(page, 1)
        for number in range(1, heads.count() + 1):
            head = heads.nth(number - 1)
            head.get_by_role("button").press("Enter")
            assert head.get_attribute("aria-sort") == "ascending"
            up = column(page, number)
            head.get_by_role("button").press("Enter")
            assert head.get_attribute("aria-sort") == "descending"
            assert page.locator(f"{PLACE} [aria-sort]").count() == 1
            assert sorted(column(page, number)) == sorted(up)
            assert up[0] != column(page, number)[0]
            head.get_by_role("button").press("Enter")
            assert head.get_attribute("aria-sort") is None
            assert column(page, 1) == in_text


def test_printed_figures_sort_as_numbers(browser: Browser, briefs: dict[str, Path]) -> None:
    with watched(browser, **DESKTOP) as watch:
        page = watch.open(briefs[LARGE])
        page.locator(f"{PLACE} thead th").nth(1).get_by_role("button").click()
        counts = [int(text) for text in (cell.strip("✓✗≈○– \n") for cell in column(page, 2)) if text.isdigit()]
        assert len(counts) > 20
        assert counts == sorted(counts)
