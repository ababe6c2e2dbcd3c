"""Practice twice and at the same moment, in threads of their own: one case, one try, taken out once."""

import pytest
from tests.app.acts_at_once import at_once
from tests.app.practice.closed import a_category

from remit.practice import actions
from remit.practice.models import Case, TakenOut, Tried
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db(transaction=True)


@pytest.fixture
def code(house):
    """A case that ben got."""
    a_category(house)
    return actions.next_case(house.ben).code


def test_one_complaint_is_one_case_whoever_gets_it_at_once(house):
    complaint = a_category(house)[0]
    assert at_once(*[lambda: actions._case_of(complaint)] * 4) == ["done"] * 4
    assert Case.objects.count() == 1


def test_two_tries_at_once_leave_one(house, code):
    ended = at_once(
        *(lambda value=value: actions.try_case(house.ben, code, kind="refund", value=value, words="")
          for value in (500, 700, 900))
    )  # fmt: skip
    assert ended == ["done"] * 3
    assert Tried.objects.get().value in {500, 700, 900}


def test_taken_out_by_two_at_once_it_is_out_once_and_nothing_is_left_of_what_was_tried(house, code):
    actions.try_case(house.sam, code, kind="", value=0, words="")
    ended = at_once(
        lambda: actions.take_out(house.ben, code, "One can tell who it was."),
        lambda: actions.take_out(house.sam, code, "It names somebody."),
        lambda: actions.try_case(house.ben, code, kind="refund", value=500, words=""),
    )
    assert ended.count("done") >= 2
    assert TakenOut.objects.filter(back_at=None).count() == 1
    assert Entry.objects.filter(act="practice-taken-out").count() == 1
    assert not Tried.objects.exists()


def test_put_back_by_two_clicks_is_back_once(house, code):
    actions.take_out(house.ben, code, "One can tell who it was.")
    assert at_once(*[lambda: actions.put_back(house.mia, code)] * 3) == ["done"] * 3
    assert Entry.objects.filter(act="practice-put-back").count() == 1


def test_a_second_click_finds_it_out_and_says_so(house, code, signed_in):
    ben, mia = signed_in(house.ben), signed_in(house.mia)
    for _ in range(2):
        sent = ben.post(f"/practice/{code}/out/", {"why": "One can tell who it was."})
        assert (sent.status_code, sent.url) == (302, "/practice/")
    assert TakenOut.objects.count() == 1
    for _ in range(2):
        assert mia.post(f"/practice/{code}/back/").status_code == 302
    assert Entry.objects.filter(act="practice-put-back").count() == 1
