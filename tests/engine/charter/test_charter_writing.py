"""What is written reads back as the same charter; a change of a document leaves the rest of it alone."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.charter.example_charters import EXAMPLE
from tests.engine.charter.made_charters import charters, requests

from remit_engine.charter.document import Charter, Grant, Guardrail
from remit_engine.charter.facts import Between, ChoiceFact, FlagFact, Is, NumberFact, OneOf, Unit
from remit_engine.charter.form import form
from remit_engine.charter.levels import Level
from remit_engine.charter.naming import charter_hash
from remit_engine.charter.plain import level
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.rewriting import rewrite_charter
from remit_engine.charter.writing import write_charter
from remit_engine.errors import InputError

SLOW = settings(deadline=None, suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large])


def read(text, **told):
    return read_charter_text(text, **told).charter


@SLOW
@given(charters())
def test_reading_what_was_written_gives_the_same_charter(charter):
    assert read(write_charter(charter)) == charter


@SLOW
@given(st.data())
def test_what_was_written_judges_alike(data):
    charter = data.draw(charters())
    request = data.draw(requests(charter))
    assert level(read(write_charter(charter)), request) == level(charter, request)


ODD = st.text(
    st.characters(exclude_categories=["Cs", "Cc"], include_characters="\t\n"), min_size=1, max_size=40
).filter(lambda text: any(c.isalnum() for c in text))
WORDS = st.one_of(
    ODD.map(lambda text: " ".join(text.split())).filter(lambda text: text.strip() and text != "other"),
    st.sampled_from(
        [
            "no",
            "Yes",
            "null",
            "~",
            "12",
            "0x10",
            "a: b",
            "a #b",
            "- a",
            "#a",
            "[x",
            "{y}",
            "*z",
            "&z",
            "!t",
            "%",
            "late,",
        ]
    ),
)


@SLOW
@given(name=WORDS, why=ODD, words=st.lists(WORDS, min_size=1, max_size=4, unique=True), say=ODD)
def test_any_words_survive(name, why, words, say):
    chosen = OneOf(tuple(words))
    grant = Grant(
        id="a", why=why, say=say, level=Level.DECIDE, who=(("team", chosen),), when=(("most", chosen),)
    )
    charter = Charter(
        name, "EUR", why, facts=(ChoiceFact("most", chosen.values),), kinds=chosen.values, grants=(grant,)
    )
    assert read(write_charter(charter)) == charter


@pytest.mark.parametrize(
    ("currency", "amount", "written"),
    [
        ("EUR", 5_000, "50"),
        ("EUR", 4_990, "49.90"),
        ("EUR", 1, "0.01"),
        ("JPY", 50, "50"),
        ("KWD", 1_005, "1.005"),
        ("EUR", 10**17, "1000000000000000"),
        ("EUR", 0, "0"),
    ],
)
def test_sums_are_exact(currency, amount, written):
    charter = Charter("x", currency, "why", grants=(Grant(id="a", why="b", level=Level.DECIDE, upto=amount),))
    text = write_charter(charter)
    assert f"upto: {written}\n" in text
    assert read(text) == charter


RANGES = [Between(), Between(0, 0), Between(0, 5), Between(3, 3), Between(3, 10), Between(3, None)]


@pytest.mark.parametrize("between", RANGES)
@pytest.mark.parametrize("unit", list(Unit))
def test_ranges_and_flags_survive(between, unit):
    when = (("number", between), ("vip", Is(flag=False)), ("about_me", Is(flag=True)))
    rule = Guardrail(id="a", why="b", at_most=Level.NEVER, hand_to=("lead", "owner"), when=when)
    charter = Charter(
        "x", "EUR", "w", facts=(NumberFact("number", unit), FlagFact("vip")), guardrails=(rule,)
    )
    assert read(write_charter(charter)) == charter


@pytest.mark.parametrize("minutes", [1, 59, 60, 240, 300, 480, 960, 61])
def test_time_for_objections_survives(minutes):
    rule = Grant(id="a", why="b", level=Level.PROPOSE, objections=minutes, since=date(2026, 1, 1))
    charter = Charter("x", "EUR", "w", grants=(rule,))
    assert read(write_charter(charter)) == charter


BASE = Charter(
    "organisation",
    "EUR",
    "The same everywhere.",
    facts=(FlagFact("vip"),),
    guardrails=(Guardrail(id="cap", why="b", at_most=Level.ASK, when=(("vip", Is(flag=True)),)),),
)
CHILD = Charter(
    "place",
    "EUR",
    "Ours.",
    grants=(Grant(id="g", why="b", level=Level.DECIDE, when=(("vip", Is(flag=True)),)),),
    extends=BASE,
)


def test_what_extends_another_is_written_with_its_name():
    text = write_charter(CHILD, extend="organisation.yaml")
    assert read(text, resolve=lambda name, beside: write_charter(BASE)) == CHILD
    with pytest.raises(InputError, match="extends 'organisation'"):
        write_charter(CHILD)


def test_the_name_of_a_version_covers_what_it_says():
    charter = read(EXAMPLE)
    assert charter_hash(charter) == charter_hash(read(write_charter(charter)))
    assert charter_hash(charter) == charter_hash(read(EXAMPLE.replace("# ", "# another remark: ")))
    for changed in (
        replace(charter, why="Another."),
        replace(charter, grants=charter.grants[::-1]),
        replace(charter, extends=BASE),
    ):
        assert charter_hash(changed) != charter_hash(charter)
    assert charter_hash(CHILD) != charter_hash(replace(CHILD, extends=replace(BASE, why="Another.")))


def test_the_name_of_a_version_stays_the_same():
    """Decisions keep it for years: a change of it is a change of the edition."""
    assert charter_hash(read(EXAMPLE)) == "05b6f99bd12b3567664226be904a5a5bd721dbcc19c5be683a6a881e205605ae"


# changing a document


def changed(charter, section, place, **fields):
    rules = list(getattr(charter, section))
    rules[place] = replace(rules[place], **fields)
    return replace(charter, **{section: tuple(rules)})


def differing(text, other):
    """Lines of each text that aren't in the other."""
    ours, theirs = text.splitlines(), other.splitlines()
    return [line for line in ours if line not in theirs], [line for line in theirs if line not in ours]


