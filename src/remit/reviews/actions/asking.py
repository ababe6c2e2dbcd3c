"""Who looks at what: reviewers are asked after the draw, others when a review wasn't done by its day."""

from __future__ import annotations

from collections.abc import Callable, Iterable

from django.db.models import Exists, OuterRef, Q

from remit.complaints.models import Decision
from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.models import Member, Membership
from remit.reviews.access import get_decision_alone_of
from remit.reviews.drawable import name_of
from remit.reviews.models import Lot, Review, Round, Wanted
from remit.reviews.notices import review_asked
from remit.reviews.parties import Reviewers, know_how_it_went, parties_to, reviewers_of
from remit.reviews.vocabulary import LOOK_WITHIN, MOST_ASKED
from remit.trail.actions import record
from remit_engine.evidence import sampling

Source = Lot | Wanted


def rounds_to_ask_for() -> list[int]:
    """Weeks that were drawn, and for which reviewers weren't all asked."""
    drawn = Round.objects.filter(assigned_at=None, drawn_at__isnull=False)
    return list(drawn.order_by("pk").values_list("pk", flat=True))


def ask_reviewers(round_id: int) -> int:
    """Ask a reviewer for everything that a week drew, and a second one for doubles.

    Repeated, after a crash or by a second worker, it asks nobody twice: what has its reviewer is left alone.

    Returns:
        how many were asked.
    """
    with write():
        row = Round.objects.select_related("team").filter(pk=round_id, assigned_at=None).first()
        if row is None or row.drawn_at is None:
            return 0
        reviewers = reviewers_of(row.team)
        asked = 0
        lots = Lot.objects.filter(Q(drawn_fair=True) | Q(drawn_risk=True), round=row, given_up_at=None)
        for lot in by_lot(row, lots.select_related("decision__complaint", "decision__team", "round")):
            asked += _asked_for_lot(lot, reviewers)
        row.assigned_at = now()
        row.save(update_fields=["assigned_at"])
        return asked


def by_lot(row: Round, lots: Iterable[Lot]) -> list[Lot]:
    """In an order by lot: in that of the decisions, whoever decided last would look at the fewest."""
    named = {name_of(lot.decision_id): lot for lot in lots}
    return [named[name] for name in sampling.by_lot(sorted(named), bytes.fromhex(row.key), "asking")]


def _asked_for_lot(lot: Lot, reviewers: Reviewers) -> int:
    there = set(Review.unbiased.filter(lot=lot).values_list("is_double", flat=True))
    wanted = [False, True] if lot.is_double else [False]
    return sum(
        _ask_next(lot, lot.decision, reviewers, is_double=is_double) is not None
        for is_double in wanted
        if is_double not in there
    )


def want_look(member: Member, decision_id: int, *, words: str = "", colleague: str = "") -> Wanted:
    """*Would you look at this one?*: somebody asks for a look at a decision of their own.

    Args:
        member: who asks.
        decision_id: their decision.
        words: what they would like to know.
        colleague: word of whom they ask; "" for whoever's turn it is.

    Returns:
        what was asked; what was asked before where it is asked again.

    Raises:
        NotThere: it isn't their decision, somebody else said yes to it, or there is no such colleague.
        Refusal: nobody can look at it.
    """
    with write():
        decision = get_decision_alone_of(member, decision_id)
        before = Wanted.objects.filter(decision=decision).first()
        if before is not None:
            return before
        wanted = Wanted.objects.create(decision=decision, by=member, words=words.strip(), at=now())
        # Not of the complaint, whose timeline everybody reads: it is between the two.
        record("review-wanted", name_of(decision.pk), by=member, team=decision.team, words=wanted.words)
        if _ask_wanted(wanted, colleague) is None:
            raise Refusal(
                "nobody-can-look",
                "Everybody here had a part in this one, or was asked already.",
                "Ask somebody of your team in person.",
                field="colleague",
            )
        return wanted


def _ask_wanted(wanted: Wanted, colleague: str) -> Review | None:
    decision = wanted.decision
    if not colleague:
        return _ask_next(wanted, decision, reviewers_of(decision.team), is_double=False)
    membership = (
        Membership.objects.select_related("member")
        .filter(team=decision.team, until=None, member__word=colleague, member__left_at=None)
        .first()
    )
    if membership is None or membership.member.is_software:
        raise NotThere("colleague")
    if membership.member_id in parties_to(decision) | _asked_before(decision):
        return None
    return _ask(wanted, decision, membership.member, is_double=False)


def overdue() -> list[int]:
    """Reviews whose day is over."""
    rows = Review.objects.filter(due_at__lte=now(), done_at=None, passed_on_at=None)
    return list(rows.order_by("due_at", "pk").values_list("pk", flat=True))


