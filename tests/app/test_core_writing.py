"""A write happens as a whole or not at all, wherever it fails."""

import threading
from contextlib import suppress

import pytest
from django.db import DatabaseError, connection
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit.core.writing import at_the_end, is_writing, write
from remit.jobs.inline import run_due_jobs
from remit.jobs.jobs import sweep_done_jobs
from remit.jobs.models import Job
from remit.jobs.queue import later
from remit.notices.actions import Message, tell
from remit.notices.models import Notice
from remit.people.models import Team
from remit.trail.actions import record
from remit.trail.models import Entry, Words
from remit.trail.verifying import verify_trail

pytestmark = pytest.mark.django_db


class Failing:
    """Lets so many statements that write through, and fails the next."""

    def __init__(self, after):
        self.left = after
        self.has_failed = False

    def __call__(self, execute, sql, params, many, context):
        if sql.lstrip().upper().startswith(("INSERT", "UPDATE", "DELETE")):
            if not self.left:
                self.has_failed = True
                raise DatabaseError("the disk is full")
            self.left -= 1
        return execute(sql, params, many, context)


def _act(house, number=1):
    with write():
        record("tried", f"thing:{number}", by=house.ana, words="She said so.")
        later(sweep_done_jobs)
        with write():
            record("tried-more", f"thing:{number}", by=house.ana)
            tell([house.ben, house.sam], Message(code="tried", subject="thing:1", title="Tried", address="/"))
        Team.objects.filter(pk=house.harbour.pk).update(name=f"Name {number}")


def _state():
    return (
        list(Entry.objects.values_list("number", "hash")),
        Words.objects.count(),
        Job.objects.count(),
        Notice.objects.count(),
        sorted(Team.objects.values_list("name", flat=True)),
    )


def test_whichever_statement_fails_nothing_is_left(house):
    before = _state()
    for after in range(100):
        failing = Failing(after)
        with connection.execute_wrapper(failing), suppress(DatabaseError):
            _act(house)
        if not failing.has_failed:
            break
        assert _state() == before, f"after {after} statements"
        assert not is_writing()
    assert after >= 5
    assert _state() != before
    assert verify_trail().sound == 2


def test_an_error_inside_undoes_the_outer_write_too(house):
    def inner_fails():
        with write():
            record("tried", "thing:1", by=None)
            with write():
                Team.objects.update(name="Other")
                raise LookupError

    with pytest.raises(LookupError):
        inner_fails()
    assert not Entry.objects.exists()
    assert not Team.objects.filter(name="Other").exists()


def test_an_inner_error_that_somebody_caught_still_undoes_all(house):
    def caught_between():
        with write():
            Team.objects.update(name="Other")
            with suppress(LookupError), write():
                raise LookupError

    with pytest.raises(RuntimeError, match="was caught"):
        caught_between()
    assert not Team.objects.filter(name="Other").exists()


class TestTheEnd:
    def test_comes_last_and_in_order_once_for_all_parts(self):
        seen, other = [], []
        with write():
            at_the_end(seen.extend, "first")
            at_the_end(other.append, "other")
            with write():
                at_the_end(seen.extend, "second")
            seen.append("inside")
        assert seen == ["inside", "first", "second"]
        assert other == [["other"]]

    def test_never_comes_for_a_write_that_failed(self):
        seen = []

        def failing():
            with write():
                at_the_end(seen.extend, "end")
                raise LookupError

        with pytest.raises(LookupError):
            failing()
        assert seen == []

    def test_a_step_may_add_another(self):
        seen = []
        with write():
            at_the_end(lambda parts: at_the_end(seen.extend, *parts), "later")
        assert seen == ["later"]

    def test_a_step_that_fails_undoes_all(self, house):
        def failing():
            with write():
                Team.objects.update(name="Other")
                at_the_end(lambda _: 1 / 0, "")

        with pytest.raises(ZeroDivisionError):
            failing()
        assert not Team.objects.filter(name="Other").exists()

    def test_needs_a_write(self):
        with pytest.raises(RuntimeError):
            at_the_end(list, "")


def test_whether_somebody_writes_is_known_in_their_thread_only():
    seen = []
    with write():
        assert is_writing()
        other = threading.Thread(target=lambda: seen.append(is_writing()))
        other.start()
        other.join()
    assert seen == [False]
    assert not is_writing()


@settings(
    suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=examples(25), deadline=None
)
@given(after=st.lists(st.integers(0, 12), max_size=5))
def test_any_row_of_failures_leaves_a_whole_trail(house, after):
    done = 0
    for number, statements in enumerate(after):
        failing = Failing(statements)
        before = _state()
        with connection.execute_wrapper(failing):
            try:
                _act(house, number)
            except DatabaseError:
                assert _state() == before
    found = verify_trail()
    assert found.broken is None
    assert found.sound % 2 == done


def test_jobs_that_were_written_can_be_worked(house):
    _act(house)
    assert run_due_jobs() >= 1
