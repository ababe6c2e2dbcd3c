"""Days on which a team is closed: what was still to come follows at once, what has come stays."""

from datetime import date, time, timedelta

import pytest
from tests.app.page_checks import assert_clean
from tests.app.work.made_work import made_checklist, made_round

from remit.core import clock
from remit.core.clock import now
from remit.core.errors import NotAllowed, Refusal
from remit.people.access import place_in
from remit.trail.models import Entry
from remit.work.actions.closed import close_days, open_days
from remit.work.actions.rounds import make_due_rounds
from remit.work.models import Checklist, ClosedDays, Round
from remit_engine.recurrence.offered import every_day
from remit_engine.recurrence.reading import read_rule
from remit_engine.recurrence.recurrence import OnClosedDays, Recurrence

pytestmark = pytest.mark.django_db
PATH = "/teams/harbour/closed/"
TUESDAY = date(2026, 11, 24)


def closed(house, first=TUESDAY, last=None, *, by=None, is_yearly=False, why="The kitchen is painted."):
    place = place_in(by or house.sam, house.harbour)
    return close_days(place, first, last or first, is_yearly=is_yearly, why=why)


def left_out(house, on_closed=OnClosedDays.IS_LEFT_OUT):
    return made_checklist(house, recurrence=Recurrence(every_day(), date(2026, 11, 20), time(9), on_closed))


def next_day(checklist):
    checklist.refresh_from_db()
    return f"{checklist.next_at:%a %d %H:%M}"


def test_what_was_to_come_follows_and_comes_back_when_it_is_taken_back(house):
    checklist, all_the_same = left_out(house), left_out(house, OnClosedDays.COMES)
    assert next_day(checklist) == "Tue 24 08:00"
    row = closed(house, last=date(2026, 11, 26))
    assert closed(house, last=date(2026, 11, 26)) == row
    assert (next_day(checklist), next_day(all_the_same)) == ("Fri 27 08:00", "Tue 24 08:00")
    for _ in range(2):
        open_days(place_in(house.sam, house.harbour), row.pk)
    assert next_day(checklist) == "Tue 24 08:00"
    acts = Entry.objects.filter(act__startswith="closed-days").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["closed-days-added", "closed-days-removed"]


def test_what_has_come_stays_though_its_day_is_closed_now(house):
    there = made_round(house, recurrence=Recurrence(every_day(), now().date(), time(9)))
    closed(house, now().date())
    assert list(Round.objects.all()) == [there]
    with clock.at(now() + timedelta(days=1)):
        make_due_rounds()
    assert Round.objects.count() == 2


def test_closed_each_year_it_is_left_out_each_year(house):
    checklist = left_out(house)
    closed(house, date(2026, 12, 24), date(2026, 12, 26), is_yearly=True)
    for year in (2026, 2031):
        Checklist.objects.update(next_at=now().replace(year=year, month=12, day=23, hour=8))
        with clock.at(now().replace(year=year, month=12, day=23, hour=9)):
            make_due_rounds()
        assert next_day(checklist) == checklist.next_at.strftime("%a 27 08:00")


def test_a_rule_that_came_no_more_comes_again_when_the_team_is_open(house):
    rule = Recurrence(
        read_rule("FREQ=DAILY;UNTIL=20261124"), date(2026, 11, 20), time(9), OnClosedDays("left-out")
    )
    checklist = made_checklist(house, recurrence=rule)
    row = closed(house)
    checklist.refresh_from_db()
    assert checklist.next_at is None
    open_days(place_in(house.sam, house.harbour), row.pk)
    assert next_day(checklist) == "Tue 24 08:00"


@pytest.mark.parametrize(
    ("said", "field"),
    [
        ({"last": date(2026, 11, 23)}, "last"),
        ({"last": date(2027, 12, 1)}, "last"),
        ({"first": date(2040, 1, 1)}, "first"),
        ({"why": " "}, "why"),
    ],
    ids=["ends before", "too long", "far away", "no why"],
)
def test_refused_with_the_field(house, said, field):
    with pytest.raises(Refusal) as refused:
        closed(house, **said)
    assert refused.value.field == field


def test_a_lead_writes_the_team_reads_and_nobody_else(house, signed_in):
    with pytest.raises(NotAllowed, match="lead"):
        closed(house, by=house.ana)
    row = closed(house, date(2026, 12, 24), date(2026, 12, 26), is_yearly=True, why="Christmas & home.")
    text = signed_in(house.ana).get(PATH).content.decode()
    assert "Christmas &amp; home." in text
    assert "Remove" not in text
    assert signed_in(house.eve).get(PATH).status_code == 404
    eve = signed_in(house.eve)
    assert eve.post(f"{PATH}{row.pk}/open/").status_code == 404
    assert signed_in(house.ana).post(f"{PATH}{row.pk}/open/").status_code == 403
    assert ClosedDays.objects.exists()


def test_written_on_its_page_and_shown_where_the_next_dates_are(house, signed_in):
    checklist = left_out(house)
    sam = signed_in(house.sam)
    assert_clean(sam.get(PATH))
    wrong = sam.post(PATH, {"first": "2026-11-24", "last": "2026-11-20", "why": "Painted <b>"})
    assert wrong.status_code == 422
    assert_clean(wrong)
    assert "Painted &lt;b&gt;" in wrong.content.decode()
    for _ in range(2):
        sent = {"first": "2026-11-24", "last": "", "why": "Painted"}
        assert sam.post(PATH, sent)["Location"] == PATH
    assert ClosedDays.objects.count() == 1
    page = sam.get(f"/checklists/{checklist.pk}/")
    assert_clean(page)
    assert "24 November" in page.content.decode()
    assert "Painted" in page.content.decode()
    assert_clean(sam.get(PATH))
    with clock.at(now() + timedelta(days=5)):
        assert "Over" in sam.get(PATH).content.decode()
