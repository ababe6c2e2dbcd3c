"""From a day on, or as a trial that goes back by itself; binding checks; versions beside each other."""

from datetime import date, timedelta

import pytest
from tests.app.conftest import CHARTER
from tests.app.page_checks import assert_clean
from tests.app.test_charters_publishing import EXTENDING, ORGANISATION

from remit.charters import actions
from remit.charters.actions.terms import Terms
from remit.charters.actions.versions import come_into_force
from remit.charters.in_force import charter_of
from remit.charters.jobs import tell_in_force
from remit.charters.models import Draft, Publication, TookEffect, Version
from remit.core import clock
from remit.core.errors import Changed, NotAllowed, Refusal
from remit.jobs.models import Job
from remit.notices.models import Notice
from remit.trail.models import Entry

WIDER = CHARTER.replace("upto: 50\n", "upto: 60\n")
WIDEST = CHARTER.replace("upto: 50\n", "upto: 70\n")
FOR_MANAGERS = CHARTER.replace("upto: 2000", "upto: 5000")
WHY = "Late guests waited for a lead too often."
QUESTION = "Do guests come back more often?"
TODAY = date(2026, 11, 23)
MONTH = Terms(trial_until=TODAY + timedelta(days=28), question=QUESTION)
"""The last day is 21 December; it is over at midnight in Berlin."""


def published(house, text=WIDER, terms=MONTH, by="mia", **more):
    return actions.publish(getattr(house, by), house.harbour, text, WHY, terms=terms, **more)


def limit_now(house):
    return charter_of(house.harbour).compiled.charter.grants[0].upto


def limit_after(house, days=0, seconds=0):
    with clock.at(clock.now() + timedelta(days=days, seconds=seconds)):
        return limit_now(house)


def midnight_after(house, day):
    from datetime import datetime, time  # noqa: PLC0415

    return datetime.combine(day + timedelta(days=1), time(), tzinfo=house.harbour.zone)


def test_a_trial_goes_back_by_itself_to_the_second_without_a_worker(house):
    trial = published(house)
    assert (trial.trial_until, trial.question, limit_now(house)) == (MONTH.trial_until, QUESTION, 6000)
    end = midnight_after(house, MONTH.trial_until)
    for moment, limit in ((end - timedelta(seconds=1), 6000), (end, 5000), (end + timedelta(days=99), 5000)):
        with clock.at(moment):
            assert limit_now(house) == limit
            assert charter_of(house.harbour, end - timedelta(seconds=1)).version == trial
    back = Version.objects.get(ends=trial)
    assert (back.text, back.hash, back.number) == (CHARTER, house.version.hash, 3)


def test_its_end_is_told_and_stands_in_the_trail_once(house):
    trial = published(house)
    back = Version.objects.get(ends=trial)
    job = Job.objects.get(task="remit.charters.jobs.tell_in_force")
    assert (job.run_at, job.arguments) == (back.published_at, {"version": back.pk})
    come_into_force(back.pk)
    assert not TookEffect.objects.exists()
    with clock.at(back.published_at):
        tell_in_force.func(version=back.pk)
        tell_in_force.func(version=back.pk)
    assert TookEffect.objects.get().version == back
    entry = Entry.objects.get(act="charter-trial-ended")
    assert entry.data == {"version": 3, "trial": 2}
    told = {}
    for notice in Notice.objects.filter(code="charter-trial-ended"):
        told.setdefault(notice.member.word, []).append(notice.body)
    assert told["ana"][0].startswith("You may do less in ")
    assert QUESTION in " ".join(told["mia"])
    assert not any(QUESTION in body for body in told["ana"])


def test_what_is_published_for_a_day_holds_from_its_first_second_on(house):
    starts = TODAY + timedelta(days=7)
    version = published(house, terms=Terms(starts_on=starts))
    assert limit_now(house) == 5000
    begin = midnight_after(house, starts - timedelta(days=1))
    for moment, limit in ((begin - timedelta(seconds=1), 5000), (begin, 6000)):
        with clock.at(moment):
            assert limit_now(house) == limit
    body = Notice.objects.filter(code="charter-changed").first().body
    assert body.startswith("From 30 November")
    with clock.at(begin):
        come_into_force(version.pk)
    assert Notice.objects.filter(code="charter-took-effect", member=house.ana).count() == 1


def test_a_trial_from_a_day_on(house):
    terms = Terms(TODAY + timedelta(days=7), TODAY + timedelta(days=9), QUESTION)
    published(house, terms=terms)
    assert [limit_after(house, days) for days in (0, 6, 7, 9, 10)] == [5000, 5000, 6000, 6000, 5000]


