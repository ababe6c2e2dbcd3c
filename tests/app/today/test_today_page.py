"""The first page: one list of whatever waits, what changed for whoever looks, few queries for all of it."""

from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.app.conftest import CHARTER
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean
from tests.app.procedures.made_procedures import made_procedure
from tests.app.work.made_work import made_round, made_task

from remit.charters import actions
from remit.charters.models import Delegation
from remit.complaints.actions.deciding import decide
from remit.complaints.actions.handling import take_up
from remit.complaints.models import Closure, Complaint, Rating
from remit.core import clock
from remit.core.clock import now
from remit.growth.models import StepChange, Wish
from remit.people.models import Duty
from remit.today.queries.changed import new_for_me
from remit.today.queries.here import here_of
from remit.today.queries.needs import needs_of
from remit.today.queries.waiting import waiting
from remit.work.actions.holding import take

pytestmark = pytest.mark.django_db


def page(client):
    answer = client.get("/")
    assert answer.status_code == 200
    assert_clean(answer)
    return " ".join(answer.content.decode().replace("\xa0", " ").split())


def titles(lines):
    return [(each.sort.value, each.title) for each in lines]


def test_nothing_there_is_said_in_every_part(house, signed_in):
    Duty.objects.all().delete()
    text = page(signed_in(house.eve))
    for words in (
        "Nothing waits for you.", "Nothing waits for somebody to take it up.",
        "You may decide what you could a week ago", "You have read all of it.",
        "Nobody is on duty just now.", "Nobody said how it went in the last weeks.",
    ):  # fmt: skip
        assert words in text
    assert "What needs you" not in text


def test_whatever_waits_stands_in_one_list_what_is_due_first_first(house, signed_in):
    late = made_task(house, title="Late task", due_at=now() - timedelta(hours=1))
    soon = made_task(house, title="Whenever")
    free = made_task(house, title="Free", due_at=now() + timedelta(days=2))
    for task in (late, soon):
        take(house.sam, task.pk)
    complaint = made_complaint(house, title="Cold dinner", category="late", paid=31200)
    take_up(house.sam, complaint)
    Complaint.objects.filter(pk=complaint.pk).update(reply_due_at=now() + timedelta(hours=1))
    made_complaint(house, title="Nobody has it")
    decide(house.ana, complaint.number, wants("refund", 20100, words="They cut it anyway."))
    made_round(house, title="Still to tick", minutes=1440)
    made_round(house, title="Missed")
    found = waiting(house.sam)
    assert titles(found.mine) == [
        ("question", "Cold dinner"),
        ("task", "Late task"),
        ("complaint", "Cold dinner"),
        ("checklist", "Still to tick"),
        ("task", "Whenever"),
        ("checklist", "Missed"),
    ]
    assert set(titles(found.free)) == {("task", "Free"), ("complaint", "Nobody has it")}
    assert titles(waiting(house.eve).mine) == titles(waiting(house.eve).free) == []
    sam = signed_in(house.sam)
    assert "Ana Ruiz asks you" in page(sam)
    assert sam.post(f"/tasks/{late.pk}/done/", {"next": "/"})["Location"] == "/"
    assert sam.post(f"/tasks/{free.pk}/take/", {"next": "/"})["Location"] == "/"
    assert ("task", "Free") in titles(waiting(house.sam).mine)


def test_another_charter_is_said_for_a_week_and_only_what_is_theirs(house):
    actions.publish(house.mia, house.harbour, CHARTER.replace("upto: 50\n", "upto: 60\n"), "They waited.")
    said = new_for_me(here_of(house.ana), with_steps=True).charters[0]
    assert "60" in said.gains[0].sentence + " ".join(said.gains[0].cases)
    assert said.losses == []
    managers = new_for_me(here_of(house.mia), with_steps=True).charters[0]
    assert (managers.gains, managers.losses) == ([], [])
    assert not new_for_me(here_of(house.eve), with_steps=True)
    with clock.at(now() + timedelta(days=8)):
        assert not new_for_me(here_of(house.ana), with_steps=True)


