"""Whatever is changed in the trail behind Remit's back is found, and where."""

from datetime import timedelta

import pytest
from django.db import connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.flushing import without_guards
from tests.examples import examples

from remit.core import clock
from remit.core.writing import write
from remit.trail.actions import erase_words, record
from remit.trail.chain import START, content_of, hash_of, hash_of_words
from remit.trail.models import Entry, Words
from remit.trail.verifying import End, verify_trail

pytestmark = pytest.mark.django_db


@pytest.fixture
def trail(house):
    """Six entries; the second, fourth and sixth with words."""
    for number in range(1, 7):
        with write():
            record(
                "tried",
                f"thing:{number % 2}",
                by=house.ana if number % 3 else None,
                team=house.harbour,
                words="" if number % 2 else f"She said number {number}.",
                amount=number,
                to=["a", {"b": None}],
            )
    return house


def _set(column, value, number):
    _tamper(f"UPDATE trail_entry SET {column} = %s WHERE number = %s", value, number)  # noqa: S608 (our own)


def _tamper(sql, *values):
    with without_guards(), connection.constraint_checks_disabled(), connection.cursor() as cursor:
        cursor.execute(sql, values)


def test_an_empty_trail_is_whole(house):
    found = verify_trail()
    assert (found.sound, found.broken, found.end) == (0, None, End(0, START))


def test_a_trail_as_it_was_written_is_whole(trail):
    found = verify_trail()
    assert (found.sound, found.broken) == (6, None)
    assert found.end == End(6, Entry.objects.get(number=6).hash)
    assert verify_trail(found.end).broken is None


@pytest.mark.parametrize(
    ("what", "column", "value"),
    [
        ("hash", "act", "other"),
        ("hash", "subject", "thing:9"),
        ("hash", "team", ""),
        ("hash", "at", "2020-01-01 00:00:00+00:00"),
        ("hash", "data", '{"amount": 3}'),
        ("hash", "words_hash", "0" * 64),
        ("hash", "hash", "0" * 64),
        ("link", "previous_hash", "0" * 64),
        ("hash", "member_id", None),
    ],
)
def test_a_changed_entry(trail, what, column, value):
    _set(column, value, 4)
    found = verify_trail()
    assert (found.broken.number, found.broken.what, found.sound) == (4, what, 3)


def test_an_entry_laid_on_somebody_else(trail):
    _tamper("UPDATE trail_entry SET member_id = %s WHERE number = 4", trail.ben.pk)
    assert verify_trail().broken.what == "hash"


def test_a_missing_entry(trail):
    _tamper("DELETE FROM trail_entry WHERE number = 3")
    assert (verify_trail().broken.number, verify_trail().broken.what) == (3, "gap")


def test_two_entries_in_another_order(trail):
    _tamper("UPDATE trail_entry SET number = 99 WHERE number = 3")
    _tamper("UPDATE trail_entry SET number = 3 WHERE number = 4")
    _tamper("UPDATE trail_entry SET number = 4 WHERE number = 99")
    assert (verify_trail().broken.number, verify_trail().broken.what) == (3, "link")


def test_an_entry_whose_hash_was_reckoned_anew_does_not_fit_the_next(trail):
    entry = Entry.objects.select_related("member").get(number=4)
    content = content_of(
        number=4,
        at=entry.at,
        member=entry.member.word,
        act="other",
        subject=entry.subject,
        team=entry.team,
        data=entry.data,
        words_hash=entry.words_hash,
    )
    _tamper(
        "UPDATE trail_entry SET act = 'other', hash = %s WHERE number = 4",
        hash_of(entry.previous_hash, content),
    )
    assert (verify_trail().broken.number, verify_trail().broken.what) == (5, "link")


def test_entries_cut_off_at_the_end_are_seen_by_whoever_noted_it(trail):
    noted = verify_trail().end
    _tamper("DELETE FROM trail_words WHERE entry_id IN (SELECT id FROM trail_entry WHERE number > 4)")
    _tamper("DELETE FROM trail_entry WHERE number > 4")
    assert verify_trail().broken is None
    assert (verify_trail(noted).broken.number, verify_trail(noted).broken.what) == (5, "end")


def test_an_end_that_was_written_anew_is_seen_by_whoever_noted_it(trail):
    noted = verify_trail().end
    _tamper("DELETE FROM trail_words WHERE entry_id IN (SELECT id FROM trail_entry WHERE number = 6)")
    _tamper("DELETE FROM trail_entry WHERE number = 6")
    with write():
        record("tried", "thing:0", by=None)
    assert verify_trail().broken is None
    assert (verify_trail(noted).broken.number, verify_trail(noted).broken.what) == (6, "end")


