"""How it went on after a decision: shown to a reviewer once they have said what they think, never before."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Final

from remit.complaints.models import Closure, Decision, Message
from remit.complaints.sentences import decided
from remit.complaints.vocabulary import MADE_RIGHT_WORDS, MessageForm
from remit.remedies.vocabulary import State

_LAST: Final = 3


@dataclass(frozen=True, slots=True)
class Afterwards:
    """What became of it.

    Attributes:
        remedy: where what was given stands, in words; "" where nothing was.
        wrote: how often the customer wrote afterwards.
        last: the last things that they wrote.
        others: what was decided on the complaint afterwards: who, and what.
        closure: how it was closed, where it is.
        rating: what the customer said about it, in words; "" where nothing.
    """

    remedy: str
    wrote: int
    last: Sequence[Message]
    others: Sequence[tuple[str, str]]
    closure: Closure | None
    rating: str
    rating_words: str


def afterwards(decision: Decision) -> Afterwards:
    """How it went on, in three queries.

    Args:
        decision: with its complaint and remedy at hand.
    """
    complaint = decision.complaint
    heard = list(
        Message.objects.filter(
            complaint=complaint, at__gt=decision.at, form=MessageForm.FROM_CUSTOMER
        ).order_by("-at", "-id")[: _LAST + 1]
    )
    more = len(heard)
    if more > _LAST:
        more = Message.objects.filter(
            complaint=complaint, at__gt=decision.at, form=MessageForm.FROM_CUSTOMER
        ).count()
    later = Decision.objects.select_related("member").filter(complaint=complaint, at__gt=decision.at)
    closure = (
        Closure.objects.select_related("by", "rating").filter(complaint=complaint, reopened_at=None).first()
    )
    rating = getattr(closure, "rating", None)
    return Afterwards(
        remedy=State(decision.remedy.state).label if decision.remedy else "",
        wrote=more,
        last=heard[:_LAST][::-1],
        others=[
            (each.member.name, decided(each.kind, each.value, each.currency, each.level)) for each in later
        ],
        closure=closure,
        rating=MADE_RIGHT_WORDS[rating.made_right] if rating else "",
        rating_words=rating.words if rating else "",
    )
