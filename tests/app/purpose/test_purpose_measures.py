"""Objectives move when the work moves: in the same minute, and by figures that are those of the raw rows."""

import re
from datetime import UTC, date, datetime, timedelta
from decimal import Decimal
from statistics import mean, median

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from tests.app.answered_rows import answered
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean
from tests.app.purpose.made_objectives import made_objective
from tests.app.purpose.test_purpose_pages import wanted, words

from remit.complaints.actions.deciding import decide
from remit.complaints.models import Closure, Decision, Rating
from remit.core import clock
from remit.core.clock import now, today
from remit.core.writing import write
from remit.insight.measures.answers import DECIDED, WAITING
from remit.insight.measures.customers import RATING, RESOLVING
from remit.jobs.models import Job
from remit.people.access import place_in
from remit.purpose.actions.moving import move, moving, to_move_now
from remit.purpose.jobs import move_all, move_lately
from remit.purpose.measures import Stretch, measures, stretch_of
from remit.purpose.models import Objective
from remit.purpose.queries.pages import rows_page
from remit.trail.actions import record

pytestmark = pytest.mark.django_db
DAY = timedelta(days=1)


def closed(house, *, opened, at, stars=None, title="Cold dinner", reason="made-right", reopened=None):
    complaint = made_complaint(house, title=title)
    complaint.opened_at, complaint.closed_at = opened, at
    complaint.save(update_fields=["opened_at", "closed_at"])
    closure = Closure.objects.create(
        complaint=complaint, reason=reason, by=house.ana, at=at, reopened_at=reopened
    )
    if stars:
        Rating.objects.create(closure=closure, complaint=complaint, made_right=stars, at=at)
    return complaint


moments = st.integers(0, 40 * 24 * 60).map(lambda minutes: timedelta(minutes=minutes))
cases = st.lists(st.tuples(moments, moments, st.integers(1, 5)), max_size=12)


@settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(rows=cases, back=st.integers(0, 20))
def test_ratings_and_times_are_those_of_the_raw_rows(house, rows, back):
    Rating.objects.all().delete()
    Closure.objects.all().delete()
    for ago, took, stars in rows:
        closed(house, opened=now() - ago - took, at=now() - ago, stars=stars)
    day = today(house.harbour.time_zone) - back * DAY
    stretch = stretch_of(RATING, day)
    inside = [row for row in rows if stretch.since <= local_day(house, now() - row[0]) <= stretch.until]
    reading = RATING.look(house.harbour, stretch)
    assert reading.count == len(inside)
    if inside:
        assert float(reading.value) == pytest.approx(mean(stars for *_, stars in inside), abs=0.005001)
        took = median(took / timedelta(hours=1) for _, took, _ in inside)
        assert float(RESOLVING.look(house.harbour, stretch).value) == pytest.approx(took, abs=0.005001)
    else:
        assert reading.value is None
        assert RESOLVING.look(house.harbour, stretch).value is None
    shown = RATING.behind.rows(house.ana, house.harbour, stretch)
    told = sorted(RATING.behind.told(row).value for row in shown)
    assert told == sorted(f"{stars} of 5" for *_, stars in inside)
    assert len(shown) == reading.count


def local_day(house, moment):
    return moment.astimezone(house.harbour.zone).date()


def test_what_was_opened_again_or_taken_back_has_no_time(house):
    closed(house, opened=now() - DAY, at=now(), reopened=now())
    closed(house, opened=now() - DAY, at=now(), reason="withdrawn")
    assert RESOLVING.look(house.harbour, stretch_of(RESOLVING, today("UTC"))).count == 0


def test_a_day_is_that_of_the_wall_clock_of_the_team(house):
    """A quarter to midnight in UTC is the next day in Berlin; when clocks change a day has 23 or 25 hours."""
    for day, hours in ((date(2026, 3, 29), 23), (date(2026, 10, 25), 25), (date(2026, 11, 2), 24)):
        since, before = (each.astimezone(UTC) for each in Stretch(day, day).moments(house.harbour.zone))
        assert before - since == timedelta(hours=hours)
    late = datetime(2026, 11, 2, 23, 45, tzinfo=UTC)
    closed(house, opened=late - DAY, at=late, stars=5)
    assert RATING.look(house.harbour, Stretch(date(2026, 11, 2), date(2026, 11, 2))).count == 0
    assert RATING.look(house.harbour, Stretch(date(2026, 11, 3), date(2026, 11, 3))).count == 1


