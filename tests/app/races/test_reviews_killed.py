"""Killed at every statement from the draw of a week to the last reviewer: drawn once, each asked once."""

import json

SET_UP = """
from types import SimpleNamespace
from datetime import timedelta
from django.conf import settings
from tests.app.conftest import CHARTER, NOON
from tests.app.made_house import made_house
from tests.app.reviews.drawn_weeks import decided, opened_week
from remit.core import clock
from remit.core.writing import write

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
with clock.at(NOON), write():
    house = SimpleNamespace(**made_house(CHARTER, NOON))
    opened_week(house)
with clock.at(NOON + timedelta(hours=1)):
    for member in (house.ana, house.ana, house.ben, house.sam, house.mia):
        decided(house, member)
"""
KILLED = """
import json, signal
from collections import Counter
from datetime import timedelta
from remit.core import clock
from remit.notices.models import Notice
from remit.reviews import jobs
from remit.reviews.models import Lot, Review, Round
from remit.trail.verifying import verify_trail


class Killed:
    def __init__(self, left):
        self.left = left

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def lives_for(statements, moment):
    child = os.fork()
    if child == 0:
        with clock.at(moment), connection.execute_wrapper(Killed(statements)):
            jobs.keep_weeks.call()
        os._exit(0)
    return os.waitpid(child, 0)[1] == 0


def wrong():
    week = Round.objects.order_by("week").first()
    lots = list(Lot.objects.all())
    reviews = list(Review.objects.all())
    seats = Counter((each.lot_id, each.is_double) for each in reviews)
    if bool(week.key) != bool(lots) or bool(week.key) == bool(week.sealed_key):
        yield "the key is told, and nothing drawn; or the other way round"
    if reviews and week.assigned_at is None or any(number > 1 for number in seats.values()):
        yield "somebody was asked, and not all; or twice"
    if Notice.objects.filter(code="review-asked").count() != len(reviews):
        yield "told without being asked"
    if verify_trail(None).broken is not None:
        yield "the trail is broken"


week = Round.objects.get()
moment, found, killed, statements = week.ends_at + timedelta(hours=2), [], 0, 1
connections.close_all()
while True:
    was_drawn = bool(Round.objects.order_by("week").first().key)
    connections.close_all()
    is_through = lives_for(statements, moment)
    killed += not is_through
    found += wrong()
    is_drawn = bool(Round.objects.order_by("week").first().key)
    statements = 1 if is_drawn and not was_drawn else statements + 1
    connections.close_all()
    if is_through:
        break
seats = sum(1 + each.is_double for each in Lot.objects.all() if each.drawn_fair or each.drawn_risk)
said = {"killed": killed, "wrong": found, "asked": Review.objects.count(), "seats": seats}
print(json.dumps(said | {"rounds": Round.objects.filter(key="").count(), "lots": Lot.objects.count()}))
"""


def test_at_every_statement(own_remit):
    own_remit.python(SET_UP)
    said = json.loads(own_remit.python(KILLED))
    assert said["wrong"] == []
    assert said["killed"] > 40
    assert said["lots"] == 5
    assert said["asked"] == said["seats"] > 0
