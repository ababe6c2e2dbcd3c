"""On Monday at seven the same hats by mail and notice: once, whatever is killed or tried again."""

from datetime import UTC, datetime, timedelta

import pytest
from tests.app.hats.made_hats import asks_for_five, late_ideas, place_of_mia

from remit.core import clock
from remit.findings import hats as actions
from remit.findings.models import HatLook
from remit.insight.hats.jobs import tell_on_mondays
from remit.insight.hats.queries import hats_of
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Job
from remit.notices.actions import choose_channels
from remit.notices.delivering import _text, deliver_gathered, spread
from remit.notices.models import Delivery, Notice
from remit.people.models import Membership, Role, Team
from remit.voice.models import Idea

SEVEN = datetime(2026, 11, 23, 6, 0, tzinfo=UTC)
"""Seven in the morning in Berlin, on a Monday."""


def told(member):
    """The notices of Mondays that somebody got."""
    return list(Notice.objects.filter(code="hats-of-monday", member=member))


def run_at(moment):
    """The job that comes back every quarter of an hour, at a moment."""
    with clock.at(moment):
        tell_on_mondays.func()


def test_the_same_hats_to_who_manages_once_a_monday(house):
    asks_for_five(house)
    run_at(SEVEN - timedelta(minutes=15))
    assert told(house.mia) == []
    run_at(SEVEN)
    (notice,) = told(house.mia)
    with clock.at(SEVEN):
        lines = hats_of(place_of_mia(house)).now
    assert notice.body.splitlines() == [
        f"{line.hat.label}: {line.said.title} {line.said.evidence}" for line in lines
    ]
    assert len(lines) == 5
    assert notice.address == "/hats/harbour/"
    for minutes in (0, 15, 600):
        run_at(SEVEN + timedelta(minutes=minutes))
    run_at(SEVEN + timedelta(days=1))
    assert [each.pk for each in told(house.mia)] == [notice.pk]
    assert told(house.sam) == []
    assert told(house.ana) == []
    run_at(SEVEN + timedelta(days=7))
    assert len(told(house.mia)) == 1, "what was told last week gives way"
    assert told(house.mia)[0].pk != notice.pk


def test_each_team_by_its_own_clock_and_nothing_where_nothing_needs_them(house):
    asks_for_five(house)
    Team.objects.filter(pk=house.harbour.pk).update(time_zone="America/New_York")
    run_at(SEVEN)
    assert told(house.mia) == []
    run_at(SEVEN + timedelta(hours=6))
    assert len(told(house.mia)) == 1
    assert told(house.ola)[0].address == "/hats/harbour/"
    assert HatLook.objects.get(team=house.hill).told_on is not None


def test_killed_on_the_way_it_is_told_the_next_time(house, monkeypatch):
    late_ideas(house)

    def killed(*_):
        raise SystemExit

    with monkeypatch.context() as broken:
        broken.setattr(actions, "tell", killed)
        with pytest.raises(SystemExit):
            run_at(SEVEN)
    assert told(house.mia) == []
    run_at(SEVEN + timedelta(minutes=15))
    run_at(SEVEN + timedelta(minutes=30))
    assert len(told(house.mia)) == 1


def test_a_mail_of_its_own_that_can_be_turned_off(house, settings):
    settings.MAIL = "smtp://127.0.0.1:9"
    late_ideas(house)
    run_at(SEVEN)
    with clock.at(SEVEN):
        choose_channels(house.ola, push="none", mail="all", monday=False)
        spread([row.pk for row in Notice.objects.all()])
        spread([row.pk for row in Notice.objects.all()])
        delivery = Delivery.objects.get(channel="mail", notice__code="hats-of-monday")
        assert delivery.notice.member == house.mia
        assert Job.objects.filter(task="remit.notices.jobs.mail_monday").count() == 1
        deliver_gathered(house.mia.pk)
        delivery.refresh_from_db()
        assert delivery.sent_at is None, "it doesn't go out with others"
        assert "Ask: 1 idea waits" in _text([delivery.notice])
    assert len(told(house.ola)) == 1, "on the screen everything is told"


def test_who_manages_several_teams_gets_one_mail_with_a_part_for_each(house, settings, mailoutbox):
    settings.MAIL = "smtp://127.0.0.1:9"
    late_ideas(house)
    Membership.objects.create(
        member=house.mia, team=house.hill, role=Role.objects.get(word="manager"), since=house.mia.joined_at
    )
    long_ago = SEVEN - timedelta(days=30)
    Idea.objects.create(
        team=house.hill, author=house.eve, text="A bell", stamp="hill", at=long_ago, due_at=long_ago
    )
    run_at(SEVEN)
    assert {notice.address for notice in told(house.mia)} == {"/hats/harbour/", "/hats/hill/"}
    with clock.at(SEVEN):
        run_due_jobs()
    assert mailoutbox == [], "it waits a moment for the other teams"
    with clock.at(SEVEN + timedelta(minutes=5)):
        run_due_jobs()
    with clock.at(SEVEN + timedelta(hours=2)):
        run_due_jobs()
    to_mia = [each for each in mailoutbox if each.to == ["mia@example.org"]]
    (mail,) = [each for each in to_mia if "Which hat" in each.body]
    assert mail.subject == "Which hat this week: 2 of your teams ask for one"
    harbour, hill = (mail.body.index(f"Which hat this week: {name}") for name in ("Harbour", "Hill"))
    assert harbour < hill
    assert mail.body.count("Ask: 1 idea waits") == 2


def test_the_choice_stands_where_notices_are_chosen(house, signed_in):
    client = signed_in(house.mia)
    assert "On Mondays" in client.get("/notices/channels/").content.decode()
    client.post("/notices/channels/", {"push": "urgent", "mail": "all"})
    house.mia.refresh_from_db()
    assert house.mia.channels.monday is False
    client.post("/notices/channels/", {"push": "urgent", "mail": "all", "monday": "on"})
    house.mia.channels.refresh_from_db()
    assert house.mia.channels.monday is True
