"""What is still to be handed over by hand, and the books of a team."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import groupby

from django.db.models import Count, Exists, F, OuterRef, Q, QuerySet, Subquery, Sum
from django.db.models.expressions import Combinable

from remit.complaints.models import Decision
from remit.complaints.sentences import kind_label
from remit.core.clock import now
from remit.ledger.models import Account
from remit.ledger.vocabulary import ACCOUNT_WORDS, FREE
from remit.people.access import Place, teams_for
from remit.people.models import Member
from remit.remedies.dispute_words import disputes_on
from remit.remedies.models import Event, Remedy, Sending
from remit.remedies.providers import BY_HAND
from remit.remedies.vocabulary import OPEN_SENDINGS, State

A_PAGE = 50


@dataclass(frozen=True, slots=True)
class Page:
    """Decisions whose remedy is to be handed over, and where the next ones begin.

    Attributes:
        after: number of the last one shown; None when there are no more.
        count: how many there are in all; total: by currency, in minor units.
        disputes: how a dispute stands, in words, by the key of the order.
    """

    decisions: Sequence[Decision]
    after: int | None
    count: int
    totals: Sequence[tuple[str, int]]
    disputes: Mapping[str, str]


def to_hand_over_for(member: Member, *, after: int = 0) -> Page:
    """What somebody of the team still does at the till: the oldest first; not what can still be undone.

    Of what was taken back in part, the rest.

    Args:
        member: who looks.
        after: number of the remedy after which the page begins.
    """
    rows = Remedy.objects.filter(
        Q(settles_at=None) | Q(settles_at__lte=now()),
        team__in=teams_for(member),
        state=State.GIVEN,
        provider=BY_HAND,
    )
    totals = rows.values_list("currency").annotate(total=_sum_owing(), many=Count("pk")).order_by("currency")
    # Found first, and joined afterwards: PostgreSQL weighs every order of the tables of one query.
    # Those that wait are among the newest: in the order of the key itself the database walks through all.
    found_first = rows.filter(pk__gt=after).order_by(F("pk") + 0).values_list("pk", flat=True)
    listed = list(
        Decision.objects.filter(remedy__in=list(found_first[: A_PAGE + 1]))
        .select_related("remedy", "complaint__customer", "complaint__order", "member", "team")
        .annotate(
            came_back=Subquery(_came_back().values("why")[:1]),
            had_parts=Exists(Sending.objects.filter(remedy=OuterRef("remedy"))),
        )
        .order_by("remedy_id")
    )
    more = len(listed) > A_PAGE
    shown = listed[:A_PAGE]
    found = list(totals)
    return Page(
        shown,
        shown[-1].remedy_id if more else None,
        sum(many for _, _, many in found),
        [(currency, total) for currency, total, _ in found],
        disputes_on({decision.remedy.order_key for decision in shown if decision.remedy}) if shown else {},
    )


def _sum_owing() -> Combinable:
    return Sum("value") - (Sum("taken_back") + Sum("arrived") + Sum("under_way"))


def _came_back() -> QuerySet[Event]:
    """Why a remedy is to be handed over by hand that was on its way already."""
    events = Event.objects.filter(remedy=OuterRef("remedy"), what__startswith="came-back-")
    return events.order_by("-id")


@dataclass(frozen=True, slots=True)
class UnderWay:
    """Refunds on their way, and where the next ones begin.

    Attributes:
        after: number of the last part shown; None when there are no more.
    """

    decisions: Sequence[Decision]
    after: int | None


def on_their_way_for(member: Member, *, after: int = 0) -> UnderWay:
    """Refunds on their way through a provider, a row for each part, the longest first.

    Each has a `part` and its `part_amount`; a `hindrance`, in words, "" for none; a `sending_state`; and when
    it was `sent_at`.

    Args:
        member: who looks.
        after: number of the part after which the page begins.
    """
    # From the few sendings that are open to the many decisions.
    rows = Decision.objects.filter(
        team__in=teams_for(member),
        remedy__sendings__state__in=OPEN_SENDINGS,
        remedy__sendings__pk__gt=after,
    )
    listed = list(
        rows.select_related("remedy", "complaint__customer", "team")
        .annotate(
            part=F("remedy__sendings__pk"),
            part_amount=F("remedy__sendings__amount"),
            hindrance=F("remedy__sendings__words"),
            sent_at=F("remedy__sendings__made_at"),
            sending_state=F("remedy__sendings__state"),
        )
        .order_by("part")[: A_PAGE + 1]
    )
    shown = listed[:A_PAGE]
    return UnderWay(shown, shown[-1].part if len(listed) > A_PAGE else None)


@dataclass(frozen=True, slots=True)
class AccountInBooks:
    """An account as people read it; amounts that are owed stand above zero.

    Attributes:
        words: what it is.
        currency: of its amounts.
        kinds: kinds of remedy, and what of it each is, in minor units.
    """

    words: str
    currency: str
    kinds: Sequence[tuple[str, int]]

    @property
    def total(self) -> int:
        """All kinds together."""
        return sum(balance for _, balance in self.kinds)


def books_of(place: Place) -> list[AccountInBooks]:
    """The accounts of a team; not the other side of what is set aside, which says nothing of its own."""
    order = list(ACCOUNT_WORDS)
    accounts = sorted(
        Account.objects.filter(team=place.team).exclude(balance=0).exclude(name=FREE),
        key=lambda each: (order.index(each.name), each.currency, each.kind),
    )
    return [
        AccountInBooks(
            ACCOUNT_WORDS[name], currency, [(kind_label(each.kind), abs(each.balance)) for each in those]
        )
        for (name, currency), those in groupby(accounts, lambda each: (each.name, each.currency))
    ]
