"""Somebody's calendar: read as calendar programs read it, the same to the byte, and only by its link."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import count

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from icalendar import Calendar
from tests.app.page_checks import assert_clean
from tests.app.work.made_work import made_checklist, made_round, made_task

from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.people.access import place_in
from remit.people.actions.members import leave
from remit.work.actions.calendar_links import end_calendar_link, make_calendar_link
from remit.work.actions.closed import close_days
from remit.work.actions.ending import close, do
from remit.work.actions.holding import hand_over, take
from remit.work.actions.rounds import let_go
from remit.work.models import CalendarLink
from remit.work.queries import calendar as queries
from remit.work.queries.calendar import Entry, shows_in_calendar
from remit.work.vocabulary import MOST_LINKS
from remit_engine.recurrence.offered import every_day
from remit_engine.recurrence.recurrence import OnClosedDays, Recurrence

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)
_STAMPS = count(1)


def linked(member, *, has_checklists=False):
    return f"/calendar/{a_link(member, 'phone', has_checklists=has_checklists)[1]}.ics"


def a_link(member, name, *, has_checklists=True, stamp=""):
    """A link, and its secret."""
    stamp = stamp or f"link-{next(_STAMPS)}"
    return make_calendar_link(member, name, has_checklists=has_checklists, stamp=stamp)


def read(client, path):
    """Events by title, as a calendar program reads them."""
    answer = client.get(path)
    assert answer.status_code == 200
    return {str(each["summary"]): each for each in Calendar.from_ical(answer.content).walk("VEVENT")}


def plainly(text):
    """Lines by the words of RFC 5545 alone: unfolded, and what is escaped as it was."""
    lines = text.decode().replace("\r\n ", "").split("\r\n")
    assert "\n" not in "".join(lines)
    assert all(len(line) <= 75 for line in text.split(b"\r\n"))
    pairs = (line.partition(":")[::2] for line in lines if line)
    marks = {"\\n": "\n", "\\,": ",", "\\;": ";", "\\\\": "\\"}
    found = []
    for name, value in pairs:
        said, at = "", 0
        while at < len(value):
            step = 2 if value[at] == "\\" else 1
            said += marks.get(value[at : at + step], value[at : at + step])
            at += step
        found.append((name.partition(";")[0], said))
    return found


def test_tasks_that_are_due_with_their_times_and_those_of_a_day(house, client):
    timed = made_task(house, title="Timed", due_at=now() + DAY, minutes=90, place="Terrace")
    last = datetime.combine(date(2026, 11, 25), time(23, 59), house.harbour.zone).astimezone(UTC)
    whole = made_task(house, title="Whole day", due_at=last)
    for task in (timed, whole, made_task(house, title="No day")):
        take(house.ana, task.pk)
    made_task(house, title="Of nobody", due_at=now() + DAY)
    found = read(client, linked(house.ana))
    assert set(found) == {"Timed", "Whole day"}
    assert (found["Timed"]["dtstart"].dt, found["Timed"]["dtend"].dt) == (
        now() + DAY - timedelta(minutes=90), now() + DAY,
    )  # fmt: skip
    assert (found["Whole day"]["dtstart"].dt, found["Whole day"]["dtend"].dt) == (
        date(2026, 11, 25), date(2026, 11, 26),
    )  # fmt: skip
    assert found["Timed"]["location"] == "Terrace"
    assert found["Timed"]["url"].endswith(f"/tasks/{timed.pk}/")


def test_words_of_any_kind_come_through_as_they_are(house, client):
    title = "Ölfässer; 30 Stück, \\ links: «ganz» 🦊 " + "noch viel mehr Worte " * 4
    why = "First line,\nsecond; line"
    take(house.ana, made_task(house, title=title.strip(), why=why, due_at=now() + DAY).pk)
    path = linked(house.ana)
    text = client.get(path).content
    assert ("SUMMARY", title.strip()) in plainly(text)
    assert ("DESCRIPTION", f"Why: {why}") in plainly(text)
    assert title.strip() in read(client, path)


def test_the_same_to_the_byte_until_something_changes(house, client):
    task = made_task(house, title="Terrace", due_at=now() + DAY)
    take(house.ana, task.pk)
    path = linked(house.ana)
    first = client.get(path)
    with clock.at(now() + timedelta(hours=5)):
        again = client.get(path)
        assert (again.content, again["ETag"], again["Last-Modified"]) == (
            first.content, first["ETag"], first["Last-Modified"],
        )  # fmt: skip
        assert client.get(path, headers={"if-none-match": first["ETag"]}).status_code == 304
        assert client.get(path, headers={"if-modified-since": first["Last-Modified"]}).status_code == 304
        hand_over(house.ana, task.pk, to="ben", words="I am off.")
        other = client.get(path, headers={"if-none-match": first["ETag"]})
        assert (other.status_code, other["ETag"] == first["ETag"]) == (200, False)
        assert other["Last-Modified"] != first["Last-Modified"]


def test_what_is_off_says_so_keeps_its_name_and_is_gone_after_a_month(house, client):
    tasks = {name: made_task(house, title=name, due_at=now() + DAY) for name in ("Given", "Closed", "Done")}
    for task in tasks.values():
        take(house.ana, task.pk)
    path = linked(house.ana)
    before = read(client, path)
    hand_over(house.ana, tasks["Given"].pk, to="ben", words="Yours.")
    close(house.ana, tasks["Closed"].pk, "It rains.")
    do(house.ana, tasks["Done"].pk)
    after = read(client, path)
    assert {name: str(each["status"]) for name, each in after.items()} == {
        "Given": "CANCELLED", "Closed": "CANCELLED", "Done": "CONFIRMED",
    }  # fmt: skip
    for name, each in after.items():
        assert each["uid"] == before[name]["uid"]
        assert each["sequence"] > before[name]["sequence"]
    assert set(read(client, linked(house.ben))) == {"Given"}
    with clock.at(now() + 31 * DAY):
        assert read(client, path) == {}


def test_checklists_to_come_by_the_calendar_of_the_team_and_those_that_came(house, client):
    daily = Recurrence(every_day(), date(2026, 11, 20), time(9), OnClosedDays.IS_LEFT_OUT)
    made_checklist(house, title="Open the bar", recurrence=daily)
    let_go(house.ana, made_round(house, title="Let go", minutes=1440).pk, "No ice.")
    close_days(
        place_in(house.sam, house.harbour), date(2026, 11, 25), date(2026, 11, 26), is_yearly=False, why="x"
    )
    text = client.get(linked(house.ana, has_checklists=True)).content
    events = [each for each in Calendar.from_ical(text).walk("VEVENT") if each["summary"] == "Open the bar"]
    begins = sorted(each["dtstart"].dt for each in events)
    assert len({str(each["uid"]) for each in Calendar.from_ical(text).walk("VEVENT")}) == text.count(
        b"BEGIN:VEVENT"
    )
    assert [f"{each:%d %H:%M}" for each in begins[:3]] == ["24 08:00", "27 08:00", "28 08:00"]
    assert len(begins) == 26
    off = [each for each in Calendar.from_ical(text).walk("VEVENT") if each["status"] == "CANCELLED"]
    assert [str(each["summary"]) for each in off] == ["Let go"]
    assert read(client, linked(house.eve, has_checklists=True)) == {}
    assert read(client, linked(house.ana)) == {}


def test_a_link_that_ended_opens_nothing_nor_does_that_of_who_left(house, client):
    task = made_task(house, title="Terrace", due_at=now() + DAY)
    take(house.ana, task.pk)
    path, other = linked(house.ana), linked(house.ana)
    end_calendar_link(house.ben, CalendarLink.objects.first().pk)
    assert read(client, path)
    end_calendar_link(house.ana, CalendarLink.objects.first().pk)
    assert client.get(path).status_code == 404
    assert read(client, other)
    leave(place_in(house.mia, house.harbour), "ana")
    assert client.get(other).status_code in {200, 404}
    assert "Terrace" not in client.get(other).content.decode()


def test_made_on_its_page_told_once_and_kept_as_a_hash(house, signed_in):
    ana = signed_in(house.ana)
    assert_clean(ana.get("/calendar/"))
    wrong = ana.post("/calendar/", {"name": " ", "stamp": "s1"})
    assert wrong.status_code == 422
    assert_clean(wrong)
    assert wrong.context["form"]["stamp"].value() == "s1"
    sent = {"name": "My <phone>", "has_checklists": "on", "stamp": "s1"}
    answer = ana.post("/calendar/", sent)
    assert_clean(answer)
    assert ana.post("/calendar/", sent).context["address"] == answer.context["address"]
    address = answer.context["address"]
    secret = address.rpartition("/")[2].removesuffix(".ics")
    link = CalendarLink.objects.get()
    assert secret not in str(vars(link).values())
    page = ana.get("/calendar/").content.decode()
    assert "My &lt;phone&gt;" in page
    assert secret not in page
    ana.get(f"/calendar/{secret}.ics")
    assert "read" in ana.get("/calendar/").content.decode()
    assert signed_in(house.ben).get("/calendar/").content.decode().count("End it") == 0
    for _ in range(2):
        assert signed_in(house.ana).post(f"/calendar/{link.pk}/end/").status_code == 302
    for number in range(MOST_LINKS):
        a_link(house.ana, f"{number}")
    with pytest.raises(Refusal, match="links already"):
        a_link(house.ana, "one more")


def test_others_add_what_they_know_and_queries_stay_few(house, client, monkeypatch):
    monkeypatch.setattr(queries, "_sources", [])

    def shows(member):
        yield Entry(
            key="event-1", title=f"Wedding of {member.word}", begins=now() + DAY, ends=now() + 2 * DAY,
            why="", path="/events/1/", changed_at=now(),
        )  # fmt: skip

    for _ in range(2):
        shows_in_calendar(shows)
    for number in range(30):
        take(house.ana, made_task(house, title=f"Task {number}", due_at=now() + DAY).pk)
    for number in range(3):
        made_checklist(house, title=f"List {number}")
    path = linked(house.ana, has_checklists=True)
    client.get(path)
    with CaptureQueriesContext(connection) as asked:
        found = read(client, path)
    assert "Wedding of ana" in found
    assert len(asked) <= 8


def test_a_second_click_tells_the_same_link_for_some_minutes_and_never_one_that_ended(house):
    link, secret = a_link(house.ana, "phone", stamp="a")
    assert a_link(house.ana, "phone", stamp="a") == (link, secret)
    assert a_link(house.ben, "phone", stamp="a")[1] != secret
    assert a_link(house.ana, "laptop", stamp="a")[1] != secret
    assert CalendarLink.objects.count() == 3
    with clock.at(now() + timedelta(minutes=11)), pytest.raises(Changed, match="before"):
        a_link(house.ana, "phone", stamp="a")
    end_calendar_link(house.ana, link.pk)
    with pytest.raises(Changed, match="before"):
        a_link(house.ana, "phone", stamp="a")
    assert CalendarLink.objects.count() == 3