def test_a_step_and_lent_authority_are_new_and_a_shared_screen_keeps_the_step(house, signed_in):
    place = house.ana.memberships.get()
    StepChange.objects.create(
        membership=place,
        before="none",
        step="trusted",
        ground="talk",
        why="We spoke.",
        by=house.mia,
        at=now(),
    )
    type(place).objects.filter(pk=place.pk).update(step_given="trusted")
    Delegation.objects.create(
        team=house.harbour, giver=house.sam, receiver=house.ana, since=now().date(),
        until=now().date() + timedelta(days=3), why="I am away.", made_at=now(),
    )  # fmt: skip
    here = here_of(house.ana)
    assert [each.step for each in new_for_me(here, with_steps=True).steps] == ["trusted"]
    assert new_for_me(here, with_steps=False).steps == []
    text = page(signed_in(house.ana))
    for words in ("You hold the step <b>trusted</b>", "Sam Lindqvist lends you authority", "I am away."):
        assert words in text
    assert "Ana Ruiz stands in for Sam Lindqvist until 26 November" in page(signed_in(house.ben))
    with clock.at(now() + timedelta(days=9)):
        assert not new_for_me(here_of(house.ana), with_steps=True)


def test_who_is_on_by_name_and_until_when(house, signed_in):
    Duty.objects.filter(membership__member=house.ben).delete()
    text = page(signed_in(house.ana))
    assert "Harbour Street: 4 on duty" in text
    assert "Ana Ruiz <span" in text
    assert "until 20:00" in text
    assert "Ben Okafor" not in text


def test_a_manager_sees_what_needs_them_a_lead_less_a_member_nothing(house, signed_in):
    made_round(house, title="Missed")
    Wish.objects.create(membership=house.ana.memberships.get(), step="trusted", words="I can.", at=now())
    assert needs_of(here_of(house.ana)) is None
    lead = needs_of(here_of(house.sam))
    assert ([each.words for each in lead.structure], lead.room) == (["1 checklist was missed"], [])
    manager = needs_of(here_of(house.mia))
    assert [(each.words, each.address) for each in manager.room] == [
        ("1 colleague asks for a step", "/growth/harbour/people/")
    ]
    assert [each.address for each in needs_of(here_of(house.ola)).room] == ["/growth/"]
    text = page(signed_in(house.mia))
    assert "1 checklist was missed" in text
    assert "1 colleague asks for a step" in text
    assert "colleague asks" not in page(signed_in(house.sam))


def test_what_guests_said_and_what_is_to_be_read(house, signed_in):
    made_procedure(house.sam)
    complaint = made_complaint(house, title="Cold dinner")
    closure = Closure.objects.create(complaint=complaint, reason="made-right", by=house.ana, at=now())
    Rating.objects.create(
        closure=closure, complaint=complaint, made_right=5, words="Sorted <b>in one call</b>.", at=now()
    )
    text = page(signed_in(house.ben))
    assert "Sorted &lt;b&gt;in one call&lt;/b&gt;." in text
    assert "5 of 5" in text
    assert "You have read all of it." not in text
    assert "Sorted" not in page(signed_in(house.eve))


def test_each_part_is_there_for_every_role_empty_and_full(house, signed_in):
    everybody = {"ana": False, "sam": True, "mia": True, "ola": True}
    for who, leads in everybody.items():
        text = page(signed_in(getattr(house, who)))
        for part in ("mine", "free", "new", "changed", "on", "said"):
            assert f'aria-labelledby="{part}"' in text
        assert ("Nothing just now: no list was missed" in text) == leads
        assert "You may decide what you could a week ago" in text
        assert "Nobody said how it went" in text
    actions.publish(house.ola, house.harbour, CHARTER.replace("upto: 50\n", "upto: 60\n"), "They waited.")
    made_procedure(house.sam)
    made_round(house, title="Missed")
    complaint = made_complaint(house, title="Cold dinner")
    closure = Closure.objects.create(complaint=complaint, reason="made-right", by=house.ana, at=now())
    Rating.objects.create(closure=closure, complaint=complaint, made_right=5, words="Sorted.", at=now())
    for who, leads in everybody.items():
        text = page(signed_in(getattr(house, who)))
        assert ("More than a week ago" in text) == (who == "ana")
        assert ("nothing of it is yours" in text) == (who != "ana")
        assert ("1 checklist was missed" in text) == leads
        assert "What is free to take stands below." not in text
        assert ("When an order is late" in text) == (who != "sam")
        assert "Harbour Street: 5 on duty" in text
        assert "Sorted." in text
        assert ("So that people can decide more themselves." in text) == (who in {"mia", "ola"})


def test_as_few_queries_with_much_as_with_little(house, signed_in):
    for number in range(20):
        take(house.mia, made_task(house, title=f"Mine {number}").pk)
        made_task(house, title=f"Free {number}")
        made_complaint(house, title=f"Complaint {number}")
        made_round(house, title=f"List {number}", minutes=1440)
    mia = signed_in(house.mia)
    page(mia)
    with CaptureQueriesContext(connection) as asked:
        text = page(mia)
    assert len(asked) <= 12
    assert "all your tasks" in text
    assert "all tasks that are free" in text
    assert len(waiting(house.mia).mine) == 12
