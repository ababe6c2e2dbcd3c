"""What goes by age: only what is old enough, in small writes, and never what is held."""

from datetime import UTC, datetime, timedelta

import pytest
from axes.models import AccessAttempt, AccessLog
from tests.app.privacy.marked import made_marked

from remit.complaints.models import Attachment, Complaint, Customer, Message
from remit.complaints.verifying import Verified, verify_decisions
from remit.core import clock
from remit.core.clock import now
from remit.core.erasing import ERASED
from remit.core.errors import NotAllowed
from remit.jobs.models import Job
from remit.notices.models import Notice
from remit.privacy.actions import ageing
from remit.privacy.actions.ageing import begin_night, change_retention, go_on, stop_night
from remit.privacy.actions.holding import end_hold, place_hold
from remit.privacy.jobs import look_whether_it_is_night
from remit.privacy.models import Night, Retention
from remit.privacy.queries.rules import rules, tonight
from remit.remedies.reconciling import differences
from remit.trail.verifying import verify_trail

JO = "zq7jonah"
KEPT = {
    "complaint_months": None,
    "attachment_months": None,
    "letter_months": None,
    "sign_in_days": None,
    "books_years": 10,
    "backup_days": 30,
}


@pytest.fixture
def old(house, settings, tmp_path):
    """A customer whose three complaints were closed 40 days ago."""
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "uploads", tmp_path
    return made_marked(house, JO, "+491705550001")


def _rule(house, **values):
    with clock.at(now() - timedelta(days=2)):
        return change_retention(house.ola, KEPT | values)


def _whole_night():
    night = begin_night()
    go_on(night.pk)
    night.refresh_from_db()
    return night


def test_nothing_goes_until_an_owner_chooses(old):
    assert begin_night() is None
    assert not tonight(rules()).is_anything
    assert not Retention.objects.exists()


def test_a_night_does_what_the_page_said(house, old):
    _rule(house, complaint_months=1)
    said = tonight(rules())
    night = _whole_night()
    assert (said.complaints, night.complaints, night.customers) == (3, 3, 1)
    assert set(Complaint.objects.values_list("title", flat=True)) == {ERASED}
    assert Customer.objects.get(pk=old.pk).email == ""
    assert not Attachment.objects.exists()
    assert not tonight(rules()).is_anything
    assert verify_trail().broken is None
    assert list(differences()) == []
    assert list(verify_decisions(Verified())) == []


def test_the_owners_are_told(house, old):
    _rule(house, complaint_months=1)
    _whole_night()
    assert list(Notice.objects.filter(code="night-ended").values_list("member__word", flat=True)) == ["ola"]


@pytest.mark.parametrize(("months", "goes"), [(1, 3), (2, 0)])
def test_only_what_is_old_enough(house, old, months, goes):
    _rule(house, complaint_months=months)
    assert tonight(rules()).complaints == goes


def test_files_and_letters_go_before_the_words(house, old):
    _rule(house, attachment_months=1, letter_months=1)
    night = _whole_night()
    assert (night.files, night.complaints) == (1, 0)
    assert night.letters > 0
    assert not Message.objects.exclude(message_id="").exists()
    assert Message.objects.filter(text__contains=JO).exists()


def test_what_is_on_hold_stays(house, old):
    complaint = Complaint.objects.filter(customer=old).first()
    place_hold(house.ola, complaint.number, "Their lawyer wrote.")
    _rule(house, complaint_months=1, attachment_months=1)
    assert _whole_night().complaints == 2
    assert JO in Complaint.objects.get(pk=complaint.pk).title
    assert Customer.objects.get(pk=old.pk).erased_at is None
    end_hold(house.ola, complaint.number)
    assert _whole_night().customers == 1


def test_records_of_signing_in_go(house, old):
    for days in (5, 50):
        with clock.at(now() - timedelta(days=days)):
            row = AccessLog.objects.create(username=f"{days}@example.org", ip_address="10.0.0.1")
            AccessLog.objects.filter(pk=row.pk).update(attempt_time=now())
            tried = AccessAttempt.objects.create(username=f"{days}@example.org", failures_since_start=1)
            AccessAttempt.objects.filter(pk=tried.pk).update(attempt_time=now())
    _rule(house, sign_in_days=30)
    assert _whole_night().sign_ins == 2
    assert AccessLog.objects.get().username == AccessAttempt.objects.get().username == "5@example.org"


def test_a_change_waits_until_somebody_could_think_again(house, old):
    change_retention(house.ola, KEPT | {"complaint_months": 1})
    assert begin_night() is None
    with clock.at(now() + timedelta(hours=13)):
        assert begin_night() is not None


def test_it_can_be_stopped_and_goes_on_another_night(house, old, monkeypatch):
    monkeypatch.setattr(ageing, "_AT_ONCE", 1)
    monkeypatch.setattr(ageing, "_SECONDS_A_JOB", -1.0)  # each chunk in a job of its own
    _rule(house, complaint_months=1)
    night = begin_night()
    go_on(night.pk)
    assert stop_night(house.ola)
    assert not stop_night(house.ola)
    go_on(night.pk)
    night.refresh_from_db()
    assert (night.complaints, night.stopped_by, night.ended_at is not None) == (1, house.ola, True)
    monkeypatch.undo()
    assert _whole_night().complaints == 2


def test_a_job_that_fell_goes_on_where_it_was(house, old, monkeypatch):
    monkeypatch.setattr(ageing, "_AT_ONCE", 1)
    monkeypatch.setattr(ageing, "_SECONDS_A_JOB", -1.0)
    _rule(house, complaint_months=1)
    night = begin_night()
    for _ in range(10):
        go_on(night.pk)
    night.refresh_from_db()
    assert (night.complaints, night.ended_at is not None) == (3, True)
    assert begin_night() is None


@pytest.mark.parametrize(("hour", "begins"), [(0, False), (2, True), (12, False)])
def test_it_is_night_where_the_first_team_works(house, old, hour, begins):
    _rule(house, complaint_months=1)
    with clock.at(datetime(2026, 11, 25, hour, 30, tzinfo=UTC)):
        look_whether_it_is_night.call()
    assert Night.objects.exists() == begins
    assert Job.objects.filter(task="remit.privacy.jobs.go_on").exists() == begins


def test_only_an_owner(house, old):
    for act in (
        lambda: change_retention(house.mia, KEPT),
        lambda: stop_night(house.mia),
        lambda: place_hold(house.mia, 2001, "Mine."),
        lambda: end_hold(house.mia, 2001),
    ):
        with pytest.raises(NotAllowed):
            act()
