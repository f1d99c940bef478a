import time

import pytest
from tests.readable import HTML, JATS

from evidence_brief.extract.readers import read_bytes


def cells(reading, table=0):
    """Of each cell its text, its headers and its stub."""
    return {
        (cell.row, cell.column): (reading.text[cell.start : cell.end], cell.headers, cell.stub)
        for cell in reading.tables[table].cells
    }


def html(rows):
    reading = read_bytes(f"<!doctype html><p>text</p><table>{rows}</table>".encode(), "a.html")
    return reading, cells(reading) if reading.tables else {}


@pytest.mark.parametrize(("content", "name"), [(JATS, "a.xml"), (HTML, "a.html")])
def test_cells_have_their_headers_and_stubs(content, name):
    reading = read_bytes(content.encode(), name)
    found = cells(reading)
    assert found[2, 1] == ("38.5±34.3 ᵃ", ("Group", "Drug (n=24)"), ("Age, years",))
    assert found[4, 1] == ("12 (50.0)", ("Group", "Drug (n=24)"), ("Sex, n (%)", "Female"))
    assert found[4, 3] == ("1.00", ("P",), ("Sex, n (%)", "Female"))
    assert found[5, 2] == ("9 (50.0)", ("Group", "Placebo (n=18)"), ("Sex, n (%)", "Male"))
    assert found[5, 0] == ("Male", ("Characteristic",), ("Sex, n (%)",))
    assert found[6, 1] == ("12", ("Group", "Drug (n=24)"), ("Weeks",)), "it is set in no more: another section"
    assert found[1, 2] == ("Placebo (n=18)", ("Group",), ())


def test_headers_and_labels_are_told_from_figures():
    reading = read_bytes(JATS.encode(), "a.xml")
    labels = [reading.text[c.start : c.end] for c in reading.tables[0].cells if c.is_header]
    columns = ["Characteristic", "Group", "P", "Drug (n=24)", "Placebo (n=18)"]
    assert labels == [*columns, "Age, years", "Sex, n (%)", "Female", "Male", "Weeks"]


def test_table_spans_its_rows_and_nothing_else():
    reading = read_bytes(JATS.encode(), "a.xml")
    table = reading.tables[0]
    text = reading.text[table.start : table.end]
    assert text.startswith("Characteristic\t")
    assert text.endswith("Weeks\t12\t13\t")
    assert table.caption == "Table 1 Patients At baseline."
    assert all("\t" not in reading.text[c.start : c.end] for c in table.cells)
    rebuilt = {}
    for cell in table.cells:
        rebuilt.setdefault(cell.row, []).append(reading.text[cell.start : cell.end])
    assert "\n".join("\t".join(row) for row in rebuilt.values()) == text


def test_sections_without_indents_hold_until_the_next():
    _, found = html(
        "<thead><tr><th>A<th>B</tr></thead><tr><td>Sex<td></tr><tr><td>Female<td>1</tr><tr><td>Male<td>2</tr>"
        "<tr><td>Stage<td></tr><tr><td>I<td>3</tr>"
    )
    assert [found[row, 1][2] for row in (2, 3, 5)] == [("Sex", "Female"), ("Sex", "Male"), ("Stage", "I")]


def test_spanning_sections_stand_above_others():
    _, found = html(
        "<tr><th>A<th>B</tr><tr><td colspan=2>Primary</tr><tr><td>Sex<td></tr><tr><td>Male<td>2</tr>"
        "<tr><td colspan=2>Secondary</tr><tr><td>Male<td>3</tr>"
    )
    assert found[3, 1][2] == ("Primary", "Sex", "Male")
    assert found[5, 1][2] == ("Secondary", "Male")


def test_rows_set_in_below_a_row_with_figures_belong_to_it():
    _, found = html(
        "<tr><th>A<th>B</tr><tr><td>Harms<td>5</tr><tr><td style='padding-left: 2em'>Severe<td>1</tr>"
        "<tr><td>All<td>9</tr>"
    )
    assert found[1, 1][2] == ("Harms",)
    assert found[2, 1][2] == ("Harms", "Severe")
    assert found[3, 1][2] == ("All",)


