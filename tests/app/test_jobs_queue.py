"""The queue: a job lives and dies with its write, waits once a key, is tried again, or needs a person."""

from datetime import timedelta

import pytest
from django_tasks import task
from django_tasks.exceptions import InvalidTaskError
from hypothesis import given
from hypothesis import strategies as st

from remit.core import clock
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.jobs.claiming import MOST_TRIES, claim, finish, give_up, lease, pause_after, renew, try_later
from remit.jobs.errors import NeedsPerson
from remit.jobs.inline import run_due_jobs, work_on
from remit.jobs.models import Job
from remit.jobs.queue import later
from remit.jobs.tasks import title_of, words_of

pytestmark = pytest.mark.django_db

DONE = []


@task()
def note(word: str) -> None:
    """Note a word."""
    DONE.append(word)


@task()
def stumble(word: str) -> None:
    """Stumble over a word."""
    raise ConnectionError(f"nobody answers about {word}")


@task()
def refuse() -> None:
    """Be in the way."""
    raise NeedsPerson("The till is locked; somebody has to open it.")


@task()
def ask_again(left: int) -> None:
    """Ask again, so many times."""
    later(note, word=f"asked {left}")
    if left:
        later(ask_again, left=left - 1)


@pytest.fixture(autouse=True)
def _nothing_done(noon):
    DONE.clear()


def test_a_job_is_done_once():
    later(note, word="a")
    assert run_due_jobs() == 1
    assert run_due_jobs() == 0
    assert DONE == ["a"]
    assert Job.objects.get().finished_at == clock.now()


def test_a_job_dies_with_its_write():
    def write_and_fail():
        with write():
            later(note, word="a")
            raise LookupError

    with pytest.raises(LookupError):
        write_and_fail()
    assert not Job.objects.exists()


def test_what_follows_from_a_job_is_done_too():
    later(ask_again, left=2)
    assert run_due_jobs() == 6
    assert DONE == ["asked 2", "asked 1", "asked 0"]


def test_a_loop_is_found():
    later(ask_again, left=10**6)
    with pytest.raises(RuntimeError, match="still there are more"):
        run_due_jobs(most=20)


def test_not_before_its_time(noon):
    later(note, word="a", run_at=noon + timedelta(minutes=1))
    assert run_due_jobs() == 0
    with clock.at(noon + timedelta(minutes=1)):
        assert run_due_jobs() == 1


def test_urgent_ones_first_then_by_time(noon):
    later(note, word="second", run_at=noon - timedelta(minutes=1))
    later(note, word="third")
    later(note.using(priority=10), word="first")
    run_due_jobs()
    assert DONE == ["first", "second", "third"]


def test_arguments_that_the_task_does_not_take_are_refused_at_once():
    with pytest.raises(TypeError):
        later(note, words="a")


def test_a_task_may_be_named():
    later(note.module_path, word="a")
    run_due_jobs()
    assert DONE == ["a"]


def test_a_name_that_is_no_task_is_refused_at_once():
    with pytest.raises(ImportError):
        later("remit.nowhere.gone")


class TestUniqueKey:
    def test_waits_once(self):
        first = later(note, word="a", unique_key="k")
        assert later(note, word="b", unique_key="k") == first
        later(note, word="c", unique_key="other")
        run_due_jobs()
        assert DONE == ["a", "c"]

    def test_may_come_again_afterwards(self):
        later(note, word="a", unique_key="k")
        run_due_jobs()
        later(note, word="b", unique_key="k")
        run_due_jobs()
        assert DONE == ["a", "b"]

    def test_what_comes_while_it_is_worked_is_not_lost(self):
        later(note, word="a", unique_key="k")
        job = claim("one")
        later(note, word="b", unique_key="k")
        work_on(job)
        run_due_jobs()
        assert DONE == ["a", "b"]

    def test_one_that_failed_gives_way_to_the_next_of_its_key(self):
        later(stumble, word="a", unique_key="k")
        job = claim("one")
        later(note, word="b", unique_key="k")
        assert try_later(job, "failed")
        assert Job.objects.get(pk=job.pk).finished_at
        assert run_due_jobs() == 1

    def test_one_that_was_given_up_does_not_block_its_key(self):
        later(refuse, unique_key="k")
        run_due_jobs()
        later(note, word="b", unique_key="k")
        assert run_due_jobs() == 1