def test_nothing_changed_leaves_the_text_alone():
    assert rewrite_charter(EXAMPLE, read(EXAMPLE)) == EXAMPLE


CHANGES = [
    (
        lambda c: changed(c, "grants", 0, upto=75_00),
        ["    upto: 50                            # asked for by the team"],
        ["    upto: 75                            # asked for by the team"],
    ),
    (
        lambda c: changed(c, "grants", 0, upto=None),
        ["    upto: 50                            # asked for by the team"],
        [],
    ),
    (lambda c: changed(c, "grants", 2, until=date(2026, 12, 31)), [], ["    until: 2026-12-31"]),
    (
        lambda c: changed(c, "grants", 1, when=(("category", OneOf(("rude",))),)),
        ['    when: {category: [late, cold], order_age: "<= 2"}'],
        ["    when: {category: rude}"],
    ),
    (
        lambda c: replace(c, why="Short."),
        ["why: Every guest leaves wanting to come back; nobody waits for a signature."],
        ["why: Short."],
    ),
    (lambda c: changed(c, "guardrails", 0, ignores_missing=False), ["    if_missing: ignore"], []),
    (
        lambda c: changed(c, "allowances", 0, most=3, counts=True),
        ["    most: 300                           # a sum, or {count: 3}"],
        ["    most: {count: 3}                           # a sum, or {count: 3}"],
    ),
]


@pytest.mark.parametrize(("change", "gone", "come"), CHANGES)
def test_only_the_lines_that_say_something_else_change(change, gone, come):
    after = change(read(EXAMPLE))
    text = rewrite_charter(EXAMPLE, after)
    assert differing(EXAMPLE, text) == (gone, come)
    assert read(text) == after


