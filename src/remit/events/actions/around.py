"""Risks with what is done then, and money: planned and spent, exact."""

from __future__ import annotations

from remit.core.errors import Changed, NotThere, Refusal
from remit.core.writing import write
from remit.events.access import get_event_for, need_runner
from remit.events.models import BudgetLine, Event, Risk
from remit.events.vocabulary import MOST_LINES, MOST_RISKS
from remit.people.models import Member
from remit.trail.actions import record


def add_risk(member: Member, number: int, *, title: str, then: str) -> Risk:
    """Write down what may happen, and what is done then; the same once more is there already.

    Args:
        member: who runs the event.
        number: of the event.
        title: what may happen.
        then: what is done then; never empty.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
        Refusal: something is missing, there is one of that title, or there are enough.
    """
    _need_then(then)
    with write():
        event = _run(member, number, "write down risks")
        if before := event.risks.filter(title=title).first():
            if before.then == then:
                return before
            raise Refusal("there-already", "That one is there already.", "Change it there.", field="title")
        if event.risks.count() >= MOST_RISKS:
            raise Refusal("too-many", f"{MOST_RISKS} risks are enough.", "Keep those that matter.")
        risk = Risk.objects.create(event=event, title=title, then=then)
        record("event-risk", event.subject, by=member, team=event.team)
        return risk


def change_risk(member: Member, number: int, risk: int, *, title: str, then: str, revision: int) -> Risk:
    """Change what may happen, or what is done then; the same once more changes nothing.

    Args:
        member: who runs the event.
        number: of the event.
        risk: its number.
        title: what may happen.
        then: what is done then; never empty.
        revision: of the risk that they saw.

    Raises:
        NotThere: no such event or risk.
        NotAllowed: they don't run it.
        Changed: somebody else changed it meanwhile.
        Refusal: something is missing, or there is another one of that title.
    """
    _need_then(then)
    with write():
        event = _run(member, number, "write down risks")
        row = event.risks.filter(pk=risk).first()
        if row is None:
            raise NotThere("risk")
        if (row.title, row.then) == (title, then):
            return row
        if row.revision != revision:
            raise Changed("risk-changed", "Somebody else changed this risk meanwhile.", "Look at it again.")
        if event.risks.filter(title=title).exclude(pk=risk).exists():
            raise Refusal("there-already", "That one is there already.", "Change it there.", field="title")
        row.title, row.then, row.revision = title, then, row.revision + 1
        row.save()
        record("event-risk", event.subject, by=member, team=event.team)
        return row


def remove_risk(member: Member, number: int, risk: int) -> None:
    """Take a risk out; taken out already, nothing happens.

    Raises:
        NotThere, NotAllowed: as for adding one.
    """
    with write():
        event = _run(member, number, "take out risks")
        if event.risks.filter(pk=risk).delete()[0]:
            record("event-risk", event.subject, by=member, team=event.team)


def add_line(member: Member, number: int, *, title: str, planned: int, spent: int) -> BudgetLine:
    """Add a line to the budget; one of the same title and figures is there already.

    Args:
        member: who runs the event.
        number: of the event.
        title: what the money is for.
        planned: minor units.
        spent: minor units.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
        Refusal: there is one of that title, or there are enough.
    """
    with write():
        event = _run(member, number, "change the budget")
        if before := event.budget.filter(title=title).first():
            if (before.planned, before.spent) == (planned, spent):
                return before
            raise Refusal("there-already", "There is such a line already.", "Change that one.", field="title")
        if event.budget.count() >= MOST_LINES:
            raise Refusal("too-many", f"{MOST_LINES} lines are enough.", "Put some together.")
        line = BudgetLine.objects.create(event=event, title=title, planned=planned, spent=spent)
        record("event-budget", event.subject, by=member, team=event.team, planned=planned, spent=spent)
        return line


def change_line(
    member: Member, number: int, line: int, *, title: str, planned: int, spent: int, revision: int
) -> BudgetLine:
    """Change a line of the budget; the same once more changes nothing.

    Args:
        member: who runs the event.
        number: of the event.
        line: its number.
        title: what the money is for.
        planned: minor units.
        spent: minor units.
        revision: of the line that they saw.

    Raises:
        NotThere: no such event or line.
        NotAllowed: they don't run it.
        Changed: somebody else changed it meanwhile.
        Refusal: there is another one of that title.
    """
    with write():
        event = _run(member, number, "change the budget")
        row = event.budget.filter(pk=line).first()
        if row is None:
            raise NotThere("budget line")
        if (row.title, row.planned, row.spent) == (title, planned, spent):
            return row
        if row.revision != revision:
            raise Changed("line-changed", "Somebody else changed this line meanwhile.", "Look at it again.")
        if event.budget.filter(title=title).exclude(pk=line).exists():
            raise Refusal(
                "there-already", "There is such a line already.", "Choose another name.", field="title"
            )
        row.title, row.planned, row.spent, row.revision = title, planned, spent, row.revision + 1
        row.save()
        record("event-budget", event.subject, by=member, team=event.team, planned=planned, spent=spent)
        return row


def remove_line(member: Member, number: int, line: int) -> None:
    """Take a line out of the budget; taken out already, nothing happens.

    Raises:
        NotThere: no such event.
        NotAllowed: they don't run it.
    """
    with write():
        event = _run(member, number, "change the budget")
        if event.budget.filter(pk=line).delete()[0]:
            record("event-budget", event.subject, by=member, team=event.team)


def _need_then(then: str) -> None:
    if not then.strip():
        raise Refusal("no-then", "What do you do then?", "A risk without it only worries.", field="then")


def _run(member: Member, number: int, to_do: str) -> Event:
    event = get_event_for(member, number)
    need_runner(member, event, to_do)
    return event
