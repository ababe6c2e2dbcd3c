"""The only way to complaints, customers and orders. Silent about what exists elsewhere."""

from __future__ import annotations

from django.db.models import BigIntegerField, OuterRef, Q, QuerySet, Subquery

from remit.complaints.customer_links import link_in
from remit.complaints.models import Attachment, Complaint, Customer, Import, Order, ReceivedMail
from remit.complaints.vocabulary import SET_ASIDE
from remit.core.asked_often import Slot
from remit.core.errors import NotThere
from remit.people.access import asked_by_members, teams_for, teams_led_by
from remit.people.models import Member, Team


def complaints_for(member: Member) -> QuerySet[Complaint]:
    """The complaints that somebody sees: those of their teams, merged ones included."""
    return complaints_in(teams_for(member))


def complaints_in(teams: QuerySet[Team]) -> QuerySet[Complaint]:
    """The complaints of these teams."""
    return Complaint.objects.filter(team__in=teams.order_by().values("pk"))


def of_number_for(member: Member, number: int) -> QuerySet[Complaint]:
    """The complaint of a number, where somebody sees it."""
    return of_number(complaints_for(member), number)


def of_number(complaints: QuerySet[Complaint], number: int | Slot) -> QuerySet[Complaint]:
    """One of these complaints: found first, and joined to others afterwards.

    PostgreSQL weighs every order of the tables of one query. With those of what somebody sees, and all that
    a complaint points to, that took fifty times as long as reading the row; so what is rarely there (whom
    it is about, what it was merged into) isn't joined at all.
    """
    found = complaints.filter(number=number).order_by().values("pk")[:1]
    return Complaint.objects.filter(pk=Subquery(found))


def get_complaint_for(member: Member, number: int) -> Complaint:
    """A complaint by its number, with its team, customer, order and assignee.

    Raises:
        NotThere: there is none, or it belongs to a team that they aren't in.
    """
    rows = of_number_for(member, number)
    complaint = rows.select_related("team", "customer", "order", "assignee", "opened_by").first()
    if complaint is None:
        raise NotThere("complaint")
    return complaint


def get_complaint_to_decide(member: Member, number: int) -> Complaint:
    """The same with its team and order alone, which are what a decision needs.

    Raises:
        NotThere: as above.
    """
    found = _to_decide(member, number=number)
    if not found:
        raise NotThere("complaint")
    return found[0]


@asked_by_members(number=BigIntegerField())
def _to_decide(teams: QuerySet[Team], _member: Slot, number: Slot) -> QuerySet[Complaint]:
    return of_number(complaints_in(teams), number).select_related("team", "order")


def get_complaint_by_token(token: str) -> Complaint:
    """A complaint by the customer's token: whoever has the link is the customer.

    Raises:
        NotThere: there is none.
    """
    link = link_in(token)
    complaint = Complaint.objects.select_related("team", "customer", "order").filter(link=link).first()
    if complaint is None or not link:
        raise NotThere("complaint")
    return complaint


def customers_for(member: Member) -> QuerySet[Customer]:
    """The customers that somebody sees: first known in one of their teams, or with something there.

    One that was merged into another is left out.
    """
    customers = Customer.objects.filter(merged_into=None)
    if member.is_owner:
        return customers
    teams = teams_for(member).order_by().values("pk")
    # The first one of each rather than whether there are any: for that PostgreSQL would read all complaints.
    complaints = Complaint.objects.filter(customer=OuterRef("pk"), team__in=teams)
    orders = Order.objects.filter(customer=OuterRef("pk"), team__in=teams)
    return customers.alias(
        complaint_here=Subquery(complaints.order_by().values("pk")[:1]),
        order_here=Subquery(orders.order_by().values("pk")[:1]),
    ).filter(Q(team__in=teams) | Q(complaint_here__isnull=False) | Q(order_here__isnull=False))


def get_customer_for(member: Member, customer_id: int) -> Customer:
    """A customer by their identifier; the one that goes on, where it was merged into another.

    Raises:
        NotThere: there is none, or they have nothing to do with this member's teams.
    """
    goes_on: int | None = customer_id
    while goes_on is not None:
        customer_id = goes_on
        goes_on = Customer.objects.filter(pk=customer_id).values_list("merged_into", flat=True).first()
    customer = customers_for(member).filter(pk=customer_id).first()
    if customer is None:
        raise NotThere("customer")
    return customer


def orders_for(member: Member) -> QuerySet[Order]:
    """The orders that somebody sees: those of their teams."""
    return Order.objects.filter(team__in=teams_for(member).order_by().values("pk"))


def attachments_for(member: Member) -> QuerySet[Attachment]:
    """The files that somebody sees: those that came with complaints of their teams."""
    return Attachment.objects.filter(message__complaint__team__in=teams_for(member).order_by().values("pk"))


def mails_for(member: Member) -> QuerySet[ReceivedMail]:
    """The mails that somebody sees: those to the mailboxes of their teams, or about complaints of theirs."""
    teams = teams_for(member).order_by().values("pk")
    return ReceivedMail.objects.exclude(mailbox=None).filter(
        Q(complaint__team__in=teams) | Q(complaint=None, mailbox__team__in=teams)
    )


def mails_set_aside_for(member: Member) -> QuerySet[ReceivedMail]:
    """Of those to the mailboxes of their teams the ones that somebody has to look at, the latest first."""
    teams = teams_for(member).order_by().values("pk")
    waiting = ReceivedMail.objects.filter(mailbox__team__in=teams, done_at=None, kind__in=SET_ASIDE)
    return waiting.select_related("mailbox__team", "complaint").order_by("-at", "-id")


def get_mail_for(member: Member, number: int) -> ReceivedMail:
    """A mail to one of their teams.

    Raises:
        NotThere: there is none, or it came to a team that they aren't in.
    """
    teams = teams_for(member).order_by().values("pk")
    mails = ReceivedMail.objects.select_related("mailbox__team", "complaint__team")
    found = mails.filter(pk=number, mailbox__team__in=teams).first()
    if found is None:
        raise NotThere("mail")
    return found


def get_import_for(member: Member, import_id: int) -> Import:
    """An import of one of the teams that somebody leads.

    Raises:
        NotThere: there is none, or it belongs to a team that they don't lead.
    """
    teams = teams_led_by(member).order_by().values("pk")
    found = Import.objects.select_related("team", "by").filter(team__in=teams, pk=import_id).first()
    if found is None:
        raise NotThere("import")
    return found
