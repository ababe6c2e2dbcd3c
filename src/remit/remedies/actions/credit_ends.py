"""How long store credit is valid, what happens to the rest of it after that, and having it renewed."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import Final

from remit.core.clock import now, today
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.ledger.actions import Line
from remit.ledger.vocabulary import CREDIT, ENDED
from remit.people.access import need_owner
from remit.people.models import Member, Team
from remit.remedies.access import unused_at_the_end
from remit.remedies.actions.moving import enter, event
from remit.remedies.credit_law import ELSEWHERE, LAWS, MOST_YEARS, last_day_of, need_lawful
from remit.remedies.models import CreditTerm, StoreCredit
from remit.trail.actions import record

_AT_ONCE: Final = 500
"""So many are entered at each look; what is left comes at the next one."""
_FURTHEST_ON: Final = "Pacific/Kiritimati"
"""Where a day begins first: 14 hours before UTC."""


def set_term(owner: Member, teams: Sequence[Team], place: str, years: int | None) -> None:
    """Choose how long the store credit of teams is valid; it holds for what is given from now on.

    Args:
        owner: who chooses.
        teams: whose.
        place: whose law holds: a code of `LAWS`, or `ELSEWHERE`.
        years: from issue; None for never ending, as it is where nothing was chosen.

    Raises:
        NotAllowed: they are no owner.
        Refusal: it is against the law of the place, or no term.
    """
    need_owner(owner, "choose how long store credit is valid")
    if place != ELSEWHERE and place not in LAWS:
        raise Refusal("no-such-place", "This place isn't known.", "Choose another one.", field="place")
    if years is not None:
        if not 1 <= years <= MOST_YEARS:
            raise Refusal(
                "no-term", "This is no term.", f"Choose from 1 to {MOST_YEARS} years.", field="years"
            )
        need_lawful(place, years)
    with write():
        for team in teams:
            if years is None:
                CreditTerm.objects.filter(team=team).delete()
            else:
                values = {"place": place, "years": years, "set_by": owner, "set_at": now()}
                CreditTerm.objects.update_or_create(team=team, defaults=values)
            record("credit-term-set", f"team:{team.word}", by=owner, team=team, place=place, years=years)


def last_day_for(team: Team) -> date | None:
    """The last day of store credit that a team gives today; None where it never ends."""
    term = CreditTerm.objects.filter(team=team).first()
    return last_day_of(term.place, term.years, today(team.time_zone)) if term is not None else None


def need_valid(credit: StoreCredit) -> None:
    """Refuse to take in credit whose last day is over; to be asked inside the write that takes it in.

    Raises:
        Refusal: it has ended.
    """
    if credit.has_ended:
        raise Refusal(
            "credit-ended",
            f"This credit could be used until {credit.last_day:%d %b %Y}.",
            "Somebody who leads the team can renew it.",
        )


def enter_ended() -> int:
    """Enter what is left of credit whose last day is over; how many were entered.

    Each in a write of its own, after looking again inside it: somebody may use the last of it, or have it
    renewed, at the same moment.
    """
    rows = StoreCredit.objects.filter(left__gt=0, last_day__lt=today(_FURTHEST_ON)).order_by("last_day", "pk")
    return sum(enter_one_ended(number) for number in list(rows.values_list("pk", flat=True)[:_AT_ONCE]))


def renew(credit: StoreCredit, by: Member, why: str) -> StoreCredit:
    """Let credit that has ended be used again, as long as if it were given today.

    Args:
        credit: of the customer.
        by: who leads the team.
        why: never empty.

    Returns:
        The same credit, with what can be used of it.

    Raises:
        Changed: it hasn't ended, or was renewed already.
        Refusal: nothing was left of it.
    """
    with write():
        enter_one_ended(credit.pk)
        credit = _as_it_stands(credit.pk)
        if not credit.has_ended:
            raise Changed("not-ended", "This credit hasn't ended.", "Look at what is left of it.")
        remedy = credit.remedy
        number = remedy.events.filter(what__startswith="renewed-").count() + 1
        amount = unused_at_the_end(credit)
        if not amount:
            raise Refusal("nothing-left", "Nothing of it was left when it ended.", "Give a new one.")
        ended = StoreCredit.objects.filter(pk=credit.pk, left=0, last_day=credit.last_day)
        if ended.update(left=amount, last_day=last_day_for(remedy.team), reminded_at=None) != 1:
            raise Changed(
                "not-ended", "Somebody renewed it at the same moment.", "Look at what is left of it."
            )
        event(remedy, f"renewed-{number}", by, amount=amount, why=why)
        enter(remedy, "renew", [Line(ENDED, amount), Line(CREDIT, -amount)], number=number)
        _write_down("credit-renewed", credit, by, amount, words=why)
    return _as_it_stands(credit.pk)


def enter_one_ended(number: int) -> bool:
    """Enter that credit ended, once; False where it didn't, or nothing was left."""
    with write():
        credit = _as_it_stands(number)
        if not credit.has_ended or not credit.left:
            return False
        remedy, amount = credit.remedy, credit.left
        if StoreCredit.objects.filter(pk=number, left=amount).update(left=0) != 1:
            return False
        times = remedy.events.filter(what__startswith="ended-").count() + 1
        event(remedy, f"ended-{times}", None, amount=amount)
        enter(remedy, "end", [Line(CREDIT, amount), Line(ENDED, -amount)], number=times)
        _write_down("credit-ended", credit, None, amount)
        return True


def _as_it_stands(number: int) -> StoreCredit:
    return StoreCredit.objects.select_related("remedy__team").get(pk=number)


def _write_down(act: str, credit: StoreCredit, by: Member | None, amount: int, *, words: str = "") -> None:
    remedy = credit.remedy
    record(
        act,
        f"remedy:{remedy.pk}",
        by=by,
        team=remedy.team,
        words=words,
        amount=amount,
        currency=remedy.currency,
    )
