"""Words of a charter are added, called otherwise and taken out, and every rule follows."""

from dataclasses import replace

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.engine.charter.example_charters import EXAMPLE
from tests.engine.charter.made_charters import charters
from tests.examples import examples

from remit_engine.charter.document import Step
from remit_engine.charter.editing import (
    WORD_SECTIONS,
    RuleProblems,
    check_words,
    own_words,
    rules_naming,
    with_word,
    without_word,
    word_name,
)
from remit_engine.charter.facts import KINDS_OF_REMEDY, ChoiceFact, NumberFact, Unit
from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.rewriting import rewrite_charter
from remit_engine.charter.writing import write_charter

SLOW = settings(
    max_examples=examples(60),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large, HealthCheck.filter_too_much],
)


def read(text):
    return read_charter_text(text).charter


@SLOW
@given(charters(), st.data())
def test_called_otherwise_and_back_again_it_is_the_same_charter(charter, data):
    section = data.draw(st.sampled_from(["kinds", "roles", "facts", "steps"]))
    words = own_words(charter, section)
    if not words:
        return
    word = data.draw(st.sampled_from(words))
    name = word_name(word)
    other = "quite_another" if isinstance(word, str) else replace(word, name="quite_another")
    renamed = with_word(charter, section, other, old=name)
    assert rules_naming(renamed, section, "quite_another") == rules_naming(charter, section, name)
    assert rules_naming(renamed, section, name) == ()
    assert read(rewrite_charter(write_charter(charter), renamed)) == renamed
    back = with_word(renamed, section, word, old="quite_another")
    declared = {section: own_words(charter, section)}
    assert back == replace(charter, **declared)


@SLOW
@given(charters(), st.data())
def test_a_word_stands_where_it_was_put_and_goes_without_a_trace(charter, data):
    names = [word_name(each) for each in own_words(charter, "steps")]
    after = data.draw(st.sampled_from(["", *names]))
    added = with_word(charter, "steps", Step("quite_another", 34, 10), after=after)
    placed = [each.name for each in added.steps]
    assert placed.index("quite_another") == (names.index(after) + 1 if after else 0)
    assert without_word(added, "steps", "quite_another") == charter
    check_words(charter)


def test_the_first_kind_of_its_own_leaves_the_usual_ones():
    charter = read(EXAMPLE)
    assert charter.kinds == ()
    added = with_word(charter, "kinds", "gift")
    assert added.all_kinds == (*KINDS_OF_REMEDY, "gift")
    assert read(rewrite_charter(EXAMPLE, added)) == added


def test_the_first_role_that_is_declared_declares_all_that_rules_name():
    charter = read(EXAMPLE)
    added = with_word(charter, "roles", "night", after="")
    assert set(added.roles) == {*charter.all_roles, "night"}
    assert added.roles[0] == "night"
    assert read(rewrite_charter(EXAMPLE, added)) == added


def test_remarks_and_rules_stay_as_they_are_written():
    added = with_word(read(EXAMPLE), "facts", NumberFact("nights", Unit.COUNT))
    text = rewrite_charter(EXAMPLE, added)
    before, after = EXAMPLE.splitlines(), text.splitlines()
    assert [line for line in after if line not in before] == ["  nights: count"]
    assert [line for line in before if line not in after] == []


@pytest.mark.parametrize(
    ("section", "word", "code"),
    [
        ("facts", NumberFact("kind", Unit.DAYS), "reserved-name"),
        ("facts", ChoiceFact("mood", ("other",)), "reserved-word"),
        ("steps", Step("none", 34, 10), "reserved-word"),
        ("kinds", "other", "reserved-word"),
        ("always", ("amount", "order_age"), "two-units"),
    ],
)
def test_words_that_cant_be_declared_are_refused_with_the_reason(section, word, code):
    with pytest.raises(RuleProblems) as refused:
        check_words(with_word(read(EXAMPLE), section, word))
    assert refused.value.problems[0].code == code


def test_every_section_of_words_is_known():
    for section in WORD_SECTIONS:
        assert isinstance(own_words(read(EXAMPLE), section), tuple)
