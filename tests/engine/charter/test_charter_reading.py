"""What a charter says is what is read, however it is written."""

from datetime import date

import pytest
from tests.engine.charter.example_charters import EXAMPLE

from remit_engine.charter.document import Allowance, Per, Step
from remit_engine.charter.facts import Between, ChoiceFact, FlagFact, Is, NumberFact, OneOf, Unit
from remit_engine.charter.findings import Place
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Period, Span
from remit_engine.charter.reading import read_charter, read_charter_text

HEAD = """\
charter: x
currency: EUR
why: y
facts: {category: [late, wrong item, no, 12], order_age: days, paid: money, vip: flag}
steps: {first: 34 fair reviews at 10 %, second: 1 fair review at 5%}
"""


def read(text, **told):
    return read_charter_text(text, **told).charter


def grant(fields):
    """The grant of a charter with these fields."""
    (found,) = read(f"{HEAD}grants:\n  - {{id: a, level: decide, why: z, {fields}}}\n").grants
    return found


def test_the_example_of_the_specification():
    charter = read(EXAMPLE)
    assert charter.name == "Harbour Street"
    assert charter.facts[0] == ChoiceFact("category", ("late", "cold", "wrong item", "billing", "rude"))
    assert charter.facts[1] == NumberFact("order_age", Unit.DAYS)
    assert charter.steps == (Step("first", 34, 10),)
    assert charter.always == (("amount", "given_today", "given_week"),)
    first, late, manager = charter.grants
    assert (first.upto, first.level, first.say) == (50_00, Level.DECIDE, "We can settle this right now.")
    assert first.kinds == ("refund", "adjustment", "credit")
    assert late.who == (("role", OneOf(("member", "lead"))), ("step", OneOf(("first",))))
    assert late.when == (("category", OneOf(("late", "cold"))), ("order_age", Between(0, 2)))
    assert (late.level, late.tell) == (Level.INFORM, ("lead",))
    assert manager.upto == 2_000_00
    (old,) = charter.guardrails
    assert (old.when, old.ignores_missing, old.at_most) == ((("order_age", Between(61)),), True, Level.ASK)
    assert charter.allowances == (
        Allowance(
            id="weekly",
            why="A bad week should be seen while it can still be helped.",
            who=(("role", OneOf(("member",))),),
            per=Per.MEMBER,
            period=Period(Span.WEEK),
            most=300_00,
            beyond=Level.ASK,
        ),
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"<= 2"', Between(0, 2)),
        ('"<2"', Between(0, 1)),
        ('"> 60"', Between(61)),
        ('">=3"', Between(3)),
        ('"= 3"', Between(3, 3)),
        ("3", Between(3, 3)),
        ("0", Between(0, 0)),
        ('" 3 "', Between(3, 3)),
        ("3..10", Between(3, 10)),
        ('"3 .. 10"', Between(3, 10)),
        ("3..3", Between(3, 3)),
        ('["> 3", "<= 10"]', Between(4, 10)),
        ('["> 3", "> 5", "< 9"]', Between(6, 8)),
        ('"<= 0"', Between(0, 0)),
    ],
)
def test_numbers(written, meant):
    assert grant(f"when: {{order_age: {written}}}").when == (("order_age", meant),)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ('"<= 49.99"', Between(0, 49_99)),
        ('"< 50"', Between(0, 49_99)),
        ('"> 50"', Between(50_01)),
        ("0.1..0.3", Between(10, 30)),
        ('"= 49.9"', Between(49_90, 49_90)),
    ],
)
def test_money_in_conditions_is_exact(written, meant):
    assert grant(f"when: {{paid: {written}}}").when == (("paid", meant),)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("50", 50_00),
        ("49.5", 49_50),
        ("49.50", 49_50),
        ("'50'", 50_00),
        ("0", 0),
        ("0.29", 29),
        ("8.41", 8_41),
        ("1000000000000000", 10**17),
        ("70368744177664.01", 7036874417766401),
    ],
)
def test_sums_are_exact(written, meant):
    assert grant(f"upto: {written}").upto == meant


