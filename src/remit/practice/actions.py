"""Every write of practice."""

from __future__ import annotations

import secrets
from typing import Final

from remit.complaints.facts import currency_of
from remit.complaints.models import Complaint
from remit.complaints.vocabulary import WORTH_NOTHING
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.access import need_rank, place_in, teams_of
from remit.people.models import Member, Membership
from remit.people.vocabulary import Rank
from remit.practice.access import (
    get_case_for,
    get_case_taken_out,
    taken_out_for,
    tried_by,
    usable_for,
    usual_categories,
)
from remit.practice.models import Case, TakenOut, Tried
from remit.practice.vocabulary import LOOKED_THROUGH
from remit.trail.actions import record

_CODE: Final = 9
"""Bytes of a code."""


def next_case(member: Member) -> Case | None:
    """A case that somebody hasn't tried yet, of the teams that they have a role in; None: no more.

    By chance, so that nobody knows who had which.
    """
    with write():
        tried = tried_by(member).values("case__complaint")
        teams = list(teams_of(member))
        secrets.SystemRandom().shuffle(teams)
        for team in teams:
            fitting = usable_for(member).filter(team=team, category__in=usual_categories(team))
            rows = fitting.exclude(pk__in=tried).order_by("-last_at", "-pk")[:LOOKED_THROUGH]
            if found := list(rows):
                return _case_of(secrets.choice(found))
        return None


def _case_of(complaint: Complaint) -> Case:
    case, _ = Case.objects.get_or_create(
        complaint=complaint,
        defaults={"code": secrets.token_hex(_CODE), "made_at": now()},
    )
    return case


def try_case(member: Member, code: str, *, kind: str, value: int, words: str) -> Tried:
    """Say what one would have decided; a second time it takes the place of the first.

    Args:
        member: who practises.
        code: of the case.
        kind: of remedy; "" for nothing.
        value: in minor units.
        words: why, for oneself.

    Raises:
        NotThere: no such case.
        Refusal: a remedy without an amount.
    """
    with write():
        case = get_case_for(member, code)
        is_free = not kind or kind in WORTH_NOTHING
        if not is_free and value < 1:
            raise Refusal("no-amount", "How much would it be?", "Type an amount.", field="value")
        said = {
            "kind": kind,
            "value": 0 if is_free else value,
            "currency": currency_of(case.complaint),
            "words": words.strip(),
            "at": now(),
        }
        return Tried.objects.update_or_create(member=member, case=case, defaults=said)[0]


def forget(member: Member, number: int | None = None) -> int:
    """Forget what one tried: one of it, or all.

    Returns:
        how many are gone.
    """
    with write():
        mine = tried_by(member)
        return (mine if number is None else mine.filter(pk=number)).delete()[0]


def take_out(member: Member, code: str, why: str) -> TakenOut:
    """Take a case out of practice: it doesn't belong there, or shows who it was. Anybody of the team may.

    Returns:
        that it is out; where somebody took it out already, that it was.

    Raises:
        NotThere: no such case.
        Refusal: the why is missing.
    """
    words = why.strip()
    if not words:
        raise Refusal("no-why", "A word why is needed.", "Say it in a sentence.", field="why")
    with write():
        if before := taken_out_for(member).filter(case__code=code).first():
            return before
        case = get_case_for(member, code)
        row = TakenOut.objects.create(case=case, by=member, why=words, at=now())
        Tried.objects.filter(case=case).delete()
        record("practice-taken-out", case.complaint.subject, by=member, team=case.complaint.team, words=words)
        return row


def put_back(member: Member, code: str) -> None:
    """A manager puts a case back into practice; a second time it is back already.

    Raises:
        NotThere: it isn't taken out.
        NotAllowed: they don't manage its team.
    """
    with write():
        if TakenOut.objects.filter(case__code=code, back_by=member).exists() and not _is_out(code):
            return
        row = get_case_taken_out(member, code)
        complaint = row.case.complaint
        need_rank(place_in(member, complaint.team), Rank.MANAGER, "put a complaint back into practice")
        row.back_at, row.back_by = now(), member
        row.save(update_fields=["back_at", "back_by"])
        record("practice-put-back", complaint.subject, by=member, team=complaint.team)


def _is_out(code: str) -> bool:
    return TakenOut.objects.filter(case__code=code, back_at=None).exists()


def forget_all_of(membership: Membership, by: Member | None) -> None:  # noqa: ARG001 (every listener is told)
    """Somebody left a team: what they tried of its cases is nobody's business any more."""
    with write():
        Tried.objects.filter(member=membership.member, case__complaint__team=membership.team).delete()