class TestFailing:
    def test_is_tried_again_after_longer_and_longer_pauses(self, noon):
        later(stumble, word="a")
        moment = noon
        for attempt in range(1, MOST_TRIES):
            with clock.at(moment):
                assert run_due_jobs(is_forgiving=True) == 1
            job = Job.objects.get()
            assert (job.attempts, job.needs_person_at) == (attempt, None)
            assert job.run_at == moment + pause_after(attempt)
            moment = job.run_at
        with clock.at(moment):
            run_due_jobs(is_forgiving=True)
        job = Job.objects.get()
        assert job.needs_person_at == moment
        assert job.last_error.startswith("ConnectionError: nobody answers about a\n")
        with clock.at(moment + timedelta(days=1)):
            assert run_due_jobs() == 0

    def test_is_loud_in_tests(self):
        later(stumble, word="a")
        with pytest.raises(ConnectionError):
            run_due_jobs()

    def test_one_that_time_does_not_mend_needs_a_person_at_once(self):
        later(refuse)
        run_due_jobs()
        job = Job.objects.get()
        assert job.needs_person_at
        assert job.last_error == "The till is locked; somebody has to open it."

    @pytest.mark.parametrize(
        "name", ["remit.nowhere.gone", "remit.jobs.queue.later", "tests.app.test_jobs_queue.gone"]
    )
    def test_unknown_work_needs_a_person(self, noon, name):
        Job.objects.create(task=name, run_at=noon, created_at=noon)
        run_due_jobs()
        job = Job.objects.get()
        assert job.needs_person_at
        assert name in job.last_error

    def test_work_with_other_arguments_needs_a_person(self, noon):
        Job.objects.create(task=note.module_path, arguments={"old": 1}, run_at=noon, created_at=noon)
        run_due_jobs()
        assert Job.objects.get().needs_person_at
        assert DONE == []

    def test_a_designed_error_is_told_in_its_words(self):
        error = Refusal("closed", "The complaint is closed.", "Open it again.")
        assert words_of(error) == "The complaint is closed. Open it again."

    @given(st.integers(1, 10_000))
    def test_pauses_never_shrink_nor_pass_an_hour(self, attempts):
        assert pause_after(attempts) <= pause_after(attempts + 1) <= timedelta(hours=1)


class TestLease:
    def test_nobody_takes_what_somebody_has(self):
        later(note, word="a")
        assert claim("one")
        assert claim("two") is None

    def test_a_worker_that_falls_silent_loses_it(self, noon):
        later(note, word="a")
        first = claim("one")
        with clock.at(noon + lease() + timedelta(seconds=1)):
            second = claim("two")
            assert (second.pk, second.attempts) == (first.pk, 2)
            for late in (finish, renew, lambda job: try_later(job, ""), lambda job: give_up(job, "")):
                assert not late(first)
            assert finish(second)
        assert Job.objects.get().attempts == 2

    def test_also_a_worker_of_the_same_name_can_not_end_the_next_try(self, noon):
        later(note, word="a")
        first = claim("one")
        with clock.at(noon + lease() + timedelta(seconds=1)):
            second = claim("one")
            assert not finish(first)
            assert finish(second)

    def test_who_says_that_it_is_alive_keeps_it(self, noon):
        later(note, word="a")
        job = claim("one")
        with clock.at(noon + lease() / 2):
            assert renew(job)
        with clock.at(noon + lease() + timedelta(seconds=1)):
            assert claim("two") is None

    def test_a_job_that_kills_its_workers_needs_a_person(self, noon):
        later(note, word="a")
        moment = noon
        for _ in range(MOST_TRIES):
            with clock.at(moment):
                assert claim("one")
            moment += lease() + timedelta(seconds=1)
        with clock.at(moment):
            assert claim("one") is None
        assert Job.objects.get().last_error == "Its worker stopped in the middle of it, 8 times."


class TestDjangosInterface:
    def test_enqueue_is_a_job(self, noon):
        result = note.enqueue(word="a")
        assert result.id == str(Job.objects.get().pk)
        assert not result.is_finished
        run_due_jobs()
        assert DONE == ["a"]

    def test_run_after_and_priority(self, noon):
        note.using(run_after=noon + timedelta(hours=1), priority=5).enqueue(word="a")
        job = Job.objects.get()
        assert (job.run_at, job.priority) == (noon + timedelta(hours=1), 5)

    def test_arguments_by_place_are_refused(self):
        with pytest.raises(TypeError, match="by name"):
            note.enqueue("a")

    def test_context_is_refused(self):
        with pytest.raises(InvalidTaskError):
            task(takes_context=True)(_with_context)


def _with_context(context, word):
    """Never enqueued."""


def test_titles_are_what_the_functions_say():
    assert title_of(note.module_path) == "Note a word"
    assert title_of("remit.nowhere.gone") == "remit.nowhere.gone"