class TestWords:
    @pytest.mark.parametrize(
        ("sql", "what"),
        [
            ("UPDATE trail_words SET text = 'She said nothing.' WHERE entry_id = %s", "words"),
            ("UPDATE trail_words SET text = '' WHERE entry_id = %s", "words"),
            ("UPDATE trail_words SET salt = '' WHERE entry_id = %s", "words"),
            ("DELETE FROM trail_words WHERE entry_id = %s", "words-gone"),
        ],
    )
    def test_changed_or_gone(self, trail, sql, what):
        _tamper(sql, Entry.objects.get(number=4).pk)
        found = verify_trail()
        assert (found.broken.number, found.broken.what, found.sound) == (4, what, 3)

    def test_slipped_in(self, trail):
        Words.objects.create(entry=Entry.objects.get(number=3), salt="", text="She shouted.")
        assert (verify_trail().broken.number, verify_trail().broken.what) == (3, "words-loose")

    def test_put_where_they_were_erased(self, trail):
        erase_words("thing:0", by=trail.mia)
        _tamper("UPDATE trail_words SET text = 'x' WHERE entry_id = %s", Entry.objects.get(number=2).pk)
        assert verify_trail().broken.number == 2

    def test_a_salt_put_where_they_were_erased(self, trail):
        erase_words("thing:0", by=trail.mia)
        _tamper("UPDATE trail_words SET salt = 'x' WHERE entry_id = %s", Entry.objects.get(number=2).pk)
        assert verify_trail().broken.number == 2

    def test_erased_words_cant_be_guessed_from_their_hash(self, trail):
        """Whoever has the database and tries what may have stood there has nothing to hold it against."""
        (salt, text, kept), *_ = Words.objects.filter(entry__subject="thing:0").values_list(
            "salt", "text", "entry__words_hash"
        )
        assert hash_of_words(salt, text) == kept
        erase_words("thing:0", by=trail.mia)
        left = list(Words.objects.values_list("salt", flat=True))
        assert left
        assert salt not in left
        assert kept not in {hash_of_words(each, text) for each in ("", *left)}
        assert verify_trail().broken is None

    def test_erased_ones_leave_the_trail_whole(self, trail):
        assert erase_words("thing:0", by=trail.mia) == 3
        assert set(Words.objects.values_list("text", "salt")) == {("", "")}
        assert verify_trail().broken is None
        last = Entry.objects.last()
        assert (last.act, last.member, last.data) == ("words-erased", trail.mia, {"entries": 3})

    def test_erasing_twice_does_nothing_more(self, trail):
        erase_words("thing:0", by=trail.mia)
        assert erase_words("thing:0", by=trail.mia) == 0
        assert Entry.objects.filter(act="words-erased").count() == 1

    def test_of_other_subjects_stay(self, trail):
        assert erase_words("thing:1", by=trail.mia) == 0
        assert Words.objects.exclude(text="").count() == 3


_figures = st.one_of(
    st.none(), st.booleans(), st.integers(-(2**53), 2**53), st.text("aäß€☺\"\\'\n ", max_size=8)
)
_data = st.dictionaries(
    st.sampled_from(["amount", "to", "reference"]),
    st.recursive(_figures, lambda part: st.lists(part, max_size=3)),
)
_acts = st.lists(st.tuples(st.booleans(), st.text("aäß€☺ ", max_size=12), _data), min_size=1, max_size=8)


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(40), deadline=None
)
@given(acts=_acts, victim=st.integers(0, 7), column=st.sampled_from(["act", "subject", "team", "data"]))
def test_random_trails_are_whole_and_a_change_anywhere_is_found(house, acts, victim, column):
    with write():
        for is_known, words, data in acts:
            record("tried", "thing:1", by=house.ana if is_known else None, words=words, **data)
    found = verify_trail()
    assert found.broken is None
    chosen = found.end.number - victim % len(acts)
    before = Entry.objects.filter(number=chosen).values_list(column, flat=True).get()
    value = '{"changed": 1}' if column == "data" else "changed"
    try:
        _set(column, value, chosen)
        assert verify_trail().broken.number == chosen
    finally:
        with without_guards():
            Entry.objects.filter(number=chosen).update(**{column: before})


@pytest.mark.parametrize("data", [{"hours": 1.5}, {"a": [{"b": 1e300}]}, {"a": float("nan")}, {"a": clock}])
def test_what_a_database_may_give_back_otherwise_is_refused_at_once(house, data):
    with pytest.raises((TypeError, ValueError)), write():
        record("tried", "thing:1", by=None, **data)


def test_times_are_kept_to_the_microsecond(house, noon):
    with clock.at(noon + timedelta(microseconds=1)), write():
        record("tried", "thing:1", by=None)
    assert verify_trail().broken is None


def test_an_entry_that_is_recorded_outside_a_write_is_refused(house):
    with pytest.raises(RuntimeError):
        record("tried", "thing:1", by=None)


def test_many_entries_take_one_query_a_chunk(trail, django_assert_num_queries):
    with django_assert_num_queries(2):
        verify_trail()
