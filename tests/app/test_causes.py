"""Why people complain: counted by the wall clock of each team, and behind each figure its complaints."""

import html
from collections import Counter
from datetime import date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.app.made_complaints import made_complaint
from tests.app.procedures.made_procedures import made_procedure
from tests.examples import examples

from remit.complaints.models import Complaint, Tag
from remit.core import clock
from remit.insight.causes.behind import complaints_behind
from remit.insight.causes.counting import WEEKS, Cause, Part, Sort, counted, mondays_before, part_of
from remit.insight.causes.looking import look
from remit.insight.causes.picture import of_weeks

MONDAY = date(2025, 11, 24)
PARIS = ZoneInfo("Europe/Paris")
ZONES = ("UTC", "Europe/Paris", "Pacific/Auckland", "America/New_York")


def came(house, moment, *, category="late", channel="counter", team=None, tags=(), facts=None):
    """A complaint that came in at a moment."""
    complaint = made_complaint(house, category=category, team=team)
    Complaint.objects.filter(pk=complaint.pk).update(
        opened_at=moment, last_at=moment, channel=channel, facts=facts or {}
    )
    for word in tags:
        tag, _ = Tag.objects.get_or_create(team=complaint.team, word=word)
        tag.complaints.add(complaint)
    return complaint


def at(day, hour=12, zone="UTC"):
    return datetime(day.year, day.month, day.day, hour, tzinfo=ZoneInfo(zone))


@given(st.integers(0, 23))
def test_each_hour_belongs_to_the_part_that_began_last(hour):
    begun = [part for part in Part if part.value <= hour]
    assert part_of(hour) == begun[-1]


def test_the_running_week_is_left_out():
    mondays = mondays_before(MONDAY + timedelta(days=3))
    assert len(mondays) == WEEKS
    assert mondays[-1] == MONDAY - timedelta(days=7)
    assert mondays_before(MONDAY)[-1] == MONDAY - timedelta(days=7)


@pytest.mark.django_db
@pytest.mark.parametrize("zone", ZONES)
def test_figures_and_what_is_behind_them_are_those_of_a_plain_walk(house, zone):
    house.harbour.time_zone = zone
    house.harbour.save()
    there = ZoneInfo(zone)
    moments = [
        datetime(2025, 3, 1, tzinfo=there) + timedelta(hours=7 * step + step % 5)
        for step in range(0, 900, 11)
    ]
    moments += [at(MONDAY, 0, zone), at(MONDAY, 0, zone) - timedelta(seconds=1), at(MONDAY, 23, zone)]
    made = [
        came(
            house,
            moment,
            category=("late", "cold", "")[step % 3],
            channel=("counter", "mail")[step % 2],
            tags=("terrace",) if step % 4 == 0 else (),
            facts=({}, {"product": "bread", "pieces": 3}, {"product": "soup", "is_regular": True})[step % 3],
        )
        for step, moment in enumerate(moments)
    ]
    slow = made_procedure(house.sam)  # marked late, and kitchen
    told_twice = came(house, moments[3])
    Complaint.objects.filter(pk=told_twice.pk).update(merged_into=made[3])

    today = MONDAY + timedelta(days=2)
    first = mondays_before(today)[0]
    walked = {}
    every = Counter()
    for complaint in Complaint.objects.filter(merged_into=None).prefetch_related("tags"):
        here = complaint.opened_at.astimezone(there)
        week = (here.date() - first).days // 7
        if not 0 <= week < WEEKS:
            continue
        every[week] += 1
        causes = [
            Cause(Sort.CHANNEL, complaint.channel),
            Cause(Sort.TEAM, "harbour"),
            Cause(Sort.WEEKDAY, str(here.weekday())),
            Cause(Sort.PART, str(part_of(here.hour).value)),
            *(Cause(Sort.TAG, tag.word) for tag in complaint.tags.all()),
            *([Cause(Sort.CATEGORY, complaint.category)] if complaint.category else []),
            *([Cause(Sort.PROCEDURE, str(slow.pk))] if complaint.category == "late" else []),
            *([Cause(Sort.FACT, f"product: {word}")] if (word := complaint.facts.get("product")) else []),
            *([Cause(Sort.FACT, "is_regular")] if complaint.facts.get("is_regular") else []),
        ]
        for cause in causes:
            walked.setdefault(cause, {}).setdefault(week, set()).add(complaint.pk)

    found = counted([house.harbour], today)
    start = WEEKS - len(found.all)
    assert {week + start: n for week, n in enumerate(found.all.tolist()) if n} == dict(every)
    assert set(found.causes) == set(walked)
    for cause, weeks in walked.items():
        row = found.causes[cause].tolist()
        assert {week + start: n for week, n in enumerate(row) if n} == {
            w: len(keys) for w, keys in weeks.items()
        }
        behind = set(complaints_behind(cause, [house.harbour], today).values_list("pk", flat=True))
        assert behind == set().union(*weeks.values())


