"""What happens to a complaint, from the first word to the last."""

from __future__ import annotations

from collections.abc import Generator, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from math import log
from random import Random
from typing import Final

from remit.approvals.vocabulary import End
from remit.complaints.actions.answering import Answer
from remit.complaints.actions.deciding import Intent
from remit.complaints.models import Complaint, Decision
from remit.complaints.vocabulary import Channel, CloseReason
from remit.core.clock import now, today
from remit.demo.bulk.house import House
from remit.demo.cast import MAIN
from remit.demo.desk import Desk
from remit.demo.drawing import Guests, Right, drawn
from remit.demo.rolled import better_by
from remit.demo.words import answers, complaints
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.remedies.vocabulary import UNDO_SECONDS, State

WHOLE: Final = timedelta(days=3)
"""As long as most stories take at most; what begins later goes by so much faster."""
_ALWAYS: Final = 8000
"""Refunds for late and cold food up to here are always given."""
_LONGEST_WAIT: Final = 30 * 60
_TAGGED: Final = 6
"""One complaint of so many has a tag."""
_SLEEPS: Final = range(1, 9)
"""Hours of the night in which no manager answers."""


@dataclass(frozen=True, slots=True)
class Outcome:
    """How a question will be answered.

    Attributes:
        how: the answer.
        share: of what was asked, for another amount.
        why: in words.
    """

    how: End
    share: float = 1.0
    why: str = ""


