"""What reviews say beside a decision on the page of its complaint: to those two whom they concern."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Final

from django.db.models import Case, CharField, OuterRef, Q, Subquery, Value, When
from django.db.models.functions import Cast, Coalesce, Concat
from django.urls import reverse

from remit.complaints.beside_decisions import Beside, Hook
from remit.complaints.models import Decision
from remit.complaints.queries.page import Lines
from remit.people.models import Member
from remit.reviews.drawable import is_taken_alone
from remit.reviews.models import Review
from remit.reviews.vocabulary import Outcome

_THEIRS, _MINE, _OPEN = "theirs", "mine", "open"


def _looked_up(member: Member) -> Subquery:
    """A line for each review that somebody sees: its number, whose it is, what it says, the reviewer."""
    text = CharField()
    concerns = Q(reviewer=member, passed_on_at=None) | Q(decider=member, done_at__isnull=False)
    whose = Case(When(reviewer=member, then=Value(_MINE)), default=Value(_THEIRS), output_field=text)
    said = Coalesce("opinion__outcome", Value(_OPEN), output_field=text)
    space = Value(" ")
    line = Concat(Cast("pk", text), space, whose, space, said, space, "reviewer__name", output_field=text)
    rows = Review.objects.filter(concerns, decision=OuterRef("pk")).order_by().values("decision")
    return Subquery(rows.annotate(lines=Lines(line, Value("\n"))).values("lines"))


def _lines(member: Member, decision: Decision, text: str) -> Sequence[Beside]:
    """A way to each of them; to one's own decision that has none, a way to ask for one."""
    found = [_line(*each.split(" ", 3)) for each in sorted(filter(None, text.split("\n")))]
    if not found and decision.member_id == member.pk and is_taken_alone(decision):
        return [Beside("Ask a colleague for a look", reverse("reviews:want", args=[decision.pk]))]
    return found


def _line(number: str, whose: str, said: str, name: str) -> Beside:
    address = reverse("reviews:review", args=[number])
    if said == _OPEN:
        return Beside("Would you look at this one?", address)
    who = "You" if whose == _MINE else name.split(maxsplit=1)[0]
    return Beside(f"{who} would have decided {Outcome(said).label}", address)


REVIEWS_BESIDE: Final = Hook("reviews_beside", _looked_up, _lines)
"""What the reviews say."""