def pass_on_all_of(membership: Membership, by: Member | None) -> None:  # noqa: ARG001 (whoever it was)
    """Somebody left a team: what they were to look at there goes to others."""
    with write():
        rows = Review.objects.filter(
            reviewer=membership.member_id, decision__team=membership.team_id, done_at=None, passed_on_at=None
        )
        for number in list(rows.order_by("pk").values_list("pk", flat=True)):
            pass_on(number)


def pass_on(review_id: int) -> Review | None:
    """Ask somebody else for a review that wasn't done; after the last one of them it is given up.

    Returns:
        the review of whoever is asked now; None where it was given up, or is done or passed on already.
    """
    with write():
        review = (
            Review.objects.select_related(
                "lot__round", "wanted", "decision__complaint", "decision__team", "reviewer"
            )
            .filter(pk=review_id)
            .first()
        )
        is_open = {"pk": review_id, "done_at": None, "passed_on_at": None}
        if review is None or Review.objects.filter(**is_open).update(passed_on_at=now()) != 1:
            return None
        settle(review.subject)
        team, reviewer = review.decision.team, review.reviewer.word
        record("review-passed-on", review.subject, by=None, team=team, reviewer=reviewer)
        # Where the look counts for nothing any more, somebody else was asked when that was known.
        return None if review.is_advice_alone else ask_another(review)


def ask_another(review: Review) -> Review | None:
    """Ask somebody else in place of whoever didn't do it, or knew too much; after the last it is given up."""
    source = review.lot or review.wanted
    if source is None:
        raise RuntimeError("a review that comes from nothing")
    decision, is_double = review.decision, review.is_double
    of_source = {"lot": source} if isinstance(source, Lot) else {"wanted": source}
    were_asked = Review.objects.filter(**of_source, is_double=is_double).count()
    is_erased = decision.complaint.erased_at is not None
    if were_asked < MOST_ASKED and not is_erased:
        found = _ask_next(source, decision, reviewers_of(decision.team), is_double=is_double)
        if found is not None:
            return found
    give_up(source, decision, is_double=is_double)
    return None


def give_up(source: Source, decision: Decision, *, is_double: bool) -> None:
    """Nobody did it in time; the first look at a lot is counted as given up, for good."""
    with write():
        if isinstance(source, Lot) and not is_double:
            Lot.objects.filter(pk=source.pk, given_up_at=None).update(given_up_at=now())
        record(
            "review-given-up",
            name_of(decision.pk),
            by=None,
            team=decision.team,
            drawn=isinstance(source, Lot),
        )


def lots_without_anybody() -> list[int]:
    """Lots that were drawn long ago, and for which nobody could ever be asked."""
    since = now() - LOOK_WITHIN * MOST_ASKED
    rows = Lot.objects.filter(
        Q(drawn_fair=True) | Q(drawn_risk=True), round__assigned_at__lte=since, given_up_at=None
    ).exclude(Exists(Review.unbiased.filter(lot=OuterRef("pk"), is_double=False)))
    return list(rows.order_by("pk").values_list("pk", flat=True))


def give_up_lot(lot_id: int) -> None:
    """Give up what nobody could be asked for."""
    with write():
        lot = Lot.objects.select_related("decision__team").get(pk=lot_id)
        give_up(lot, lot.decision, is_double=False)


def _ask_next(source: Source, decision: Decision, reviewers: Reviewers, *, is_double: bool) -> Review | None:
    but = parties_to(decision) | _asked_before(decision)
    if isinstance(source, Lot):
        but |= know_how_it_went(decision)
    in_order = order_of(source, decision, is_double=is_double)
    found = reviewers.next_for(decision.member_id, but=but, in_order=in_order)
    return _ask(source, decision, found, is_double=is_double) if found else None


def _ask(source: Source, decision: Decision, reviewer: Member, *, is_double: bool) -> Review:
    review = Review.objects.create(
        lot=source if isinstance(source, Lot) else None,
        wanted=source if isinstance(source, Wanted) else None,
        decision=decision,
        decider_id=decision.member_id,
        reviewer=reviewer,
        is_double=is_double,
        asked_at=now(),
        due_at=now() + LOOK_WITHIN,
    )
    record(
        "review-asked",
        review.subject,
        by=reviewer,
        team=decision.team,
        decision=decision.pk,
        double=is_double,
    )
    tell([reviewer], review_asked(review))
    return review


def _asked_before(decision: Decision) -> set[int]:
    return set(Review.objects.filter(decision=decision).values_list("reviewer", flat=True))


def order_of(source: Source, decision: Decision, *, is_double: bool) -> Callable[[list[str]], list[str]]:
    """By lot with the key of the week, which is told: nobody chose who looks at what."""
    if isinstance(source, Wanted) or not source.round.key:
        return sorted
    key = bytes.fromhex(source.round.key)
    what_for = f"{name_of(decision.pk)}{' again' if is_double else ''}"
    return lambda words: sampling.by_lot(words, key, what_for)
