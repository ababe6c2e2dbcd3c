"""Reviews of somebody's decisions, made as rows: what they say is what matters to growth."""

from datetime import timedelta
from itertools import count

from tests.app.made_complaints import made_complaint, wants

from remit.charters.actions import publish
from remit.complaints.actions.deciding import decide
from remit.complaints.models import Decision
from remit.core.clock import now
from remit.people.models import Membership
from remit.reviews.models import Lot, Opinion, Review, Round
from remit.reviews.vocabulary import Outcome

STEPS = """steps: {first: 34 fair reviews at 10 %, second: 70 fair reviews at 5 %}
grants:
  - id: grown
    who: {role: [member, lead], step: [first, second]}
    kind: [refund]
    upto: 120
    level: decide
    why: Who has shown it decides more.
  - id: grown-far
    who: {role: [member, lead], step: second}
    kind: [refund]
    upto: 160
    level: decide
    why: Who has shown it long decides most.
"""
_numbers = count(1)


def with_steps(house):
    """The charter of the house, published anew with two steps."""
    text = house.version.text.replace("grants:\n", STEPS, 1)
    return publish(house.mia, house.harbour, text, "Growth opens steps.", seconded_by=house.ola)


def membership_of(house, who):
    """Somebody's place at Harbour Street, read anew."""
    return Membership.objects.select_related("member", "team", "role").get(
        member=getattr(house, who), team=house.harbour, until=None
    )


def reviewed(house, who, said, *, reviewer="sam", at=None):
    """A week in which as many decisions of somebody were drawn as there are letters.

    Args:
        house: with its people.
        who: of it.
        said: `s` the same, `d` different, `o` open, `g` given up.
        reviewer: who looked.
        at: when it was decided and looked at; now by default.
    """
    moment = at or now()
    first = _decision(house, getattr(house, who))
    decisions = Decision.objects.bulk_create(_alike(first, moment) for _ in said)
    return looked_at(house, decisions, said, reviewer=reviewer, at=moment)


def looked_at(house, decisions, said, *, reviewer="sam", at=None):
    """A week in which decisions of one member were drawn, and what was said of each; see `reviewed`."""
    moment, member = at or now(), decisions[0].member
    number = next(_numbers)
    week = Round.objects.create(
        team=house.harbour,
        week=house.harbour.created_at.date() + timedelta(days=7 * number),
        starts_at=moment + timedelta(seconds=number),
        ends_at=moment + timedelta(days=7),
        each=20,
        budget=0,
        formula="remit-draw-1",
        commitment=f"{number:064d}",
        key=f"{number:064d}",
        opened_at=moment,
        drawn_at=moment + timedelta(seconds=1),
    )
    lots = Lot.objects.bulk_create(
        Lot(
            round=week,
            decision=decision,
            member=member,
            stake=0,
            chance_fair=1,
            chance_risk=0,
            chance=1,
            drawn_fair=True,
            drawn_risk=False,
            place=place,
            given_up_at=moment if letter == "g" else None,
        )
        for place, (decision, letter) in enumerate(zip(decisions, said, strict=True), 1)
    )
    looks = Review.objects.bulk_create(
        Review(
            lot=lot,
            decision=lot.decision,
            decider=member,
            reviewer=getattr(house, reviewer),
            asked_at=moment,
            due_at=moment + timedelta(days=7),
            done_at=moment if letter in "sd" else None,
            passed_on_at=moment if letter == "g" else None,
        )
        for lot, letter in zip(lots, said, strict=True)
    )
    Opinion.objects.bulk_create(
        Opinion(
            review=look,
            outcome=Outcome.DIFFERENT if letter == "d" else Outcome.SAME,
            why="I looked at it.",
            better="A replacement." if letter == "d" else "",
            at=moment,
        )
        for look, letter in zip(looks, said, strict=True)
        if letter in "sd"
    )
    return looks


def _decision(house, member):
    made = Decision.objects.filter(member=member, team=house.harbour).first()
    if made is None:
        complaint = made_complaint(house, category="late")
        made = decide(member, complaint.number, wants("refund", 1000, words="The soup was cold."))
    return made


def _alike(decision, moment):
    return Decision(
        complaint=decision.complaint,
        team=decision.team,
        member=decision.member,
        kind=decision.kind,
        value=decision.value,
        currency=decision.currency,
        level=decision.level,
        request=decision.request,
        verdict=decision.verdict,
        charter=decision.charter,
        key=f"alike-{next(_numbers)}",
        at=moment,
    )
