"""What is known about a complaint, changed by hand; two people at once notice each other, nothing is lost."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Final

from remit.complaints.actions.customers import CustomerWords, customer_words, found_or_made_customer
from remit.complaints.actions.looked_at_again import looked_at_again, written_text
from remit.complaints.actions.orders import OrderWords, found_or_made_order
from remit.complaints.actions.paying import look_for_payment
from remit.complaints.actions.questions import facts_changed
from remit.complaints.models import Complaint, Customer, Order, Tag
from remit.complaints.vocabulary import Severity
from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.people.models import Member
from remit.trail.actions import record

Details = Mapping[str, str]
"""What is known, field by field, as it is typed; a fact of the charter under `fact_` and its name."""

WORDS: Final = {
    "title": "Title",
    "category": "Category",
    "severity": "How bad it is",
    "tags": "Tags",
    "customer": "Customer",
    "order": "Order",
}
"""What each field is called."""
_JUDGED: Final = frozenset({"category", "severity", "order"})
"""Fields, beside the declared facts, that a charter may judge by."""
_MOST_TAGS: Final = 12
_LONGEST_TAG: Final = 40
_PHONE: Final = 6
"""Digits from which on a number is a phone number rather than an identifier."""


def details_of(complaint: Complaint) -> dict[str, str]:
    """What is known about a complaint now.

    Args:
        complaint: with its order and customer at hand.
    """
    return {
        "title": complaint.title,
        "category": complaint.category,
        "severity": str(complaint.severity),
        "tags": ", ".join(sorted(complaint.tags.values_list("word", flat=True))),
        "customer": str(complaint.customer_id or ""),
        "order": complaint.order.number if complaint.order else "",
        **{f"fact_{name}": _as_typed(value) for name, value in sorted(complaint.facts.items())},
    }


def change(
    member: Member,
    complaint: Complaint,
    wanted: Details,
    *,
    seen: Details,
    facts: Mapping[str, object] | None = None,
) -> Complaint:
    """Change what is known about a complaint.

    Only what somebody changed is written. Where a colleague changed the same in the meantime, nothing is,
    and the refusal carries both versions.

    Args:
        member: who.
        complaint: what.
        wanted: every field as it should be.
        seen: every field as it was when they began.
        facts: the declared facts as the charter's types, by name; those in `wanted` that aren't here go away.

    Raises:
        NotThere: they aren't in its team.
        Changed: a colleague changed the same; `data["both"]` has pairs (theirs, yours) by field.
        Refusal: a field can't be so.
    """
    with write():
        _, complaint = looked_at_again(member, complaint)
        current = details_of(complaint)
        mine = {name: value.strip() for name, value in wanted.items() if value.strip() != seen.get(name, "")}
        both = {
            name: (current.get(name, ""), value)
            for name, value in mine.items()
            if current.get(name, "") not in {seen.get(name, ""), value}
        }
        if both:
            raise Changed(
                "changed-meanwhile",
                "A colleague changed the same while you were writing.",
                "Both versions stand below: keep theirs or yours, and save again.",
                both=both,
            )
        changed = {name: value for name, value in mine.items() if current.get(name, "") != value}
        if not changed:
            return complaint
        _write(member, complaint, changed, facts or {})
        record(
            "complaint-changed",
            complaint.subject,
            by=member,
            team=complaint.team,
            words=_in_words(current, changed),
            fields=sorted(changed),
        )
        return complaint


def _write(
    member: Member, complaint: Complaint, changed: Mapping[str, str], facts: Mapping[str, object]
) -> None:
    if "title" in changed:
        complaint.title = " ".join(written_text(changed["title"], field="title", most=160).split())
    complaint.category = changed.get("category", complaint.category)[:64]
    if "severity" in changed:
        complaint.severity = _severity(changed["severity"])
    if "customer" in changed:
        complaint.customer = _customer(member, complaint, changed["customer"])
    if "order" in changed:
        complaint.order = _order(member, complaint, changed["order"])
    if "tags" in changed:
        _tag(complaint, changed["tags"])
    declared = [name.removeprefix("fact_") for name in changed if name.startswith("fact_")]
    for name in declared:
        _fact(complaint, name, facts)
    if complaint.customer is None and complaint.order is not None:
        complaint.customer = complaint.order.customer
    complaint.changes += 1
    complaint.last_at = now()
    complaint.save(
        update_fields=[
            "title", "category", "severity", "customer", "order", "facts", "changes", "last_at"
        ]
    )  # fmt: skip
    if declared or not _JUDGED.isdisjoint(changed):
        facts_changed(complaint, member)


def _severity(value: str) -> int:
    if value not in {str(each.value) for each in Severity}:
        raise Refusal(
            "no-severity", "Nobody knows how bad that is.", "Choose one of the three.", field="severity"
        )
    return int(value)


def _customer(member: Member, complaint: Complaint, value: str) -> Customer | None:
    """By their identifier, or by what is told about them."""
    words = (
        CustomerWords(known=int(value))
        if value.isdecimal() and len(value) < _PHONE
        else customer_words(value)
    )
    return found_or_made_customer(complaint.team, words, by=member)


def _order(member: Member, complaint: Complaint, value: str) -> Order | None:
    if not value:
        return None
    order = found_or_made_order(
        complaint.team, OrderWords(number=value), customer=complaint.customer, by=member
    )
    look_for_payment(order)
    return order


def _fact(complaint: Complaint, name: str, facts: Mapping[str, object]) -> None:
    known = {key: value for key, value in complaint.facts.items() if key != name}
    complaint.facts = known | ({name: facts[name]} if facts.get(name) is not None else {})


def _tag(complaint: Complaint, typed: str) -> None:
    words = list(dict.fromkeys(" ".join(word.split()).lower() for word in typed.split(",") if word.strip()))
    if len(words) > _MOST_TAGS or any(len(word) > _LONGEST_TAG for word in words):
        raise Refusal(
            "tags",
            "These are too many tags, or one is too long.",
            f"Use at most {_MOST_TAGS}, of at most {_LONGEST_TAG} characters each.",
            field="tags",
        )
    tags = [Tag.objects.get_or_create(team=complaint.team, word=word)[0] for word in words]
    complaint.tags.set(tags)


def _in_words(before: Details, changed: Details) -> str:
    parts = [
        f"{WORDS.get(name) or name.removeprefix('fact_').replace('_', ' ')}: "
        f"{before.get(name) or '–'} → {value or '–'}"
        for name, value in changed.items()
        if name != "customer"
    ]
    return "; ".join(parts)


def _as_typed(value: object) -> str:
    if isinstance(value, bool):
        return "yes" if value else "no"
    return str(value)
