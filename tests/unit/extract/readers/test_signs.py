import pytest

from evidence_brief.extract.readers.formulas import tex_text
from evidence_brief.extract.readers.signs import MARK, collapsed, lowered, mark, raised, without_marks


@pytest.mark.parametrize(
    ("text", "before", "in_table", "expected"),
    [
        ("-3", "10", False, "⁻³"),
        ("−3", "× 10", True, "⁻³"),
        ("2", "m", False, "²"),
        ("2", "χ", False, "²"),
        ("9", "5", False, "⁹"),
        ("a", "12.3", True, " ᵃ"),
        ("1", "12.3", True, " ¹"),
        ("1", "110", True, " ¹"),
        ("*", "12.3", True, "*"),
        ("a,b", "12.3", True, " ᵃ,ᵇ"),
        ("th", "19", False, "th"),
        ("®", "Drug", False, "®"),
        ("2+", "Ca", False, "²⁺"),
        ("Q", "12.3", True, " Q"),
        ("", "12.3", True, ""),
    ],
)
def test_raised(text, before, in_table, expected):
    assert raised(text, before, in_table=in_table) == expected


def test_raised_note_stands_apart_from_a_power_of_ten():
    assert raised("2", "10", note=True) == " ²"


@pytest.mark.parametrize(("text", "expected"), [("28", "₂₈"), ("2,57", "₂,₅₇"), ("max", "max"), ("1c", "1c")])
def test_lowered(text, expected):
    assert lowered(text) == expected


def test_collapsed_keeps_the_space_of_thousands():
    assert collapsed(" 12\u2009345 \n of\u00a07.4\u2009±\u20092 ") == "12\u2009345 of 7.4 ± 2"
    assert collapsed("a\u00adb\u200bc") == "abc"


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("shown [1].", "shown."),
        ("shown [1, 2–5] and", "shown and"),
        ("shown.1,2 The", "shown. The"),
        ("shown (see 3).", "shown."),
        ("shown ([1]).", "shown."),
        ("(as in Table 2; [1])", "(as in Table 2)"),
        ("([1]; Table 2)", "(Table 2)"),
        ("shown (1; Other et al., 2003) and", "shown and"),
    ],
)
def test_without_marks(text, expected):
    """Digits and names stand for marks here."""
    import re

    marked = re.sub(r"(?<!Table )\b\d\b", MARK, text).replace("Other et al., 2003", mark("Other et al., 2003"))
    assert without_marks(marked) == expected


def test_without_marks_keeps_a_name_that_the_sentence_needs():
    assert without_marks(f"as {mark('Other et al. (2003)')} found") == "as Other et al. (2003) found"


def test_without_marks_changes_nothing_where_there_are_none():
    assert without_marks("(n = 24) [95% CI 1, 2] ()") == "(n = 24) [95% CI 1, 2] ()"


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"$p \leq 0.05$", "p ≤ 0.05"),
        (r"\documentclass{a}\usepackage{b}\begin{document}$$\chi^{2}=7.39$$\end{document}", "χ²=7.39"),
        (r"\frac{12}{24}", "12/24"),
        (r"\frac{a+b}{\mathrm{n}}", "(a+b)/n"),
        (r"10^{-3} \times 7.4 \pm 2.1", "10⁻³ × 7.4 ± 2.1"),
        (r"t_{28} = 2.2\%", "t₂₈ = 2.2%"),
    ],
)
def test_tex_text(source, expected):
    assert " ".join(tex_text(source).split()) == expected
