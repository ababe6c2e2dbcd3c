"""What a write sends without waiting for the answer happens whole, in its order, or not at all."""

import os
import signal
import threading
from contextlib import suppress

import pytest
from django.db import IntegrityError, connection, transaction
from django.db.models import BigIntegerField, CharField
from django.test.utils import CaptureQueriesContext
from tests.app.races.each_statement import lives_for

from remit.core.asked_often import asked_often
from remit.core.sent_ahead import line
from remit.core.writing import if_kept, if_undone, is_writing, write
from remit.core.written_often import changed_often, draw_keys, insert, insert_all, insert_unseen
from remit.ledger.models import Account, Entry, Transfer
from remit.people.models import Team

pytestmark = pytest.mark.django_db
committed = pytest.mark.django_db(transaction=True)
on_postgres = pytest.mark.skipif(connection.vendor != "postgresql", reason="SQLite answers at once")


@asked_often(team=BigIntegerField())
def accounts(team):
    return Account.objects.filter(team=team).order_by("pk")


@asked_often(team=BigIntegerField())
def names(team):
    return Team.objects.filter(pk=team).values_list("name", flat=True)


@changed_often(team=BigIntegerField(), name=CharField())
def renamed(team, name):
    return Team.objects.filter(pk=team), {"name": name}


def an_account(house, name="cost"):
    return Account(team=house.harbour, name=name, kind="refund", currency="EUR")


def a_transfer(house, noon, source):
    return Transfer(at=noon, team=house.harbour, what="give", source=source)


def left():
    """What of the writes of these tests is there, and whether another one can follow."""
    assert not is_writing()
    assert line() is None
    assert connection.execute_wrappers == []
    return Account.objects.count(), Transfer.objects.count(), Team.objects.filter(name="Other").count()


def twice(house, *, and_then=lambda: None):
    """A write whose second row can't be there beside the first."""
    with write():
        renamed.unseen(team=house.harbour.pk, name="Other")
        insert_unseen([an_account(house, "owed"), an_account(house)])
        insert_unseen([an_account(house)])
        and_then()


@committed
def test_what_is_refused_undoes_all_and_is_told_by_the_write(house):
    with pytest.raises(IntegrityError):
        twice(house)
    assert left() == (0, 0, 0)
    with write():
        insert_unseen([an_account(house)])
    assert left() == (1, 0, 0)


@pytest.mark.parametrize(
    "follows",
    [
        lambda house: renamed(team=house.harbour.pk, name="Third"),
        lambda house: accounts(team=house.harbour.pk),
        lambda house: insert_all([an_account(house, "free")]),
        lambda house: Team.objects.filter(pk=house.harbour.pk).update(name="Third"),
        lambda house: Team.objects.get(pk=house.harbour.pk),
    ],
    ids=["a change", "a question", "a row", "another change", "another question"],
)
def test_it_is_told_where_the_next_answer_is_read(house, follows):
    came_back = []

    with pytest.raises(IntegrityError):
        twice(house, and_then=lambda: came_back.append(follows(house)))
    assert came_back == []
    assert left() == (0, 0, 0)


@on_postgres
def test_whoever_catches_it_keeps_nothing(house):
    def caught():
        with suppress(IntegrityError), transaction.atomic():
            insert(an_account(house, "free"))
            Team.objects.get(pk=house.harbour.pk)

    with pytest.raises(RuntimeError, match="was caught"):
        twice(house, and_then=caught)
    assert left() == (0, 0, 0)


@committed
def test_what_lies_outside_is_undone_with_it(house):
    seen = []

    def writes():
        with write():
            if_undone(lambda: seen.append("undone"))
            if_kept(lambda: seen.append("kept"))
            twice(house)

    with pytest.raises(IntegrityError):
        writes()
    assert seen == ["undone"]
    assert left() == (0, 0, 0)


@pytest.mark.parametrize("ends", [lambda: None, lambda: 1 / 0], ids=["by itself", "with an error"])
def test_what_was_refused_in_a_part_that_is_undone_leaves_the_rest(house, ends):
    with write():
        insert_unseen([an_account(house)])
        with suppress(IntegrityError, ZeroDivisionError), transaction.atomic():
            insert_unseen([an_account(house, "owed")])
            insert_unseen([an_account(house)])
            ends()
        renamed.unseen(team=house.harbour.pk, name="Other")
    assert left() == (1, 0, 1)


@on_postgres
def test_an_error_of_ones_own_undoes_what_was_sent_and_is_the_one_that_is_told(house):
    def fails():
        raise LookupError

    with pytest.raises(LookupError):
        twice(house, and_then=fails)
    assert left() == (0, 0, 0)


@committed
def test_whoever_is_killed_in_between_leaves_nothing(house, noon):
    def act():
        with write():
            draw_keys(Transfer)
            made = insert(a_transfer(house, noon, "remedy:1"))
            account = insert(an_account(house))
            insert_unseen([Entry(transfer=made, account=account, amount=7)])
            renamed.unseen(team=house.harbour.pk, name="Other")
            if killed_in_the_end:
                os.kill(os.getpid(), signal.SIGKILL)

    killed_in_the_end, lived = True, 1
    while lived < 30:
        assert not lives_for(lived, noon, act)
        assert left() == (0, 0, 0)
        lived += 1
    killed_in_the_end = False
    assert lives_for(lived, noon, act)
    assert left() == (1, 1, 1)


