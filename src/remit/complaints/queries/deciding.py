"""The panel *make it right*: what the member may do about this complaint, before they do it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from typing import Final

from remit.approvals.models import Approval
from remit.complaints.actions.deciding import MONEY, can_be_undone, money_left
from remit.complaints.beside_decisions import Beside, beside, coming_along
from remit.complaints.facts import currency_of
from remit.complaints.forms.deciding import MakeItRightForm, new_key
from remit.complaints.judging import Judged, Surroundings, decisions_of, judge, surroundings_of
from remit.complaints.models import Complaint, Decision
from remit.complaints.near_lines import WHY, marked, was_meant
from remit.complaints.queries.refund_ways import is_in_parts, sums_of
from remit.complaints.sentences import (
    button,
    kind_label,
    needs_amount,
    plain_amount,
    rules_of,
    typed_amount,
    what_is_left,
    what_it_means,
    would_be_better,
)
from remit.core.errors import Refusal
from remit.people.access import Place
from remit.people.facts import Everybody
from remit.people.models import Member
from remit.remedies.actions.giving import given_on
from remit.remedies.models import Remedy
from remit.remedies.providers import BY_HAND, GOES_BACK_BY_ITSELF, THROUGH_PROVIDERS
from remit.remedies.vocabulary import WAS_GIVEN, State
from remit_engine.charter.document import Charter
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.verdict import Verdict

_FITTING: Final = (
    (("bill", "charg", "price", "invoice", "fee", "refund", "payment"), ("refund", "adjustment")),
    (("wrong", "broken", "damag", "missing", "defect", "faulty", "quality"), ("replacement", "refund")),
    (("rude", "attitude", "staff", "manner", "unfriendly", "service"), ("apology", "credit")),
    (("late", "slow", "wait", "delay", "cold"), ("refund", "credit")),
)
"""What fits which failure: money for money, a replacement for a bad product, attention for rudeness.

