"""Saved replies of a team, and whether its customers are asked."""

import pytest
from django.urls import reverse

from remit.complaints.actions.saved_replies import forget_reply, keep_reply
from remit.complaints.models import RatingSetting, SavedReply
from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.people.access import place_in

REPLIES = reverse("complaints:reply-settings", args=["harbour"])
RATING = reverse("complaints:rating-settings", args=["harbour"])
TYPED = {"title": "Late", "text": "Dear {customer}, sorry.", "category": "late"}


def test_a_lead_keeps_changes_and_forgets(house, signed_in):
    sam = signed_in(house.sam)
    assert b"None yet" in sam.get(REPLIES).content
    assert sam.post(REPLIES, TYPED).status_code == 302
    saved = SavedReply.objects.get()
    assert (saved.title, saved.category, saved.team) == ("Late", "late", house.harbour)
    one = reverse("complaints:saved-reply", args=["harbour", saved.pk])
    assert "Dear {customer}, sorry." in sam.get(one).content.decode()
    assert sam.post(one, TYPED | {"title": "Very late"}).status_code == 302
    assert SavedReply.objects.get().title == "Very late"
    assert sam.post(reverse("complaints:forget-reply", args=["harbour", saved.pk])).status_code == 302
    assert not SavedReply.objects.exists()


@pytest.mark.parametrize(
    ("field", "value"), [("title", ""), ("text", " "), ("text", "Dear {nobody}"), ("title", "LATE")]
)
def test_bad_input_keeps_what_was_typed(house, signed_in, field, value):
    keep_reply(place_in(house.sam, house.harbour), title="Late", text="Sorry.")
    answer = signed_in(house.sam).post(REPLIES, TYPED | {"title": "Another", field: value})
    assert answer.status_code == 422
    assert field in answer.context["form"].errors
    assert answer.context["form"]["category"].value() == "late"
    assert SavedReply.objects.count() == 1


def test_members_read_and_leads_write(house, signed_in):
    saved = keep_reply(place_in(house.sam, house.harbour), title="Late", text="Sorry.")
    ana = signed_in(house.ana)
    assert b"Sorry." in ana.get(REPLIES).content
    with pytest.raises(NotAllowed):
        keep_reply(place_in(house.ana, house.harbour), title="Mine", text="Hello")
    with pytest.raises(NotAllowed):
        forget_reply(place_in(house.ana, house.harbour), saved.pk)
    with pytest.raises(NotThere):
        keep_reply(place_in(house.ola, house.hill), title="Theirs", text="Hello", reply_id=saved.pk)
    eve = signed_in(house.eve)
    for address in (REPLIES, RATING, reverse("complaints:saved-reply", args=["harbour", saved.pk])):
        assert eve.get(address).status_code == 404


def test_too_many_are_refused(house, monkeypatch):
    monkeypatch.setattr("remit.complaints.actions.saved_replies.MOST", 1)
    keep_reply(place_in(house.sam, house.harbour), title="Late", text="Sorry.")
    with pytest.raises(Refusal):
        keep_reply(place_in(house.sam, house.harbour), title="More", text="Sorry.")


def test_a_manager_chooses_whether_customers_are_asked(house, signed_in):
    assert b"A manager chooses this" in signed_in(house.ana).get(RATING).content
    assert signed_in(house.ana).post(RATING, {"after_hours": "2"}).status_code == 403
    mia = signed_in(house.mia)
    assert mia.get(RATING).status_code == 200
    assert mia.post(RATING, {"asks": "on", "after_hours": "-1"}).status_code == 422
    assert mia.post(RATING, {"after_hours": "2"}).status_code == 302
    setting = RatingSetting.objects.get()
    assert (setting.asks, setting.after_hours) == (False, 2)
