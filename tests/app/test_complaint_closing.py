"""Closed, opened again, linked, merged; and how it went."""

from datetime import timedelta

import pytest
from django.core import mail
from django.urls import reverse
from tests.app.complaint_parts import fresh, opened, with_order

from remit.complaints.actions import closing, conversation, linking, rating
from remit.complaints.actions.deciding import Intent, decide
from remit.complaints.models import Closure, Link, RatingSetting
from remit.core import clock
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.jobs.inline import run_due_jobs
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.trail.models import Entry

DAY = timedelta(hours=24, minutes=1)


@pytest.fixture(autouse=True)
def _mail_server(settings):
    settings.MAIL = "smtp://localhost:25"


@pytest.fixture
def complaint(house):
    made = opened(house)
    run_due_jobs()
    mail.outbox.clear()
    return made


def asked():
    return [each for each in mail.outbox if "Did we make it right?" in each.body]


def test_closing_once_and_twice(house, complaint):
    one = closing.close_complaint(house.ana, complaint, "made-right", "")
    assert closing.close_complaint(house.ben, complaint, "not-ours", "Twice.") == one
    after = fresh(complaint)
    assert (after.closed_at, after.reply_due_at) == (clock.now(), None)
    assert Entry.objects.filter(act="complaint-closed").count() == 1


@pytest.mark.parametrize(("reason", "why"), [("not-ours", ""), ("withdrawn", " "), ("", "x"), ("no", "x")])
def test_a_reason_is_needed_and_some_need_a_sentence(house, complaint, reason, why):
    with pytest.raises(Refusal):
        closing.close_complaint(house.ana, complaint, reason, why)
    assert fresh(complaint).closed_at is None


@pytest.mark.parametrize(("value", "what"), [(15_000, "A proposal"), (50_000, "A question")])
def test_not_closed_over_an_open_question(house, value, what):
    complaint = with_order(house, paid=90_000, category="late")
    decide(house.ana, complaint.number, Intent(kind="refund", value=value, key="k"))
    with pytest.raises(Refusal, match=what):
        closing.close_complaint(house.ana, complaint, "made-right", "")
    other = opened(house)
    with pytest.raises(Refusal, match=what):
        linking.merge_into(house.ana, complaint, other)


def test_opened_again_with_a_why_and_new_deadlines(house, complaint, noon):
    closing.close_complaint(house.ana, complaint, "made-right", "")
    with pytest.raises(Refusal):
        closing.reopen_complaint(house.ben, complaint, "")
    with clock.at(noon + DAY):
        closing.reopen_complaint(house.ben, complaint, "The money didn't arrive.")
        closing.reopen_complaint(house.ben, complaint, "")
        after = fresh(complaint)
        assert after.closed_at is None
        assert after.resolution_due_at > clock.now()
    closure = Closure.objects.get(complaint=complaint)
    assert (closure.reopened_by, closure.reopened_why) == (house.ben, "The money didn't arrive.")
    with clock.at(noon + 2 * DAY):
        closing.close_complaint(house.ana, complaint, "made-right", "")
    assert complaint.closures.count() == 2


def test_the_customer_asks_for_another_look_at_a_closed_one(house, complaint):
    conversation.reply(house.ana, complaint, "It was right.")
    closing.close_complaint(house.ana, complaint, "made-right", "")
    one = closing.ask_for_another_look(complaint, "It isn't.")
    assert closing.ask_for_another_look(complaint, "It isn't.") == one
    after = fresh(complaint)
    assert after.closed_at is None
    assert after.reply_due_at is not None
    assert Notice.objects.filter(member=house.sam, code="another-look-asked").count() == 1
    assert Closure.objects.get(complaint=complaint).reopened_by is None


def test_the_customer_asks_for_another_look_at_an_open_one(house, complaint):
    closing.ask_for_another_look(complaint, "Let somebody else look.")
    assert Notice.objects.filter(member=house.sam, code="another-look-asked", is_urgent=True).exists()
    assert fresh(complaint).closed_at is None


def test_asked_how_it_went_once_for_each_closure(house, complaint, noon):
    closing.close_complaint(house.ana, complaint, "made-right", "")
    run_due_jobs()
    assert asked() == []
    with clock.at(noon + DAY):
        run_due_jobs()
        assert len(asked()) == 1
        closing.reopen_complaint(house.ana, complaint, "Again.")
        closing.close_complaint(house.ana, complaint, "made-right", "")
    with clock.at(noon + 2 * DAY):
        run_due_jobs()
    assert len(asked()) == 2


@pytest.mark.parametrize("what", ["reopened", "rated", "off", "without mail", "duplicate"])
def test_nobody_is_asked_who_needn_t_be(house, noon, what):
    complaint = opened(house, customer=None) if what == "without mail" else opened(house)
    if what == "duplicate":
        linking.merge_into(house.ana, complaint, opened(house, "The same"))
    else:
        closing.close_complaint(house.ana, complaint, "made-right", "")
    if what == "reopened":
        closing.reopen_complaint(house.ana, complaint, "Again.")
    if what == "rated":
        rating.rate(complaint, 4, None, "")
    if what == "off":
        rating.set_rating(place_in(house.mia, house.harbour), asks=False, after_hours=1)
    with clock.at(noon + DAY):
        run_due_jobs()
    assert asked() == []