After Roschk and Gelbrich, "Identifying appropriate compensation types for service failures", Journal of
Service Research 2014: compensation works best that resembles what was lost.
"""


@dataclass(frozen=True, slots=True)
class Given:
    """A decision as the panel lists it.

    Attributes:
        words: `Refund 42.00`.
        state: where it stands, in words.
        can_be_undone: for a few seconds, by the one who decided.
        question: number of the open question, or None.
        is_mine: of the one who looks.
        has_way: whether how it goes back has a page of its own.
        mark: why it is looked at together; "" where it isn't, or for whom it doesn't concern.
        beside: what others see to it, for the one who looks.
    """

    decision: Decision
    words: str
    state: str
    can_be_undone: bool
    question: int | None
    is_mine: bool
    has_way: bool
    mark: str
    beside: Sequence[Beside] = ()


@dataclass(frozen=True, slots=True)
class Panel:
    """Everything that the panel shows.

    Attributes:
        problem: why nothing can be decided here, or None.
        ladder: of the chosen kind; None where nothing can be judged.
        at: the amount judged, as marked on the ladder.
        start: what was given on the order before.
        level: word of the level of the chosen amount, or "".
        grounds: the rules that made it, and what is left of allowances.
        rules: id and name of those that stand in the charter, each with a page that says what it is for.
        is_asked: there is an open question about this kind already.
        too_much: why the amount isn't judged, since it is more than was paid; "" where it isn't.
        offers: amounts that would have a higher level, as they are typed, with what they bring.
    """

    complaint: Complaint
    currency: str
    form: MakeItRightForm
    problem: Refusal | None = None
    kind: str = ""
    needs_amount: bool = True
    paid: int | None = None
    start: int = 0
    left: int | None = None
    suggestion: str = ""
    ladder: Ladder | None = None
    at: int | None = None
    level: str = ""
    too_much: str = ""
    sentence: str = ""
    why: str = ""
    grounds: str = ""
    rules: tuple[tuple[str, str], ...] = ()
    is_asked: bool = False
    better: str = ""
    better_typed: str = ""
    if_known: str = ""
    button: str = ""
    given: tuple[Given, ...] = ()

    @property
    def why_marked(self) -> str:
        """What the marks on what was given are for, once below them all; "" where there is none."""
        return WHY if any(each.mark for each in self.given) else ""


def panel_for(
    member: Member,
    everybody: Everybody,
    complaint: Complaint,
    *,
    kind: str = "",
    value: int | None = None,
    form: MakeItRightForm | None = None,
    start: int | None = None,
) -> Panel:
    """The panel for somebody and a complaint.

    Args:
        member: who looks.
        everybody: of its team.
        complaint: with team, order, customer and the member it is about at hand.
        kind: chosen; what the customer sought or what fits by default.
        value: chosen, in minor units; what the customer sought by default.
        form: as it was sent, where it couldn't be carried out.
        start: what was given on the order before; looked up where it is None.

    Raises:
        NotThere: they aren't in its team.
    """
    currency = currency_of(complaint)
    place = everybody.place_of(member)
    decisions = decisions_of(complaint, **coming_along(member))
    given = tuple(_line(place, each) for each in decisions)
    nothing = Panel(complaint, currency, MakeItRightForm(kinds=[], currency=currency), given=given)
    if complaint.closed_at is not None:
        return nothing
    try:
        around = surroundings_of(place, complaint, everybody=everybody, decisions=decisions)
    except Refusal as problem:
        return replace(nothing, problem=problem)
    charter = around.in_force.compiled.charter
    kinds = [(word, kind_label(word)) for word in charter.all_kinds]
    chosen, reason = _chosen(complaint, [word for word, _ in kinds], kind)
    amount = _amount(complaint, chosen, value, was_chosen=bool(kind))
    start = given_on(complaint.order_key) if start is None else start
    judged = judge(around, kind=chosen, amount=amount, given=start)
    if form is not None:
        form.offer(kinds)
    form = form or _fresh_form(kinds, currency, chosen, amount, judged)
    form.keep_drafts(f"{member.word}:{{}}:{complaint.number}")
    return _panel(around, judged, form, given, reason)


def _panel(
    around: Surroundings, judged: Judged, form: MakeItRightForm, given: tuple[Given, ...], reason: str
) -> Panel:
    complaint, request, verdict = around.complaint, judged.request, judged.authority.verdict
    currency = currency_of(complaint)
    amount = request.amount
    left = money_left(complaint, request.given) if request.kind in MONEY else None
    is_too_much = amount is not None and left is not None and amount > left
    is_judged = amount is not None and not is_too_much
    better = verdict.nearest_better if is_judged else None
    by_facts = verdict.if_known if verdict.missing else None
    is_smaller = better is not None and not better.facts and better.upto is not None
    typed = (
        typed_amount(better.upto - request.given, currency) if is_smaller and better and better.upto else ""
    )
    return Panel(
        complaint,
        currency,
        form,
        kind=request.kind,
        needs_amount=needs_amount(request.kind),
        paid=complaint.order.paid if complaint.order else None,
        start=request.given,
        left=left,
        suggestion=reason,
        ladder=verdict.ladder,
        at=request.judged,
        level=judged.level.word if is_judged else "",
        too_much=_only(left, currency) if left is not None and is_too_much else "",
        sentence=what_it_means(judged) if is_judged else "",
        why=verdict.why if is_judged else "",
        grounds=" · ".join((*_named(verdict), *what_is_left(verdict.left, currency))),
        rules=_in_the_charter(verdict, around.in_force.compiled.charter) if is_judged else (),
        is_asked=any(each.question and each.decision.kind == request.kind for each in given),
        better=would_be_better(better, request.given, currency) if is_smaller else "",
        better_typed=typed,
        if_known=would_be_better(by_facts, request.given, currency),
        button=button(judged, amount, currency) if is_judged and amount is not None else "",
        given=given,
    )


def _only(left: int, currency: str) -> str:
    amount = plain_amount(left, currency)
    return f"Only {amount} of what was paid is left to give back. More can be given as credit."


def _named(verdict: Verdict) -> list[str]:
    """The rules that made a level, as one part of a sentence; none where no rule did."""
    names = rules_of(verdict)
    return [", ".join(names)] if names else []


def _in_the_charter(verdict: Verdict, charter: Charter) -> tuple[tuple[str, str], ...]:
    there = {rule.id for rule in charter.all_rules}
    made = (rule.id for rule in (*verdict.grants, *verdict.caps))
    return tuple(each for each in zip(made, rules_of(verdict), strict=True) if each[0] in there)


def _fresh_form(
    kinds: list[tuple[str, str]], currency: str, kind: str, amount: int | None, judged: Judged
) -> MakeItRightForm:
    first = {
        "kind": kind,
        "value": amount or None,
        "key": new_key(),
        "expects": judged.level.word if amount is not None else "",
    }
    return MakeItRightForm(initial=first, kinds=kinds, currency=currency)


def _chosen(complaint: Complaint, kinds: list[str], kind: str) -> tuple[str, str]:
    """The kind that is looked at, and why it is suggested where nobody chose it."""
    if kind in kinds:
        return kind, ""
    if complaint.sought_kind in kinds:
        return complaint.sought_kind, "The customer asked for it."
    for stems, fitting in _FITTING:
        found = next((each for each in fitting if each in kinds), None)
        if found and any(stem in complaint.category for stem in stems):
            return found, f"Fits {complaint.category}: what is given should resemble what was lost."
    return kinds[0], ""


def _amount(complaint: Complaint, kind: str, value: int | None, *, was_chosen: bool) -> int | None:
    if not needs_amount(kind):
        return 0
    if value is not None or was_chosen:
        return value or None
    return complaint.sought_amount


def _line(place: Place, decision: Decision) -> Given:
    remedy, approval = decision.remedy, decision.approval
    is_mine = decision.member_id == place.member.pk
    value = remedy.value if remedy else decision.value
    words = kind_label(decision.kind)
    if needs_amount(decision.kind):
        words = f"{words} {plain_amount(value, decision.currency)}"
    is_open = approval is not None and approval.is_open
    return Given(
        decision,
        words,
        _state(decision, approval),
        can_be_undone=is_mine
        and remedy is not None
        and remedy.state == State.GIVEN
        and can_be_undone(remedy),
        question=approval.pk if approval is not None and is_open else None,
        is_mine=is_mine,
        has_way=remedy is not None and _has_way(remedy),
        mark=marked(decision.near_lines)
        if (is_mine or place.is_lead) and was_meant(decision, approval)
        else "",
        beside=beside(place.member, decision),
    )


def _has_way(remedy: Remedy) -> bool:
    """Whether it is a refund that was given: how it goes back, in its parts, has a page of its own."""
    return remedy.kind in GOES_BACK_BY_ITSELF and remedy.state not in {State.HELD, State.RELEASED}


def _state(decision: Decision, approval: Approval | None) -> str:
    remedy = decision.remedy
    if approval is not None and approval.is_open:
        return "waits for a yes" if remedy is None else "goes ahead unless somebody objects"
    if remedy is None:
        return approval.ending.get_how_display() if approval is not None else ""
    if remedy.state in WAS_GIVEN and is_in_parts(remedy):
        return ", ".join(sums_of(remedy))
    if remedy.state == State.GIVEN and remedy.provider != BY_HAND:
        return "goes back by itself" if remedy.provider in THROUGH_PROVIDERS else "given"
    if remedy.state == State.TAKEN_BACK or not remedy.taken_back:
        return State(remedy.state).label
    return f"{State(remedy.state).label}; {plain_amount(remedy.taken_back, remedy.currency)} was taken back"
