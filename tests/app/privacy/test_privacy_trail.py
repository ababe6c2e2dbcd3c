"""The trail loses every word that names somebody who is erased, but in complaints of others."""

import pytest
from tests.app.made_complaints import made_complaint
from tests.app.privacy.marked import made_marked
from tests.app.work.made_work import made_task

from remit.complaints.actions.closing import close_complaint
from remit.complaints.models import Customer
from remit.core.erasing import Traces, take_out
from remit.core.writing import write
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.actions.joining import Newcomer, accept_as_newcomer, invite
from remit.people.actions.me import change_profile
from remit.people.actions.members import leave
from remit.people.models import Role
from remit.privacy.actions.erasing import erase_customer, erase_former_member
from remit.privacy.reach import OF_ONE_CUSTOMER, reach_of
from remit.trail.actions import record
from remit.trail.models import Words
from remit.trail.verifying import verify_trail
from remit.work.models import Task

NAME, MAIL = "Jonah Harker", "jonah@harker.example"
ANYWHERE = ("charter:harbour", "let-go:harbour", "objective:7", "vision:1", "connection:1", "invitation:9000")
SAID = f"As {NAME} ({MAIL}) wants it."
OF_OTHERS = ("For every guest.", "As Thejonah Harker wants it.", "Write to xjonah@harker.example.")


@pytest.fixture(autouse=True)
def _own_folder(settings, tmp_path):
    settings.DATA, settings.MEDIA_ROOT = tmp_path, tmp_path / "uploads"


def said_of(house, *subjects):
    """Somebody is named in the trail under each of these, and others are."""
    with write():
        for subject in subjects:
            for words in (SAID, *OF_OTHERS):
                record("said", subject, by=house.mia, team=house.harbour, words=words)


def still_said():
    """Under what the name stands in the trail."""
    return set(Words.objects.filter(text__contains=f" {NAME}").values_list("entry__subject", flat=True))


def test_a_customer_is_named_nowhere_but_in_the_complaints_of_others(house, noon):
    theirs, other = made_complaint(house), made_complaint(house)
    Customer.objects.filter(pk=theirs.customer_id).update(name=NAME, email=MAIL)
    said_of(house, *ANYWHERE, other.subject)
    close_complaint(house.sam, theirs, "no-answer", "")
    assert still_said() == {*ANYWHERE, other.subject}
    erase_customer(house.ola, theirs.customer_id, typed="erase")
    assert still_said() == {other.subject}
    for words in OF_OTHERS:
        assert Words.objects.filter(text=words).count() == len(ANYWHERE) + 1
    assert verify_trail().broken is None


@pytest.mark.parametrize(("name", "mail"), [(NAME, MAIL), ("Jonah", "")], ids=["a full name", "a first name"])
def test_a_former_member_is_named_nowhere_not_even_on_their_invitation(house, noon, name, mail):
    place = place_in(house.mia, house.harbour)
    secret = invite(place, Role.objects.get(word="member"), name=name, email=mail)[1]
    member = accept_as_newcomer(secret, Newcomer(name=name, email=mail, pin="4826")).member
    other = made_complaint(house)
    if mail:
        said_of(house, *ANYWHERE, other.subject)
    leave(place, member.word)
    assert Words.objects.filter(entry__act="member-invited", text__contains=name).exists()
    erase_former_member(house.ola, member.word, typed="erase")
    assert still_said() == ({other.subject} if mail else set())
    assert not Words.objects.filter(entry__act="member-invited").exclude(text="").exists()
    assert not Notice.objects.filter(title__contains=name).exists()
    assert verify_trail().broken is None


def test_a_former_member_is_found_by_every_name_that_they_had_here(house, noon):
    place = place_in(house.mia, house.harbour)
    secret = invite(place, Role.objects.get(word="member"))[1]
    member = accept_as_newcomer(secret, Newcomer(name=NAME, pin="4826")).member
    said_of(house, *ANYWHERE)
    change_profile(member, name="Jonah Murray", email=MAIL, language="en")
    with write():
        record("said", "charter:harbour", by=house.mia, team=house.harbour, words="Jonah Murray said so.")
    leave(place, member.word)
    erase_former_member(house.ola, member.word, typed="erase")
    assert still_said() == set()
    assert not Words.objects.filter(text__contains="Murray").exists()


def test_what_is_spared_is_what_a_customer_can_have(house):
    reach = reach_of(made_marked(house, "zq7jonah", "+491705550001").pk)
    assert {f"{each.partition(':')[0]}:" for each in reach.subjects} == set(OF_ONE_CUSTOMER)


@pytest.mark.parametrize(
    ("name", "text", "left"),
    [
        ("Ana Ruiz", "Ask ana ruiz. Diana Ruiz knows.", "Ask (erased). Diana Ruiz knows."),
        ("Ana Li", "Ana Lis Tisch, by Ana Lindgren", "(erased)s Tisch, by Ana Lindgren"),
        ("Jörg Äpfel", "JÖRG ÄPFEL (jörg äpfel)", "(erased) ((erased))"),
        ("Ana Ruiz", "q=%22Ana+Ruiz%22\\nAna Ruiz", "q=%22(erased)%22\\n(erased)"),
    ],
)
def test_a_name_is_told_from_letters_of_another(house, name, text, left):
    task = made_task(house)
    Task.objects.filter(pk=task.pk).update(text=text)
    with write():
        take_out(Traces.of(names=[name]), ((Task, ("text",)),))
    assert Task.objects.get(pk=task.pk).text == left


def test_what_stands_for_a_short_name_fits_where_the_name_did(house):
    """It is longer than the name, and PostgreSQL refuses what is too long for its column."""
    most = Task._meta.get_field("title").max_length
    task = made_task(house, title="Ana Li ".ljust(most, "x"))
    with write():
        take_out(Traces.of(names=["Ana Li"]), ((Task, ("title",)),))
    title = Task.objects.get(pk=task.pk).title
    assert title.startswith("(erased) xx")
    assert len(title) == most
