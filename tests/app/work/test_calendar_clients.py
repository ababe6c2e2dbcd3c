"""Somebody's calendar as a client reads it that shares no code with what writes it."""

import re
from datetime import UTC, date, datetime, time, timedelta

import pytest
import vobject
from icalendar import Calendar
from tests.app.work.made_work import made_checklist, made_task
from tests.app.work.test_calendar import linked

from remit.core import clock
from remit.people.access import place_in
from remit.work.actions.closed import close_days
from remit.work.actions.ending import close
from remit.work.actions.holding import take
from remit_engine.recurrence.offered import every_day, every_month_on
from remit_engine.recurrence.recurrence import OnClosedDays, Recurrence

pytestmark = pytest.mark.django_db
TITLE = "Käse, Öl; 30 Fässer \\ links: «süß» 🧀 " + "noch viel mehr Worte über die Größe " * 3
WHY = "Gäste zählen mit,\nund wir auch; jedes Mal."


def by_another(content):
    """Events by key, each as begin, end, words and state, read by vobject."""
    calendar = vobject.readOne(content.decode())
    return {
        event.uid.value: (
            event.dtstart.value,
            event.dtend.value,
            event.summary.value,
            event.description.value,
            event.status.value,
        )
        for event in calendar.vevent_list
    }


def by_ours(content):
    """The same, read by the library that wrote it."""
    return {
        str(event["uid"]): (
            event["dtstart"].dt,
            event["dtend"].dt,
            str(event["summary"]),
            str(event["description"]),
            str(event["status"]),
        )
        for event in Calendar.from_ical(content).walk("VEVENT")
    }


def test_another_library_reads_times_days_and_words_as_they_are(house, client):
    spring = datetime.combine(date(2027, 3, 20), time(12), house.harbour.zone)
    with clock.at(spring):
        place = place_in(house.sam, house.harbour)
        close_days(place, date(2027, 3, 26), date(2027, 3, 29), is_yearly=False, why="Easter.")
        daily = Recurrence(every_day(), date(2027, 3, 1), time(9), OnClosedDays.IS_LEFT_OUT)
        made_checklist(house, title=TITLE.strip(), why=WHY, recurrence=daily)
        at_night = Recurrence(every_month_on(28), date(2027, 3, 1), time(2, 30))
        made_checklist(house, title="In the skipped hour", recurrence=at_night)
        last = datetime.combine(date(2027, 3, 28), time(23, 59), house.harbour.zone)
        for title in ("All day", "Off"):
            task = made_task(house, title=title, due_at=last)
            take(house.ana, task.pk)
        close(house.ana, task.pk, "It rains.")
        content = client.get(linked(house.ana, has_checklists=True)).content
    read = by_another(content)
    assert read == by_ours(content)
    assert len(read) == content.count(b"BEGIN:VEVENT")
    # Nine on the wall before the clocks change and after, on no closed day, for four weeks.
    open_days = [date(2027, 3, 21) + timedelta(days=n) for n in range(28)]
    nine = [datetime.combine(day, time(9), house.harbour.zone) for day in open_days]
    expected = [at for at in nine if not date(2027, 3, 26) <= at.date() <= date(2027, 3, 29)]
    daily_ones = sorted(each for each in read.values() if each[2] == TITLE.strip())
    assert [begin for begin, *_ in daily_ones] == expected
    assert {begin.utcoffset() for begin, *_ in daily_ones} == {timedelta(0)}
    assert {f"{begin:%H:%M}" for begin, *_ in daily_ones} == {"08:00", "07:00"}
    assert {words[3] for words in daily_ones} == {f"Why: {WHY}"}
    skipped = [each[0] for each in read.values() if each[2] == "In the skipped hour"]
    assert skipped == [datetime(2027, 3, 28, 1, 30, tzinfo=UTC)]
    whole = {each[2]: each for each in read.values() if not isinstance(each[0], datetime)}
    assert {title: each[:2] for title, each in whole.items()} == {
        title: (date(2027, 3, 28), date(2027, 3, 29)) for title in ("All day", "Off")
    }
    assert [whole[title][4] for title in ("All day", "Off")] == ["CONFIRMED", "CANCELLED"]
    assert max(len(line) for line in re.split(b"\r\n", content)) <= 75