def test_labels_over_several_rows_stand_beside_each():
    _, found = html(
        "<tr><th>Outcome<th>Group<th>n</tr><tr><td rowspan=2>Death<td>Drug<td>1</tr><tr><td>Placebo<td>2</tr>"
        "<tr><td>Relapse<td>Drug<td>3</tr>"
    )
    assert found[1, 2] == ("1", ("n",), ("Death", "Drug"))
    assert found[2, 2] == ("2", ("n",), ("Death", "Placebo"))
    assert found[3, 2] == ("3", ("n",), ("Relapse", "Drug"))


def test_head_without_thead():
    _, found = html("<tr><td><td>Drug<td>Placebo</tr><tr><td>n<td>24<td>18</tr>")
    assert found[1, 2] == ("18", ("Placebo",), ("n",))


def test_no_head_where_the_first_row_has_figures():
    _, found = html("<tr><td>n<td>24<td>18</tr><tr><td>m<td>2<td>1</tr>")
    assert found[0, 1] == ("24", (), ("n",))


def test_same_header_twice_in_a_column_is_one():
    _, found = html("<thead><tr><th>A<th>n</tr><tr><th>A<th>n</tr></thead><tr><td>x<td>1</tr>")
    assert found[2, 1][1] == ("n",)


def test_days_beside_labels_of_several_rows_are_labels():
    _, found = html("<tr><th>Outcome<th>Day<th>Drug</tr><tr><td rowspan=2>Score<td>1<td>5.5</tr><tr><td>8<td>6.5</tr>")
    assert found[2, 2] == ("6.5", ("Drug",), ("Score", "8"))


def test_days_without_labels_of_several_rows_are_figures():
    _, found = html("<tr><th>Outcome<th>Days<th>Drug</tr><tr><td>Stay<td>8<td>6.5</tr>")
    assert found[1, 1] == ("8", ("Days",), ("Stay",))
    assert found[1, 2][2] == ("Stay",)


def test_headers_that_stand_again_hold_for_what_follows():
    _, found = html(
        "<thead><tr><th>Molecule<th>pg/mL<th>P</tr></thead><tr><td>A<td>1<td>.1</tr>"
        "<tr><td>Molecule<td>ng/mL<td>P</tr><tr><td>B<td>2<td>.2</tr>"
    )
    assert found[1, 1][1] == ("pg/mL",)
    assert found[3, 1][1] == ("ng/mL",)
    assert found[2, 1][1] == ()


def test_thousands_of_headers_and_labels_take_time_in_proportion():
    start = time.process_time()
    html("<tr><th>a<th>b</tr>" * 5_000)
    html("<tr>" + "<td>a" * 10_000 + "<td>1</tr>")
    html("".join(f"<tr><td style='padding-left: {i}em'>a<td>1</tr>" for i in range(3_000)))
    assert time.process_time() - start < 10


def test_table_foot_stands_last():
    reading, _ = html("<tfoot><tr><td>Sum<td>3</tr></tfoot><tbody><tr><td>a<td>1</tr></tbody>")
    assert reading.text.endswith("a\t1\nSum\t3")


def test_empty_rows_are_left_out_and_empty_cells_kept():
    reading, _ = html("<tr><th>A<th>B</tr><tr><td><td></tr><tr><td>x<td></tr>")
    assert reading.text == "text\n\nA\tB\nx\t"


def test_empty_table_is_nothing():
    reading, found = html("<tr><td><td></tr>")
    assert (reading.text, found) == ("text", {})


@pytest.mark.parametrize("span", ["1000000000", "-1", "x", "", "0", "1e9", "²", "9" * 5000])
def test_spans_beyond_the_table_are_bounded(span):
    reading, found = html(f"<tr><td rowspan='{span}' colspan='{span}'>a<td>1</tr>" + "<tr><td>b<td>2<td>3</tr>" * 50)
    assert reading.text.count("\n") == 52
    assert len(found) == 2 + 150


def test_grid_that_is_too_large_is_read_as_lines():
    reading, _ = html("<tr>" + "<td colspan=1000>a" * 1000 + "</tr><tr><td>b<td>1</tr>")
    assert reading.tables == ()
    assert reading.text.endswith("\nb\t1")


def test_cells_outside_of_rows_are_a_row():
    reading, _ = html("<td>a<td>1")
    assert reading.text == "text\n\na\t1"


def test_table_inside_a_list_of_references_is_left_out():
    content = "<!doctype html><p>text<h2>References</h2><table><tr><td>a<td>1</table>"
    assert read_bytes(content.encode(), "a.html").text == "text"
