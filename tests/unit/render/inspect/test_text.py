"""How the text of a page is read: in units, with what their attributes say."""

from __future__ import annotations

from lxml import html

from evidence_brief.render.inspect.text import Unit, units


def read(text: str) -> list[Unit]:
    return units(html.fromstring(f"<main>{text}</main>"))


def test_a_unit_is_what_stands_between_two_ends_of_blocks() -> None:
    assert [unit.text for unit in read("<p>One <b>and</b>\n two.</p>Loose<ul><li>Three<p>Four</p></li></ul>")] == [
        *("One and two.", "Loose", "Three", "Four"),
    ]


def test_a_unit_knows_its_place_and_its_element() -> None:
    first, second = read('<div data-place="ledger"><table><tr><td>24</td></tr></table></div><h2>More</h2>')
    assert (first.place, first.tag) == ("ledger", "td")
    assert (second.place, second.tag) == (None, "h2")


def test_a_unit_holds_what_its_attributes_say() -> None:
    text = (
        '<p><a href="#how-n" class="figure reported reproduced" data-claim="n" aria-label="24, reproduced">24</a></p>'
    )
    assert set(read(text)[0].marks) == {
        ("href", "#how-n"),
        ("data-claim", "n"),
        ("aria-label", "24, reproduced"),
        ("kind", "reproduced"),
    }


def test_what_is_free_is_neither_figure_nor_allowed() -> None:
    text = '<p>In <span class="allowed" data-reason="year">2012</span> <a data-claim="n">24</a> of 30.</p>'
    assert read(text)[0].free == "In of 30."


def test_invisible_signs_and_kinds_of_spaces_make_no_difference() -> None:
    assert read("<p>P=.28\u2060✗\u00a0of\u00ad 24</p>")[0].text == "P=.28✗ of 24"


def test_scripts_navigation_and_buttons_for_copying_say_nothing() -> None:
    assert (
        read("<nav>1</nav><script>2</script><pre>code<button class='code-copy-button'>3</button></pre>")[0].text
        == "code"
    )


def test_marks_of_an_element_around_blocks_go_to_the_first_of_them() -> None:
    first, second = read('<div id="how-n" class="finding warning" lang="de"><p>One</p><p>Two</p></div>')
    assert set(first.marks) == {("id", "how-n"), ("kind", "warning"), ("lang", "de")}
    assert second.marks == ()


def test_an_empty_cell_is_a_unit_so_that_no_text_moves_into_it() -> None:
    row = "<table><tr><td></td><td><p>24</p></td></tr></table>"
    assert [unit.text for unit in read(row)] == ["", "24"]


def test_what_is_hidden_and_how_cells_are_joined_are_marks() -> None:
    row = '<table><tr style="display: none"><td colspan="2">24</td></tr></table>'
    assert read(row)[0].marks == (("hidden", "tr"), ("colspan", "2"))
    assert ("hidden", "p") in read("<p hidden>24</p>")[0].marks


def test_another_alternative_text_beside_the_first_is_a_mark() -> None:
    assert read('<img alt="22 of 24" aria-label="22 of 24" data-fig-alt="21 of 24">')[0].marks == (
        ("alt", "22 of 24"),
        ("data-fig-alt", "21 of 24"),
    )


def test_footnotes_have_a_place_of_their_own_and_their_marks_are_bound() -> None:
    text = (
        '<p>Said.<a class="footnote-ref" href="#fn1"><sup>1</sup></a></p><aside id="footnotes"><ol><li id="fn1"><p>So.'
        '<a class="footnote-back" href="#fnref1">↩</a></p></li></ol></aside>'
    )
    said, note = read(text)
    assert (said.text, said.free) == ("Said.1", "Said.")
    assert (note.text, note.place) == ("So.", "footnotes")