@pytest.mark.parametrize(("currency", "written", "meant"), [("JPY", "50", 50), ("KWD", "1.005", 1_005)])
def test_decimals_are_those_of_the_currency(currency, written, meant):
    rule = f"{{id: a, level: decide, why: z, upto: {written}}}"
    text = f"charter: x\ncurrency: {currency}\nwhy: y\ngrants: [{rule}]\n"
    assert read(text).grants[0].upto == meant


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("true", True),
        ("yes", True),
        ("Yes", True),
        ("TRUE", True),
        ("false", False),
        ("no", False),
        ('"no"', False),
    ],
)
def test_flags(written, meant):
    assert grant(f"when: {{vip: {written}, own_account: {written}}}").when == (
        ("vip", Is(meant)),
        ("own_account", Is(meant)),
    )


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("late", ("late",)),
        ("[wrong item, late]", ("wrong item", "late")),
        ("no", ("no",)),
        ("12", ("12",)),
        ("[other]", ("other",)),
    ],
)
def test_words_are_taken_as_written(written, meant):
    assert grant(f"when: {{category: {written}}}").when == (("category", OneOf(meant)),)


def test_who_and_kind():
    found = grant("who: {role: x, member: [ana, on], team: 007, step: [none, second]}, kind: [comp, other]")
    assert found.who == (
        ("role", OneOf(("x",))),
        ("member", OneOf(("ana", "on"))),
        ("team", OneOf(("007",))),
        ("step", OneOf(("none", "second"))),
    )
    assert found.kinds == ("comp", "other")
    assert grant("who: {}").who == ()


def test_days_and_working_time():
    found = grant("from: 2026-02-28, until: '2028-02-29'")
    assert (found.since, found.until) == (date(2026, 2, 28), date(2028, 2, 29))
    assert grant("from: 2026-02-28, until: 2026-02-28").is_dated
    for written, minutes in (
        ("4 working hours", 240),
        ("1 working hour", 60),
        ("30 working minutes", 30),
        ("2 working days", 960),
    ):
        assert grant(f"objections: {written}").objections == minutes


@pytest.mark.parametrize("written", ["day", "week", "month", "ever", "rolling 30 days", "rolling 1 day"])
def test_periods(written):
    rule = f"{{id: a, why: z, per: order, period: {written}, most: {{count: 3}}, if_missing: ignore}}"
    (found,) = read(f"{HEAD}allowances: [{rule}]\n").allowances
    assert found.period.words == written.replace("1 day", "1 days")
    assert (found.most, found.counts, found.beyond, found.ignores_missing) == (3, True, Level.ASK, True)


def test_declared_words():
    charter = read(
        "charter: x\ncurrency: EUR\nwhy: y\nkinds: [voucher]\nroles: [a, b]\nfacts: {vip: flag}\ngrants: []\n"
    )
    assert (charter.kinds, charter.roles, charter.facts, charter.grants) == (
        ("voucher",),
        ("a", "b"),
        (FlagFact("vip"),),
        (),
    )


@pytest.mark.parametrize(
    "change",
    [
        lambda text: "\ufeff" + text,
        lambda text: text.replace("\n", "\r\n"),
        lambda text: "---\n" + text + "...\n",
        lambda text: "%YAML 1.2\n---\n" + text,
        lambda text: text.rstrip("\n"),
        lambda text: text.replace("[member, lead]", "\n      [member,\n      lead]"),
        lambda text: text.replace('"<= 2"', "'<= 2'"),
        lambda text: text.replace("upto: 50 ", "upto: !num 50 ").replace("!num", ""),
    ],
)
def test_the_same_however_it_is_written(change):
    assert read(change(EXAMPLE)) == read(EXAMPLE)


def test_aliases_are_taken():
    text = (
        HEAD
        + "grants:\n- {id: a, level: decide, why: &w z, who: &p {role: x}}\n"
        + "- {id: b, level: decide, why: *w, who: *p}\n"
    )
    first, second = read(text).grants
    assert (first.why, first.who) == (second.why, second.who)


