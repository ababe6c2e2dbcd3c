"""Customers: found or made, changed, merged and parted again."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Final

from django.db.models import Exists, OuterRef, Q, QuerySet, Value
from django.db.models.functions import Lower

from remit.complaints.access import customers_for, get_customer_for
from remit.complaints.models import Complaint, Customer, CustomerMerge, Order
from remit.core.clock import now
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.core.writing import write
from remit.people.access import place_in, teams_for
from remit.people.models import Member, Team
from remit.remedies.allowances import follow_customer
from remit.trail.actions import record

_MAIL: Final = re.compile(r"[^\s,;<>()]+@[^\s,;<>()@]+\.[^\s,;<>()@]+")
_PHONE: Final = re.compile(r"(?<![\w])\+?\d[\d\s()/.-]{4,}\d")
_FILLED_IN: Final = ("email", "phone", "language", "note", "since")


@dataclass(frozen=True, slots=True)
class CustomerWords:
    """A customer as they are told: by what is known about them, or as one of those who are known.

    Attributes:
        known: identifier of one who was chosen among those known.
    """

    name: str = ""
    email: str = ""
    phone: str = ""
    known: int | None = None
    language: str = ""
    since: date | None = None
    note: str = ""

    @property
    def says_nothing(self) -> bool:
        """Whether nobody can be found or made from it."""
        return not (self.name or self.email or self.phone or self.known)


def customer_words(text: str) -> CustomerWords:
    """Name, mail and phone out of one line as it is typed: `Jo Miller 0170 1234567`."""
    mail = _MAIL.search(text)
    rest = text.replace(mail[0], " ") if mail else text
    phone = _PHONE.search(rest)
    rest = rest.replace(phone[0], " ") if phone else rest
    name = " ".join(re.sub(r"[,;<>()|]+", " ", rest).split()).strip(" -·")
    return CustomerWords(
        name=name[:120],
        email=mail[0].rstrip(".").lower() if mail else "",
        phone=plain_phone(phone[0]) if phone else "",
    )


def plain_phone(text: str) -> str:
    """A phone number as it is kept: digits, and a plus in front where there is one."""
    sign = "+" if text.strip().startswith("+") else ""
    return (sign + "".join(re.findall(r"\d", text)))[:40]


def found_or_made_customer(team: Team, words: CustomerWords, *, by: Member | None) -> Customer | None:
    """The customer of a team with this mail or phone, or a new one; None when nothing is said.

    A name alone finds nobody: there are many of one name. It never looks beyond the team.

    Raises:
        NotThere: the one who was chosen isn't known to this member.
    """
    if words.says_nothing:
        return None
    with write():
        if by is not None:
            place_in(by, team)
        if words.known is not None:
            if by is None:
                raise NotThere("customer")
            return get_customer_for(by, words.known)
        found = customer_with(team, email=words.email, phone=words.phone)
        return found or _made(team, words, by)


def customer_with(team: Team, *, email: str = "", phone: str = "") -> Customer | None:
    """The customer of a team with this mail, or else this phone."""
    theirs = _of_team(team).alias(mail=Lower("email")).order_by("id")
    found = theirs.filter(mail=Lower(Value(email.strip()))).first() if email.strip() else None
    if found is None and plain_phone(phone):
        found = theirs.filter(phone=plain_phone(phone)).first()
    return found


def change_customer(member: Member, customer: Customer, words: CustomerWords) -> Customer:
    """Correct what is known about a customer.

    Raises:
        NotThere: they are unknown to this member.
        Refusal: nothing is left by which they can be found.
    """
    with write():
        customer = get_customer_for(member, customer.pk)
        _need_somebody(customer)
        name = words.name.strip() or words.email or words.phone
        if not name:
            raise Refusal("no-name", "A customer needs a name.", "Write their name.", field="name")
        new = {
            "name": name[:120],
            "email": words.email.strip().lower(),
            "phone": plain_phone(words.phone),
            "language": words.language.strip(),
            "note": words.note.strip(),
            "since": words.since,
        }
        changed = [field for field, value in new.items() if getattr(customer, field) != value]
        for field in changed:
            setattr(customer, field, new[field])
        if changed:
            customer.save(update_fields=changed)
            record("customer-changed", _subject(customer), by=member, what=sorted(changed))
        return customer


def merge_customers(member: Member, kept: Customer, gone: Customer) -> CustomerMerge:
    """Make two records of one customer one; complaints and orders go over, what was empty is filled in.

    Raises:
        NotThere: one of them is unknown to this member.
        NotAllowed: one of them has something in a team that they aren't in.
        Changed: one of them was merged meanwhile.
        Refusal: both are the same.
    """
    with write():
        for each in (kept, gone):
            _need_whole(member, each)
        kept, gone = (Customer.objects.get(pk=each.pk) for each in (kept, gone))
        for each in (kept, gone):
            _need_somebody(each)
        if kept.pk == gone.pk:
            raise Refusal("the-same", "This is one and the same record.", "Choose another one.")
        if kept.merged_into_id or gone.merged_into_id:
            raise Changed("merged-already", "One of them was merged already.", "Look at the page again.")
        before = {field: _plain(getattr(kept, field)) for field in _FILLED_IN}
        complaints = _move(Complaint.objects.filter(customer=gone), kept)
        moved = {
            "complaints": complaints,
            "orders": _move(Order.objects.filter(customer=gone), kept),
            "before": before,
        }
        for field in _FILLED_IN:
            if not getattr(kept, field):
                setattr(kept, field, getattr(gone, field))
        moved["after"] = {field: _plain(getattr(kept, field)) for field in _FILLED_IN}
        kept.save(update_fields=_FILLED_IN)
        gone.merged_into = kept
        gone.save(update_fields=["merged_into"])
        _allowances_follow(complaints, kept)
        merge = CustomerMerge.objects.create(kept=kept, gone=gone, moved=moved, by=member, at=now())
        record(
            "customers-merged",
            _subject(kept),
            by=member,
            gone=gone.pk,
            complaints=moved["complaints"],
            orders=moved["orders"],
        )
        return merge


def part_customers(member: Member, merge: CustomerMerge) -> Customer:
    """Take a merging back: what went over goes back, what was filled in and not changed since is emptied.

    Returns:
        The one that is there again.

    Raises:
        NotThere: the customer is unknown to this member.
        Refusal: the kept one was merged into another one since.
    """
    with write():
        merge = CustomerMerge.objects.select_related("kept", "gone").get(pk=merge.pk)
        if merge.undone_at is not None:
            return merge.gone
        kept, gone = merge.kept, merge.gone
        _need_somebody(kept)
        if kept.merged_into_id is not None:
            raise Refusal(
                "merged-further",
                f"{kept.name} was merged into another record since.",
                "Undo that merging first.",
            )
        _need_whole(member, kept)
        moved = merge.moved
        _move(Complaint.objects.filter(pk__in=moved["complaints"], customer=kept), gone)
        _move(Order.objects.filter(pk__in=moved["orders"], customer=kept), gone)
        for field in _FILLED_IN:
            was, became = moved["before"][field], moved["after"][field]
            if _plain(getattr(kept, field)) == became and was != became:
                setattr(kept, field, date.fromisoformat(was) if field == "since" and was else was)
        kept.save(update_fields=_FILLED_IN)
        gone.merged_into = None
        gone.save(update_fields=["merged_into"])
        _allowances_follow(moved["complaints"], gone)
        merge.undone_at = now()
        merge.save(update_fields=["undone_at"])
        record("customers-parted", _subject(kept), by=member, gone=gone.pk)
        return gone


def _allowances_follow(complaints: Iterable[int], customer: Customer) -> None:
    """What was given for complaints that moved uses the allowances of the customer that they are of now."""
    moved = Complaint.objects.filter(pk__in=complaints, customer=customer)
    follow_customer([complaint.subject for complaint in moved], f"customer:{customer.pk}")


def _of_team(team: Team) -> QuerySet[Customer]:
    return Customer.objects.filter(merged_into=None).filter(
        Q(team=team)
        | Exists(Complaint.objects.filter(customer=OuterRef("pk"), team=team))
        | Exists(Order.objects.filter(customer=OuterRef("pk"), team=team))
    )


def _made(team: Team, words: CustomerWords, by: Member | None) -> Customer:
    customer = Customer.objects.create(
        team=team,
        name=(words.name.strip() or words.email or words.phone)[:120],
        email=words.email.strip().lower(),
        phone=plain_phone(words.phone),
        language=words.language,
        since=words.since,
        note=words.note,
        created_at=now(),
    )
    record("customer-made", _subject(customer), by=by, team=team)
    return customer


def _need_somebody(customer: Customer) -> None:
    """Refuse to make somebody again of a customer who was made nobody."""
    if customer.erased_at is not None:
        raise Refusal(
            "is-nobody",
            "This was a customer whose name and words were erased.",
            "Write them down anew, if they come back.",
        )


def _need_whole(member: Member, customer: Customer) -> None:
    """Refuse where a part of a customer's history lies in teams that the member isn't in."""
    if not customers_for(member).filter(pk=customer.pk).exists() and customer.merged_into_id is None:
        raise NotThere("customer")
    if member.is_owner:
        return
    teams = teams_for(member).order_by().values("pk")
    elsewhere = (
        Complaint.objects.filter(customer=customer).exclude(team__in=teams).exists()
        or Order.objects.filter(customer=customer).exclude(team__in=teams).exists()
    )
    if elsewhere:
        raise NotAllowed(
            "known-elsewhere",
            f"{customer.name} is known to another team too.",
            "Ask an owner to do this; they see both.",
        )


def _move(rows: QuerySet[Complaint] | QuerySet[Order], to: Customer) -> list[int]:
    moved: Iterable[int] = rows.values_list("pk", flat=True)
    identifiers = sorted(moved)
    rows.model._default_manager.filter(pk__in=identifiers).update(customer=to)  # noqa: SLF001
    return identifiers


def _plain(value: object) -> object:
    return value.isoformat() if isinstance(value, date) else value


def _subject(customer: Customer) -> str:
    return f"customer:{customer.pk}"
