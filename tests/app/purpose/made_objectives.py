"""A vision and an objective of the team of the tests, row by row."""

from datetime import timedelta
from decimal import Decimal

from remit.core.clock import now, today
from remit.purpose.models import Objective, Revision, Vision


def made_vision(house, so_that="every guest leaves wanting to come back"):
    """The next version of the vision of the harbour team."""
    return Vision.objects.create(
        team=house.harbour,
        number=Vision.objects.filter(team=house.harbour).count() + 1,
        so_that=so_that,
        text="A guest who complains gives us a second chance. We take it, on the spot.",
        why="We said it often, and never wrote it down.",
        by=house.ola,
        at=now() - timedelta(days=200),
    )


def made_objective(house, key="quick-answers", **said):
    """An open objective of the harbour team, halfway through its time."""
    day = today(house.harbour.time_zone)
    values = {
        "title": "guests wait less for an answer",
        "why": "Whoever waits writes a review meanwhile.",
        "owner": house.sam,
        "unit": "h",
        "start": Decimal(6),
        "target": Decimal(1),
        "begins": day - timedelta(days=90),
        "until": day + timedelta(days=90),
        "opened_by": house.mia,
        "opened_at": now() - timedelta(days=90),
    } | said
    return Objective.objects.create(team=house.harbour, key=key, **values)


def changed_objective(house):
    """An objective whose title was changed since."""
    objective = made_objective(house, revision=2)
    Revision.objects.create(
        objective=objective,
        number=2,
        before={"title": "guests wait"},
        after={"title": objective.title},
        why="Less is what we can do.",
        by=house.mia,
        at=now(),
    )
    return objective
