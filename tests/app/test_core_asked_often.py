"""A question whose SQL was made once says the same as one that is made anew."""

import threading
from datetime import timedelta

import pytest
from django.db import connection
from django.db.models import BigIntegerField, BooleanField, CharField, DateTimeField, Exists, OuterRef
from django.test.utils import CaptureQueriesContext
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit.core.asked_often import asked_often
from remit.people.facts import everybody_of, person_of
from remit.people.models import Duty, Member, Membership

pytestmark = pytest.mark.django_db


def _say(since, name, is_owner):
    return Member.objects.filter(joined_at__lte=since, name__gte=name, is_owner=is_owner).order_by("pk")


_ask = asked_often(since=DateTimeField(), name=CharField(), is_owner=BooleanField())(_say)


@settings(
    max_examples=examples(30), suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None
)
@given(
    days=st.integers(-400, 10),
    name=st.text(st.characters(codec="utf-8", exclude_characters="\0"), max_size=5),
    is_owner=st.booleans(),
)
def test_values_of_every_kind_find_the_same_rows(house, noon, days, name, is_owner):
    since = noon + timedelta(days=days)

    found = _ask(since=since, name=name, is_owner=is_owner)

    assert found == list(_say(since, name, is_owner))
    assert [vars(each).keys() for each in found] == [
        vars(each).keys() for each in _say(since, name, is_owner)
    ]


def test_rows_come_with_what_they_point_to_and_what_was_annotated(house, noon):
    @asked_often(team=BigIntegerField(), moment=DateTimeField())
    def there(team, moment):
        """Who is there."""
        running = Duty.objects.filter(starts_at__lte=moment, membership=OuterRef("pk"))
        rows = Membership.objects.select_related("member", "role").annotate(is_on_duty=Exists(running))
        return rows.filter(team=team).order_by("pk")

    first = there(team=house.harbour.pk, moment=noon)
    with CaptureQueriesContext(
        connection,
    ) as asked:
        again = there(team=house.harbour.pk, moment=noon - timedelta(hours=9))
        names = [(each.member.name, each.role.title) for each in again]

    assert there.__doc__ == "Who is there."
    assert len(asked) == 1
    assert len(names) == 5
    assert {each.is_on_duty for each in first} == {True}
    assert {each.is_on_duty for each in again} == {False}


def test_tuples_and_unions_stay_what_they_are(house):
    @asked_often(first=CharField(), second=CharField())
    def words(first, second):
        rows = Member.objects.order_by().values_list("word", "is_owner")
        return rows.filter(word=first).union(rows.filter(word=second), all=True)

    assert sorted(words(first="ana", second="ola")) == [("ana", False), ("ola", True)]
    assert words(first="nobody", second="nobody") == []


def test_what_was_found_once_is_read_again(house):
    assert [each.name for each in _members(word="ana")] == ["Ana Ruiz"]

    Member.objects.filter(word="ana").update(name="Ana Ruiz-Okafor")

    assert [each.name for each in _members(word="ana")] == ["Ana Ruiz-Okafor"]


def test_a_value_that_is_missing_is_said(house):
    with pytest.raises(TypeError, match=r"needs word"):
        _members()
    with pytest.raises(TypeError, match=r"knows no nickname"):
        _members(word="ana", nickname="Ani")


@asked_often(word=CharField())
def _members(word):
    return Member.objects.filter(word=word)


@pytest.mark.django_db(transaction=True)
def test_several_threads_ask_over_their_own_connections(house):
    found = {}

    def ask(word):
        found[word] = [each.name for each in _members(word=word)]
        connection.close()

    threads = [threading.Thread(target=ask, args=(word,)) for word in ("ana", "ben", "sam", "mia")]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()

    assert found == {word: [vars(house)[word].name] for word in ("ana", "ben", "sam", "mia")}


def test_everybody_of_a_team_is_who_they_are_one_by_one(house):
    everybody = everybody_of(house.harbour)

    rows = Membership.objects.select_related("member", "role", "team").filter(team=house.harbour)
    assert list(everybody.people) == [person_of(each) for each in rows.order_by("pk")]