def test_decided_without_asking_and_waiting(house):
    for kind, value in (("refund", 1000), ("refund", 5000), ("apology", 0), ("refund", 20000)):
        complaint = made_complaint(house, title=f"{kind} {value}", paid=30000)
        decide(house.ana, complaint.number, wants(kind, value, words="They cut it."))
    day = today(house.harbour.time_zone)
    levels = list(Decision.objects.values_list("level", flat=True))
    alone = sum(level in {"decide", "inform"} for level in levels)
    reading = DECIDED.look(house.harbour, stretch_of(DECIDED, day))
    assert (reading.count, float(reading.value)) == (4, pytest.approx(100 * alone / 4))
    assert 0 < alone < 4
    ends = ("yes", "no", "expired", None)
    answered(house, [(now() - DAY, 100, how, "refund", "member", "late") for how in ends])
    reading = WAITING.look(house.harbour, stretch_of(WAITING, day))
    assert (reading.count, reading.value) == (2, Decimal(180))


def test_it_moves_within_the_minute_and_the_page_says_what_the_rows_say(house, signed_in):
    day = today(house.harbour.time_zone)
    objective = made_objective(
        house, title="guests say it was made right", measure="rating", unit="of 5",
        start=Decimal("3.5"), target=Decimal("4.5"), begins=day - 60 * DAY,
    )  # fmt: skip
    for number in range(4):
        closed(house, opened=now() - 2 * DAY, at=now() - DAY, stars=4, title=f"Soup {number}")
    move(objective.pk)
    page = words(assert_clean(signed_in(house.ana).get(objective.address)))
    assert "Too little to say anything yet: it takes 5 ratings in 28 days" in page
    last = closed(house, opened=now() - 2 * DAY, at=now(), stars=1, title="Cold soup")
    closed(house, opened=now() - 40 * DAY, at=now() - 35 * DAY, stars=5)
    assert to_move_now() == []
    with write():
        record("complaint-rated", last.subject, by=None, team=house.harbour)
    assert to_move_now() == [objective.pk]
    move_lately.call()
    page = words(assert_clean(signed_in(house.ana).get(objective.address))).replace("\xa0", " ")
    assert "3.4 of 5 on 23 November: 5 ratings" in page
    rows = signed_in(house.ana).get(f"{objective.address}rows/?day={day.isoformat()}")
    text = words(assert_clean(rows)).replace("\xa0", " ")
    assert "3.4 of 5 of 5 ratings" in text
    assert text.count("Soup ") == 4
    assert "Cold soup" in text
    with clock.at(now() + timedelta(minutes=10)):
        assert to_move_now() == []


def test_the_weeks_since_it_began_are_measured_once(house):
    day = today(house.harbour.time_zone)
    objective = made_objective(house, measure="rating", begins=day - 70 * DAY, start=3, target=5)
    for back in range(110):
        closed(house, opened=now() - (back + 1) * DAY, at=now() - back * DAY, stars=1 + back % 5)
    assert move(objective.pk) == 11
    assert move(objective.pk) == 0
    for row in objective.measurements.all():
        assert row.value == RATING.look(house.harbour, stretch_of(RATING, row.day)).value
        assert row.count == 28
    with clock.at(now() + DAY):
        move_all.call()
    assert objective.measurements.count() == 12


def test_where_it_begins_is_looked_up_and_too_little_is_said(house, signed_in):
    client = signed_in(house.mia)
    sent = wanted(house, measure="rating", start="", target="4.8", unit="never mind")
    answer = client.post("/purpose/harbour/new/", sent)
    assert answer.status_code == 422
    assert "There are too few ratings to say where it is" in assert_clean(answer)
    for number in range(5):
        closed(house, opened=now() - DAY, at=now(), stars=4, title=f"{number}")
    assert client.post("/purpose/harbour/new/", sent | {"target": "3"}).status_code == 422
    assert client.post("/purpose/harbour/new/", sent).status_code == 302
    objective = Objective.objects.get()
    assert (objective.start, objective.unit) == (Decimal(4), "of 5")
    assert Job.objects.filter(task="remit.purpose.jobs.move_one").count() == 1
    day = now().date().isoformat()
    answer = client.post(f"{objective.address}value/", {"value": "5", "day": day})
    assert "It moves by itself" in assert_clean(answer)


def test_every_measure_says_what_it_measures(house):
    named = {each.word: each for each in measures()}
    assert {"rating", "time-to-resolve", "decided-without-asking", "waiting-for-answers"} <= set(named)
    for each in named.values():
        assert re.fullmatch(r"[a-z]+(-[a-z]+)*", each.word)
        assert each.said.endswith(".")
        assert each.look(house.harbour, stretch_of(each, today("UTC"))).count == 0


def test_nobody_sees_rows_of_another_team_or_behind_what_is_typed(house, signed_in):
    objective = made_objective(house, measure="rating", start=3, target=5)
    assert signed_in(house.eve).get(f"{objective.address}rows/").status_code == 404
    for strange in ("", "x", "0001-01-01", "9999-12-31", "2026-02-31"):
        page = rows_page(place_in(house.ana, house.harbour), objective.key, strange, None)
        assert page.day == today(house.harbour.time_zone)
    typed = made_objective(house, "typed")
    assert signed_in(house.ana).get(f"{typed.address}rows/").status_code == 404
    assert typed not in moving()
