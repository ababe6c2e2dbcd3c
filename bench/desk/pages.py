"""The pages of the desk that are opened, and what is looked for on them."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from django.db.models import CharField, Count, F, QuerySet, Sum, Value
from django.db.models.functions import Coalesce, Concat
from django.utils.http import urlencode

from bench.desk.filling import LONGEST
from bench.desk.shapes import rare_word
from remit.approvals.models import Approval
from remit.complaints.filters import TAB_WORDS, Tab
from remit.complaints.models import Complaint, Message
from remit.demo.cast import MAIN
from remit.people.models import Member

COMMON: Final = "cold"
"""A word of the trade that stands in every few complaints."""
_DEEP: Final = 20_000
"""Rows before a page that lies deep in the list."""


@dataclass(frozen=True, slots=True)
class Page:
    """What is opened.

    Attributes:
        words: what it is called.
        address: where it is.
        is_part: whether only a part of it is fetched.
        sends: what is sent, made anew for each time; None for a page that is only opened.
    """

    words: str
    address: str
    is_part: bool = False
    sends: Callable[[], tuple[str, dict[str, str]]] | None = None


def pages() -> list[Page]:
    """The main pages, of a complaint in the middle of all that are open."""
    complaint = usual()
    at = f"/complaints/{complaint.number}/"
    newest = Complaint.objects.order_by("-number").values_list("number", flat=True)[0]
    assert complaint.customer is not None  # noqa: S101 (only those with one were taken)
    return [
        Page("Home", "/"),
        *(Page(f"List: {words}", f"/complaints/?tab={tab}") for tab, words in TAB_WORDS.items()),
        *_narrowed(complaint),
        *_searches(complaint),
        Page("New ones", f"/complaints/new-ones/?since={newest - 3}", is_part=True),
        Page("Complaint, 5 messages", at),
        Page(f"Complaint, {LONGEST} messages", f"/complaints/{longest().number}/"),
        *_parts(at),
        Page("Approvals", "/approvals/"),
        Page("To hand over", "/remedies/"),
        Page("Customers", "/customers/"),
        Page("Customers: a name", f"/customers/?{urlencode({'q': complaint.customer.name})}"),
        Page("Customer", f"/customers/{complaint.customer_id}/"),
        Page("Customer with the most complaints", f"/customers/{_regular()}/"),
        Page("Customer's page", f"/c/{complaint.token}/"),
        Page(f"Customer's page, {LONGEST} messages", f"/c/{longest().token}/"),
        Page("Public form", f"/tell/{MAIN.word}/"),
        Page("Charter", f"/charter/{MAIN.word}/"),
        Page("Notices", "/notices/"),
    ]


def usual() -> Complaint:
    """A complaint of five messages in the middle of those that are open."""
    found = _open_ones().annotate(many=Count("messages")).filter(many=5).order_by("pk")
    return found[found.count() // 2]


def longest() -> Complaint:
    """The complaint with the longest conversation."""
    most = Message.objects.values("complaint").annotate(said=Count("pk")).order_by("-said")[0]
    return Complaint.objects.get(pk=most["complaint"])


def _open_ones() -> QuerySet[Complaint]:
    return (
        Complaint.objects.filter(closed_at=None, team__word=MAIN.word)
        .exclude(order=None)
        .exclude(customer=None)
        .exclude(category="")
    )


def _regular() -> int:
    most = Complaint.objects.exclude(customer=None).values("customer").annotate(many=Count("pk"))
    return int(most.order_by("-many")[0]["customer"])


def _narrowed(complaint: Complaint) -> list[Page]:
    """Lists with filters, and one that begins deep in the middle."""
    every = Complaint.objects.filter(team=complaint.team).order_by("-last_at", "-id")
    deep = every[min(_DEEP, every.count() // 2)]
    after = urlencode({"tab": Tab.ALL, "after": f"{deep.last_at.isoformat()}~{deep.pk}"})
    day = deep.opened_at.date().isoformat()
    week = urlencode({"tab": Tab.ALL, "since": day, "until": day})
    return [
        Page("List: one category", f"/complaints/?tab=all&category={complaint.category}"),
        Page(
            "List: serious, by phone, of nobody",
            "/complaints/?tab=all&severity=3&channel=phone&assignee=nobody",
        ),
        Page("List: a tag", "/complaints/?tab=all&tag=courier"),
        Page("List: opened on one day", f"/complaints/?{week}"),
        Page("List: to look at together", "/complaints/?tab=all&look=together"),
        Page(f"List: All, after {_DEEP:,} rows", f"/complaints/?{after}"),
    ]


def looked_for(complaint: Complaint) -> dict[str, str]:
    """What is looked for, by what it is."""
    rare = rare_word(complaint.messages.values_list("text", flat=True))
    return {
        "a word in nearly all": "the",
        "a common word": COMMON,
        "a common word, open ones": COMMON,
        "two words": f"{COMMON} delivery",
        "a rare word": rare,
        "a name": complaint.customer.name if complaint.customer else "",
        "an order": complaint.order.number if complaint.order else "",
        "a number": complaint.said,
        "nothing found": "unforgettable",
    }


def _searches(complaint: Complaint) -> list[Page]:
    return [
        Page(f"Search: {words}", f"/complaints/?{urlencode({'q': q} | _tab_of(words))}")
        for words, q in looked_for(complaint).items()
    ]


def _tab_of(words: str) -> dict[str, str]:
    return {"tab": Tab.OPEN} if words.endswith("open ones") else {}


def _parts(at: str) -> list[Page]:
    """What the page of a complaint fetches by itself."""
    return [
        Page("Make it right, while typing", f"{at}make-it-right/?kind=refund&value=12", is_part=True),
        Page("Complaints like this one", f"{at}alike/", is_part=True),
        Page("What happened", f"{at}timeline/", is_part=True),
    ]


def open_for_decisions() -> QuerySet[Complaint]:
    """Open complaints of the largest team on whose order a little may still be given back."""
    waiting = Approval.objects.filter(ended_at=None).values("subject")
    return (
        _open_ones()
        .annotate(
            given=Coalesce(Sum("decisions__value"), 0),
            so=Concat(Value("complaint:"), "number", output_field=CharField()),
        )
        .filter(order__paid__gte=F("given") + 500)
        .exclude(so__in=waiting)
        .order_by("-pk")
    )


def deciders(count: int) -> list[Member]:
    """Members of the largest team who decide: the same ones again where they are few."""
    found = Member.objects.filter(memberships__team__word=MAIN.word, memberships__until=None, left_at=None)
    members = list(found.filter(is_software=False).order_by("pk"))
    return [members[number % len(members)] for number in range(count)]


def to_decide() -> Page:
    """A small refund, each time on another complaint that is open."""
    numbers = iter(open_for_decisions().values_list("number", flat=True)[:2000])

    def sends() -> tuple[str, dict[str, str]]:
        number = next(numbers)
        key = f"bench-{number}-{time.time_ns()}"
        sent = {"kind": "refund", "value": "4", "key": key, "letter": "", "words": ""}
        return f"/complaints/{number}/decisions/", sent

    return Page("Decide", "", sends=sends)
