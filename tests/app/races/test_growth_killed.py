"""Growth killed on its way: proposed, shown, asked for, given and ended once or not at all."""

import json

from tests.examples import share

SET_UP = """
from types import SimpleNamespace
from django.conf import settings
from tests.app.conftest import CHARTER, NOON
from tests.app.growth.reviewed import reviewed, with_steps
from tests.app.made_house import made_house
from remit.core import clock
from remit.core.writing import write

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
with clock.at(NOON), write():
    house = SimpleNamespace(**made_house(CHARTER, NOON))
    with_steps(house)
    reviewed(house, "ana", "s" * 34)
"""
KILLED = """
import json
from datetime import date, timedelta
from tests.app.conftest import NOON
from tests.app.races.each_statement import killed_at_each
from remit.growth.actions import proposing, steps, wishes
from remit.growth.models import Proposal, StepChange, Wish
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.people.models import Member, Membership, Team
from remit.trail.models import Entry
from remit.trail.verifying import verify_trail

harbour = Team.objects.get(word="harbour")
UNTIL = date(2026, 12, 23)


def place(word):
    return place_in(Member.objects.get(word=word), harbour)


def membership(word):
    return Membership.objects.get(member__word=word, team=harbour, until=None)


def count(act):
    return Entry.objects.filter(act=act).count()


def wrong():
    for each in Membership.objects.filter(team=harbour):
        changes = list(each.step_changes.all())
        if (changes[0].step if changes else "none") != (each.step_given or "none"):
            yield f"{each.pk} holds what nothing says"
        if bool(changes) != Notice.objects.filter(code="step-changed", member=each.member).exists():
            yield f"{each.pk} wasn't told, or was told of nothing"
    if StepChange.objects.count() != count("step-given") + count("step-trust-ended") + count("step-over"):
        yield "a step without its act, or the other way round"
    if Proposal.objects.count() != count("step-proposed"):
        yield "a proposal without its act"
    if Wish.objects.count() != count("step-asked-for"):
        yield "a wish without its act"
    if Wish.objects.exclude(answer="").count() != count("step-answered"):
        yield "an answer without its act"
    if verify_trail(None).broken is not None:
        yield "the trail is broken"


ana, ben = membership("ana").pk, membership("ben").pk
lives = {
    "look": lambda: proposing.look(ana),
    "show": lambda: proposing.show(Member.objects.get(word="ana"), Proposal.objects.get()),
    "give": lambda: steps.give(place("mia"), "ana", "first", why="Her reviews."),
    "ask": lambda: wishes.ask_for(place("ben"), "Sundays."),
    "answer": lambda: wishes.answer(
        place("mia"), Wish.objects.get(), is_given=True, why="Try it.", until=UNTIL
    ),
    "end": lambda: steps.end_trust(place("mia"), "ben", why="You asked me to."),
    "trust": lambda: steps.give(place("mia"), "sam", "first", why="I trust you.", until=UNTIL),
}
apart = int(sys.argv[1])
soon, late = NOON + timedelta(hours=1), NOON + timedelta(days=60)
said = {name: killed_at_each(soon, act, wrong, stride=apart) for name, act in lives.items()}
said["over"] = killed_at_each(late, steps.end_what_is_over, wrong, stride=apart)
held = {each: membership(each).step_given for each in ("ana", "ben", "sam")}
print(json.dumps({"lives": said, "held": held, "changes": StepChange.objects.count()}))
"""


def test_growth_at_its_statements(own_remit):
    """At full length at each of them."""
    own_remit.python(SET_UP)
    said = json.loads(own_remit.python(KILLED, share()))
    assert {name: each["wrong"] for name, each in said["lives"].items() if each["wrong"]} == {}
    assert all(each["killed"] >= 4 // share() for each in said["lives"].values()), said["lives"]
    assert said["held"] == {"ana": "first", "ben": "none", "sam": "none"}
    assert said["changes"] == 5