@pytest.mark.parametrize(
    ("terms", "code", "field"),
    [
        (Terms(starts_on=TODAY), "wrong-day", "starts_on"),
        (Terms(starts_on=TODAY + timedelta(days=400)), "wrong-day", "starts_on"),
        (Terms(trial_until=TODAY - timedelta(days=1), question="?"), "wrong-day", "trial_until"),
        (Terms(TODAY + timedelta(days=9), TODAY + timedelta(days=8), "?"), "wrong-day", "trial_until"),
        (Terms(trial_until=TODAY + timedelta(days=8), question=" "), "no-question", "question"),
    ],
    ids=range(5),
)
def test_days_that_can_not_be_meant(house, terms, code, field):
    with pytest.raises(Refusal) as refused:
        published(house, terms=terms)
    assert (refused.value.code, refused.value.field) == (code, field)
    assert Version.objects.count() == 1


def test_what_is_published_in_a_trial_takes_its_place_for_good(house):
    published(house)
    published(house, WIDEST, Terms())
    assert limit_after(house, 40) == limit_now(house) == 7000
    assert Version.objects.get(number=3).withdrawn_at is not None
    assert Entry.objects.filter(act="charter-withdrawn").count() == 1


def test_a_trial_is_kept_for_good_by_publishing_its_text_once_more(house):
    published(house)
    published(house, WIDER, Terms())
    assert limit_after(house, 40) == 6000
    with pytest.raises(Refusal, match="in force already"):
        published(house, WIDER, Terms())


def test_a_trial_is_ended_early(house):
    trial = published(house)
    with pytest.raises(NotAllowed):
        actions.end_trial(house.sam, trial)
    back = actions.end_trial(house.mia, trial)
    assert (limit_now(house), limit_after(house, 40), back.ends) == (5000, 5000, trial)
    with pytest.raises(Changed):
        actions.end_trial(house.mia, trial)
    assert TookEffect.objects.get().version == back
    late = Version.objects.get(ends=trial, withdrawn_at__isnull=False)
    with clock.at(late.published_at):
        come_into_force(late.pk)
    assert TookEffect.objects.count() == 1


def test_what_waits_is_taken_out_and_what_is_in_force_is_not(house):
    terms = Terms(TODAY + timedelta(days=7), TODAY + timedelta(days=9), QUESTION)
    version = published(house, terms=terms)
    with pytest.raises(Refusal) as refused:
        actions.withdraw(house.mia, Version.objects.get(ends=version))
    assert refused.value.code == "way-back"
    actions.withdraw(house.mia, version)
    assert limit_after(house, 8) == 5000
    assert Version.objects.filter(withdrawn_at=None).count() == 1
    with pytest.raises(Changed):
        actions.withdraw(house.mia, house.version)


def test_only_what_comes_later_gives_way(house):
    published(house, terms=Terms(starts_on=TODAY + timedelta(days=7)))
    published(house, WIDEST, Terms(starts_on=TODAY + timedelta(days=14)))
    assert [limit_after(house, days) for days in (0, 8, 15)] == [5000, 6000, 7000]
    published(house, CHARTER.replace("upto: 50\n", "upto: 40\n"), Terms(starts_on=TODAY + timedelta(days=10)))
    assert [limit_after(house, days) for days in (0, 8, 11, 15)] == [5000, 6000, 4000, 4000]


def test_a_trial_that_takes_two_waits_with_its_terms(house):
    waiting = actions.hand_in(house.mia, house.harbour, FOR_MANAGERS, WHY, terms=MONTH)
    assert isinstance(waiting, Publication)
    version = actions.second(house.ola, waiting)
    assert (version.trial_until, version.question) == (MONTH.trial_until, QUESTION)
    assert Version.objects.filter(ends=version).count() == 1


def test_the_organisation_s_goes_on_under_a_trial_of_a_team(house):
    actions.publish(house.ola, None, ORGANISATION, WHY)
    extending = EXTENDING.replace("Hill Road", "Harbour Street")
    for text, terms in ((extending, Terms()), (extending.replace("upto: 30", "upto: 40"), MONTH)):
        actions.publish(house.ola, house.harbour, text, WHY, terms=terms, seconded_by=house.mia)
    actions.publish(house.ola, None, ORGANISATION.replace("upto: 20", "upto: 25"), WHY)

    def limits(days):
        with clock.at(clock.now() + timedelta(days=days)):
            return [grant.upto for grant in charter_of(house.harbour).compiled.charter.all_grants]

    assert limits(0) == [None, 2500, 4000]
    assert limits(40) == [None, 2500, 3000]
    running = charter_of(house.harbour).version
    assert (running.trial_until, running.question) == (MONTH.trial_until, QUESTION)
    assert Version.objects.get(ends=running, withdrawn_at=None).published_at > clock.now()


def test_the_organisation_s_own_is_no_trial(house):
    with pytest.raises(Refusal) as refused:
        actions.publish(house.ola, None, ORGANISATION, WHY, terms=MONTH)
    assert refused.value.code == "only-at-once"


NEVER_USED = """\
  - id: never-used
    who: {role: lead}
    upto: 10
    level: decide
    why: It does nothing.
"""
IDLE = WIDER.replace("  - id: manager\n", f"{NEVER_USED}  - id: manager\n")