def test_rules_come_and_go_with_their_remarks():
    charter = read(EXAMPLE)
    without = replace(charter, grants=charter.grants[1:])
    text = rewrite_charter(EXAMPLE, without)
    assert "what the front line gives every day" not in text
    assert "the guests who waited" in text
    new = Grant(id="new", why="For a trial.", level=Level.DECIDE, upto=5_00)
    more = replace(without, grants=(new, *without.grants))
    text = rewrite_charter(text, more)
    assert read(text) == more
    assert "  - id: new\n    upto: 5\n" in text


def test_remarks_move_with_their_rules():
    charter = read(EXAMPLE)
    text = rewrite_charter(EXAMPLE, replace(charter, grants=charter.grants[::-1]))
    assert text.index("id: manager") < text.index("the guests who waited") < text.index("id: late-is-ours")
    assert text.index("id: late-is-ours") < text.index("what the front line gives") < text.index("id: fix-on")


def test_line_breaks_and_an_open_end_stay():
    charter = read(EXAMPLE)
    after = changed(replace(charter, facts=(*charter.facts, FlagFact("vip"))), "grants", 0, say="Yes.")
    windows = EXAMPLE.rstrip("\n").replace("\n", "\r\n")
    text = rewrite_charter("\ufeff" + windows, after)
    assert text.startswith("\ufeff")
    assert "\n" not in text.replace("\r\n", "")
    assert not text.endswith("\n")
    assert read(text) == after


BLOCKS = """\
charter: x
currency: EUR
why: >
  folded
  text

grants:
- id: a
  why: |
    z
  level: decide
  who:
    role:
    - lead
"""


@pytest.mark.parametrize(
    "text",
    [
        "{charter: x, currency: EUR, why: y, grants: [{id: a, level: decide, why: z, upto: 3}]}",
        BLOCKS,
        "charter: x\ncurrency: EUR\nwhy: &w y\ngrants:\n-\n  why: *w\n  level: decide\n  id: a\n",
    ],
)
@pytest.mark.parametrize(
    "fields",
    [
        {"why": "Another why."},
        {"upto": 5_01},
        {"who": ()},
        {"who": (("role", OneOf(("a", "b"))),)},
        {"id": "b"},
    ],
)
def test_any_way_to_write_can_be_changed(text, fields):
    after = changed(replace(read(text), why="New."), "grants", 0, **fields)
    assert read(rewrite_charter(text, after)) == after


def test_what_extends_can_be_changed_alone():
    text = "# ours\ncharter: place\nextend: organisation.yaml\nwhy: Ours.\ngrants: []\n"
    changed_text = rewrite_charter(text, CHILD)
    assert changed_text.startswith("# ours\ncharter: place\nextend: organisation.yaml\nwhy: Ours.\ngrants:\n")
    assert read(changed_text, resolve=lambda name, beside: write_charter(BASE)) == CHILD


@SLOW
@given(charters(), charters())
def test_any_charter_can_become_any_other(before, after):
    text = "# a remark on top\n" + write_charter(before) + "# a remark below\n"
    changed_text = rewrite_charter(text, after)
    assert read(changed_text) == after
    assert changed_text.startswith("# a remark on top\n")
    assert changed_text.endswith("# a remark below\n")


def test_the_order_of_conditions_can_be_changed_alone():
    text = "# ours\n" + write_charter(read(EXAMPLE))
    before = read(text)
    late = next(grant for grant in before.grants if len(grant.when) > 1)
    turned = replace(late, when=late.when[::-1], upto=7)
    after = replace(before, grants=tuple(turned if each is late else each for each in before.grants))
    changed_text = rewrite_charter(text, after)
    assert read(changed_text) == after
    assert changed_text.startswith("# ours\n")


def test_the_form_is_plain():
    assert form(read(EXAMPLE))["grants"][1]["when"] == {"category": ["late", "cold"], "order_age": "<= 2"}
