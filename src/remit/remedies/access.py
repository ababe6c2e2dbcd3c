"""The only way to remedies: those of one's teams."""

from __future__ import annotations

from django.db.models import QuerySet

from remit.core.errors import NotThere
from remit.people.access import teams_for
from remit.people.models import Member
from remit.remedies.models import Event, Remedy, StoreCredit


def remedies_for(member: Member) -> QuerySet[Remedy]:
    """What was given in the teams that somebody sees."""
    return Remedy.objects.select_related("team", "member", "authority").filter(team__in=teams_for(member))


def get_remedy_for(member: Member, number: int) -> Remedy:
    """One of them.

    Raises:
        NotThere: there is none, or it isn't theirs to see.
    """
    remedy = remedies_for(member).filter(pk=number).first()
    if remedy is None:
        raise NotThere("remedy")
    return remedy


def uses_of(credit: StoreCredit) -> list[tuple[int, Event]]:
    """Each time that a credit was used and not put back, by its number, the latest last."""
    events = {event.what: event for event in credit.remedy.events.select_related("by")}
    numbers = (int(what.removeprefix("redeemed-")) for what in events if what.startswith("redeemed-"))
    return [(n, events[f"redeemed-{n}"]) for n in sorted(numbers) if f"put-back-{n}" not in events]


def unused_at_the_end(credit: StoreCredit) -> int:
    """What was left of a credit when its last day was over, in minor units; 0 where it hasn't ended."""
    if not credit.has_ended:
        return 0
    events = credit.remedy.events.filter(what__startswith="ended-") | credit.remedy.events.filter(
        what__startswith="renewed-"
    )
    entered = sum(each.amount if each.what.startswith("ended-") else -each.amount for each in events)
    return entered + credit.left


def find_credit_for(member: Member, code: str) -> StoreCredit | None:
    """The store credit with a code, as it is said or typed; None where there is none in their teams.

    Args:
        member: who looks.
        code: with or without its dashes, in whatever case.
    """
    letters = "".join(each for each in code.upper() if each.isalnum())
    written = "-".join(letters[at : at + 4] for at in range(0, len(letters), 4))
    rows = StoreCredit.objects.select_related("remedy__team")
    return rows.filter(code=written, remedy__team__in=teams_for(member)).first()
