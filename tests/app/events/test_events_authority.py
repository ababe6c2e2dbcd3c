"""Authority for a big day: lent or in the charter, moved and ended with it, never more than its giver has."""

from datetime import time, timedelta

import pytest
from django.urls import reverse
from tests.app.conftest import CHARTER
from tests.app.events.made_big_days import DAY, event_words, made_event
from tests.app.events.test_events_pages import EVENT, page, sent
from tests.app.made_complaints import made_complaint, wants

from remit.charters.actions import publish
from remit.charters.models import Delegation
from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.errors import Refusal
from remit.events.actions.authority import lend_for
from remit.events.actions.events import call_off, change_event, make_event
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.actions.members import leave
from remit.remedies.models import Remedy
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db
WHY = "They run the evening."
FOR_THE_DAY = CHARTER.replace(
    "grants:\n",
    f"""grants:
  - id: drinks-tonight
    who: {{role: member}}
    kind: comp
    upto: 30
    level: decide
    from: {DAY.isoformat()}
    until: {DAY.isoformat()}
    why: Nobody waits for a drink on that evening.
""",
)


def open_ones():
    rows = Delegation.objects.filter(ended_at=None).order_by("receiver__word")
    return [(each.giver.word, each.receiver.word, each.since, each.until, each.upto) for each in rows]


def told(member, code):
    return list(Notice.objects.filter(member=member, code=code).values_list("title", flat=True))


def moved(house, event, by, **said):
    event.refresh_from_db()
    return change_event(by, event.pk, event_words(**said), revision=event.revision)


def test_it_is_lent_to_several_once_and_each_is_told(house):
    event = made_event(house)
    lend_for(house.sam, event.pk, to=["ana", "ben"], why=WHY, kinds=["refund"], upto=20000)
    assert open_ones() == [("sam", word, DAY, DAY, 20000) for word in ("ana", "ben")]
    assert len(lend_for(house.sam, event.pk, to=["ana", "mia"], why=WHY, kinds=["refund"], upto=20000)) == 1
    with pytest.raises(Refusal, match="exactly this"):
        lend_for(house.sam, event.pk, to=["ana", "mia"], why=WHY, kinds=["refund"], upto=20000)
    assert [len(told(each, "authority-lent")) for each in (house.ana, house.ben, house.mia)] == [1, 1, 1]
    assert Entry.objects.filter(act="event-lent").count() == 3


def test_it_opens_with_the_day_and_ends_with_it_and_is_never_more_than_its_giver_has(house):
    event = made_event(house)
    lend_for(house.sam, event.pk, to=["ana"], why=WHY, upto=20000)
    complaints = [made_complaint(house, paid=99000) for _ in range(4)]

    def level(complaint, amount):
        return decide(house.ana, complaint.number, wants("comp", amount)).level

    with clock.at(event.starts_at - timedelta(days=1)):
        assert level(complaints[0], 15000) == "ask"
    with clock.at(event.starts_at):
        assert level(complaints[1], 15000) == "decide"
        assert level(complaints[2], 25000) == "ask"
    with clock.at(event.ends_at + timedelta(days=1)):
        assert level(complaints[3], 15000) == "ask"
    assert Remedy.objects.count() == 1


def test_it_moves_with_the_day_and_its_giver_hears_of_it(house):
    event = made_event(house)
    lend_for(house.mia, event.pk, to=["ana", "ben"], why=WHY)
    lend_for(house.sam, event.pk, to=["ben"], why=WHY, upto=10000)
    later = DAY + timedelta(days=3)
    moved(house, event, house.sam, day=later, ends=time(2))
    assert open_ones() == [
        ("mia", "ana", later, later + timedelta(days=1), None),
        ("mia", "ben", later, later + timedelta(days=1), None),
        ("sam", "ben", later, later + timedelta(days=1), 10000),
    ]
    assert len(told(house.mia, "lending-ended")) == 2
    assert told(house.sam, "lending-ended") == []
    assert Entry.objects.filter(act="lending-moved").count() == 3
    before = Delegation.objects.count()
    moved(house, event, house.sam, day=later, ends=time(2), title="Winter feast")
    assert Delegation.objects.count() == before


