"""What all stories with people by name are told with."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from datetime import datetime, timedelta
from random import Random

from remit.approvals.vocabulary import End
from remit.complaints.actions.answering import Answer
from remit.complaints.actions.customers import CustomerWords
from remit.complaints.actions.deciding import Intent
from remit.complaints.actions.opening import Sought
from remit.complaints.models import Complaint, Decision
from remit.complaints.vocabulary import Channel, CloseReason, Severity
from remit.core.clock import now, today
from remit.demo.bulk.house import House
from remit.demo.desk import Desk, Told
from remit.people.models import Member
from remit.remedies.vocabulary import UNDO_SECONDS, State


class Teller:
    """Tells stories.

    Args:
        desk: carries out the acts.
        house: the team.
        rng: draws keys and numbers.
        end: the end of the demo's time.
    """

    def __init__(self, desk: Desk, house: House, rng: Random, end: datetime) -> None:
        self._desk, self._house, self._rng, self._end = desk, house, rng, end

    def _member(self, word: str) -> Member:
        """Somebody of the team."""
        return next(each.member for each in self._house.there() if each.member.word == word)

    def _told(
        self,
        title: str,
        text: str,
        category: str,
        name: str,
        *,
        paid: int,
        phone: str = "",
        by: Member | None = None,
        channel: Channel = Channel.FORM,
        severity: Severity = Severity.USUAL,
        sought: Sought | None = None,
    ) -> Complaint:
        """Somebody complains."""
        number = self._rng.randrange(10_000, 99_999)
        mail = f"{name.split(maxsplit=1)[0].lower()}.{number}@post.example"
        told = Told(
            team=self._house.team,
            channel=channel,
            title=title,
            text=text,
            category=category,
            customer=CustomerWords(name=name, email="" if phone else mail, phone=phone, language="en"),
            by=by,
            severity=severity,
            sought=sought or Sought(),
            order=f"{self._rng.randrange(100, 999)}-{self._rng.randrange(10_000, 99_999)}",
            paid=paid,
            placed_on=today(self._house.team.time_zone),
        )
        return self._desk.open(told)

    def _decided(
        self,
        member: Member,
        complaint: Complaint,
        kind: str,
        value: int,
        *,
        words: str = "",
        letter: str = "",
    ) -> Decision:
        """Somebody gives, proposes or asks."""
        key = f"{self._rng.getrandbits(128):032x}"
        return self._desk.decide(
            member, complaint, Intent(kind=kind, value=value, key=key, words=words, letter=letter)
        )

    def _agreed(self, decision: Decision) -> Iterator[datetime]:
        """Where it had to be asked, somebody says yes: in a large demo others may have used the allowance."""
        if decision.approval and decision.approval.ended_at is None:
            yield now() + timedelta(minutes=13)
            answerer = self._desk.asked(decision)[0]
            self._desk.answer(answerer, decision, Answer(how=End.YES, why="Yes, of course."))

    def _begun(
        self, member: Member, title: str, text: str, category: str, name: str, *, paid: int
    ) -> Generator[datetime, None, Complaint]:
        """Somebody complains, and a member takes it up."""
        complaint = self._told(title, text, category, name, paid=paid)
        yield now() + timedelta(minutes=7)
        self._desk.take_up(member, complaint)
        yield now() + timedelta(minutes=5)
        return complaint

    def _given(self, decision: Decision) -> Iterator[datetime]:
        """It is handed over; where it had to be asked, somebody says yes before."""
        yield from self._agreed(decision)
        yield now() + timedelta(seconds=UNDO_SECONDS + 1)
        if decision.remedy is None or decision.remedy.state != State.GIVEN:
            return
        if decision.remedy.provider == "by-hand":
            yield now() + timedelta(minutes=9)
            self._desk.settle(decision, decision.member, f"till {self._rng.randrange(1000, 9999)}")
        else:
            self._desk.settle(decision, None)

    def _closed(self, member: Member, complaint: Complaint) -> Iterator[datetime]:
        """It is over."""
        yield now() + timedelta(minutes=12)
        self._desk.close(member, complaint, CloseReason.MADE_RIGHT)
