"""Whoever types somebody else's phone or mail into the public form learns nothing about them.

Nobody proves on that form who they are, so its answer and the page behind it show nothing that was
known before.
"""

import pytest
from django.urls import reverse
from tests.app.complaint_parts import fresh, opened
from tests.app.test_complaints_public_form import sent

from remit.complaints.actions import linking
from remit.complaints.models import Complaint

KNOWN = {"name": "Josephine Miller", "email": "jo.miller@example.org", "phone": "+491701234567"}


def page(complaint):
    return reverse("complaints:customer-page", args=[complaint.token])


def known(house):
    """A complaint of somebody whose name, mail and phone are known."""
    from remit.complaints.actions.customers import CustomerWords  # noqa: PLC0415

    return opened(house, "Mine was cold.", customer=CustomerWords(**KNOWN))


@pytest.mark.parametrize("typed", [{"phone": KNOWN["phone"]}, {"email": KNOWN["email"]}])
def test_the_form_tells_nobody_what_is_known_of_somebody(house, client, typed):
    theirs = known(house)
    thanks = sent(client, house, **typed)["Location"]
    mine = Complaint.objects.latest("id")
    assert mine.customer == theirs.customer, "it is found by what was typed"
    shown = client.get(thanks).content.decode() + client.get(page(mine)).content.decode()
    assert [each for each in KNOWN.values() if each in shown] == []
    assert "by mail" not in client.get(page(mine)).content.decode()


def test_merging_what_came_by_the_form_opens_nobody_elses_page(house, client):
    theirs = known(house)
    sent(client, house, phone=KNOWN["phone"])
    mine = Complaint.objects.latest("id")
    linking.merge_into(house.ana, mine, theirs)
    shown = client.get(page(fresh(mine))).content.decode()
    assert "goes on in one place" in shown
    assert theirs.token not in shown


def test_who_gave_a_mail_reads_that_we_answer_by_mail(house, client):
    thanks = client.get(sent(client, house, email="new@example.org")["Location"]).content.decode()
    assert "by mail" in thanks
    assert "by mail" not in client.get(sent(client, house)["Location"]).content.decode()
