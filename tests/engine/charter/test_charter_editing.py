"""An edit changes exactly the rule meant; what several people did is all there, or they are asked."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, assume, given, settings
from hypothesis import strategies as st
from tests.engine.charter.example_charters import EXAMPLE
from tests.engine.charter.made_charters import allowances, charters, grants, guardrails, requests
from tests.examples import examples

from remit_engine.charter.document import Grant
from remit_engine.charter.editing import (
    RuleProblems,
    apart,
    free_id,
    merge_charters,
    merge_documents,
    read_rule,
    rule_of,
    section_of,
    with_rule,
    without_rule,
)
from remit_engine.charter.facts import Between, NumberFact, OneOf, Unit
from remit_engine.charter.form import RULE_SECTIONS, allowance_form, grant_form, guardrail_form
from remit_engine.charter.levels import Level
from remit_engine.charter.plain import level
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.rewriting import rewrite_charter
from remit_engine.charter.writing import write_charter
from remit_engine.errors import InputError

SLOW = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)
FORMS = {"grants": grant_form, "guardrails": guardrail_form, "allowances": allowance_form}
MADE = {"grants": grants, "guardrails": guardrails, "allowances": allowances}


def read(text):
    return read_charter_text(text).charter


def remarked(charter):
    """A charter as YAML with a remark above each of its rules, and one beside a line of it."""
    lines, rule = [], ""
    for line in write_charter(charter).splitlines():
        if line.startswith("  - id: "):
            rule = line.removeprefix("  - id: ")
            lines.append(f"  # above {rule}")
        lines.append(f"{line}  # beside {rule}" if line.startswith("    why") else line)
    return "\n".join([*lines, ""])


def own(charter):
    return {rule.id: rule for rule in (*charter.grants, *charter.guardrails, *charter.allowances)}


@st.composite
def edits(draw, charter):
    """A charter after one edit, the id of the rule, and what it became (None: taken out)."""
    rules = own(charter)
    act = draw(st.sampled_from(["change", "change", "add", "remove"])) if rules else "add"
    if act == "add":
        section = draw(st.sampled_from(RULE_SECTIONS))
        rule = draw(MADE[section](free_id(charter, draw(st.sampled_from(["new", "more"])))))
        return with_rule(charter, rule, after=draw(st.sampled_from([*rules, ""]))), rule.id, rule
    identity = draw(st.sampled_from(sorted(rules)))
    if act == "remove":
        return without_rule(charter, identity), identity, None
    rule = draw(MADE[section_of(rules[identity])](identity))
    if draw(st.booleans()):
        rule = replace(rule, why="Another why.")
    return with_rule(charter, rule), identity, rule


@SLOW
@given(st.data())
def test_an_edit_changes_exactly_the_rule_meant(data):
    before = data.draw(charters())
    after, identity, rule = data.draw(edits(before))
    assert {key: each for key, each in own(after).items() if key != identity} == {
        key: each for key, each in own(before).items() if key != identity
    }
    assert rule_of(after, identity) == rule
    assert replace(after, grants=(), guardrails=(), allowances=()) == replace(
        before, grants=(), guardrails=(), allowances=()
    )


@SLOW
@given(st.data())
def test_reading_what_was_written_gives_the_same_and_remarks_of_others_are_kept(data):
    before = data.draw(charters())
    after, identity, _ = data.draw(edits(before))
    text = remarked(before)
    written = rewrite_charter(text, after)
    assert read(written) == after
    others = [line for line in text.splitlines() if "# " in line and not line.endswith(f" {identity}")]
    assert [line for line in others if line not in written.splitlines()] == []


@SLOW
@given(st.data())
def test_what_was_typed_into_fields_is_the_rule(data):
    charter = data.draw(charters())
    section = data.draw(st.sampled_from(RULE_SECTIONS))
    rule = data.draw(MADE[section]("typed"))
    assert read_rule(charter, section, FORMS[section](rule, charter)) == rule


@pytest.mark.parametrize(
    ("section", "fields", "problems"),
    [
        ("grants", {"id": "a", "level": "decide"}, [("", "", "missing-field")]),
        ("grants", {"id": "a", "level": "decide", "why": " "}, [("why", "", "empty")]),
        ("grants", {"id": "a", "level": "never", "why": "b"}, [("level", "", "never-in-grant")]),
        (
            "grants",
            {"id": "a", "level": "decide", "upto": "-5", "why": "b"},
            [("upto", "", "negative-amount")],
        ),
        (
            "guardrails",
            {
                "id": "a",
                "when": {"order_age": "<= 5", "category": ["rude", "soft"]},
                "at_most": "ask",
                "why": "b",
            },
            [("when", "category", "unknown-word")],
        ),
        (
            "grants",
            {"id": "a", "who": {"step": "third"}, "from": "2026-02-30", "level": "decide", "why": "b"},
            [("who", "step", "unknown-step"), ("from", "", "not-a-day")],
        ),
    ],
    ids=range(6),
)
def test_what_is_wrong_is_said_of_the_field(section, fields, problems):
    with pytest.raises(RuleProblems) as refused:
        read_rule(read(EXAMPLE), section, fields)
    assert [(each.field, each.fact) for each in refused.value.problems] == [each[:2] for each in problems]
    assert all(each.wrong and each.next_step for each in refused.value.problems)


def test_a_free_id_is_free():
    charter = read(EXAMPLE)
    taken = charter.grants[0].id
    assert free_id(charter, "new-one") == "new-one"
    assert free_id(charter, taken) == f"{taken}-2"
    more = with_rule(charter, replace(charter.grants[0], id=f"{taken}-2"))
    assert free_id(more, taken) == free_id(more, f"{taken}-2") == f"{taken}-3"


@SLOW
@given(st.data())
def test_a_rule_that_was_cut_in_two_says_the_same(data):
    charter = data.draw(charters())
    rule = data.draw(grants("cut"))
    roles = data.draw(st.lists(st.sampled_from(("member", "lead", "manager")), min_size=1, unique=True))
    rule = replace(
        rule, who=(("role", OneOf(tuple(roles))), *(each for each in rule.who if each[0] != "role"))
    )
    charter = with_rule(charter, rule)
    role = data.draw(st.sampled_from(roles))
    kind = data.draw(st.sampled_from(rule.kinds or charter.all_kinds))
    here, left = apart(charter, rule, role, kind)
    assert dict(here.who)["role"] == OneOf((role,))
    assert here.kinds == (kind,)
    for each in left:
        assert not (role in dict(each.who)["role"].values and (not each.kinds or kind in each.kinds))
    cut = without_rule(charter, "cut")
    for each in (*left, here):
        cut = with_rule(cut, each)
    assert read(rewrite_charter(write_charter(charter), cut)) == cut
    for _ in range(5):
        request = data.draw(requests(charter))
        assert level(cut, request) == level(charter, request)


def test_a_rule_for_everybody_can_not_be_cut():
    charter = read(EXAMPLE)
    everybody = Grant(id="all", why="b", level=Level.DECIDE)
    with pytest.raises(InputError, match="whatever their role"):
        apart(with_rule(charter, everybody), everybody, "member", "refund")


@SLOW
@given(st.data())
def test_changes_of_different_rules_are_both_kept(data):
    base = data.draw(charters())
    mine, my_id, my_rule = data.draw(edits(base))
    theirs, their_id, their_rule = data.draw(edits(base))
    assume(my_id != their_id)
    merged = merge_charters(base, mine, theirs)
    assert merged.conflicts == ()
    assert (rule_of(merged.charter, my_id), rule_of(merged.charter, their_id)) == (my_rule, their_rule)
    rest = {my_id, their_id}
    assert {key: each for key, each in own(merged.charter).items() if key not in rest} == {
        key: each for key, each in own(base).items() if key not in rest
    }


@SLOW
@given(st.data())
def test_nothing_is_lost_whatever_two_people_did(data):
    """Each part says what one of them made of it, or both are asked; and asked, either choice is followed."""
    base = data.draw(charters())
    mine = theirs = base
    for _ in range(data.draw(st.integers(1, 4))):
        mine = data.draw(edits(mine))[0]
        theirs = data.draw(edits(theirs))[0]
    merged = merge_charters(base, mine, theirs)
    asked = {each.name for each in merged.conflicts}
    for identity in {*own(base), *own(mine), *own(theirs)} - asked:
        was, one, other, now = (own(each).get(identity) for each in (base, mine, theirs, merged.charter))
        if was is None and one is not None and other is not None and one != other:
            kept = {repr(replace(each, id="")) for each in own(merged.charter).values()}
            assert {repr(replace(one, id="")), repr(replace(other, id=""))} <= kept
        elif one == was:
            assert now == other
        elif other == was:
            assert now == one
    for side, of in (("mine", mine), ("theirs", theirs)):
        chosen = {each.mark: side for each in merged.conflicts}
        decided = merge_charters(base, mine, theirs, chosen)
        assert decided.conflicts == ()
        for each in merged.conflicts:
            if each.part == "rule" and None in {each.base, each.mine, each.theirs}:
                assert own(decided.charter).get(each.name) == own(of).get(each.name)


@SLOW
@given(st.data())
def test_merging_is_the_same_from_either_side(data):
    base = data.draw(charters())
    mine, theirs = (data.draw(edits(data.draw(edits(base))[0]))[0] for _ in range(2))
    one, other = merge_charters(base, mine, theirs), merge_charters(base, theirs, mine)
    assume(not one.conflicts)
    assert not other.conflicts
    assert sorted(map(repr, (replace(each, id="") for each in own(one.charter).values()))) == sorted(
        map(repr, (replace(each, id="") for each in own(other.charter).values()))
    )


@SLOW
@given(st.data())
def test_documents_are_put_together_as_their_charters(data):
    base = data.draw(charters())
    mine, my_id, _ = data.draw(edits(base))
    theirs, their_id, _ = data.draw(edits(base))
    assume(my_id != their_id)
    text = remarked(base)
    merged = merge_documents(text, rewrite_charter(text, mine), rewrite_charter(text, theirs))
    assert merged.text is not None
    assert read(merged.text) == merge_charters(base, mine, theirs).charter


BASE = write_charter(read(EXAMPLE)).replace("    why:", "    # ours\n    why:")


def limit(text, old, new):
    assert old in text
    return text.replace(old, new, 1)


def test_limit_and_level_of_one_rule_belong_together_and_its_why_does_not():
    raised, freer = limit(BASE, "upto: 50", "upto: 90"), limit(BASE, "level: inform", "level: decide")
    assert merge_documents(BASE, raised, freer).conflicts == ()
    same = limit(BASE, "upto: 80", "upto: 500")
    (conflict,) = merge_documents(BASE, same, freer).conflicts
    assert (conflict.name, conflict.part) == (read(BASE).grants[1].id, "rule")
    assert (conflict.base.upto, conflict.mine.upto, conflict.theirs.level) == (8000, 50000, Level.DECIDE)
    chosen = merge_documents(BASE, same, freer, chosen={conflict.mark: "mine"}).text
    assert (read(chosen).grants[1].upto, read(chosen).grants[1].level) == (50000, Level.INFORM)
    why = limit(BASE, f"why: {read(BASE).grants[1].why}", "why: Another one.")
    both = merge_documents(BASE, same, why).text
    assert (read(both).grants[1].upto, read(both).grants[1].why) == (50000, "Another one.")


def test_a_choice_counts_only_for_what_was_seen():
    mine, theirs, later = (limit(BASE, "upto: 50", f"upto: {each}") for each in (60, 70, 80))
    (seen,) = merge_documents(BASE, mine, theirs).conflicts
    assert merge_documents(BASE, mine, theirs, chosen={seen.mark: "mine"}).text is not None
    assert merge_documents(BASE, mine, later, chosen={seen.mark: "mine"}).text is None


def test_remarks_of_both_are_kept_or_asked_about():
    mine = limit(BASE, "grants:\n", "# mine\ngrants:\n")
    theirs = limit(BASE, "allowances:\n", "# theirs\nallowances:\n")
    both = merge_documents(BASE, mine, theirs).text
    assert "# mine" in both
    assert "# theirs" in both
    other = limit(BASE, "grants:\n", "# another\ngrants:\n")
    (asked,) = merge_documents(BASE, mine, other).conflicts
    assert asked.name == "remarks"
    assert "# mine" in merge_documents(BASE, mine, other, chosen={asked.mark: "mine"}).text


def test_what_does_not_fit_together_is_asked_about():
    charter = replace(
        read(BASE), facts=(NumberFact("order_age", Unit.DAYS),), always=(), guardrails=(), allowances=()
    )
    charter = replace(charter, grants=tuple(replace(each, when=()) for each in charter.grants))
    text = write_charter(charter)
    mine = rewrite_charter(text, replace(charter, facts=()))
    rule = replace(charter.grants[0], id="more", when=(("order_age", Between(0, 2)),))
    theirs = rewrite_charter(text, with_rule(charter, rule))
    merged = merge_documents(text, mine, theirs)
    assert merged.text is None
    assert "order_age" in merged.problem
    assert merge_documents(text, mine, theirs, chosen={merged.conflicts[0].mark: "theirs"}).text == theirs
