"""A manager's own mirror: about the one who looks, and of fewer than five customers nothing."""

from datetime import timedelta

import pytest
from tests.app.answered_rows import answered
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean

from remit.approvals.vocabulary import End
from remit.complaints.actions.answering import Answer, answer
from remit.complaints.actions.deciding import decide
from remit.complaints.models import Closure, Rating
from remit.core import clock
from remit.core.clock import now
from remit.insight.letgo.mirror import mirror_of
from remit.people.access import place_in

PAGE = "/let-go/harbour/mirror/"


def decided(house, who, value, *, category="billing", kind="refund"):
    complaint = made_complaint(house, category=category, paid=900_000)
    return decide(who, complaint.number, wants(kind, value))


def rated(complaint, stars):
    closure = Closure.objects.create(complaint=complaint, reason="made-right", at=now())
    Rating.objects.create(closure=closure, complaint=complaint, made_right=stars, at=now())


def test_what_a_member_might_have_decided(house):
    could = [decided(house, house.mia, 4000), decided(house, house.mia, 7000, category="late")]
    decided(house, house.mia, 100_000)
    decided(house, house.ana, 4000)
    mirror = mirror_of(place_in(house.mia, house.harbour))
    assert mirror.decided == 3
    assert {each.pk for each in mirror.others_might} == {each.pk for each in could}


def test_nobody_lower_was_there_then(house):
    decided(house, house.mia, 4000)
    for word in ("ana", "ben", "sam"):
        getattr(house, word).memberships.update(since=now() + timedelta(days=1))
    assert mirror_of(place_in(house.mia, house.harbour)).others_might == []


def test_one_quarter_is_looked_at(house, noon):
    with clock.at(noon - timedelta(weeks=14)):
        decided(house, house.mia, 4000)
    assert mirror_of(place_in(house.mia, house.harbour)).decided == 0


def test_answers_and_how_long_they_took(house, noon):
    rows = [(noon - timedelta(days=2), 9000, how, "refund", "member", "billing") for how in (End.YES, End.NO)]
    answered(house, rows)
    answered(house, rows, by=house.sam)
    mirror = mirror_of(place_in(house.mia, house.harbour))
    assert (mirror.answered, mirror.plain_yes, mirror.waited, mirror.seconds) == (2, 1, 3.0, 5.0)


def waiting_and_not(house, waited, others):
    """So many stars of those who waited for Mia, and of those who waited for nobody."""
    for stars in waited:
        asked = decided(house, house.ana, 45000)
        answer(house.mia, asked.approval_id, Answer(how=End.YES))
        rated(asked.complaint, stars)
    for stars in others:
        rated(decided(house, house.sam, 4000).complaint, stars)


def test_those_who_waited_beside_those_who_did_not(house, signed_in):
    waiting_and_not(house, [1, 2, 2, 1, 2], [5, 5, 4, 5, 5, 4])
    mirror = mirror_of(place_in(house.mia, house.harbour))
    assert mirror.those_who_waited is not None
    assert (mirror.those_who_waited.complaints, mirror.those_who_waited.mean) == (5, 1.6)
    assert mirror.those_who_did_not is not None
    assert mirror.those_who_did_not.complaints == 6
    assert mirror.differs
    text = assert_clean(signed_in(house.mia).get(PAGE))
    assert "gave 1.6 of 5 (5 rated)" in text
    assert "more than chance explains" in text


def test_of_fewer_than_five_nothing_is_said(house, signed_in):
    waiting_and_not(house, [1, 2, 2, 1], [5, 5, 4, 5, 5, 4])
    mirror = mirror_of(place_in(house.mia, house.harbour))
    assert (mirror.those_who_waited, mirror.those_who_did_not, mirror.differs) == (None, None, False)
    text = assert_clean(signed_in(house.mia).get(PAGE))
    assert "Fewer than 5 customers rated" in text
    assert "1.5 of 5" not in text


@pytest.mark.parametrize("who", ["ana", "ben", "sam"])
def test_it_is_a_mirror_of_who_manages(house, signed_in, who):
    assert signed_in(getattr(house, who)).get(PAGE).status_code == 403


def test_everybody_sees_themselves_alone(house, signed_in):
    decided(house, house.mia, 4000)
    assert "Cold dinner" in assert_clean(signed_in(house.mia).get(PAGE))
    assert "Cold dinner" not in assert_clean(signed_in(house.ola).get(PAGE))
