import pytest

from evidence_brief.extract.readers.decimals import decimal_mark


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("p=0,03", None),
        ("Mittelwert 7,4 ± 2,1 und p<0,001", None),
        ("57,1 % gegen 33,3 % (p = 0,04)", "de"),
        ("un âge moyen de 45,3 ans et 12,1 mois", "fr"),
        ("de 1.204 pacientes, 23,5% mejoraron", "es"),
    ],
)
def test_decimal_mark_is_a_comma(text, language):
    assert decimal_mark(text, language) == ","


@pytest.mark.parametrize(
    ("text", "language"),
    [
        ("", None),
        ("no figures", "de"),
        ("1,204 of 12,345 patients", None),
        ("1,204 patients and P=.03", "en"),
        ("F(2,57) = 3.1, p = 0.05", None),
        ("groups 1,2 and 3,4", None),
        ("[1,2] and [3,4,5]", "en"),
        ("0·05 and 7·4", "en"),
        ("p = 0.03 in 12.5% [1,2]", "de"),
        ("1,204,567 events", None),
    ],
)
def test_decimal_mark_is_a_point(text, language):
    assert decimal_mark(text, language) == "."


def test_decimal_mark_of_mixed_text_is_that_of_most():
    assert decimal_mark("p=0,03; 1.2, 3.4, 5.6") == "."
    assert decimal_mark("p=0,03; 1,2; 3,4; 5,6 and version 1.2") == ","
