"""What the page of a complaint shows, in few queries however long the conversation is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import (
    Aggregate,
    BigIntegerField,
    CharField,
    Count,
    DateTimeField,
    Exists,
    IntegerField,
    OuterRef,
    Prefetch,
    Q,
    QuerySet,
    Subquery,
    Value,
    prefetch_related_objects,
)
from django.db.models.expressions import CombinedExpression
from django.db.models.functions import Cast, Coalesce, Concat, NullIf

from remit.approvals.models import Approval
from remit.complaints.access import complaints_for, complaints_in, of_number
from remit.complaints.actions.handling import HERE_FOR
from remit.complaints.looked_at_first import asked_first
from remit.complaints.models import (
    Attachment,
    Closure,
    Complaint,
    Link,
    Message,
    Order,
    Presence,
    Rating,
    SavedReply,
    Tag,
    UnsentFile,
)
from remit.complaints.vocabulary import MADE_RIGHT_WORDS, MailState, MessageForm
from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.core.errors import NotThere
from remit.people.access import asked_by_members
from remit.people.models import Member, Membership, Team
from remit.remedies.actions.giving import elsewhere_by_order, given_by_order

SHOWN: Final = 50
"""Messages that are shown at once; earlier ones are a click away."""


class Lines(Aggregate):
    """Texts joined by line breaks, on both databases."""

    function = "STRING_AGG"
    template = "%(function)s(%(expressions)s)"
    output_field = CharField()
    arity = 2

    def as_sqlite(self, compiler: Any, connection: Any, **more: Any) -> Any:  # noqa: ANN401 (Django's own form)
        """The same on SQLite."""
        return super().as_sql(compiler, connection, function="GROUP_CONCAT", **more)


@dataclass(frozen=True, slots=True)
class Unsent:
    """A file of an answer that isn't sent yet.

    Attributes:
        number: its identifier.
        size: bytes.
    """

    number: int
    size: int
    name: str


@dataclass(frozen=True, slots=True)
class Seen:
    """A complaint with everything that its page says about it outside the conversation.

    Attributes:
        tags: in order.
        here: names of colleagues who have it open too.
        waits: form of the approval that is open, or "".
        earlier: how many other complaints of this customer the member sees.
        orders: how many orders of this customer are known in its team.
        closure: the standing one, when it is closed.
        is_linked: whether complaints are linked with it, or were merged into it.
        given: what was given on its order before, in minor units.
        saved: text of the saved reply that was chosen, or "".
        unsent: files that the member put to an answer that isn't sent yet.
    """

    complaint: Complaint
    tags: Sequence[str]
    here: Sequence[str]
    waits: str
    earlier: int
    orders: int
    closure: Closure | None
    is_linked: bool
    given: int
    saved: str
    unsent: Sequence[Unsent]

    @property
    def rating(self) -> Rating | None:
        """What the customer said about it since it was closed."""
        return getattr(self.closure, "rating", None)

    @property
    def rating_words(self) -> str:
        """Their answer to *was it made right?*."""
        return MADE_RIGHT_WORDS[self.rating.made_right] if self.rating else ""


def seen_by(member: Member, number: int, *, saved: int = 0) -> Seen:
    """A complaint as somebody sees it, in one query; a second one when it is closed.

    Args:
        member: who looks.
        number: of the complaint.
        saved: identifier of a saved reply of its team that they chose.

    Raises:
        NotThere: there is none, or it belongs to a team that they aren't in.
    """
    found = _seen(member, number=number, saved=saved, here_since=now() - HERE_FOR)
    if not found:
        raise NotThere("complaint")
    complaint: Any = found[0]  # with what was annotated
    closure = (
        complaint.closures.select_related("by", "rating").filter(reopened_at=None).first()
        if complaint.closed_at
        else None
    )
    return Seen(
        complaint,
        sorted(filter(None, (complaint.tag_lines or "").split("\n"))),
        sorted(filter(None, (complaint.here_lines or "").split("\n"))),
        complaint.waits,
        complaint.earlier,
        complaint.orders_known,
        closure,
        bool(complaint.is_linked),
        int(complaint.given),
        complaint.saved or "",
        sorted(map(_unsent_in, filter(None, (complaint.unsent_lines or "").split("\n"))), key=_number_of),
    )


@asked_by_members(number=BigIntegerField(), saved=BigIntegerField(), here_since=DateTimeField())
def _seen(
    teams: QuerySet[Team], member: Slot, number: Slot, saved: Slot, here_since: Slot
) -> QuerySet[Complaint]:
    complaints = complaints_in(teams)
    return (
        of_number(complaints, number)
        .select_related("team", "customer", "order", "assignee", "opened_by")
        .annotate(
            tag_lines=_tags(),
            here_lines=_here(member, here_since),
            unsent_lines=_unsent(member),
            waits=Coalesce(
                Subquery(Approval.objects.filter(subject=_subject(), ended_at=None).values("form")[:1]),
                Value(""),
            ),
            earlier=_counted(complaints.exclude(pk=OuterRef("pk"))),
            given=_given(),
            saved=Subquery(SavedReply.objects.filter(team=OuterRef("team"), pk=saved).values("text")),
            orders_known=_counted(Order.objects.filter(team=OuterRef("team"))),
            is_linked=Exists(Link.objects.filter(Q(one=OuterRef("pk")) | Q(other=OuterRef("pk"))))
            | Exists(Complaint.objects.filter(merged_into=OuterRef("pk"))),
            **asked_first(member),
        )
    )


@dataclass(frozen=True, slots=True)
class Conversation:
    """A stretch of what was said, oldest first.

    Attributes:
        before: the message before which there is more, to ask for it; None at the beginning.
        is_latest: whether it reaches to the end.
    """

    messages: Sequence[Message]
    before: int | None
    is_latest: bool


def conversation_of(complaint: Complaint, *, before: int | None = None) -> Conversation:
    """The last messages of a complaint, or those before one of them.

    Args:
        complaint: whose.
        before: identifier of a message; None for the end of the conversation.

    Raises:
        NotThere: that message isn't here, or is the first.
    """
    if before is None:
        rows = _latest(complaint=complaint.pk)
    else:
        said = Message.objects.filter(complaint=complaint)
        edge = Subquery(said.filter(pk=before).values("at"))
        rows = list(_last_of(said.filter(Q(at__lt=edge) | Q(at=edge, pk__lt=before))))
        if not rows:
            raise NotThere("message")
    shown = rows[:SHOWN][::-1]
    with_their_files(shown)
    return Conversation(shown, shown[0].pk if len(rows) > SHOWN else None, before is None)


@asked_often(complaint=BigIntegerField())
def _latest(complaint: Slot) -> QuerySet[Message]:
    return _last_of(Message.objects.filter(complaint=complaint))


def _last_of(messages: QuerySet[Message]) -> QuerySet[Message]:
    """The last of them, and one more to see whether there is one."""
    return (
        messages.select_related("author", "to_member", "decision", "mail")
        .annotate(has_files=Exists(Attachment.objects.filter(message=OuterRef("pk"))))
        .order_by("-at", "-id")[: SHOWN + 1]
    )


def with_their_files(messages: Sequence[Message]) -> None:
    """Put the files of messages at hand in one query; none where there are no files."""
    with_files = [each for each in messages if getattr(each, "has_files", False)]
    prefetch_related_objects(with_files, Prefetch("attachments", queryset=Attachment.objects.order_by("id")))


def can_be_taken_back(message: Message) -> bool:
    """Whether a reply is still within the seconds in which it can be taken back."""
    return (
        message.form == MessageForm.TO_CUSTOMER
        and message.mail_state in {MailState.NONE, MailState.WAITS}
        and message.leaves_at is not None
        and message.leaves_at > now()
    )


def belonging_to(member: Member, complaint: Complaint) -> Sequence[tuple[str, Complaint]]:
    """Complaints that belong to this one, as far as somebody sees them: `linked` or `merged`."""
    merged = Complaint.objects.filter(merged_into=complaint).values("pk")
    linked = (
        Link.objects.filter(one=complaint)
        .values("other")
        .union(Link.objects.filter(other=complaint).values("one"), merged)
    )
    found = complaints_for(member).filter(pk__in=linked).order_by("number")
    return [("merged" if each.merged_into_id == complaint.pk else "linked", each) for each in found]


def colleagues_in(team: Team, *, but: Member) -> QuerySet[Member]:
    """The members of a team who can be asked or handed something, without one."""
    memberships = Membership.objects.filter(team=team, until=None).values("member")
    return Member.objects.filter(pk__in=memberships, left_at=None).exclude(pk=but.pk).order_by("name")


def _subject() -> Concat:
    """How approvals name a complaint; see `Complaint.subject`."""
    return Concat(Value("complaint:"), Cast(OuterRef("number"), CharField()))


def _given() -> CombinedExpression:
    """What was given on the order of a complaint; see `Complaint.order_key`."""
    of_order = Concat(Value("order:"), Cast(OuterRef("order"), CharField()))
    key = Coalesce(NullIf(of_order, Value("order:")), _subject())
    remedies = Coalesce(Subquery(given_by_order().filter(order_key=key)), Value(0))
    return remedies + Coalesce(Subquery(elsewhere_by_order().filter(order_key=key)), Value(0))


def _tags() -> Subquery:
    return Subquery(
        Tag.complaints.through.objects.filter(complaint=OuterRef("pk"))
        .order_by()
        .values("complaint")
        .annotate(lines=Lines("tag__word", Value("\n")))
        .values("lines")  # type: ignore[misc]  # the table between isn't known to the plugin
    )


def _here(member: Slot, since: Slot) -> Subquery:
    return Subquery(
        Presence.objects.filter(complaint=OuterRef("pk"), seen_at__gt=since)
        .exclude(member=member)
        .order_by()
        .values("complaint")
        .annotate(lines=Lines("member__name", Value("\n")))
        .values("lines")
    )


def _unsent(member: Slot) -> Subquery:
    """A line for each file: its number, its size, its name, which has no line breaks."""
    line = Concat(Cast("pk", CharField()), Value(" "), Cast("size", CharField()), Value(" "), "name")
    return Subquery(
        UnsentFile.objects.filter(complaint=OuterRef("pk"), member=member)
        .order_by()
        .values("complaint")
        .annotate(lines=Lines(line, Value("\n")))
        .values("lines")
    )


def _unsent_in(line: str) -> Unsent:
    number, size, name = line.split(" ", 2)
    return Unsent(int(number), int(size), name)


def _number_of(unsent: Unsent) -> int:
    return unsent.number


def _counted(rows: QuerySet[Any]) -> Coalesce:
    counted = (
        rows.filter(customer=OuterRef("customer"))
        .order_by()
        .values("customer")
        .annotate(count=Count("pk"))
        .values("count")
    )
    return Coalesce(Subquery(counted, output_field=IntegerField()), Value(0))
