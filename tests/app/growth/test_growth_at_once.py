"""Steps twice and at the same moment, in threads of their own: given once, proposed once, asked for once."""

import threading
from datetime import date

import pytest
from django.db import connection
from tests.app.growth.reviewed import membership_of, reviewed, with_steps

from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.growth.actions import proposing, steps, wishes
from remit.growth.models import Proposal, StepChange, Wish
from remit.notices.models import Notice
from remit.people.access import place_in

pytestmark = pytest.mark.django_db(transaction=True)
UNTIL = date(2026, 12, 23)


def at_once(*acts):
    """What came of acts that begin at the same moment: `done`, or the code of a refusal."""
    barrier, ended, moment = threading.Barrier(len(acts)), [], now()

    def run(act):
        barrier.wait()
        try:
            with clock.at(moment):
                act()
            ended.append("done")
        except Refusal as refusal:
            ended.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)


@pytest.fixture
def grown(house):
    with_steps(house)
    return house


def test_the_same_sent_twice_gives_once_and_tells_once(grown):
    place = place_in(grown.mia, grown.harbour)
    assert (
        at_once(*[lambda: steps.give(place, "ana", "first", why="Trust.", until=UNTIL)] * 3) == ["done"] * 3
    )
    assert StepChange.objects.count() == 1
    assert Notice.objects.filter(code="step-changed").count() == 1


def test_two_workers_propose_once(grown):
    reviewed(grown, "ana", "s" * 34)
    number = membership_of(grown, "ana").pk
    at_once(*[lambda: proposing.look(number)] * 3)
    assert Proposal.objects.count() == 1


def test_a_wish_sent_twice_is_one(grown):
    place = place_in(grown.ana, grown.harbour)
    assert at_once(*[lambda: wishes.ask_for(place, "Sundays.")] * 2) == ["asked-already", "done"]
    assert Wish.objects.count() == 1


def test_given_and_answered_not_yet_at_once_one_of_them_holds(grown):
    wish = wishes.ask_for(place_in(grown.ana, grown.harbour), "Sundays.")
    mia, ola = (place_in(each, grown.harbour) for each in (grown.mia, grown.ola))
    ended = at_once(
        lambda: wishes.answer(mia, wish, is_given=True, why="Yes.", until=UNTIL),
        lambda: wishes.answer(ola, wish, is_given=False, why="After the audit."),
    )
    assert ended == ["done", "wish-answered"]
    wish.refresh_from_db()
    assert (membership_of(grown, "ana").step == "first") == (wish.answer == "given")
