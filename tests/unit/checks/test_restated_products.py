import pytest


def restated(first, second, more=""):
    return (
        f"claims: [{{id: a, value: '{first}', {more or 'type: proportion'}}},"
        f" {{id: b, value: '{second}', {more or 'type: proportion'}, restates: a}}]"
    )


def judged(ledger, claim="b"):
    row = ledger.row(claim)
    return row.verdict, row.recomputed


def codes(ledger):
    return [item.finding.code for item in ledger.findings if item.finding.severity == "contradiction"]


def test_restated_the_same(check):
    ledger = check(restated("91.7%", "91.7%"))
    assert judged(ledger) == ("reproduced", "91.7%")
    assert ledger.row("b").why == "It repeats 91.7% (line 1)."
    assert codes(ledger) == []


def test_restated_rounded_further(check):
    assert judged(check(restated("91.7%", "92%")))[0] == "reproduced"


@pytest.mark.parametrize("second", ["91.8%", "90%", "93%"])
def test_restated_differs(check, second):
    ledger = check(restated("91.7%", second))
    assert judged(ledger) == ("contradicted", None)
    assert codes(ledger) == ["restated.differs"]


def test_restated_cut_off(check):
    ledger = check(restated("91.7%", "91%"))
    assert judged(ledger)[0] == "reproduced-if"
    assert ledger.row("b").condition == "cut off instead of rounded"


def test_restated_in_another_unit_or_order(check):
    years = (
        "claims: [{id: a, value: '48', type: duration, unit: months},"
        " {id: b, value: '4', type: duration, unit: years, restates: a}]"
    )
    assert judged(check(years))[0] == "reproduced"
    assert judged(check(years.replace("'4'", "'5'")))[0] == "contradicted"
    day = "claims: [{id: a, value: 'May 17, 2012', type: date}, {id: b, value: '17 May 2012', type: date, restates: a}]"
    assert judged(check(day))[0] == "reproduced"
    assert judged(check(day.replace("'17 May", "'18 May")))[0] == "contradicted"


@pytest.mark.parametrize(
    ("first", "second", "verdict"),
    [
        ("P=.03", "P=.03", "reproduced"),
        ("P=.03", "P<.05", "reproduced"),
        ("P=.03", "P=.04", "contradicted"),
        ("P=.03", "NS", "contradicted"),
    ],
)
def test_restated_p_values(check, first, second, verdict):
    assert judged(check(restated(first, second, "type: p_value")))[0] == verdict


def product(total, factors, kind="dose"):
    claims = ", ".join(f"{{id: f{i}, value: '{f}', type: {kind}}}" for i, f in enumerate(factors))
    names = ", ".join(f"f{i}" for i in range(len(factors)))
    return f"claims: [{claims}, {{id: b, value: '{total}', type: dose, product: [{names}]}}]"


def test_product_reproduced(check):
    ledger = check(product("2", ["0.4", "5"]))
    assert judged(ledger) == ("reproduced", "2.0")
    assert ledger.row("b").why == "0.4 × 5 = 2."


def test_product_within_rounding(check):
    # 0.42 to 0.43 of five days each is 2.075 to 2.125.
    assert judged(check(product("2.08", ["0.42", "5"])))[0] == "possible"


def test_product_contradicted(check):
    ledger = check(product("2.5", ["0.4", "5"]))
    assert judged(ledger) == ("contradicted", "2.00")
    assert codes(ledger) == ["product.mismatch"]


def test_product_in_other_units_is_not_compared(check):
    text = (
        "claims: [{id: f0, value: '600', type: dose, unit: mg}, {id: f1, value: '4', type: count, unit: days},"
        " {id: b, value: '2.4', type: dose, unit: g, product: [f0, f1]}]"
    )
    assert judged(check(text))[0] == "unchecked"
    assert judged(check(text.replace("unit: g,", "unit: mg,")))[0] == "contradicted"


def doses(value, every, period, unit, kind="range"):
    return (
        f"claims: [{{id: time, value: '{period}', type: duration, unit: {unit}}},"
        f" {{id: b, value: '{value}', type: {kind}, every: {every}, within: time}}]"
    )


@pytest.mark.parametrize(
    ("value", "every", "period", "unit", "verdict"),
    [
        ("4-18", "month", "48", "months", "possible"),
        ("4-18", "month", "17", "months", "possible"),  # 17 months have 18 first days
        ("4-18", "month", "12", "months", "contradicted"),
        ("4-18", "2 weeks", "90", "days", "contradicted"),  # 7 doses
        ("4-7", "2 weeks", "90", "days", "possible"),
        ("4-18", "month", "90", "days", "unchecked"),  # months are not so many days
        ("4-18", "moon", "90", "days", "unchecked"),
    ],
)
def test_doses_in_their_period(check, value, every, period, unit, verdict):
    ledger = check(doses(value, every, period, unit))
    assert judged(ledger)[0] == verdict
    assert codes(ledger) == (["schedule.too_many"] if verdict == "contradicted" else [])
