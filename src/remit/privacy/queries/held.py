"""What is held about a customer: how much, since when, why, how long, and what becomes of it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Final

from django.db.models import Count, Min, Q, QuerySet, Value

from remit.charters.models import Comment
from remit.complaints.models import Attachment, Decision, Message, Rating, ReceivedMail
from remit.complaints.vocabulary import MessageForm
from remit.notices.models import Notice
from remit.privacy.models import Retention
from remit.privacy.reach import Reach
from remit.remedies.models import Payment, Remedy
from remit.reviews.models import Opinion
from remit.trail.models import Words

_FIGURE: Final = "the figure stays, the words go"
_DATES: Final = "number, kind and dates stay, the words go"
_GIVEN: Final = "kind, amount and date stay, the words go"
_PROOF: Final = "erased; that it was done stays, and the record still proves itself"
_STAYS: Final = (_FIGURE, _DATES, _PROOF)
_KINDS: Final = (
    (
        "name",
        "Name, mail, phone, language, note",
        "To answer them, and to know them again.",
        "words",
        "replaced by “Former customer”",
    ),
    (
        "complaints",
        "Complaints: title, wish, their own page",
        "To make right what went wrong.",
        "words",
        _DATES,
    ),
    ("said", "What they and you wrote", "So that nobody has to say it twice.", "words", "erased"),
    ("team", "What the team wrote among themselves", "To decide it well.", "words", "erased"),
    (
        "comments",
        "Comments on the charter that name them",
        "To decide what holds for all.",
        "words",
        "their name, mail and phone are taken out",
    ),
    ("files", "Files they sent", "To see what happened.", "files", "removed from the disk"),
    ("ratings", "What they said afterwards", "To learn from it.", "words", _FIGURE),
    (
        "orders",
        "Orders: number, what it was",
        "To know what was paid.",
        "books",
        "the number stays where the books name it",
    ),
    ("decisions", "Decisions, with their letters", "Who may decide what has to be shown.", "books", _GIVEN),
    ("reviews", "What colleagues thought of it", "To learn from it.", "words", "the words go"),
    ("remedies", "What was given", "The books.", "books", _GIVEN),
    ("payments", "Payments at the provider", "The books.", "books", "stays: a reference and amounts"),
    ("mails", "Mails as they came", "To look up what was sent.", "mails", "removed from the disk"),
    ("notices", "Notices to the team", "So that somebody looks.", "notices", "removed"),
    ("words", "Words in the record of acts", "To show later what was done.", "words", _PROOF),
)
"""Each kind: its name here, what it is, why, by which rule it goes, and what becomes of it."""

_TEAM: Final = (MessageForm.NOTE, MessageForm.QUESTION, MessageForm.ADVICE)


@dataclass(frozen=True, slots=True)
class Kept:
    """One kind of data.

    Attributes:
        what: in words.
        count: rows.
        since: the oldest of them; None where it has no moment.
        why: what it is for.
        until: how long, as the rules are.
        becomes: what erasing does with it.
        stays: whether something of it stays for the books.
    """

    what: str
    count: int
    since: datetime | None
    why: str
    until: str
    becomes: str
    stays: bool = False


def held_about(reach: Reach, rule: Retention) -> Sequence[Kept]:
    """All kinds of which there is something, in one query beside what the reach has at hand."""
    complaints, orders = reach.complaints, reach.orders
    found = _counted(reach) | {
        "name": (len(reach.customers), min(each.created_at for each in reach.customers)),
        "complaints": (len(complaints), min((each.opened_at for each in complaints), default=None)),
        "orders": (len(orders), min((each.created_at for each in orders), default=None)),
    }
    long = _how_long(rule)
    return [
        Kept(what, *found[name], why, long[age], becomes, age == "books" or becomes in _STAYS)
        for name, what, why, age, becomes in _KINDS
        if name in found and found[name][0]
    ]


def _how_long(rule: Retention) -> dict[str, str]:
    return {
        "words": _for(rule.complaint_months),
        "files": _for(rule.attachment_months or rule.complaint_months),
        "mails": _for(rule.letter_months or rule.complaint_months),
        "books": f"{rule.books_years} years, by law",
        "notices": "90 days after they were seen",
    }


def _for(months: int | None) -> str:
    if not months:
        return "for good: no rule is set"
    return "a month after closing" if months == 1 else f"{months} months after closing"


def _counted(reach: Reach) -> dict[str, tuple[int, datetime | None]]:
    """How many rows of each kind there are, and the oldest moment among them."""
    complaints = reach.keys[1]
    messages = Message.objects.filter(complaint__in=complaints)
    remedies = Remedy.objects.filter(pk__in=[each.pk for each in reach.remedies])
    subjects = reach.subjects
    about = Q(subject__in=subjects)
    kinds: tuple[tuple[str, QuerySet[Any], str], ...] = (
        ("said", messages.exclude(form__in=_TEAM), "at"),
        ("team", messages.filter(form__in=_TEAM), "at"),
        ("comments", Comment.objects.filter(reach.traces.in_any("text")), "made_at"),
        ("files", Attachment.objects.filter(message__complaint__in=complaints), "message__at"),
        ("ratings", Rating.objects.filter(complaint__in=complaints), "at"),
        ("decisions", Decision.objects.filter(complaint__in=complaints), "at"),
        ("reviews", Opinion.objects.filter(review__decision__complaint__in=complaints), "at"),
        ("remedies", remedies, "made_at"),
        ("payments", Payment.objects.filter(order_key__in=reach.order_keys), "paid_at"),
        ("mails", ReceivedMail.objects.filter(complaint__in=complaints), "at"),
        ("notices", Notice.objects.filter(about | reach.traces.in_any("title", "body")), "created_at"),
        ("words", Words.objects.filter(entry__subject__in=subjects, erased_at=None), "entry__at"),
    )  # fmt: skip
    parts = [_figures(name, rows, moment) for name, rows, moment in kinds]
    return {row["kind_of_data"]: (row["count"], row["first"]) for row in parts[0].union(*parts[1:], all=True)}


def _figures(name: str, rows: QuerySet[Any], moment: str) -> QuerySet[Any, Any]:
    named = rows.order_by().annotate(kind_of_data=Value(name)).values("kind_of_data")
    figures: QuerySet[Any, Any] = named.annotate(count=Count("pk"), first=Min(moment))
    return figures