def test_the_team_chooses_when(house, complaint, noon):
    with pytest.raises(NotAllowed):
        rating.set_rating(place_in(house.sam, house.harbour), asks=True, after_hours=2)
    with pytest.raises(Refusal):
        rating.set_rating(place_in(house.mia, house.harbour), asks=True, after_hours=10_000)
    rating.set_rating(place_in(house.mia, house.harbour), asks=True, after_hours=2)
    assert RatingSetting.objects.get(team=house.harbour).after_hours == 2
    closing.close_complaint(house.ana, complaint, "made-right", "")
    with clock.at(noon + timedelta(hours=2, minutes=1)):
        run_due_jobs()
    assert len(asked()) == 1


def test_rating_once_and_those_who_handled_it_hear(house, complaint):
    with pytest.raises(Refusal):
        rating.rate(complaint, 5, 3, "")
    closing.close_complaint(house.ana, complaint, "made-right", "")
    with pytest.raises(Refusal):
        rating.rate(complaint, 0, 3, "")
    one = rating.rate(complaint, 5, 9, "Thank you!" + "x" * 600)
    assert (one.made_right, one.quickness, len(one.words)) == (5, None, 500)
    assert rating.rate(complaint, 1, 1, "No") == one
    assert Notice.objects.filter(code="complaint-rated", member=house.sam).count() == 1


def test_links_are_seen_from_both_sides_and_taken_away(house, complaint, signed_in):
    other = opened(house, "The bill was wrong.")
    linking.link(house.ana, other, complaint)
    linking.link(house.ana, complaint, other)
    assert Link.objects.count() == 1
    ana = signed_in(house.ana)
    for one, two in ((complaint, other), (other, complaint)):
        page = ana.get(reverse("complaints:complaint", args=[one.number])).content.decode()
        assert two.said in page
    assert ana.post(reverse("complaints:unlink", args=[complaint.number, other.number])).status_code == 302
    linking.unlink(house.ana, complaint, other)
    assert Link.objects.count() == 0
    with pytest.raises(Refusal):
        linking.link(house.ana, complaint, complaint)


def test_a_complaint_of_another_team_is_never_linked_nor_shown(house, complaint, signed_in):
    theirs = opened(house, team=house.hill, customer=None)
    with pytest.raises(NotThere):
        linking.link(house.ana, complaint, theirs)
    ana = signed_in(house.ana)
    address = reverse("complaints:link", args=[complaint.number])
    answer = ana.post(address, {"number": theirs.said})
    assert answer.status_code == 422
    assert answer.context["form"]["number"].value() == theirs.said
    linking.link(house.ola, complaint, theirs)
    page = ana.get(reverse("complaints:complaint", args=[complaint.number])).content.decode()
    assert theirs.said not in page


def test_merging_and_undoing_it(house, complaint):
    other = opened(house, "The same again.")
    linking.merge_into(house.ana, other, complaint)
    linking.merge_into(house.ana, other, complaint)
    merged = fresh(other)
    assert merged.merged_into == complaint
    assert merged.closures.get().reason == "duplicate"
    for act in (
        lambda: conversation.reply(house.ana, other, "Hello"),
        lambda: conversation.hear_customer(other, "Hello"),
        lambda: closing.reopen_complaint(house.ana, other, "Why"),
    ):
        with pytest.raises(Refusal, match="goes on in"):
            act()
    linking.undo_merge(house.ana, other)
    linking.undo_merge(house.ana, other)
    again = fresh(other)
    assert (again.merged_into, again.closed_at) == (None, None)
    assert again.messages.count() == other.messages.count()


def test_merged_is_only_what_one_customer_told_twice_in_one_team(house, complaint):
    stranger = opened(house, customer=None)
    theirs = opened(house, team=house.hill)
    for one, two in ((complaint, stranger), (stranger, complaint), (stranger, opened(house, customer=None))):
        with pytest.raises(Refusal):
            linking.merge_into(house.ana, one, two)
    with pytest.raises(Refusal):
        linking.merge_into(house.ola, complaint, theirs)
    with pytest.raises(NotThere):
        linking.merge_into(house.ana, complaint, theirs)


@pytest.mark.parametrize("name", ["close", "reopen", "link", "merge", "undo-merge"])
def test_another_team_closes_nothing(house, complaint, signed_in, name):
    address = reverse(f"complaints:{name}", args=[complaint.number])
    words = {"reason": "made-right", "why": "x", "number": str(complaint.number)}
    assert signed_in(house.eve).post(address, words).status_code == 404


def test_closing_and_merging_by_the_pages(house, complaint, signed_in):
    ana = signed_in(house.ana)

    def door(name, which=complaint):
        return reverse(f"complaints:{name}", args=[which.number])

    assert ana.get(door("close")).status_code == 200
    bad = ana.post(door("close"), {"reason": "not-ours", "why": ""})
    assert bad.status_code == 422
    assert bad.context["form"]["reason"].value() == "not-ours"
    assert ana.post(door("close"), {"reason": "made-right", "why": ""}).status_code == 302
    assert b"Closed" in ana.get(door("complaint")).content
    assert ana.post(door("reopen"), {"why": "Not yet."}).status_code == 302
    other = opened(house, "The same again.")
    for number in ("nonsense", "99999999999999999999", "1", other.said):
        assert ana.post(door("merge", other), {"number": number}).status_code == 422
    assert ana.post(door("merge", other), {"number": f"c-{complaint.number}"}).status_code == 302
    assert b"goes on in" in ana.get(door("complaint", other)).content
    assert ana.post(door("undo-merge", other)).status_code == 302
    assert fresh(other).merged_into is None
