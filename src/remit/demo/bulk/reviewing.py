"""Reviews in bulk: weeks opened and drawn, reviewers asked, what they say; see the actions of the reviews."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from datetime import datetime
from random import Random

from remit.approvals.vocabulary import End
from remit.complaints.actions.deciding import Intent
from remit.complaints.models import Complaint, Decision
from remit.core.clock import now
from remit.core.sealing import unseal
from remit.demo.bulk.deciding import InBulk
from remit.demo.bulk.house import House
from remit.demo.bulk.record import Record
from remit.demo.bulk.rows import Rows
from remit.people.models import Member, Team
from remit.reviews.actions.asking import by_lot, order_of
from remit.reviews.actions.weekly import lots_of, opened, told_of
from remit.reviews.drawable import name_of, shares_of
from remit.reviews.models import Answer, Helped, Lot, Opinion, Review, Round
from remit.reviews.notices import review_answered, review_asked, review_done
from remit.reviews.parties import EVEN_OVER, Reviewers
from remit.reviews.settings import Budget
from remit.reviews.vocabulary import LOOK_WITHIN, MOST_ASKED, Outcome
from remit.reviews.weeks import week_of
from remit_engine.charter.levels import Level

_AT_ONCE = (Level.DECIDE.word, Level.INFORM.word)


class WithReviews(InBulk):
    """All acts of the desk and of the reviews. Nobody asks for a look by themselves here."""

    def __init__(
        self,
        rows: Rows,
        trail: Record,
        rng: Random,
        houses: Iterable[House],
        notices_since: datetime | None = None,
    ) -> None:
        super().__init__(rows, trail, rng, houses, notices_since)
        self._decided_in: defaultdict[int, list[Decision]] = defaultdict(list)
        self._decided_on: defaultdict[int, list[Decision]] = defaultdict(list)
        self._went_ahead: set[int] = set()
        self._lots: dict[int, list[Lot]] = {}
        self._reviews: list[Review] = []
        self._reviews_of: defaultdict[int, list[Review]] = defaultdict(list)
        self._said_different: defaultdict[int, dict[str, tuple[int, int]]] = defaultdict(dict)

    def decide(self, member: Member, complaint: Complaint, intent: Intent) -> Decision:
        """Somebody gives, proposes or asks."""
        decision = super().decide(member, complaint, intent)
        self._decided_in[complaint.team.pk].append(decision)
        self._decided_on[complaint.pk].append(decision)
        return decision

    def open_week(self, team: Team, moment: datetime, key: bytes) -> Round | None:
        """The week that a moment lies in is opened."""
        row = opened(key, team, week_of(team, moment), Budget(), shares_of(self._said_different[team.pk]))
        self.rows.add(row)
        self.trail.record("review-round-opened", f"round:{row.pk}", by=None, team=team, **told_of(row))
        return row

    def draw_week(self, row: Round) -> Round:
        """A week that is over is drawn."""
        key = bytes.fromhex(unseal(row.sealed_key))
        lots = [self.rows.add(lot) for lot in lots_of(row, key, self._drawable_in(row))]
        self._lots[row.pk] = lots
        row.key, row.sealed_key, row.drawn_at = key.hex(), "", now()
        self.trail.record(
            "review-round-drawn",
            f"round:{row.pk}",
            by=None,
            team=row.team,
            key=row.key,
            lots=len(lots),
            drawn=sum(each.is_drawn for each in lots),
        )
        return row

    def ask_for_looks(self, row: Round) -> list[Review]:
        """A reviewer is asked for everything that a week drew."""
        reviewers = self._reviewers(row.team)
        asked = []
        for lot in by_lot(row, (each for each in self._lots[row.pk] if each.is_drawn)):
            for is_double in [False, True] if lot.is_double else [False]:
                found = self._ask_next(lot, reviewers, is_double=is_double)
                asked += [found] if found else []
        row.assigned_at = now()
        return asked

    def look(self, review: Review, outcome: Outcome, why: str, better: str) -> None:
        """A reviewer says what they would have decided."""
        review.done_at = now()
        review.opinion = self.rows.add(
            Opinion(review=review, outcome=outcome, why=why, better=better, at=now())
        )
        decision = review.decision
        if not review.is_double:
            counts = self._said_different[decision.team.pk]
            different, of = counts.get(decision.kind, (0, 0))
            counts[decision.kind] = (different + (outcome == Outcome.DIFFERENT), of + 1)
        self.settle_notices(review.subject)
        words = f"{why}\n\n{better}".strip()
        self._review_record("review-done", review, by=review.reviewer, words=words, outcome=outcome)
        self.tell(self._reading(decision.member), lambda: review_done(review))

    def pass_look_on(self, review: Review) -> Review | None:
        """A review wasn't done by its day: somebody else is asked, or it is given up."""
        review.passed_on_at = now()
        self.settle_notices(review.subject)
        self._review_record("review-passed-on", review, by=None, reviewer=review.reviewer.word)
        lot, decision = review.lot, review.decision
        if lot is None:
            raise RuntimeError("nobody asks for a look here")
        before = [each for each in self._reviews_of[decision.pk] if each.is_double == review.is_double]
        if len(before) < MOST_ASKED:
            reviewers = self._reviewers(decision.team)
            found = self._ask_next(lot, reviewers, is_double=review.is_double)
            if found is not None:
                return found
        if not review.is_double:
            lot.given_up_at = now()
        self.trail.record("review-given-up", name_of(decision.pk), by=None, team=decision.team, drawn=True)
        return None

    def answer_look(self, review: Review, words: str) -> None:
        """Whoever decided answers."""
        review.answer = self.rows.add(Answer(review=review, words=words, at=now()))
        self._review_record("review-answered", review, by=review.decision.member, words=words)
        self.tell(self._reading(review.reviewer), lambda: review_answered(review))

    def thank(self, review: Review) -> None:
        """Whoever decided found it helpful."""
        review.helped = self.rows.add(Helped(review=review, at=now()))
        self._review_record("review-helped", review, by=review.decision.member)

    def _end(
        self, decision: Decision, how: End, *, by: Member | None, why: str = "", amount: int | None = None
    ) -> None:
        super()._end(decision, how, by=by, why=why, amount=amount)
        if how == End.WENT_AHEAD:
            self._went_ahead.add(decision.pk)

    def _drawable_in(self, row: Round) -> list[Decision]:
        """See `remit.reviews.drawable.drawable_in`; nothing is undone or erased here."""
        found = []
        for decision in self._decided_in[row.team.pk]:
            if decision.level in _AT_ONCE:
                moment: datetime | None = decision.at
            elif decision.pk in self._went_ahead and decision.approval is not None:
                moment = decision.approval.ended_at
            else:
                continue
            if moment is not None and row.starts_at <= moment < row.ends_at:
                found.append(decision)
        return found

    def _reviewers(self, team: Team) -> Reviewers:
        """See `remit.reviews.parties.reviewers_of`; every owner is in every team here."""
        since = now() - EVEN_OVER
        asked: dict[int, int] = defaultdict(int)
        pairs: dict[tuple[int, int], int] = defaultdict(int)
        for review in reversed(self._reviews):
            if review.asked_at <= since:
                break
            asked[review.reviewer.pk] += 1
            if review.decision.team == team:
                pairs[review.reviewer.pk, review.decider.pk] += 1
        there = (each.member for each in self.house_of(team).there())
        people = sorted((each for each in there if not each.is_software), key=lambda each: each.pk)
        return Reviewers(people, [], asked, pairs)

    def _ask_next(self, lot: Lot, reviewers: Reviewers, *, is_double: bool) -> Review | None:
        decision = lot.decision
        but = self._parties_to(decision) | {each.reviewer.pk for each in self._reviews_of[decision.pk]}
        in_order = order_of(lot, decision, is_double=is_double)
        found = reviewers.next_for(decision.member.pk, but=but, in_order=in_order)
        return self._ask_for_look(lot, found, is_double=is_double) if found else None

    def _ask_for_look(self, lot: Lot, reviewer: Member, *, is_double: bool) -> Review:
        review = self.rows.add(
            Review(
                lot=lot,
                decision=lot.decision,
                decider=lot.decision.member,
                reviewer=reviewer,
                is_double=is_double,
                asked_at=now(),
                due_at=now() + LOOK_WITHIN,
            )
        )
        self._reviews.append(review)
        self._reviews_of[lot.decision.pk].append(review)
        self._review_record("review-asked", review, by=reviewer, decision=lot.decision.pk, double=is_double)
        self.tell([reviewer], lambda: review_asked(review))
        return review

    def _parties_to(self, decision: Decision) -> set[int]:
        """See `remit.reviews.parties.parties_to`; nobody's account is given to here."""
        complaint = decision.complaint
        found = {each.member.pk for each in self._decided_on[complaint.pk]}
        found |= {each.author.pk for each in self.all_said(complaint) if each.author is not None}
        found |= {each.member.pk for each in self._asked.get(decision.pk, ()) if each.seen_at is not None}
        return found | ({complaint.about.pk} if complaint.about is not None else set())

    def _review_record(
        self, act: str, review: Review, *, by: Member | None, words: str = "", **data: object
    ) -> None:
        self.trail.record(act, review.subject, by=by, team=review.decision.team, words=words, **data)

    def _reading(self, member: Member) -> list[Member]:
        return [] if member.is_software or self.has_left(member) else [member]
