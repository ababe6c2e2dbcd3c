"""Practice killed at every statement: a case is made once, what is tried is there or not, out is out."""

import json

SET_UP = """
from types import SimpleNamespace
from django.conf import settings
from tests.app.conftest import CHARTER, NOON
from tests.app.made_house import made_house
from tests.app.practice.closed import a_category
from remit.core import clock
from remit.core.writing import write

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
with clock.at(NOON), write():
    house = SimpleNamespace(**made_house(CHARTER, NOON))
with clock.at(NOON):
    a_category(house)
"""
KILLED = """
import json
from datetime import timedelta
from tests.app.conftest import NOON
from tests.app.races.each_statement import killed_at_each
from remit.people.models import Member, Membership
from remit.practice import actions
from remit.practice.access import usable_for
from remit.practice.models import Case, TakenOut, Tried
from remit.trail.models import Entry
from remit.trail.verifying import verify_trail

ben, mia = (Member.objects.get(word=each) for each in ("ben", "mia"))


def wrong():
    out = TakenOut.objects.filter(back_at=None)
    back = TakenOut.objects.exclude(back_at=None)
    if Tried.objects.filter(case__in=out.values("case")).exists():
        yield "tried, and out"
    if TakenOut.objects.count() != Entry.objects.filter(act="practice-taken-out").count():
        yield "taken out without its act"
    if back.count() != Entry.objects.filter(act="practice-put-back").count():
        yield "put back without its act"
    if Case.objects.count() > 1:
        yield "more cases than anybody asked for"
    if verify_trail(None).broken is not None:
        yield "the trail is broken"


moment = NOON + timedelta(hours=1)
known = {}


def of_the_case(act):
    return lambda: act(Case.objects.get().code)


def first_case():
    if not Case.objects.exists():
        actions.next_case(ben)


lives = {
    "next": first_case,
    "try": of_the_case(lambda code: actions.try_case(ben, code, kind="refund", value=500, words="So.")),
    "again": of_the_case(lambda code: actions.try_case(ben, code, kind="", value=0, words="No.")),
    "out": of_the_case(lambda code: actions.take_out(ben, code, "One can tell who it was.")),
    "back": of_the_case(lambda code: actions.put_back(mia, code)),
    "anew": of_the_case(lambda code: actions.try_case(ben, code, kind="refund", value=700, words="")),
    "forget": lambda: actions.forget(ben),
}
said = {name: killed_at_each(moment, act, wrong) for name, act in lives.items()}
print(json.dumps({"lives": said, "tried": Tried.objects.count(), "out": TakenOut.objects.count()}))
"""


def test_practice_at_every_statement(own_remit):
    own_remit.python(SET_UP)
    said = json.loads(own_remit.python(KILLED))
    assert {name: each["wrong"] for name, each in said["lives"].items() if each["wrong"]} == {}
    assert all(each["killed"] >= 2 for each in said["lives"].values()), said["lives"]
    assert (said["tried"], said["out"]) == (0, 1)
