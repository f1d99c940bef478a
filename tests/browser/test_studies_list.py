"""The list of studies is searched and filtered, and says how many it shows; without JavaScript it is simply there."""

from __future__ import annotations

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page
from tests.browser.watch import DEVICES, watched

from evidence_brief.project import Project
from evidence_brief.site import render_site

pytestmark = [pytest.mark.browser, pytest.mark.slow]

STUDIES: dict[str, dict[str, object]] = {
    "exercise": {"title": "Übungen gegen Schmerz", "design": "crossover trial", "outcomes": ["pain score"]},
    "drug": {"title": "A drug in asthma", "design": "randomised trial", "outcomes": ["relapse", "mortality"]},
    "advice": {"title": "Advice in asthma", "design": "randomised trial", "outcomes": ["mortality"], "clean": True},
}


@pytest.fixture(scope="module")
def index(made_up: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The first page of a site of three studies, one of them without a contradiction."""
    site = tmp_path_factory.mktemp("list")
    seed = json.loads(next((made_up / "_site" / "briefs").glob("*/ledger.json")).read_text(encoding="utf-8"))
    for name, changes in STUDIES.items():
        verdicts = {"contradicted": 0 if "clean" in changes else 1, "reproduced": 2, "possible": 0}
        data = {**seed, "citation": "News, 2012", **changes, "study": name, "verdicts": verdicts}
        (site / "briefs" / name).mkdir(parents=True)
        (site / "briefs" / name / "ledger.json").write_text(json.dumps(data), encoding="utf-8")
        (site / "briefs" / name / "brief.html").write_text("<title>A brief</title>", encoding="utf-8")
    render_site(Project(made_up), "embedded", ["html"], site)
    return site / "index.html"


@pytest.fixture(params=list(DEVICES))
def page(request: pytest.FixtureRequest, browser: Browser, index: Path) -> Iterator[Page]:
    with watched(browser, **DEVICES[request.param]) as watch:
        yield watch.open(index)
        assert watch.faults() == []


def shown(page: Page) -> list[str]:
    return [identifier.removeprefix("study-") for identifier in page.locator(".studies li:visible h2").evaluate_all(
        "all => all.map(heading => heading.id)"
    )]  # fmt: skip


def test_everything_is_shown_until_somebody_asks(page: Page) -> None:
    assert shown(page) == ["drug", "advice", "exercise"]
    assert page.get_by_role("status").text_content() == "3 of 3 studies shown"
    assert not page.get_by_role("button", name="Show all").is_visible()


def test_search_takes_words_in_any_order_and_letters_without_marks(page: Page) -> None:
    search = page.get_by_label("Search in titles")
    for words, found in {"asthma DRUG": ["drug"], "ubungen": ["exercise"], "mortality": ["drug", "advice"]}.items():
        search.fill(words)
        assert shown(page) == found, words
        assert page.get_by_role("status").text_content() == f"{len(found)} of 3 studies shown"
    search.fill("nothing of the kind")
    assert shown(page) == []
    assert page.get_by_role("status").text_content() == "No study is like that"


def test_filters_by_verdict_design_and_outcome_narrow_together(page: Page) -> None:
    page.get_by_label("Verdict").select_option("Something contradicted")
    assert shown(page) == ["drug", "exercise"]
    page.get_by_label("Design").select_option("randomised trial")
    assert shown(page) == ["drug"]
    page.get_by_label("Verdict").select_option("Nothing contradicted")
    assert shown(page) == ["advice"]
    page.get_by_label("Outcome", exact=True).fill("relapse")
    assert shown(page) == []
    page.get_by_role("button", name="Show all").click()
    assert shown(page) == ["drug", "advice", "exercise"]
    assert page.get_by_label("Search in titles").evaluate("field => field === document.activeElement")


def test_filters_offer_what_there_is(page: Page) -> None:
    assert page.get_by_label("Design").locator("option").all_text_contents() == [
        "Any",
        "crossover trial",
        "randomised trial",
    ]
    assert page.locator("#studies-outcomes option").evaluate_all("all => all.map(option => option.value)") == [
        "mortality",
        "pain score",
        "relapse",
    ]
    assert "Something possible" not in page.get_by_label("Verdict").locator("option").all_text_contents()


def test_what_was_asked_for_is_there_again_on_the_way_back(page: Page) -> None:
    page.get_by_label("Search in titles").fill("advice")
    page.locator(".studies li:visible h2 a").click()
    page.wait_for_url("**/brief.html")
    page.go_back()
    assert page.get_by_label("Search in titles").input_value() == "advice"
    assert shown(page) == ["advice"]


def test_the_keyboard_is_enough(page: Page) -> None:
    page.get_by_label("Search in titles").focus()
    page.keyboard.type("asthma")
    page.keyboard.press("Enter")
    assert shown(page) == ["drug", "advice"]
    page.keyboard.press("Tab")
    page.keyboard.type("Nothing")
    assert shown(page) == ["advice"]


def test_without_javascript_the_whole_list_is_there(browser: Browser, index: Path) -> None:
    with watched(browser, java_script_enabled=False) as watch:
        page = watch.open(index)
        assert page.locator(".studies li:visible").count() == 3
        assert page.locator("form, input, select").count() == 0


def test_one_study_needs_no_search(browser: Browser, rendered: Path) -> None:
    with watched(browser) as watch:
        page = watch.open(rendered / "_site" / "index.html")
        assert page.locator(".studies li:visible").count() == 1
        assert page.locator("form").count() == 0
