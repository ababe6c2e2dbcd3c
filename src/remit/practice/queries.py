"""What a page of practice shows: the complaint in disguise, and afterwards what became of it."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.conf import settings
from django.db.models import CharField, Q, QuerySet, Value
from django.utils.crypto import salted_hmac

from remit.charters.in_force import InForce, charter_of
from remit.charters.vocabulary import LEVEL_MEANS
from remit.complaints.facts import FACTS_OF_A_COMPLAINT, currency_of, known_facts
from remit.complaints.models import (
    Closure,
    Complaint,
    Customer,
    Decision,
    Message,
    Order,
    Rating,
    ReceivedMail,
)
from remit.complaints.sentences import decided, kind_label, needs_amount, plain_amount, rules_of
from remit.complaints.vocabulary import MADE_RIGHT_WORDS, QUICKNESS_WORDS, MessageForm, Severity
from remit.core.errors import NotAllowed
from remit.people.access import all_teams, place_in
from remit.people.models import Member, Membership, Organisation, Team
from remit.people.vocabulary import Rank
from remit.practice.disguise import Disguise, Known, known_of
from remit.practice.facts import request_then
from remit.practice.models import Case, Tried
from remit_engine.charter.document import Charter
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.sentences import capital, readable
from remit_engine.charter.verdict import Verdict

_SALT: Final = "remit.practice.disguise"
_MOST_SAID: Final = 6
"""Messages of the customer that are shown."""


@dataclass(frozen=True, slots=True)
class Told:
    """A closed complaint as it is shown to whoever practises, in disguise.

    Attributes:
        about: lines of a word and a value: the category, how it came in …
        said: what the customer said, in order, until somebody decided.
        sought: what they would have liked, or "".
    """

    title: str
    customer: str
    about: tuple[tuple[str, str], ...]
    said: tuple[str, ...]
    sought: str


@dataclass(frozen=True, slots=True)
class ByCharter:
    """What the charter of today says to the one who practises, about what they would have given.

    Attributes:
        level: word of the level; "" where nothing would have been given.
        means: the same in a sentence.
        rules: the rules that made it.
    """

    level: str = ""
    means: str = ""
    why: str = ""
    rules: str = ""
    ladder: Ladder | None = None
    at: int | None = None


@dataclass(frozen=True, slots=True)
class Became:
    """What became of it.

    Attributes:
        mine: what the one who practises would have given, in words.
        did: a line for each decision of the team, in words, with what was said about it.
        closed: how it ended, with its why.
        guest: what the customer said at the end, as lines; none where they said nothing.
    """

    mine: str
    charter: ByCharter
    did: tuple[tuple[str, str], ...]
    closed: str
    guest: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Here:
    """Who practises, and by which charter.

    Attributes:
        membership: theirs, in the team of the case, with member, role and team at hand.
        in_force: the charter of today.
    """

    membership: Membership
    in_force: InForce

    @property
    def charter(self) -> Charter:
        """What it says."""
        return self.in_force.compiled.charter


def here_for(member: Member, team: Team) -> Here:
    """Somebody who practises in a team: authority comes with a role there.

    Raises:
        NotAllowed: an owner who has none.
        Refusal: the team has no charter yet.
    """
    membership = place_in(member, team).membership
    if membership is None:
        raise NotAllowed(
            "no-role-here", f"You have no role in {team.name}.", "Practise where you have a role."
        )
    return Here(membership, charter_of(team))


def teams_managed_by(member: Member) -> set[int]:
    """Keys of the teams in which somebody stands as high as a manager; for an owner all."""
    if member.is_owner:
        return set(all_teams().values_list("pk", flat=True))
    managing = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.MANAGER)
    return set(managing.values_list("team", flat=True))


def kinds_of(charter: Charter) -> list[tuple[str, str]]:
    """What can be given, with its label."""
    return [(word, kind_label(word)) for word in charter.all_kinds]


def disguise_for(complaint: Complaint) -> Disguise:
    """Other names for a complaint, in two queries."""
    key = salted_hmac(_SALT, str(complaint.pk), secret=settings.SECRET_KEY, algorithm="sha256").digest()
    return Disguise(key, _known_about(complaint))


def _known_about(complaint: Complaint) -> Known:
    """Everything that the house knows about who it was: people, places, numbers."""
    customer, order = complaint.customer_id, complaint.order_id
    of_customer = Q(pk=customer) | Q(merged_into=customer) if customer else Q(pk__in=())
    mails = ReceivedMail.objects.filter(complaint=complaint)
    numbers = Order.objects.filter(Q(customer=customer) if customer else Q(pk=order))
    parts = [
        _column(Member.objects.all(), "member", "name"),
        _column(Member.objects.exclude(email=None), "number", "email"),
        _column(Customer.objects.filter(of_customer), "person", "name"),
        _column(Customer.objects.filter(of_customer), "number", "email"),
        _column(Customer.objects.filter(of_customer), "number", "phone"),
        _column(mails, "person", "sender_name"),
        _column(mails, "number", "sender"),
        _column(numbers, "number", "number"),
        _column(Team.objects.all(), "place", "name"),
        _column(Organisation.objects.all(), "place", "name"),
        _column(Message.objects.filter(complaint=complaint), "said", "text"),
        _column(Rating.objects.filter(complaint=complaint), "said", "words"),
    ]
    found: dict[str, list[str]] = {each: [] for each in ("person", "member", "number", "place", "said")}
    for what, word in sorted(parts[0].union(*parts[1:], all=True)):
        found[what].append(word or "")
    own = [complaint.order.number] if complaint.order else []
    numbers_of_it = [*found["number"], *own, complaint.said, str(complaint.number)]
    said = [complaint.title, complaint.sought, *found["said"]]
    return known_of([*found["person"], *found["member"]], found["place"], numbers_of_it, said)


def _column(rows: QuerySet[Any], what: str, field: str) -> QuerySet[Any, tuple[str, str]]:
    """Words of a table with what they are, for a union; without an order, as a union wants it."""
    marked = rows.order_by().annotate(_what=Value(what, output_field=CharField()))
    words: QuerySet[Any, tuple[str, str]] = marked.values_list("_what", field)
    return words


def told(complaint: Complaint, disguise: Disguise, decisions: Sequence[Decision], charter: Charter) -> Told:
    """The complaint until the team decided about it.

    Args:
        complaint: with team, order and customer at hand.
        disguise: for it.
        decisions: about it, in order.
        charter: in force; what it wants to know is told as far as it is known.
    """
    said = Message.objects.filter(complaint=complaint, form=MessageForm.FROM_CUSTOMER)
    until = decisions[0].at if decisions else complaint.closed_at
    texts = [each.text for each in said.order_by("at", "id")[:_MOST_SAID] if not until or each.at <= until]
    return Told(
        title=disguise.of(complaint.title),
        customer=disguise.of(complaint.customer.name) if complaint.customer else "Somebody",
        about=(*_about(complaint), *_facts(complaint, charter)),
        said=tuple(disguise.of(text) for text in texts),
        sought=_sought(complaint, disguise),
    )


def _about(complaint: Complaint) -> Iterator[tuple[str, str]]:
    if complaint.category:
        yield "What went wrong", complaint.category
    yield "Came in", complaint.get_channel_display()
    yield "How bad", Severity(complaint.severity).label
    order, currency = complaint.order, currency_of(complaint)
    if order is not None and order.paid is not None:
        yield "Paid for the order", f"{currency} {plain_amount(order.paid, currency)}"
    if order is not None and order.placed_on is not None:
        days = max((complaint.opened_at.date() - order.placed_on).days, 0)
        yield "The order was", "of the same day" if not days else f"{days} day{'s' * (days != 1)} old"


def _facts(complaint: Complaint, charter: Charter) -> Iterator[tuple[str, str]]:
    """What else the charter asks about a complaint and was told: words of it, yes and no, numbers."""
    for name, value in known_facts(complaint, charter).items():
        if name not in FACTS_OF_A_COMPLAINT:
            said = ("no", "yes")[value] if isinstance(value, bool) else str(value)
            yield capital(readable(name)), said


def _sought(complaint: Complaint, disguise: Disguise) -> str:
    parts = []
    if complaint.sought_kind:
        parts.append(_wish(complaint.sought_kind, complaint.sought_amount or 0, currency_of(complaint)))
    if complaint.sought:
        parts.append(disguise.of(complaint.sought))
    return ": ".join(parts)


def _wish(kind: str, value: int, currency: str) -> str:
    label = kind_label(kind)
    return f"{label} {currency} {plain_amount(value, currency)}" if needs_amount(kind) and value else label


def became(case: Case, tried: Tried, here: Here, disguise: Disguise, decisions: Sequence[Decision]) -> Became:
    """What became of it, for whoever said what they would have decided.

    Args:
        case: with its complaint, team and order at hand.
        tried: what they said.
        here: who they are, and the charter of today.
        disguise: for the complaint.
        decisions: of the team, in order, from `decisions_about`.
    """
    complaint = case.complaint
    closure = Closure.objects.select_related("rating").filter(complaint=complaint, reopened_at=None).first()
    ended = ""
    if closure is not None:
        ended = ": ".join(part for part in (closure.get_reason_display(), disguise.of(closure.why)) if part)
    return Became(
        mine=mine_said(tried),
        charter=_by_charter(tried, complaint, here),
        did=tuple(_did(each, disguise) for each in decisions),
        closed=capital(ended),
        guest=tuple(_guest(closure, disguise)),
    )


def mine_said(tried: Tried) -> str:
    """What somebody would have given, in words."""
    return _wish(tried.kind, tried.value, tried.currency) if tried.kind else "Nothing"


def decisions_about(complaint: Complaint) -> list[Decision]:
    """What the team decided about it, in order."""
    rows = Decision.objects.select_related("remedy", "approval__ending")
    return list(rows.filter(complaint=complaint))


def _by_charter(tried: Tried, complaint: Complaint, here: Here) -> ByCharter:
    if not tried.kind:
        return ByCharter(means="Giving nothing takes no authority. The charter says what may be given.")
    request = request_then(complaint, here.membership, here.in_force, kind=tried.kind, amount=tried.value)
    verdict: Verdict = here.in_force.compiled.verdict(request)
    return ByCharter(
        level=verdict.level.word,
        means=capital(LEVEL_MEANS[verdict.level.word]),
        why=verdict.why,
        rules=", ".join(rules_of(verdict)),
        ladder=verdict.ladder if needs_amount(tried.kind) else None,
        at=request.judged,
    )


def _did(decision: Decision, disguise: Disguise) -> tuple[str, str]:
    """A decision in words, and what was said with it."""
    line = capital(decided(decision.kind, decision.value, decision.currency, decision.level))
    approval, remedy = decision.approval, decision.remedy
    if approval is not None and not approval.is_open:
        line = f"{line}: {approval.ending.get_how_display()}"
    if remedy is not None and remedy.value != decision.value:
        line = f"{line}; given was {plain_amount(remedy.value, remedy.currency)}"
    words = ". ".join(part.rstrip(". ") for part in (capital(decision.what), decision.words) if part)
    return line, disguise.of(f"{words}." if words and words[-1].isalnum() else words)


def _guest(closure: Closure | None, disguise: Disguise) -> Iterator[str]:
    rating = getattr(closure, "rating", None)
    if rating is None:
        return
    yield capital(MADE_RIGHT_WORDS[rating.made_right])
    if rating.quickness is not None:
        yield capital(QUICKNESS_WORDS[rating.quickness])
    if rating.words:
        yield f"“{disguise.of(rating.words)}”"