def test_a_binding_check_that_fails_refuses_with_the_reason(house):
    with pytest.raises(NotAllowed):
        actions.bind_checks(house.mia, ["never-matter"])
    actions.bind_checks(house.ola, ["never-matter", "no-such-check"])
    with pytest.raises(Refusal) as refused:
        published(house, IDLE, Terms())
    assert refused.value.code == "check-fails"
    assert (
        "never-used" in str(refused.value)
        or "It does nothing" in str(refused.value)
        or "lead" in str(refused.value)
    )
    assert Version.objects.count() == 1
    actions.bind_checks(house.ola, [])
    published(house, IDLE, Terms())
    assert [entry.data["checks"] for entry in Entry.objects.filter(act="charter-checks-bound")] == [
        ["never-matter"],
        [],
    ]


def test_a_draft_that_is_behind_is_not_published(house):
    draft = actions.begin_draft(house.mia, house.harbour, WIDER, WHY)
    published(house, WIDEST, Terms())
    with pytest.raises(Changed) as refused:
        actions.hand_in(house.mia, house.harbour, WIDER, WHY, draft=draft)
    assert refused.value.code == "another-since"
    assert limit_now(house) == 7000


@pytest.fixture
def desk(house, signed_in):
    client = signed_in(house.mia)

    def at(path, data=None):
        answer = client.get(path) if data is None else client.post(path, data)
        if answer.status_code in {200, 422}:
            assert_clean(answer)
        return answer

    return at


def test_a_draft_is_looked_at_and_published_as_a_trial_on_its_page(house, desk):
    draft = actions.begin_draft(house.mia, house.harbour, WIDER, WHY)
    path = f"/charter/drafts/{draft.pk}/publish/"
    page = desk(path)
    words = page.content.decode()
    assert "Ana Ruiz" in words
    assert "up to 60" in words
    mark = page.context["look"].mark
    typed = {"mark": mark, "why": WHY, "trial_until": "2026-12-21", "question": "", "confirmed": "1"}
    refused = desk(path, typed)
    assert refused.status_code == 422
    assert "The trial has no question." in refused.content.decode()
    assert desk(path, typed | {"mark": "x", "question": QUESTION}).status_code == 422
    assert desk(path, typed | {"question": QUESTION}).url == "/charter/harbour/versions/2/"
    assert limit_now(house) == 6000
    assert Draft.objects.get().ended_at is not None
    for address in (
        "/charter/harbour/",
        "/charter/harbour/versions/",
        "/charter/harbour/versions/2/",
        "/charter/harbour/versions/3/",
    ):
        assert "trial" in desk(address).content.decode().casefold()


def test_what_changes_nothing_is_not_offered_for_publishing_and_a_trial_is_kept_on_its_page(house, desk):
    same = actions.begin_draft(house.mia, house.harbour, CHARTER, WHY)
    page = desk(f"/charter/drafts/{same.pk}/publish/").content.decode()
    assert "There is nothing to publish yet" in page
    assert "Publish it" not in page
    published(house)
    kept = actions.begin_draft(house.mia, house.harbour, WIDER, WHY)
    page = desk(f"/charter/drafts/{kept.pk}/publish/")
    assert "it is kept for good" in page.content.decode()
    typed = {"mark": page.context["look"].mark, "why": WHY, "confirmed": "1"}
    assert desk(f"/charter/drafts/{kept.pk}/publish/", typed).status_code == 302
    assert limit_after(house, 40) == 6000


def test_what_fails_a_binding_check_is_said_on_the_page(house, desk):
    actions.bind_checks(house.ola, ["never-matter"])
    draft = actions.begin_draft(house.mia, house.harbour, IDLE, WHY)
    page = desk(f"/charter/drafts/{draft.pk}/publish/").content.decode()
    assert "1 binding check isn’t passed" in page


def test_versions_are_compared_restored_ended_and_taken_out_on_their_pages(house, desk):
    published(house)
    page = desk("/charter/harbour/compare/?old=1&new=2").content.decode()
    assert "Version 1 beside version 2" in page
    assert "decide up to 60" in page
    assert desk("/charter/harbour/compare/").status_code == 200
    act = "/charter/harbour/versions/{}/act/"
    assert desk(act.format(1), {"act": "restore"}).status_code == 302
    draft = Draft.objects.get()
    assert (draft.text, draft.base.number, draft.name) == (CHARTER, 2, "Version 1 again")
    assert desk(act.format(2), {"act": "end-trial"}).status_code == 302
    assert limit_now(house) == 5000
    published(house, terms=Terms(starts_on=TODAY + timedelta(days=7)))
    assert desk("/charter/harbour/versions/5/").status_code == 200
    assert desk(act.format(5), {"act": "withdraw"}).status_code == 302
    assert limit_after(house, 9) == 5000
