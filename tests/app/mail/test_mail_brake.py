"""The brake on floods: no more than so many mails to customers leave a team within an hour."""

from datetime import timedelta

import pytest
from tests.app.complaint_parts import JO, opened
from tests.app.mail.conftest import made_mailbox, to_customers

from remit.complaints.actions.conversation import reply, take_reply_back
from remit.complaints.models import Message
from remit.complaints.vocabulary import MailState
from remit.core import clock
from remit.inbox.brake import held_back_until, most_an_hour
from remit.jobs.inline import run_due_jobs
from remit.notices.models import Notice


@pytest.fixture
def slow(house, sending, noon):
    """Two mails an hour."""
    return made_mailbox(house, most_an_hour=2)


def test_what_is_too_much_leaves_later_by_itself(house, slow, sending, noon):
    for number in range(5):
        opened(house, f"Number {number}")
    run_due_jobs()
    assert len(to_customers(sending)) == 2
    for hours, many in ((1, 4), (2, 5), (3, 5)):
        with clock.at(noon + timedelta(hours=hours)):
            run_due_jobs()
        assert len(to_customers(sending)) == many
    assert {each.mail_state for each in Message.objects.exclude(mail_state=MailState.NONE)} == {
        MailState.SENT
    }


def test_whoever_can_do_something_is_told_once_an_hour(house, slow, noon):
    for number in range(6):
        opened(house, f"Number {number}")
    run_due_jobs()
    told = Notice.objects.filter(code="mails-held-back")
    assert {each.member for each in told} == {house.sam, house.mia, house.ola}
    assert told.count() == 3
    with clock.at(noon + timedelta(hours=1)):
        run_due_jobs()
    assert Notice.objects.filter(code="mails-held-back", created_at__gt=noon).count() == 3


def test_of_other_teams_nothing_is_held_back(house, slow, sending, noon):
    for number in range(4):
        opened(house, f"Number {number}", team=house.hill)
    run_due_jobs()
    assert len(to_customers(sending)) == 4
    assert most_an_hour(house.hill) == 200


def test_what_is_held_back_can_be_taken_back(house, slow, sending, noon):
    complaint = opened(house)
    opened(house, "Another.")
    run_due_jobs()
    message = reply(house.ana, complaint, "Hello.")
    with clock.at(noon + timedelta(minutes=1)):
        run_due_jobs()
        take_reply_back(house.ana, message)
    with clock.at(noon + timedelta(hours=2)):
        run_due_jobs()
    assert len(to_customers(sending)) == 2
    assert all(JO.email in each.to for each in to_customers(sending))


def test_the_count_is_exact(house, slow, noon):
    assert [held_back_until(house.harbour) for _ in range(4)] == [None, None] + [
        noon + timedelta(hours=1)
    ] * 2
