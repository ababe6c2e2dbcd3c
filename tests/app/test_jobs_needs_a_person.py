"""Work that was given up: managers see it in words, have it tried again, or leave it."""

import pytest

from remit.core import clock
from remit.jobs import schedule
from remit.jobs.actions import DONE_JOBS_ARE_KEPT, sweep
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Job, Schedule, Worker
from remit.jobs.queries import is_nobody_working
from remit.jobs.queue import later
from remit.notices.models import Notice
from remit.trail.models import Entry
from remit.upkeep.jobs import look_for_work_that_stands_still

PAGE = "/needs-a-person/"


@pytest.fixture
def stuck(house, noon):
    """A mail that nobody takes."""
    return Job.objects.create(
        task="remit.notices.jobs.mail_notice",
        arguments={"delivery": 404},
        attempts=8,
        run_at=noon,
        created_at=noon,
        needs_person_at=noon,
        last_error="TimeoutError: nobody answers\n\nTraceback: <line 1>",
    )


class TestThePage:
    def test_says_it_in_words(self, house, stuck, signed_in):
        page = signed_in(house.mia).get(PAGE).content.decode()
        assert "Send a notice by mail" in page
        assert "TimeoutError: nobody answers" in page
        assert "delivery 404 · tried 8 times" in page
        assert "Traceback" not in page
        assert "<c-" not in page

    def test_shows_owners_the_trace(self, house, stuck, signed_in):
        assert "Traceback: &lt;line 1&gt;" in signed_in(house.ola).get(PAGE).content.decode()

    def test_is_calm_when_nothing_stands_still(self, house, signed_in):
        assert "Nothing stands still" in signed_in(house.mia).get(PAGE).content.decode()

    @pytest.mark.parametrize("who", ["ana", "sam", "eve"])
    @pytest.mark.parametrize("address", [PAGE, "{}again/", "{}left/"])
    def test_is_for_managers(self, house, stuck, signed_in, who, address):
        client = signed_in(getattr(house, who))
        address = address.format(f"{PAGE}{stuck.pk}/")
        answer = client.get(address) if address == PAGE else client.post(address)
        assert answer.status_code == 403
        assert Job.objects.get().needs_person_at

    def test_takes_few_queries_however_many_there_are(
        self, house, stuck, signed_in, django_assert_max_num_queries
    ):
        for _ in range(60):
            stuck.pk = None
            stuck.save()
        client = signed_in(house.mia)
        with django_assert_max_num_queries(12):
            assert "And 11 more" in client.get(PAGE).content.decode()

    def test_says_that_nobody_works(self, house, signed_in, noon):
        later(look_for_work_that_stands_still, run_at=noon - DONE_JOBS_ARE_KEPT)
        assert is_nobody_working()
        assert "Nobody works the jobs" in signed_in(house.mia).get(PAGE).content.decode()
        Worker.objects.create(name="w", seen_at=noon)
        assert not is_nobody_working()


class TestActing:
    def test_trying_again(self, house, stuck, signed_in):
        for _ in range(2):
            assert signed_in(house.mia).post(f"{PAGE}{stuck.pk}/again/").status_code == 302
        job = Job.objects.get()
        assert (job.needs_person_at, job.attempts) == (None, 0)
        assert [entry.data for entry in Entry.objects.filter(act="job-tried-again")] == [{"task": stuck.task}]
        assert run_due_jobs() == 1

    def test_trying_again_where_the_next_of_its_key_waits(self, house, stuck, signed_in):
        Job.objects.update(unique_key="k")
        later(look_for_work_that_stands_still, unique_key="k")
        signed_in(house.mia).post(f"{PAGE}{stuck.pk}/again/")
        assert Job.objects.get(pk=stuck.pk).finished_at

    def test_leaving_it(self, house, stuck, signed_in):
        for _ in range(2):
            assert signed_in(house.ola).post(f"{PAGE}{stuck.pk}/left/").status_code == 302
        assert Job.objects.get().finished_at
        assert Entry.objects.filter(act="job-left").count() == 1
        assert "Nothing stands still" in signed_in(house.ola).get(PAGE).content.decode()

    def test_what_is_not_there(self, house, signed_in):
        assert signed_in(house.mia).post(f"{PAGE}404/again/").status_code == 404


class TestBeingTold:
    def test_once_for_the_same(self, house, stuck):
        for _ in range(2):
            look_for_work_that_stands_still.call()
        assert sorted(Notice.objects.values_list("member__word", flat=True)) == ["mia", "ola"]
        assert Notice.objects.first().title == "One piece of work needs a person"

    def test_again_for_more(self, house, stuck, noon):
        look_for_work_that_stands_still.call()
        stuck.pk, stuck.needs_person_at = None, noon + DONE_JOBS_ARE_KEPT
        stuck.save()
        with clock.at(noon + DONE_JOBS_ARE_KEPT):
            look_for_work_that_stands_still.call()
        assert set(Notice.objects.values_list("title", flat=True)) == {"2 pieces of work need a person"}

    def test_not_when_nothing_stands_still(self, house):
        look_for_work_that_stands_still.call()
        assert not Notice.objects.exists()

    def test_it_is_settled_when_all_goes_on(self, house, stuck, signed_in):
        look_for_work_that_stands_still.call()
        signed_in(house.mia).post(f"{PAGE}{stuck.pk}/again/")
        assert not Notice.objects.filter(seen_at=None).exists()


def test_done_jobs_are_forgotten_after_a_while(house, noon, stuck):
    Job.objects.create(task="a", run_at=noon, created_at=noon, finished_at=noon)
    later(look_for_work_that_stands_still)
    Worker.objects.create(name="w", seen_at=noon)
    with clock.at(noon + DONE_JOBS_ARE_KEPT * 1.01):
        assert sweep() == 1
    assert Job.objects.count() == 2
    assert not Worker.objects.exists()


class TestSchedule:
    def test_what_is_declared_comes_back(self, db, noon):
        Schedule.objects.create(task="old.one", every_seconds=60, next_at=noon)
        schedule.set_up()
        assert not Schedule.objects.filter(task="old.one").exists()
        name = look_for_work_that_stands_still.module_path
        assert Schedule.objects.get(task=name).every_seconds == 300
        assert schedule.add_due() == Schedule.objects.count()
        assert schedule.add_due() == 0
        Job.objects.exclude(task=name).delete()
        run_due_jobs()
        with clock.at(noon + DONE_JOBS_ARE_KEPT):
            assert schedule.add_due() == Schedule.objects.count()
            assert schedule.add_due() == 0
            assert Job.objects.filter(task=name, finished_at=None).count() == 1

    def test_a_shorter_pause_counts_from_now(self, db, noon):
        schedule.set_up()
        Schedule.objects.update(every_seconds=10**6, next_at=noon + DONE_JOBS_ARE_KEPT)
        schedule.set_up()
        name = look_for_work_that_stands_still.module_path
        row = Schedule.objects.get(task=name)
        assert (row.every_seconds, (row.next_at - noon).total_seconds()) == (300, 300)

    def test_no_more_than_once_a_minute(self):
        with pytest.raises(ValueError, match="once a minute"):
            schedule.every(minutes=0.5)
