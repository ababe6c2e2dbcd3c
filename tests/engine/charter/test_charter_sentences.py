"""Regions and ladders as people read them."""

from datetime import date

import pytest

from remit_engine.charter.diagram.regions import Days, Numbers, Region, Total, Words, YesNo
from remit_engine.charter.document import Per
from remit_engine.charter.facts import Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.sentences import (
    days_in_words,
    ladder_in_words,
    listed,
    plural,
    quantity,
    region_in_words,
    what_in_words,
    who_in_words,
)


def only(*values, left_out=("x",), missing=False):
    return Words(values, others=False, left_out=left_out, missing=missing)


def but(*left_out, values=("y",), missing=True):
    return Words(values, others=True, left_out=left_out, missing=missing)


def numbers(*ranges, missing=False, unit=Unit.DAYS):
    return Numbers(ranges, missing, unit)


def total(*ranges, missing=False, per=Per.MEMBER, period="week", counts=False):
    return Total(ranges, missing, per, period, counts)


@pytest.mark.parametrize(
    ("steps", "words"),
    [
        (
            [(Level.DECIDE, 50_00), (Level.INFORM, 80_00), (Level.ASK, None)],
            "decide up to 50, inform up to 80, ask above",
        ),
        ([(Level.DECIDE, None)], "decide"),
        ([(Level.PROPOSE, 12_50), (Level.NEVER, None)], "propose up to 12.50, never above"),
        ([(Level.DECIDE, 1_250_00), (Level.ASK, None)], "decide up to 1,250, ask above"),
    ],
)
def test_ladders(steps, words):
    assert ladder_in_words(steps, "EUR") == words


def test_money_of_other_currencies():
    assert (
        ladder_in_words([(Level.DECIDE, 5_000), (Level.ASK, None)], "JPY") == "decide up to 5,000, ask above"
    )
    assert quantity(1_500, Unit.MONEY, "KWD") == "1.500"


@pytest.mark.parametrize(
    ("where", "words"),
    [
        ((), "Everybody"),
        (
            (
                ("role", only("member", "lead")),
                ("kind", only("refund", "credit")),
                ("category", only("late", "cold")),
                ("order_age", numbers((0, 2))),
            ),
            "Members and leads, refunds and credits for late or cold, order age at most 2 days",
        ),
        ((("role", but("member")), ("kind", only("apology"))), "Everybody but members, apologies"),
        ((("role", but("member", missing=False)),), "Everybody with a known role, all but members"),
        ((("role", only(missing=True)),), "People whose role isn't known"),
        (
            (("role", only("deputy")), ("team", only("harbour", "station"))),
            "Deputies in team harbour or station",
        ),
        ((("role", only("lead")), ("step", only("first", "second"))), "Leads with step first or second"),
        ((("step", only("none")),), "Everybody without a step"),
        ((("step", only("none", "first")),), "Everybody without a step or with step first"),
        ((("member", only("ana", "ben")), ("kind", only("comp"))), "Ana and Ben, comps"),
        ((("role", only("lead")), ("member", only("ana"))), "Leads (ana)"),
        ((("role", only("lead")), ("member", but("ana"))), "Leads (not ana or member not known)"),
        ((("kind", but("refund", missing=False)),), "Everybody, all remedies but refunds"),
        ((("category", only("late", missing=True)),), "Everybody, category late or not known"),
        ((("category", only("late")),), "Everybody, anything for late"),
        ((("channel", only("app")),), "Everybody, channel app"),
        ((("channel", but("app")),), "Everybody, channel not app"),
        ((("channel", but(missing=False)),), "Everybody, channel known"),
        ((("channel", but("app", "phone", values=(), missing=False)),), "Everybody, channel other"),
        ((("order_age", numbers((61, None))),), "Everybody, order age above 60 days"),
        ((("order_age", numbers((1, None))),), "Everybody, order age at least 1 day"),
        ((("order_age", numbers((3, 60))),), "Everybody, order age 3 to 60 days"),
        ((("order_age", numbers((3, 3))),), "Everybody, order age 3 days"),
        ((("order_age", numbers((0, 1), (5, None))),), "Everybody, order age at most 1 day or above 4 days"),
        (
            (("order_age", numbers((61, None), missing=True)),),
            "Everybody, order age above 60 days or not known",
        ),
        ((("order_age", numbers(missing=True)),), "Everybody, order age not known"),
        ((("order_age", numbers((0, None))),), "Everybody, order age known"),
        ((("paid", numbers((0, 50_00), unit=Unit.MONEY)),), "Everybody, paid at most 50"),
        ((("paid", numbers((50_01, None), unit=Unit.MONEY)),), "Everybody, paid above 50"),
        ((("paid", numbers((50_00, None), unit=Unit.MONEY)),), "Everybody, paid at least 50"),
        ((("paid", numbers((50_01, 80_00), unit=Unit.MONEY)),), "Everybody, paid above 50 up to 80"),
        ((("paid", numbers((50_00, 80_00), unit=Unit.MONEY)),), "Everybody, paid 50 to 80"),
        ((("discount", numbers((10, 20), unit=Unit.PERCENT)),), "Everybody, discount 10 to 20 %"),
        ((("comps", numbers((3, None), unit=Unit.COUNT)),), "Everybody, comps above 2"),
        ((("vip", YesNo(yes=True, no=False, missing=False)),), "Everybody, vip"),
        ((("vip", YesNo(yes=False, no=True, missing=True)),), "Everybody, not known to be vip"),
        ((("vip", YesNo(yes=True, no=False, missing=True)),), "Everybody, vip or not known whether vip"),
        ((("vip", YesNo(yes=False, no=False, missing=True)),), "Everybody, vip not known"),
        ((("about_me", YesNo(yes=True, no=False, missing=False)),), "Everybody, about themselves"),
        ((("about_me", YesNo(yes=False, no=True, missing=False)),), "Everybody"),
        (
            (("0 week per member", total((300_01, None), missing=True)),),
            "Everybody, the total of this week per member above 300 or not known",
        ),
        (
            (
                (
                    "1 rolling 30 days per order",
                    total((0, 2), per=Per.ORDER, period="rolling 30 days", counts=True),
                ),
            ),
            "Everybody, the number (rolling 30 days) per order at most 2",
        ),
    ],
)
def test_regions(where, words):
    assert region_in_words(Region(where), "EUR") == words


def test_parts_of_a_region():
    region = Region((("role", only("member")), ("kind", only("refund")), ("order_age", numbers((0, 2)))))
    assert who_in_words(region) == "Members"
    assert what_in_words(region, "EUR") == "Refunds, order age at most 2 days"
    assert what_in_words(Region(), "EUR") == "Any remedy"


def test_lists_and_plurals():
    assert listed(["late"]) == "late"
    assert listed(["late", "cold", "rude"], "or") == "late, cold or rude"
    assert [plural(word) for word in ("refund", "apology", "boss", "day", "replacement", "branch")] == [
        "refunds",
        "apologies",
        "bosses",
        "days",
        "replacements",
        "branches",
    ]


def test_days():
    march = date(2026, 3, 1), date(2026, 3, 31)
    assert days_in_words(Days(*march)) == "from 1 March 2026 to 31 March 2026"
    assert days_in_words(Days(march[0], march[0])) == "on 1 March 2026"
    assert days_in_words(Days(march[0], None)) == "from 1 March 2026 on"
    assert days_in_words(Days(None, march[1])) == "until 31 March 2026"
    assert days_in_words(Days(None, None)) == ""
