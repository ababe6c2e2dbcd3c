"""Killed at every step from the decision to the books: given once, never lost, told; and the books say so."""

import json

import pytest
from tests.app.races.test_many_decide_at_once import SET_UP
from tests.examples import share
from tests.providers.fake_stripe import Fault

EACH = share() ** 2
APART = 21 * EACH
"""Every how many steps; at full length each, or here and there."""
IN_PARTS = [2_600, 2_500]
"""Two payments, neither of them large enough for what is given."""
LIVES = """
import json
from types import SimpleNamespace
from remit.charters.models import Version
from remit.people.models import Member, Team
from tests.app.races.dying import lives

people = {member.word: member for member in Member.objects.filter(word__in=["mia", "ola", "ben", "ana"])}
house = SimpleNamespace(**people, harbour=Team.objects.get(word="harbour"))
print(json.dumps(lives(house, json.loads(sys.argv[1]))))
"""
TELLING = """
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back.
grants:
  - id: lead
    who: {role: lead}
    upto: 5000
    level: decide
    why: Somebody has to be able to.
  - id: manager
    who: {role: manager}
    upto: 5000
    level: inform
    tell: lead
    why: Leads know what was given in their shift.
"""


@pytest.fixture
def telling_remit(own_remit):
    """A Remit in which Sam is told of what Mia decides, and Ana has to ask."""
    own_remit.python(SET_UP.replace("made_house(CHARTER", f"made_house({TELLING!r}"))
    return own_remit


def killed(remit, *ways):
    """How many processes were killed on each way, each at its step; nothing was wrong after any of them."""
    process = remit.started_python(LIVES, json.dumps(ways))
    printed, complained = process.communicate(timeout=3_600)
    assert process.returncode == 0, complained[-4_000:]
    found = json.loads(printed)
    assert not found["wrong"], "\n".join(found["wrong"])
    return found["killed"]


def test_at_every_step(telling_remit):
    (times,) = killed(telling_remit, {"stride": EACH})
    assert times > 100 // EACH


def test_at_every_step_of_a_question_and_its_answer(telling_remit):
    (times,) = killed(telling_remit, {"stride": EACH, "asks": True})
    assert times > 100 // EACH


def test_at_every_other_step_of_a_refund_in_parts(telling_remit):
    (times,) = killed(telling_remit, {"stride": 2 * EACH, "payments": IN_PARTS})
    assert times > 120 // (2 * EACH)


@pytest.mark.parametrize("half", [0, 1])
def test_here_and_there_while_the_provider_fails_too(telling_remit, half):
    ways = []
    for number, fault in list(enumerate(fault.name for fault in Fault))[half::2]:
        way = {"first": 1 + 5 * number, "stride": APART}
        ways.append(way | {"faults": ["TOO_MANY", fault], "payments": IN_PARTS})
        ways.append(way | {"faults": [fault], "asks": True})
    assert min(killed(telling_remit, *ways)) > 90 // APART


def test_here_and_there_and_somebody_has_to_do_something(telling_remit):
    ways = []
    for number, then in enumerate(["ticked-off", "tried-again", "revoked"]):
        way = {"first": 1 + 7 * number, "stride": APART, "then": then}
        ways += [way, way | {"payments": IN_PARTS, "asks": True}]
    assert min(killed(telling_remit, *ways)) > 90 // APART