class Usual:
    """A usual complaint.

    Args:
        desk: carries out the acts.
        house: whose team it comes to.
        rng: draws what happens.
        guests: who may complain.
        end: the end of the demo's time.
    """

    def __init__(self, desk: Desk, house: House, rng: Random, guests: Guests, end: datetime) -> None:
        self._desk, self._house, self._rng, self._guests, self._end = desk, house, rng, guests, end
        self._pace = 1.0
        self._content = 4.6

    def story(self, *, storm: bool) -> Iterator[datetime]:
        """From the first word to the last."""
        self._pace = min(1.0, (self._end - now()) / WHOLE)
        taker = self._somebody()
        day = today(self._house.team.time_zone)
        told, right = drawn(self._rng, self._house.team, self._guests.one(), day, taker, storm=storm)
        told = replace(told, order=self._guests.order_of_their_own(told.order))
        complaint = self._desk.open(told)
        helper = self._helper(complaint)
        if helper is not None:
            yield from self._helped(helper, complaint)
            return
        yield self._after(0.5 if told.by else self._minutes(8, 0.9))
        member = told.by or self._somebody()
        self._desk.take_up(member, complaint)
        yield self._after(self._minutes(4, 0.6))
        member = yield from self._before(member, complaint)
        if complaint.number % _TAGGED == 0:
            tags = answers.TAGS[complaint.category]
            self._desk.tag(member, complaint, tags[complaint.number % len(tags)])
        if self._rng.random() < 0.015:  # noqa: PLR2004
            self._desk.close(member, complaint, CloseReason.NOT_OURS, self._rng.choice(answers.NOT_OURS_WHYS))
            return
        yield from self._made_right(member, complaint, right)
        yield self._after(self._minutes(35, 0.8))
        why = self._rng.choice(answers.CLOSING_WHYS)
        self._desk.close(self._still_there(member), complaint, CloseReason.MADE_RIGHT, why)
        yield from self._afterwards(complaint)

    def _helper(self, complaint: Complaint) -> Member | None:
        """Software that makes small things right by itself, where there is some and it is one."""
        there = [each.member for each in self._house.there() if each.member.is_software]
        is_small = complaint.channel == Channel.FORM and complaint.category == "late"
        return there[0] if there and is_small and self._rng.random() < 0.14 else None  # noqa: PLR2004

    def _helped(self, helper: Member, complaint: Complaint) -> Iterator[datetime]:
        yield now() + timedelta(seconds=self._rng.randrange(20, 70))
        small = Right("adjustment", self._rng.choice((300, 400, 500, 600, 750)), "")
        letter = self._rng.choice(answers.LETTERS["adjustment"])
        decision = self._decided(helper, complaint, small, letter=letter)
        self._content += 0.1
        if decision.level == "ask":
            yield from self._answered(decision)
        yield from self._given(decision)
        yield self._after(self._minutes(40, 0.5))
        self._desk.close(helper, complaint, CloseReason.MADE_RIGHT)
        yield from self._afterwards(complaint)

    def _before(self, member: Member, complaint: Complaint) -> Generator[datetime, None, Member]:
        """Words before something is decided; returns who goes on with it."""
        rng, desk = self._rng, self._desk
        if complaint.channel == Channel.FORM and rng.random() < 0.3:  # noqa: PLR2004
            asks = rng.random() < 0.5  # noqa: PLR2004
            desk.reply(member, complaint, rng.choice(answers.QUESTIONS if asks else answers.FIRST_REPLIES))
            if asks:
                yield self._after(self._minutes(25, 0.7))
                text = rng.choice(complaints.ANSWERS_TO_QUESTION)
                desk.hear(complaint, text.format(digits=rng.randrange(1000, 9999)))
            yield self._after(self._minutes(10, 0.6))
        if rng.random() < 0.22:  # noqa: PLR2004
            desk.note(member, complaint, rng.choice(answers.NOTES))
            yield self._after(self._minutes(3, 0.6))
        colleague = self._somebody(but=member)
        if colleague != member and rng.random() < 0.05:  # noqa: PLR2004
            desk.consult(member, complaint, colleague, rng.choice(answers.QUESTIONS_TO_COLLEAGUE))
            yield self._after(self._minutes(12, 0.6))
            desk.advise(self._still_there(colleague), complaint, rng.choice(answers.ADVICE))
            yield self._after(self._minutes(3, 0.5))
        elif colleague != member and rng.random() < 0.07:  # noqa: PLR2004
            desk.hand_over(member, complaint, colleague, rng.choice(answers.HAND_OVER_WHYS))
            yield self._after(self._minutes(9, 0.6))
            return colleague
        return self._still_there(member)

    def _made_right(self, member: Member, complaint: Complaint, right: Right) -> Iterator[datetime]:
        letter = self._rng.choice(answers.LETTERS[right.kind])
        decision = self._decided(member, complaint, right, letter=letter)
        if decision.level == "ask":
            yield from self._answered(decision)
        elif decision.level == "propose":
            yield from self._proposed(decision)
        else:
            self._content += 0.25
        yield from self._given(decision)

    def _decided(self, member: Member, complaint: Complaint, right: Right, *, letter: str) -> Decision:
        value = right.value
        if right.kind in {"refund", "adjustment"} and complaint.order and complaint.order.paid is not None:
            value = min(value, complaint.order.paid)
        intent = Intent(
            kind=right.kind,
            value=value,
            key=f"{self._rng.getrandbits(128):032x}",
            what=right.what,
            words=self._rng.choice(answers.WISHES[complaint.category]) if value > self._plenty else "",
            letter=letter,
        )
        return self._desk.decide(member, complaint, intent)

    @property
    def _plenty(self) -> int:
        """Minor units from which on somebody writes a word about it."""
        return 1800

    def _answered(self, decision: Decision) -> Iterator[datetime]:
        """A question, until it has its answer."""
        answerer = self._rng.choice(self._desk.asked(decision)[:2])
        place = self._house.membership_of(answerer)
        is_lead = place.role.rank < Rank.MANAGER
        begun = now()
        at = begun + timedelta(minutes=self._wait(is_lead=is_lead))
        while (wider := decision.approval and decision.approval.wider_at) and wider < at:
            yield wider + timedelta(seconds=20)
            self._desk.move_on(decision)
        if at - now() > timedelta(minutes=3):
            yield at - timedelta(minutes=min(self._minutes(2, 0.5), 3))
            self._desk.see(decision, answerer)
        yield at
        outcome = self._outcome(decision)
        amount = max(round(decision.value * outcome.share / 100) * 100, 100)
        self._desk.answer(
            answerer,
            decision,
            Answer(
                how=outcome.how,
                amount=amount if outcome.how == End.ANOTHER_AMOUNT else None,
                why=outcome.why,
            ),
        )
        self._content -= 0.35 + min((now() - begun) / timedelta(hours=6), 1.6)
        if outcome.how in {End.NO, End.ANOTHER_AMOUNT}:
            self._content -= 1.0
            yield self._after(self._minutes(14, 0.6))
            member = self._still_there(decision.member)
            texts = answers.REGRETS if outcome.how == End.NO else answers.SMALLER
            if decision.message is None:
                self._desk.reply(member, decision.complaint, self._rng.choice(texts))

    def _proposed(self, decision: Decision) -> Iterator[datetime]:
        """A proposal, until it goes ahead or somebody objects."""
        if self._rng.random() < 0.08:  # noqa: PLR2004
            yield self._after(self._minutes(25, 0.4))
            objector = self._desk.asked(decision)[0]
            self._desk.see(decision, objector)
            self._desk.object_to(objector, decision, self._rng.choice(answers.OBJECTIONS))
            self._content -= 1.0
            yield self._after(self._minutes(12, 0.5))
            member = self._still_there(decision.member)
            self._desk.reply(member, decision.complaint, self._rng.choice(answers.SMALLER))
            yield self._after(self._minutes(3, 0.5))
            smaller = Right("credit", min(2000, decision.value), "")
            again = self._decided(member, decision.complaint, smaller, letter="")
            if again.level == "ask":
                yield from self._answered(again)
            yield from self._given(again)
            return
        while decision.approval and decision.approval.ended_at is None:
            left = max(decision.approval.objection_seconds_left, 60)
            yield now() + timedelta(seconds=left)
            self._desk.count_down(decision)

    def _given(self, decision: Decision) -> Iterator[datetime]:
        """What was given is handed over."""
        remedy = decision.remedy
        if remedy is None or remedy.state != State.GIVEN:
            return
        if remedy.provider == "by-hand":
            yield self._after(self._minutes(30, 0.7))
            by = self._somebody()
            reference = f"till {self._rng.randrange(1000, 9999)}" if decision.kind != "comp" else ""
            self._desk.settle(decision, by, reference)
            return
        yield now() + timedelta(seconds=UNDO_SECONDS + 1)
        self._desk.settle(decision, None)
        self._credits = (decision,) if remedy.provider == "store-credit" else ()

    _credits: tuple[Decision, ...] = ()

    def _afterwards(self, complaint: Complaint) -> Iterator[datetime]:
        """What the customer does once it is closed: says how it went, comes back, or isn't content."""
        if self._rng.random() < 0.025 and self._content < 4:  # noqa: PLR2004
            yield self._after(self._minutes(300, 0.5))
            text = self._rng.choice(complaints.STILL_NOT_RIGHT)
            self._desk.another_look(complaint, text)
            yield self._after(self._minutes(25, 0.6))
            member = self._still_there(complaint.assignee)
            self._desk.reply(member, complaint, self._rng.choice(answers.LETTERS["apology"]))
            yield self._after(self._minutes(60, 0.6))
            self._desk.close(self._still_there(member), complaint, CloseReason.MADE_RIGHT, "")
        if self._rng.random() < self._says_how_it_went:
            yield self._after(self._minutes(420, 0.7))
            content = self._content + better_by(self._house)
            made_right = max(1, min(5, round(content + self._rng.gauss(0, 0.75))))
            quick = 3 if self._content > 4.3 else 2 if self._content > 3.2 else 1  # noqa: PLR2004
            words = self._rng.choice(complaints.RATING_WORDS[made_right])
            said = words if self._rng.random() < 0.5 else ""  # noqa: PLR2004
            self._desk.rate(complaint, made_right, quick, said)
        for decision in self._credits:
            comes_back = now() + timedelta(days=self._rng.randrange(3, 40), minutes=self._rng.randrange(600))
            if self._rng.random() < 0.55 and comes_back < self._end:  # noqa: PLR2004
                yield comes_back
                left = decision.remedy.value if decision.remedy else 0
                amount = left if self._rng.random() < 0.7 else round(left / 2)  # noqa: PLR2004
                self._desk.redeem(
                    decision, amount, self._somebody(), f"till {self._rng.randrange(1000, 9999)}"
                )

    @property
    def _says_how_it_went(self) -> float:
        """Share of guests who say how it went: more in the sisters, which are small and know theirs."""
        return 0.46 if self._house.team.word == MAIN.word else 0.8

    def _outcome(self, decision: Decision) -> Outcome:
        """How a question is answered: small ones always with a yes, others with thought."""
        rng, category = self._rng, decision.complaint.category
        yes = Outcome(End.YES, why=rng.choice(answers.YES_WHYS))
        less = Outcome(End.ANOTHER_AMOUNT, rng.choice((0.5, 0.6, 0.7)), rng.choice(answers.LESS_WHYS))
        no = Outcome(End.NO, why=rng.choice(answers.NO_WHYS))
        if category in {"billing", "rude"}:
            return rng.choices((yes, less, no), (60, 25, 15) if decision.kind == "credit" else (78, 10, 12))[
                0
            ]
        if decision.kind == "refund" and category in {"late", "cold"}:
            return rng.choices(
                (yes, less, no), (99.7, 0.2, 0.1) if decision.value <= _ALWAYS else (70, 22, 8)
            )[0]
        return rng.choices((yes, less, no), (93, 5, 2))[0]

    def _wait(self, *, is_lead: bool) -> float:
        """Minutes until somebody answers: a lead soon, a manager when the day allows it."""
        if is_lead:
            return min(self._minutes(13, 0.9), _LONGEST_WAIT) * self._pace
        minutes = min(self._minutes(130, 0.85), _LONGEST_WAIT) * self._pace
        there = (now() + timedelta(minutes=minutes)).astimezone(self._house.team.zone)
        if self._pace == 1.0 and there.hour in _SLEEPS:
            minutes += (9 - there.hour) * 60 + self._rng.randrange(10, 90)
        return minutes

    def _somebody(self, *, but: Member | None = None) -> Member:
        """Somebody who takes complaints up: on duty where anybody is."""
        there = [
            each
            for each in self._house.there()
            if each.role.rank < Rank.MANAGER and not each.member.is_software
        ]
        others = [each for each in there if each.member != but] or there
        on_duty = [each for each in others if self._house.is_on_duty(each)] or others
        weights = [1.0 if each.role.rank < Rank.LEAD else 0.25 for each in on_duty]
        return self._rng.choices(on_duty, weights)[0].member

    def _still_there(self, member: Member | None) -> Member:
        """The member, or somebody else where they have left meanwhile."""
        there = {each.member for each in self._house.there()}
        return member if member is not None and member in there else self._somebody()

    def _minutes(self, median: float, spread: float) -> float:
        return self._rng.lognormvariate(log(median), spread)

    def _after(self, minutes: float) -> datetime:
        return now() + timedelta(minutes=minutes * self._pace)
