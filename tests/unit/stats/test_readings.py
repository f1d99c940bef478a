import pytest

from evidence_brief.printed import number
from evidence_brief.stats import readings


def printed(*texts):
    return tuple(number(text).interval for text in texts)


@pytest.mark.parametrize(
    ("texts", "p", "fits", "contradicts"),
    [
        (("3.03", "1.14", "8.10"), ".027", "symmetric interval", False),
        (("4.08", "1.11", "19.9"), ".03", "interval that need not be symmetric", False),
        (("5.1", "1.4", "18.7"), ".006", "one-sided P", False),
        (("3.9", "1.8", "8.3"), ".002", "90% interval", False),
        (("0.71", "0.67", "0.76"), ".007", None, False),  # both significant: perhaps another test
        (("1.33", "0.53", "3.36"), ".027", None, True),
        (("0.29", "0.38", "0.53"), None, None, True),  # outside
        (("1.33", "0.53", "3.36"), None, None, False),
    ],
)
def test_readings(texts, p, fits, contradicts):
    found = readings.readings(*printed(*texts), p and number(p).interval, log=True)
    assert (found.fits[0] if found.fits else None) == fits
    assert found.contradicts == contradicts


def test_readings_of_reversed_limits():
    found = readings.readings(*printed("0.55", "0.310", "0.097", "0.01"), log=True)
    assert found.fits == ()
    assert found.contradicts