def test_texts_in_blocks_end_without_a_line_break():
    found = read(
        "charter: x\ncurrency: EUR\nwhy: >\n  one\n  two\n\n"
        "grants: [{id: a, level: decide, why: 'x\n\n  y'}]\n"
    )
    assert found.why == "one two"
    assert found.grants[0].why == "x\ny"


def test_every_rule_has_its_line():
    lines = read_charter_text(EXAMPLE, name="ours.yaml").lines
    assert list(lines) == ["fix-on-the-spot", "late-is-ours", "manager", "old-orders", "weekly"]
    for name, place in lines.items():
        assert f"- id: {name}" in EXAMPLE.splitlines()[place.line - 1]
        assert place.file == "ours.yaml"


@pytest.mark.parametrize(
    ("section", "rule", "code", "line"),
    [
        ("grants", "level: ask", "grant-of-ask", 7),
        ("grants", "level: decide\n    tell: lead", "no-effect", 8),
        ("grants", "level: inform\n    objections: 1 working day", "no-effect", 8),
        ("guardrails", "at_most: never", "hand-to-owner", 7),
    ],
)
def test_what_is_probably_not_meant_is_remarked(section, rule, code, line):
    text = f"charter: x\ncurrency: EUR\nwhy: y\n\n{section}:\n  - id: a\n    {rule}\n    why: z\n"
    (found,) = read_charter_text(text).findings
    assert (found.code, found.place, found.rule) == (
        code,
        Place("charter.yaml", line, found.place.column),
        "a",
    )


def test_nothing_to_remark():
    assert read_charter_text(EXAMPLE).findings == ()


def test_files_extend_one_another(tmp_path):
    (tmp_path / "organisation.yaml").write_text(
        "charter: organisation\ncurrency: EUR\nwhy: y\nfacts: {vip: flag}\nroles: [lead, manager]\n"
        "steps: {first: 3 fair reviews at 10 %}\n"
        "guardrails: [{id: cap, at_most: never, why: z, when: {vip: yes}}]\n"
    )
    places = tmp_path / "places"
    places.mkdir()
    (places / "harbour.yaml").write_text(
        "charter: harbour\nextend: ../organisation.yaml\nwhy: y\nfacts: {vip: flag, age: days}\n"
        "grants: [{id: a, level: decide, why: z, when: {vip: no}, who: {role: lead, step: first}}]\n"
    )
    found = read_charter(places / "harbour.yaml")
    harbour = found.charter
    assert [each.name for each in harbour.lineage] == ["organisation", "harbour"]
    assert harbour.currency == "EUR"
    assert list(harbour.all_facts) == ["vip", "age"]
    assert {name: place.file for name, place in found.lines.items()} == {
        "cap": str(places / ".." / "organisation.yaml"),
        "a": str(places / "harbour.yaml"),
    }
    assert [each.code for each in found.findings] == ["hand-to-owner"]


def test_a_child_may_add_kinds():
    organisation = "charter: o\ncurrency: EUR\nwhy: y\nkinds: [refund]\n"
    rule = "{id: a, level: decide, why: z, kind: [refund, voucher]}"
    text = f"charter: x\nextend: o\nwhy: y\nkinds: [voucher]\ngrants: [{rule}]\n"
    assert read(text, resolve=lambda name, beside: organisation).all_kinds == ("refund", "voucher")


def test_the_resolver_is_told_who_asks():
    asked = []

    def resolve(name, beside):
        asked.append((name, beside))
        above = "currency: EUR" if name == "b" else "extend: b"
        return f"charter: {name}\n{above}\nwhy: y\n"

    charter = read("charter: x\nextend: a\nwhy: y\n", name="x.yaml", resolve=resolve)
    assert [each.name for each in charter.lineage] == ["b", "a", "x"]
    assert asked == [("a", "x.yaml"), ("b", "a")]
