"""Makes a history of decisions by the actions of the desk: asked, answered, proposed, objected to, lent."""

import random
from datetime import timedelta

from tests.app.made_complaints import made_complaint, wants

from remit.approvals.vocabulary import End
from remit.charters.actions import publish
from remit.charters.models import Delegation
from remit.complaints.actions.answering import Answer, answer, object_to
from remit.complaints.actions.deciding import decide, withdraw
from remit.complaints.actions.waiting import count_down
from remit.complaints.models import Decision
from remit.core import clock
from remit.core.errors import Refusal
from remit.people.models import Duty
from remit.remedies.actions.taking_back import take_back

AMOUNTS = (100, 2500, 4900, 5000, 5001, 8000, 8100, 15000, 20000, 45000)
KINDS = ("refund", "refund", "refund", "adjustment", "credit", "apology")
CATEGORIES = ("late", "cold", "rude", "billing", "wrong item", "")


def drawn_from(seed):
    """What is drawn, the same each time."""
    return random.Random(seed)  # noqa: S311 (made data)


def made_history(house, drawn, start, *, decisions=14, days=40, changes=True):
    """Decide and answer, day after day, from a moment on; what is refused is left out.

    Args:
        house: of the tests.
        drawn: a `random.Random`.
        start: the first moment.
        decisions: how many are tried.
        days: over which they are spread.
        changes: whether another version is published on the way, and authority is lent.
    """
    Duty.objects.update(starts_at=start, ends_at=start + timedelta(days=days + 5))
    moments = sorted(start + timedelta(minutes=drawn.randrange(days * 24 * 60)) for _ in range(decisions))
    for place, moment in enumerate(moments):
        with clock.at(moment):
            if changes and place == decisions // 3:
                _lends(house, moment)
            if changes and place == decisions // 2:
                wider = house.version.text.replace("upto: 80\n", "upto: 120\n")
                publish(house.ola, house.harbour, wider, "Wider.")
            _one(house, drawn)
            if drawn.random() < 0.15:
                _taken_back(house, drawn)
        with clock.at(moment + timedelta(minutes=drawn.randrange(1, 3000))):
            _answered(house, drawn)


def _lends(house, moment):
    Delegation.objects.create(
        team=house.harbour,
        giver=house.sam,
        receiver=house.ana,
        since=clock.today("Europe/Berlin"),
        until=clock.today("Europe/Berlin") + timedelta(days=9),
        highest="inform",
        why="I am away.",
        made_at=moment,
    )


def _one(house, drawn):
    kind = drawn.choice(KINDS)
    complaint = made_complaint(house, category=drawn.choice(CATEGORIES), paid=60000)
    before = list(Decision.objects.order_by("pk"))
    if before and drawn.random() < 0.3:
        complaint = drawn.choice(before).complaint
    member = getattr(house, drawn.choice(["ana", "ana", "ben", "ben", "sam", "mia"]))
    try:
        decide(member, complaint.number, wants(kind, 0 if kind == "apology" else drawn.choice(AMOUNTS)))
    except Refusal:
        return


def _answered(house, drawn):
    """One question that waits comes to an end, in one of the ways it may; or stays open."""
    waiting = Decision.objects.filter(approval__isnull=False, approval__ended_at=None).first()
    if waiting is None or drawn.random() < 0.1:
        return
    try:
        if waiting.approval.form == "propose":
            if drawn.random() < 0.3:
                object_to(house.sam, waiting.approval_id, "Wait.")
            else:
                count_down(waiting.approval_id)
        elif drawn.random() < 0.1:
            withdraw(waiting.member, waiting.approval)
        else:
            how = drawn.choice([End.YES, End.YES, End.YES, End.NO, End.ANOTHER_AMOUNT])
            amount = waiting.value // 2 if how == End.ANOTHER_AMOUNT else None
            who = house.mia if waiting.member_id != house.mia.pk else house.ola
            answer(who, waiting.approval_id, Answer(how=how, amount=amount, why="Because."))
    except Refusal:
        return


def _taken_back(house, drawn):
    given = list(Decision.objects.filter(remedy__state="given", remedy__value__gt=0).order_by("pk"))
    if not given:
        return
    remedy = drawn.choice(given).remedy
    try:
        take_back(remedy, max(remedy.counts // drawn.choice([1, 2]), 1), house.mia, "Too much.")
    except Refusal:
        return
