"""The only way to cases of practice: closed complaints of one's own teams that may be used."""

from __future__ import annotations

from collections.abc import Callable
from typing import Final

from django.db.models import Count, Exists, OuterRef, QuerySet

from remit.complaints.models import Closure, Complaint, Decision, Message, Tag
from remit.complaints.vocabulary import CloseReason, MessageForm
from remit.core.clock import now
from remit.core.errors import NotThere
from remit.people.access import teams_for
from remit.people.models import Member, Team
from remit.practice.models import Case, TakenOut, Tried
from remit.practice.vocabulary import CLOSED_FOR, KEPT_OUT_TAG, LEAST_ALIKE, NOT_OLDER

KeptOut = Callable[[QuerySet[Complaint]], QuerySet[Complaint]]

_kept_out: Final[list[KeptOut]] = []


def keep_out(rule: KeptOut) -> None:
    """Apps above say which complaints must not be used: a function from complaints to those that may."""
    if rule not in _kept_out:
        _kept_out.append(rule)


def usable_for(member: Member) -> QuerySet[Complaint]:
    """Closed complaints that somebody may practise on.

    Left out are those that they decided or had; those about a member; with the tag `private`, erased or held;
    those that are fresh or old; and those of a category that has hardly any, which are known by themselves.
    """
    moment = now()
    this = OuterRef("pk")
    told = Message.objects.filter(complaint=this, form=MessageForm.FROM_CUSTOMER)
    ended = Closure.objects.filter(
        complaint=this, reopened_at=None, reason__in=(CloseReason.MADE_RIGHT, CloseReason.NOT_OURS)
    )
    usable = Complaint.objects.filter(
        Exists(told),
        Exists(ended),
        team__in=teams_for(member).order_by().values("pk"),
        closed_at__lte=moment - CLOSED_FOR,
        closed_at__gt=moment - NOT_OLDER,
        erased_at=None,
        merged_into=None,
        about=None,
    )
    own = Decision.objects.filter(complaint=this, member=member)
    private = Tag.objects.filter(complaints=this, word__iexact=KEPT_OUT_TAG)
    out = TakenOut.objects.filter(case__complaint=this, back_at=None)
    usable = usable.exclude(customer__erased_at__isnull=False).exclude(assignee=member)
    usable = usable.exclude(Exists(own)).exclude(Exists(private)).exclude(Exists(out))
    for rule in _kept_out:
        usable = rule(usable)
    return usable


def usual_categories(team: Team) -> set[str]:
    """Categories of which a team closed so many complaints that none is known by itself."""
    closed = Complaint.objects.filter(team=team, closed_at__gt=now() - NOT_OLDER).exclude(category="")
    rows = closed.order_by().values("category").annotate(count=Count("pk"))
    return set(rows.filter(count__gte=LEAST_ALIKE).values_list("category", flat=True))


def get_case_for(member: Member, code: str) -> Case:
    """A case by its code, with its complaint, order, team and customer.

    Raises:
        NotThere: there is none, it was taken out, or it may not be used any more.
    """
    rows = usable_for(member).select_related("practice_case", "team", "order", "customer")
    complaint = rows.filter(practice_case__code=code).first()
    if complaint is None:
        raise NotThere("case")
    case: Case = complaint.practice_case
    case.complaint = complaint
    return case


def get_case_taken_out(member: Member, code: str) -> TakenOut:
    """The taking out of a case, of one of their teams.

    Raises:
        NotThere: there is none.
    """
    rows = taken_out_for(member).filter(case__code=code)
    found = rows.first()
    if found is None:
        raise NotThere("case")
    return found


def taken_out_for(member: Member) -> QuerySet[TakenOut]:
    """What is taken out of the practice of somebody's teams."""
    teams = teams_for(member).order_by().values("pk")
    rows = TakenOut.objects.select_related("case__complaint__team", "by")
    return rows.filter(case__complaint__team__in=teams, back_at=None)


def tried_by(member: Member) -> QuerySet[Tried]:
    """What somebody tried: nobody else sees it."""
    return Tried.objects.select_related("case__complaint").filter(member=member)
