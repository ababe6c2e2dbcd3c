"""Killed at every step from the decision to the books: given once, never lost, and the books say so."""

import json

import pytest
from tests.app.races.test_many_decide_at_once import SET_UP
from tests.examples import share
from tests.providers.fake_stripe import Fault

APART = 3 * share() ** 2
"""Every how many steps; at full length every third."""
IN_PARTS = [2_600, 2_500]
"""Two payments, neither of them large enough for what is given."""
LIVES = """
import json
from types import SimpleNamespace
from remit.people.models import Member, Team
from tests.app.races.dying import lives

people = {member.word: member for member in Member.objects.filter(word__in=["mia", "ola", "ben"])}
house = SimpleNamespace(**people, harbour=Team.objects.get(word="harbour"))
print(json.dumps(lives(house, **json.loads(sys.argv[1]))))
"""


def killed(remit, **how):
    """How many processes were killed, each at its step; nothing was wrong after any of them."""
    process = remit.started_python(LIVES, json.dumps(how))
    printed, complained = process.communicate(timeout=1_800)
    assert process.returncode == 0, complained[-4_000:]
    found = json.loads(printed)
    assert found["wrong"] == []
    return found["killed"]


def test_at_every_step(own_remit):
    own_remit.python(SET_UP)
    assert killed(own_remit, faults=[], stride=share()) > 100 // share()


def test_at_every_step_of_a_refund_in_parts(own_remit):
    own_remit.python(SET_UP)
    assert killed(own_remit, faults=[], stride=share(), payments=IN_PARTS) > 120 // share()


@pytest.mark.parametrize(("number", "fault"), list(enumerate(fault.name for fault in Fault)))
def test_here_and_there_in_parts_while_the_provider_fails_too(own_remit, number, fault):
    own_remit.python(SET_UP)
    faults = [fault] if number % 2 else ["TOO_MANY", fault]
    assert (
        killed(own_remit, faults=faults, first=1 + number % APART, stride=APART, payments=IN_PARTS)
        > 90 // APART
    )


def test_here_and_there_in_parts_and_all_of_them_come_back_in_the_end(own_remit):
    own_remit.python(SET_UP)
    assert killed(own_remit, faults=[], stride=APART, fails_there=True, payments=IN_PARTS) > 120 // APART


@pytest.mark.parametrize(("number", "fault"), list(enumerate(fault.name for fault in Fault)))
def test_here_and_there_while_the_provider_fails_too(own_remit, number, fault):
    own_remit.python(SET_UP)
    assert killed(own_remit, faults=[fault], first=1 + number % APART, stride=APART) > 90 // APART


def test_here_and_there_and_it_comes_back_in_the_end(own_remit):
    own_remit.python(SET_UP)
    assert killed(own_remit, faults=[], stride=APART, fails_there=True) > 90 // APART