@pytest.mark.django_db
def test_what_trebles_beside_the_others_is_named_and_nothing_else(house):
    for back in range(40):
        monday = MONDAY - timedelta(weeks=back + 1)
        for _ in range(12 if back < 4 else 3):
            came(house, at(monday, 12), category="late")
        for _ in range(10):
            came(house, at(monday + timedelta(days=2), 19), category="cold")
    with clock.at(at(MONDAY, 9)):
        found = look([house.harbour])
    named = {line.words for line in found.rising if line.cause.sort == Sort.CATEGORY}
    assert named == {"late"}
    (late,) = (line for line in found.rising if line.words == "late")
    assert late.recent == 48
    assert late.change.lowest > 1
    assert found.all.chance < 0.05


@pytest.mark.django_db
def test_with_few_weeks_it_counts_and_says_nothing_more(house):
    came(house, at(MONDAY - timedelta(days=5)))
    with clock.at(at(MONDAY, 9)):
        found = look([house.harbour])
    assert found.all is None
    assert [line.recent for line in found.of_sort(Sort.CATEGORY)] == [1]
    assert found.rising == []


@pytest.mark.django_db
class TestPages:
    @pytest.fixture(autouse=True)
    def a_year(self, house):
        with clock.at(at(MONDAY, 9)):
            for back in range(20):
                monday = MONDAY - timedelta(weeks=back + 1)
                for _ in range(9 if back < 4 else 2):
                    came(house, at(monday, 20), tags=("terrace",))
                for _ in range(6):
                    came(house, at(monday), category="a/b c")
                came(house, at(monday), category="late", team=house.hill)
            yield

    def test_it_says_what_rises_and_leads_to_what_is_behind_it(self, house, signed_in):
        page = signed_in(house.ana).get("/causes/").content.decode()
        assert "Rising beyond noise" in page
        assert 'href="/causes/about/late/"' in page
        assert 'href="/causes/about/a/b%20c/"' in page
        late = signed_in(house.ana).get("/causes/about/late/").content.decode()
        assert "more than noise explains" in late
        assert late.count("/complaints/2") == 50
        assert "page=2" in late
        other = signed_in(house.ana).get("/causes/about/a/b%20c/").content.decode()
        assert other.count("/complaints/2") == 50

    def test_another_teams_complaints_are_neither_counted_nor_shown(self, house, signed_in):
        theirs = Complaint.objects.filter(team=house.hill).count()
        assert theirs == 20
        page = signed_in(house.ana).get("/causes/about/late/").content.decode()
        mine = Complaint.objects.filter(team=house.harbour, category="late").count()
        assert f'<span class="small quiet num">{mine}</span>' in page
        assert signed_in(house.ana).get("/causes/?team=hill").status_code == 404
        owner = signed_in(house.ola).get("/causes/").content.decode()
        assert "Where" in owner
        one = signed_in(house.ola).get("/causes/?team=hill").content.decode()
        assert "/causes/about/late/?team=hill" in one

    def test_all_of_a_sort_stand_on_pages_of_their_own(self, house, signed_in):
        monday = MONDAY - timedelta(weeks=1)
        for number in range(70):
            came(house, at(monday), facts={"product": f"bread {number:02}"})
        client = signed_in(house.ana)
        page = client.get("/causes/").content.decode()
        assert page.count("/causes/fact/") == 12
        assert '<a href="?by=fact">All, with 58 rarer ones</a>' in page
        first = client.get("/causes/?by=fact").content.decode()
        assert (first.count("/causes/fact/"), first.count("/causes/about/")) == (50, 0)
        assert 'href="?by=fact&page=2"' in html.unescape(first)
        second = client.get("/causes/?by=fact&page=2").content.decode()
        assert second.count("/causes/fact/") == 20
        assert "This page is empty" in client.get("/causes/?by=fact&page=3").content.decode()
        assert "Nobody complained of any" in client.get("/causes/?by=procedure").content.decode()
        assert client.get("/causes/?by=nonsense").content.decode().count("/causes/fact/") == 12
        other = signed_in(house.ola).get("/causes/?by=fact&team=hill").content.decode()
        assert "/causes/fact/" not in other

    @pytest.mark.parametrize(
        "path",
        [
            "about/never/",
            "part/7/",
            "weekday/x/",
            "where/elsewhere/",
            "nonsense/late/",
            "tag/garden/",
            "fact/never/",
            "procedure/x/",
        ],
    )
    def test_a_cause_that_isnt_there_isnt_there(self, house, signed_in, path):
        assert signed_in(house.ana).get(f"/causes/{path}").status_code == 404

    def test_each_line_leads_to_a_page(self, house, signed_in):
        client = signed_in(house.ola)
        found = look([house.harbour, house.hill])
        for cause in found.lines:
            assert client.get(f"/causes/{cause.sort}/{cause.value}/").status_code == 200


@given(st.lists(st.integers(0, 9), min_size=1, max_size=52))
@settings(max_examples=examples(50))
def test_bars_stay_in_their_picture(counts):
    mondays = [MONDAY + timedelta(weeks=step) for step in range(len(counts))]
    bars = of_weeks(counts, mondays)
    assert len(bars.bars) == sum(count > 0 for count in counts)
    for bar in bars.bars:
        assert 0 <= bar.x <= bar.x + bar.width <= bars.width
        assert 0 <= bar.y <= bar.y + bar.height <= bars.height + 1e-9