def test_statements_stay_in_their_order(house):
    with write():
        insert_unseen([an_account(house)])
        assert [each.name for each in accounts(team=house.harbour.pk)] == ["cost"]
        renamed.unseen(team=house.harbour.pk, name="First")
        assert renamed(team=house.harbour.pk, name="Second") == 1
        assert renamed(team=0, name="Second") == 0
        renamed.unseen(team=house.harbour.pk, name="Other")
        insert_unseen([an_account(house, "owed"), an_account(house, "free")])
        assert Team.objects.get(pk=house.harbour.pk).name == "Other"
        assert [each.name for each in accounts(team=house.harbour.pk)] == ["cost", "owed", "free"]
    assert left() == (3, 0, 1)


def test_rows_that_come_in_chunks_come_while_others_are_written(house):
    with write():
        insert_unseen([an_account(house)])
        teams = list(Team.objects.order_by("pk"))
        for number, team in enumerate(Team.objects.order_by("pk").iterator(chunk_size=1)):
            insert_unseen([an_account(house, f"free-{number}")])
            assert names(team=team.pk) == [teams[number].name]
        names.ahead(team=house.harbour.pk)
        assert renamed(team=house.harbour.pk, name="Other") == 1
        assert names(team=house.harbour.pk) == ["Other"]
    assert left() == (1 + len(teams), 0, 1)


class TestAskedAhead:
    def test_what_is_found_is_what_was_asked_for(self, house):
        with write():
            names.ahead(team=house.harbour.pk)
            accounts.ahead(team=house.harbour.pk)
            assert accounts(team=house.harbour.pk) == []
            assert names(team=house.hill.pk) == [house.hill.name]
            assert names(team=house.harbour.pk) == [house.harbour.name]

    @pytest.mark.parametrize(
        "change",
        [
            lambda team: renamed(team=team.pk, name="Other"),
            lambda team: renamed.unseen(team=team.pk, name="Other"),
            lambda team: Team.objects.filter(pk=team.pk).update(name="Other"),
        ],
        ids=["waited for", "sent", "another"],
    )
    def test_what_changed_since_is_asked_again(self, house, change):
        with write():
            names.ahead(team=house.harbour.pk)
            change(house.harbour)
            assert names(team=house.harbour.pk) == ["Other"]

    def test_a_row_that_came_since_is_found(self, house):
        with write():
            accounts.ahead(team=house.harbour.pk)
            insert_unseen([an_account(house)])
            assert len(accounts(team=house.harbour.pk)) == 1
            accounts.ahead(team=house.harbour.pk)
            insert(an_account(house, "owed"))
            assert len(accounts(team=house.harbour.pk)) == 2

    @on_postgres
    def test_it_is_put_once(self, house):
        with CaptureQueriesContext(connection) as asked, write():
            names.ahead(team=house.harbour.pk)
            insert_unseen([an_account(house)])
            assert names(team=house.harbour.pk) == [house.harbour.name]
        assert sum(each["sql"].startswith("SELECT") and "people_team" in each["sql"] for each in asked) == 1

    def test_outside_of_a_write_nothing_is_asked(self, house, django_assert_num_queries):
        with django_assert_num_queries(0):
            names.ahead(team=house.harbour.pk)


class TestDrawnKeys:
    def test_are_those_of_the_rows(self, house, noon):
        with write():
            draw_keys(Transfer, Account)
            first = insert(a_transfer(house, noon, "remedy:1"))
            second = insert(a_transfer(house, noon, "remedy:2"))
            account = insert(an_account(house))
        third = insert(a_transfer(house, noon, "remedy:3"))
        kept = Transfer.objects.in_bulk([first.pk, second.pk, third.pk])
        assert [kept[each.pk].source for each in (first, second, third)] == [
            "remedy:1",
            "remedy:2",
            "remedy:3",
        ]
        assert Account.objects.get().pk == account.pk

    def test_are_given_once_though_nobody_used_them(self, house, noon):
        for number in range(3):
            with write():
                draw_keys(Transfer)
                draw_keys(Transfer)
                insert(a_transfer(house, noon, f"remedy:{number}"))
        assert Transfer.objects.count() == 3


@committed
@on_postgres
def test_the_first_question_is_answered_in_ones_own_turn(house):
    found = []

    def comes_second():
        with write(begins_by_asking=True):
            found.extend(names(team=house.harbour.pk))
        connection.close()

    other = threading.Thread(target=comes_second)
    with write():
        Team.objects.filter(pk=house.harbour.pk).update(name="Other")
        other.start()
        while not _somebody_waits():
            pass
    other.join()
    assert found == ["Other"]


def _somebody_waits():
    with connection.cursor() as cursor:
        cursor.execute("SELECT count(*) FROM pg_locks WHERE locktype = 'advisory' AND NOT granted")
        return cursor.fetchone()[0]