def test_nobody_moves_what_was_lent_to_themselves(house):
    event = made_event(house)
    lend_for(house.sam, event.pk, to=["ana", "ben"], why=WHY)
    moved(house, event, house.ana, day=DAY + timedelta(days=1))
    assert [receiver for _, receiver, *_ in open_ones()] == ["ben"]
    assert "What you lent Ana Ruiz has ended" in told(house.sam, "lending-ended")
    assert "What you lent Ben Okafor holds on another day: 6 December 2026" in told(
        house.sam, "lending-ended"
    )


def test_what_cannot_be_lent_any_more_ends_and_its_giver_is_told(house):
    event = made_event(house)
    lend_for(house.sam, event.pk, to=["ana"], why=WHY)
    moved(house, event, house.mia, day=DAY + timedelta(days=400))
    assert open_ones() == []
    assert "What you lent Ana Ruiz has ended" in told(house.sam, "lending-ended")
    again = made_event(house)
    lend_for(house.sam, again.pk, to=["ana"], why=WHY)
    leave(place_in(house.mia, house.harbour), "ana")
    moved(house, again, house.mia, day=DAY + timedelta(days=1), owner="sam")
    assert open_ones() == []


def test_called_off_it_ends(house):
    event = made_event(house)
    lend_for(house.sam, event.pk, to=["ana"], why=WHY)
    call_off(house.ana, event.pk, "The street is closed.")
    assert open_ones() == []
    with pytest.raises(Refusal, match="called off"):
        lend_for(house.sam, event.pk, to=["ana"], why=WHY)


def test_it_is_read_on_the_first_page_and_where_one_looks_what_one_may_decide(house, signed_in):
    event = made_event(house)
    client = signed_in(house.sam)
    assert sent(client, "lend", event.pk, receivers=["ana"], why="").status_code == 422
    typed = {"receivers": ["ana", "ben"], "why": WHY, "upto": "200", "kinds": ["refund"]}
    assert sent(client, "lend", event.pk, **typed).status_code == 302
    assert sent(client, "lend", event.pk, **typed).status_code == 422
    text = page(signed_in(house.mia), "event", event.pk).content.decode()
    assert "Sam Lindqvist lends <b>Ana Ruiz</b>, <b>Ben Okafor</b>: Refunds, up to 200" in text
    ana = signed_in(house.ana)
    assert "lends <b>you</b>" in page(ana, "event", event.pk).content.decode()
    with clock.at(event.starts_at):
        ana = signed_in(house.ana)
        assert "lends you authority" in ana.get("/").content.decode()
        assert "Refunds, up to 200" in ana.get(reverse("charters:team", args=["harbour"])).content.decode()


def test_a_rule_of_the_charter_for_that_day_is_read_there_and_named_when_the_day_moves(house, signed_in):
    event = made_event(house)
    publish(house.ola, house.harbour, FOR_THE_DAY, "A feast.", seconded_by=house.mia)
    text = page(signed_in(house.ben), "event", event.pk).content.decode()
    assert "Nobody waits for a drink on that evening." in text
    typed = EVENT | {"title": event.title, "owner": "ana", "revision": 1, "day": "2026-12-12"}
    answer = signed_in(house.sam).post(f"/events/{event.pk}/change/", typed, follow=True)
    assert "Drinks tonight” of the charter held for that day alone" in answer.content.decode()


def test_a_team_without_a_charter_has_nothing_to_lend(house, signed_in):
    event = make_event(place_in(house.ola, house.hill), event_words(owner="eve"), stamp="hill")
    text = page(signed_in(house.eve), "event", event.pk).content.decode()
    assert "Lend what you may decide" not in text
