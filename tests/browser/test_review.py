"""The review in a real browser, by keyboard: each step stands in study.yml, and everything else of it stays."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from time import monotonic
from typing import Any

import pytest
from playwright.sync_api import Browser, Page, Route, expect
from ruamel.yaml import YAML
from tests.browser.watch import DESKTOP, DEVICES, NARROW, SCHEMES, keep_picture, violations
from tests.reviewed import STUDY, Server, running, write_reviewed

pytestmark = pytest.mark.browser


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Server]:
    with running(write_reviewed(tmp_path)) as started:
        yield started


@contextmanager
def reviewing(browser: Browser, server: Server, **options: Any) -> Iterator[Page]:
    """The open page. It must ask nobody but its server, and say nothing on the console."""
    context = browser.new_context(**{**DESKTOP, "reduced_motion": "reduce", **options})
    page = context.new_page()
    faults: list[str] = []

    def answer(route: Route) -> None:
        if route.request.url.startswith(server.address):
            route.continue_()
        else:
            faults.append(route.request.url)
            route.abort()

    def heard(message: Any) -> None:
        # The browser itself tells of an answer that says no (409, 422), which the page expects.
        if message.type in ("error", "warning") and "status of 4" not in message.text:
            faults.append(message.text)

    context.route("**/*", answer)
    page.on("console", heard)
    page.on("pageerror", lambda error: faults.append(str(error)))
    try:
        page.goto(server.address)
        expect(page.locator(".mark.current")).to_be_visible()
        yield page
        assert faults == []
    finally:
        context.close()


def claims(server: Server) -> dict[str, dict[str, Any]]:
    data = YAML(typ="safe").load(server.folder / "study.yml")
    return {claim["id"]: claim for claim in data["claims"]}


def confirmed(server: Server) -> list[str]:
    """The claims that the file says to be confirmed."""
    return [name for name, claim in claims(server).items() if claim.get("status") == "confirmed"]


def said(page: Page, words: str) -> None:
    expect(page.locator("#said")).to_contain_text(words)


def press(page: Page, *keys: str) -> None:
    for key in keys:
        page.keyboard.press(key)


def test_a_key_accepts_a_figure_and_goes_to_the_next_draft(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        expect(page.locator("#count")).to_have_text("1 of 12 confirmed")
        assert page.evaluate("document.activeElement.textContent") == "100"
        press(page, "a")
        assert page.evaluate("document.activeElement.textContent") == "50"
        press(page, "a", "a", "a")  # faster than the file is written
        expect(page.locator("#count")).to_have_text("5 of 12 confirmed")
        said(page, "accepted")
        expect(page.locator("#undo")).to_be_enabled()
        wanted = ["all.n", "block.n", "sham.n", "weeks"]
        until = monotonic() + 30  # the last steps are written one after the other
        while confirmed(server) != wanted and monotonic() < until:
            page.wait_for_timeout(50)
    assert confirmed(server) == wanted
    text = (server.folder / "study.yml").read_text(encoding="utf-8")
    kept = STUDY.splitlines()
    assert [line for line in text.splitlines() if "#" in line] == [line for line in kept if "#" in line]


def test_a_whole_sentence_is_accepted_by_one_key_and_brought_back_by_one(browser: Browser, server: Server) -> None:
    before = (server.folder / "study.yml").read_bytes()
    with reviewing(browser, server) as page:
        expect(page.locator("#card").get_by_role("button", name="All 3 of the sentence")).to_be_visible()
        press(page, "Shift+A")
        said(page, "3 figures accepted")
        assert page.evaluate("document.activeElement.textContent") == "12"
        press(page, "u")
        said(page, "Undone: 3 figures accepted")
        expect(page.locator("#count")).to_have_text("1 of 12 confirmed")
        assert (server.folder / "study.yml").read_bytes() == before
        press(page, "Shift+U")
        said(page, "Done again")
        expect(page.locator("#count")).to_have_text("4 of 12 confirmed")


def test_an_edit_is_written_and_judged_at_once(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        for _ in range(4):
            press(page, "j")
        expect(page.locator("#card h2")).to_have_text("60%")
        expect(page.locator("#card .chip.reproduced")).to_have_text("✓ Reproduced")
        press(page, "e")
        expect(page.get_by_label("value", exact=True)).to_be_focused()
        page.get_by_label("outcome").fill("response")
        press(page, "Enter")
        said(page, "Response.block changed")
        assert page.evaluate("document.activeElement.textContent") == "60%"
        press(page, "j", "e")
        page.get_by_label("value", exact=True).fill("31%")
        press(page, "Enter")
        alert = page.locator("#card [role=alert]")
        expect(alert).to_contain_text("the value does not stand in its quote")
        assert claims(server)["response.sham"]["value"] == "30%"
        press(page, "Escape")
        expect(page.locator("#card h2")).to_have_text("30%")
    assert claims(server)["response.block"] == {
        "id": "response.block", "quote": "60% of the block group", "value": "60%", "type": "proportion",
        "group": "block", "outcome": "response", "status": "confirmed",
    }  # fmt: skip
    assert "    outcome: response   # a slip\n" in (server.folder / "study.yml").read_text(encoding="utf-8")


def test_links_are_picked_in_the_text_and_change_the_verdict(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        mark = page.locator('.mark[data-key="p"]')
        mark.click()
        expect(page.locator("#card .chip.unchecked")).to_have_text("– Not checked")
        press(page, "l", "c")
        expect(page.locator("#card")).to_contain_text("Pick the figures that it compares")
        assert page.evaluate("document.activeElement.textContent") == "60%"
        press(page, "Space", "j", "Space", "Enter")
        expect(page.locator("#card .chip.reproduced")).to_have_text("✓ Reproduced")
        expect(mark).to_have_attribute("data-sign", "✓")
        expect(mark).to_have_attribute(
            "aria-label", "P=.003: P value: respons and response, Block and Sham, confirmed, Reproduced"
        )
    assert claims(server)["p"]["compares"] == ["response.block", "response.sham"]


def test_a_rejected_figure_becomes_an_exclusion_with_its_reason(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        page.locator('.mark[data-key="figure"]').click()
        press(page, "r")
        expect(page.get_by_role("dialog", name="Why is it no figure?")).to_be_visible()
        press(page, "5")
        said(page, "Figure rejected")
        assert page.evaluate("document.activeElement.textContent") == "12%"  # the next draft
        page.locator('.mark[data-key="adverse.share"]').click()
        press(page, "r", "Escape")
        expect(page.get_by_role("dialog")).to_have_count(0)
        press(page, "r")
        page.get_by_label("Or in your words").fill("Counted elsewhere.")
        press(page, "Enter")
        said(page, "Adverse.share rejected")
    data = YAML(typ="safe").load(server.folder / "study.yml")
    assert [one["reason"] for one in data["exclusions"]] == [
        "Part of a name, a reference or a number of a page.",
        "Counted elsewhere.",
    ]
    assert not {"figure", "adverse.share"} & set(claims(server))


def test_quick_keys_are_each_meant_for_the_figure_that_is_shown(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        press(page, "r", "1", "r", "2", "a", "r", "3", "a")
        expect(page.locator("#count")).to_have_text("3 of 9 confirmed")
        said(page, "Weeks rejected")
        assert page.evaluate("document.activeElement.textContent") == "30%"
    found = claims(server)
    assert list(found)[:3] == ["sham.n", "response.block", "response.sham"]
    assert [found[name]["status"] for name in list(found)[:3]] == ["confirmed", "confirmed", "draft"]


def test_the_halves_of_a_figure_are_merged(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        page.locator('.mark[data-key="pain"]').click()
        press(page, "m", "Enter")
        said(page, "Spread merged into pain")
        expect(page.locator('.mark[data-key="pain"]')).to_have_text("7.1±1.4")
    assert claims(server)["pain"]["value"] == "7.1±1.4"
    assert "spread" not in claims(server)


def test_a_figure_is_added_from_a_selection_or_from_words(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        page.locator(".mark.left").dblclick()
        button = page.get_by_role("button", name="Add as a claim").first
        expect(button).to_be_visible()
        press(page, "n")
        expect(page.get_by_label("value", exact=True)).to_have_value("two")
        page.get_by_label("id", exact=True).fill("adverse.others")
        page.get_by_label("group", exact=True).select_option("New group …")
        page.get_by_label("name of the new group").fill("Other patients")
        press(page, "Enter")
        said(page, "Adverse.others added")
        expect(page.locator("#count")).to_have_text("2 of 13 confirmed")
        page.evaluate("getSelection().removeAllRanges()")
        press(page, "n")
        page.get_by_label("The figure, for example").fill("4711")
        press(page, "Enter")
        expect(page.locator("#find-said")).to_contain_text("does not stand in the article")
        page.get_by_label("The figure, for example").fill("P=.003")
        press(page, "Enter")
        expect(page.get_by_label("value", exact=True)).to_have_value("P=.003")
        press(page, "Escape")
    added = claims(server)["adverse.others"]
    assert (added["value"], added["group"], added["status"]) == ("two", "other-patients", "confirmed")
    data = YAML(typ="safe").load(server.folder / "study.yml")
    assert data["groups"]["other-patients"] == {"label": "Other patients"}


def test_groups_are_given_their_patients_and_made_one(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        press(page, "g")
        dialog = page.get_by_role("dialog", name="Groups of patients")
        block = dialog.get_by_role("group", name="block", exact=True)
        block.get_by_label("name in the brief").fill("Nerve block")
        block.get_by_label("count of its patients").select_option("adverse")
        new = dialog.get_by_role("group", name="A new group")
        new.get_by_label("name in the brief").fill("Everybody")
        new.get_by_label("made up of").fill("block, sham")
        press(page, "Enter")
        expect(dialog).to_be_hidden()
        page.locator('.mark[data-key="adverse"]').click()
        expect(page.locator("#card .label")).to_have_text("Number of patients: Nerve block")
        press(page, "g")
        page.get_by_role("group", name="everybody").get_by_label("made up of").fill("nobody")
        press(page, "Enter")
        expect(dialog.get_by_role("alert")).to_contain_text("`parts` names no group")
        press(page, "Escape", "g")
        page.get_by_role("group", name="sham").get_by_label("is the same as").select_option("block")
        page.get_by_role("group", name="everybody").get_by_label("made up of").fill("")
        press(page, "Enter")
        said(page, "Sham is block")
    data = YAML(typ="safe").load(server.folder / "study.yml")
    assert data["groups"] == {"block": {"label": "Nerve block", "n": "adverse"}, "everybody": {"label": "Everybody"}}
    assert claims(server)["response.sham"]["group"] == "block"


def test_filters_say_what_j_and_k_go_through(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        pressed = page.locator("#filters [aria-pressed=true]")
        expect(pressed).to_have_text("All 12")
        press(page, "f")
        expect(pressed).to_have_text("Drafts 11")
        press(page, "f", "f")
        expect(pressed).to_have_text("Unnamed 1")
        expect(page.locator("#card h2")).to_have_text("two")
        press(page, "r", "1")
        expect(pressed).to_have_text("Unnamed 0")


def test_an_article_with_markup_is_text(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        assert page.title() == "A nerve block against pain – review"
        assert "<script>" in page.locator("#article").inner_text()
        assert page.locator("#article script").count() == 0


def test_a_file_that_was_changed_outside_is_loaded_on_request_and_never_written_over(
    browser: Browser, server: Server
) -> None:
    with reviewing(browser, server) as page:
        path = server.folder / "study.yml"
        changed = path.read_text(encoding="utf-8").replace("against pain", "against all pain", 1) + "# by an editor\n"
        path.write_text(changed, encoding="utf-8")
        press(page, "a")
        button = page.get_by_role("button", name="Load what is there now")
        expect(button).to_be_visible()
        press(page, "a")
        assert path.read_text(encoding="utf-8") == changed
        button.click()
        expect(page.get_by_role("heading", level=1)).to_have_text("A nerve block against all pain")
        expect(page.locator("#count")).to_have_text("1 of 12 confirmed")
        press(page, "a")
        said(page, "accepted")


def test_a_study_with_errors_opens_with_them_at_their_claims(browser: Browser, server: Server) -> None:
    path = server.folder / "study.yml"
    path.write_text(path.read_text(encoding="utf-8").replace('value: "P=.003"', 'value: "P=.03"'), encoding="utf-8")
    with reviewing(browser, server) as page:
        alert = page.locator("#alerts [role=alert]")
        expect(alert).to_contain_text("cannot be checked yet")
        alert.get_by_role("button", name="p", exact=True).click()
        expect(page.locator("#card .problem")).to_contain_text("the value does not stand in its quote")
        press(page, "e")
        page.get_by_label("value", exact=True).fill("P=.003")
        press(page, "Enter")
        expect(alert).to_have_count(0)
        expect(page.locator("#card .chip.unchecked")).to_be_visible()


def test_keys_of_a_single_letter_can_be_switched_off(browser: Browser, server: Server) -> None:
    with reviewing(browser, server) as page:
        press(page, "?")
        page.get_by_role("checkbox", name="Keys of a single letter").uncheck()
        press(page, "Escape", "a")
        page.reload()
        expect(page.locator(".mark.current")).to_be_visible()
        press(page, "a")
        press(page, "ArrowDown")
        expect(page.locator("#card .where")).to_contain_text("2 of 12")
        expect(page.locator("#count")).to_have_text("1 of 12 confirmed")
        page.get_by_role("button", name="Accept").click()
        expect(page.locator("#count")).to_have_text("2 of 12 confirmed")


@pytest.mark.parametrize("scheme", SCHEMES)
@pytest.mark.parametrize("device", DEVICES)
def test_every_state_of_the_page_passes_axe(browser: Browser, server: Server, device: str, scheme: str) -> None:
    states = {"claim": [], "form": ["j", "j", "e"], "relations": ["Escape", "l"], "picking": ["o"], "left": []}
    faults = []
    with reviewing(browser, server, color_scheme=scheme, **DEVICES[device]) as page:
        expect(page.locator("#card .chip").nth(1)).not_to_have_text("…")
        for name, keys in states.items():
            press(page, *keys)
            if name == "left":
                press(page, "Escape", "f", "f", "f")
            keep_picture(page, f"review-{name}-{device}-{scheme}")
            faults += [f"{name}: {fault}" for fault in violations(page)]
        for opened, key in (("groups", "g"), ("help", "?"), ("reject", "r"), ("find", "n")):
            if opened == "find":
                press(page, "f", "k")
            press(page, key)
            expect(page.locator(f"#{opened}")).to_be_visible()
            keep_picture(page, f"review-{opened}-{device}-{scheme}")
            faults += [f"{opened}: {fault}" for fault in violations(page)]
            press(page, "Escape")
    assert faults == []


@pytest.mark.parametrize("keys", [[], ["e"], ["l"]], ids=["claim", "form", "relations"])
def test_the_page_does_not_scroll_sideways_at_320_pixels(browser: Browser, server: Server, keys: list[str]) -> None:
    with reviewing(browser, server, **NARROW) as page:
        press(page, *keys)
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert page.evaluate(
            "document.getElementById('card').scrollWidth <= document.getElementById('card').clientWidth"
        )
