"""Rules that begin or end on a day of their own: told in words, on the board, and when the day comes."""

from datetime import date, timedelta

from tests.app.conftest import CHARTER
from tests.app.page_checks import assert_clean
from tests.app.test_charters_trials import WHY, midnight_after

from remit.charters import actions
from remit.charters.jobs import tell_rules_turned
from remit.core import clock
from remit.jobs.models import Job
from remit.notices.models import Notice
from remit.trail.models import Entry

LAST = date(2026, 12, 24)
ENDING = CHARTER.replace("    upto: 80\n", f"    upto: 80\n    until: {LAST.isoformat()}\n")
ELSEWHERE = ENDING.replace("upto: 50\n", "upto: 60\n")


def jobs():
    return list(Job.objects.filter(task="remit.charters.jobs.tell_rules_turned", finished_at=None))


def on_the_day_after(house):
    """Do what was put down for the day on which the rule has ended, a second after it began."""
    (job,) = jobs()
    with clock.at(midnight_after(house, LAST) + timedelta(seconds=1)):
        tell_rules_turned.func(**job.arguments)
    return job


def told(member):
    return [each.body for each in Notice.objects.filter(member=member, code="charter-rules-turned")]


def test_whom_it_concerns_is_told_when_the_last_day_of_a_rule_is_over(house):
    actions.publish(house.mia, house.harbour, ENDING, WHY)
    job = on_the_day_after(house)
    assert job.run_at == midnight_after(house, LAST)
    assert told(house.ana) == ["You may do less in one case. late-is-ours has ended."]
    assert told(house.mia) == ["Nothing changes for you. late-is-ours has ended."]
    assert told(house.eve) == []
    last = Entry.objects.latest("number")
    assert (last.act, last.data["ended"], last.data["began"]) == (
        "charter-rules-turned",
        ["late-is-ours"],
        [],
    )


def test_several_versions_with_the_same_day_tell_once_and_of_what_is_in_force(house):
    actions.publish(house.mia, house.harbour, ENDING, WHY)
    actions.publish(house.mia, house.harbour, ELSEWHERE, WHY)
    on_the_day_after(house)
    assert len(told(house.ana)) == 1


def test_a_day_that_was_taken_out_since_is_told_to_nobody(house):
    actions.publish(house.mia, house.harbour, ENDING, WHY)
    actions.publish(house.mia, house.harbour, CHARTER, WHY)
    on_the_day_after(house)
    assert told(house.ana) == []
    assert not Entry.objects.filter(act="charter-rules-turned").exists()


def test_a_rule_that_begins_is_told_as_well(house):
    begins = CHARTER.replace("    upto: 80\n", f"    upto: 80\n    from: {LAST + timedelta(days=1)}\n")
    actions.publish(house.mia, house.harbour, begins, WHY)
    on_the_day_after(house)
    assert told(house.ana) == ["You may do more in one case. late-is-ours holds from today on."]


def test_the_board_names_the_days_of_rules(house, signed_in):
    actions.publish(house.mia, house.harbour, ENDING, WHY)
    draft = actions.begin_draft(house.mia, house.harbour, ENDING, WHY)
    for path in (f"/charter/drafts/{draft.pk}/", "/charter/harbour/"):
        page = signed_in(house.mia).get(path)
        assert_clean(page)
        assert "Until 24 December 2026" in page.content.decode()
