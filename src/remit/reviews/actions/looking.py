"""What a reviewer says, and what the one who decided says to it."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import Place, need_rank
from remit.people.models import Member
from remit.people.vocabulary import Rank
from remit.reviews.access import get_review_of_mine, get_review_to_do
from remit.reviews.actions.asking import ask_another
from remit.reviews.models import Answer, Helped, Opinion, Review, ReviewSetting
from remit.reviews.notices import review_answered, review_done
from remit.reviews.parties import know_how_it_went, parties_to
from remit.reviews.settings import Budget, budget_of
from remit.reviews.vocabulary import MOST_BUDGET, MOST_EACH, Outcome
from remit.trail.actions import record

_LONGEST = 1000


def finish(member: Member, number: int, outcome: str, *, why: str, better: str = "") -> Review:
    """Say what one would have decided; once.

    Args:
        member: the reviewer.
        number: of the review.
        outcome: a word of `Outcome`: the same, or something else.
        why: never empty.
        better: what would be better next time; for *different* never empty.

    Returns:
        the review, done; as it was where the same was said before, such as by a second click.

    Raises:
        NotThere: they weren't asked, or it was passed on.
        Changed: something else was said before; that stays.
        Refusal: a why is missing, or what would be better.
    """
    said = Outcome(outcome), _text(why, "why"), _text(better, "better", may_be_empty=True)
    if said[0] is Outcome.DIFFERENT and not said[2]:
        raise Refusal(
            "no-better",
            "You would have decided something else, but didn't say what.",
            "Say what would be better, so that they can learn from it.",
            field="better",
        )
    with write():
        review = get_review_to_do(member, number)
        if review.done_at is not None:
            return _same_as_before(review, *said)
        if review.decision.complaint.erased_at is not None:
            raise Refusal("erased", "This complaint was erased.", "There is nothing left to look at.")
        _note_what_they_know(member, review)
        moment = now()
        is_open = Review.objects.filter(pk=review.pk, done_at=None, passed_on_at=None)
        if is_open.update(done_at=moment) != 1:
            raise Changed("not-open", "This review went to somebody else.", "There is nothing left to do.")
        review.done_at = moment
        outcome, why, better = said
        review.opinion = Opinion.objects.create(
            review=review, outcome=outcome, why=why, better=better, at=moment
        )
        settle(review.subject)
        words = f"{why}\n\n{better}".strip()
        record(
            "review-done", review.subject, by=member, team=review.decision.team, words=words, outcome=outcome
        )
        tell(_told(review.decision.member), review_done(review))
        return review


def see(member: Member, number: int) -> Review:
    """A reviewer goes on to see how it went on, or knows it already: every look of theirs there is noted so.

    Said twice, or of what is done already, it changes nothing.

    Raises:
        NotThere: they weren't asked, or it was passed on.
    """
    with write():
        review = get_review_to_do(member, number)
        there = Review.unbiased.filter(
            reviewer=member, done_at=None, decision__complaint=review.decision.complaint
        )
        for each in there.select_related("lot__round", "wanted", "decision__complaint", "decision__team"):
            _note_seen(each)
        return review


def _note_seen(review: Review) -> None:
    """Somebody else is asked for what was drawn: were it left out, whoever looks could choose what counts."""
    moment = now()
    if Review.unbiased.filter(pk=review.pk, done_at=None).update(seen_at=moment) != 1:
        return
    review.seen_at = moment
    record("review-seen-with-outcome", review.subject, by=review.reviewer, team=review.decision.team)
    if review.is_advice_alone:
        ask_another(review)


def _note_what_they_know(member: Member, review: Review) -> None:
    """Who wrote in it meanwhile, or saw how it went on by another look, doesn't judge by what was known."""
    if review.lot is not None and review.seen_at is None:
        decision = review.decision
        if member.pk in parties_to(decision) | know_how_it_went(decision):
            _note_seen(review)


def answer(member: Member, number: int, words: str) -> Review:
    """The one who decided says something to a review of theirs; once.

    Raises:
        NotThere: it isn't about a decision of theirs, or isn't done.
        Changed: they answered before.
        Refusal: nothing was said.
    """
    text = _text(words, "words")
    with write():
        review = get_review_of_mine(member, number)
        before = Answer.objects.filter(review=review).first()
        if before is not None:
            if before.words == text:
                return review
            raise Changed("answered-already", "You answered this one already.", "Talk to them in person.")
        review.answer = Answer.objects.create(review=review, words=text, at=now())
        record("review-answered", review.subject, by=member, team=review.decision.team, words=text)
        tell(_told(review.reviewer), review_answered(review))
        return review


def mark_helpful(member: Member, number: int) -> Review:
    """The one who decided found a review helpful; a second time it stays as it is.

    Raises:
        NotThere: it isn't about a decision of theirs, or isn't done.
    """
    with write():
        review = get_review_of_mine(member, number)
        if not Helped.objects.filter(review=review).exists():
            review.helped = Helped.objects.create(review=review, at=now())
            record("review-helped", review.subject, by=member, team=review.decision.team)
        return review


def set_budget(place: Place, budget: Budget) -> None:
    """Choose how many decisions a team looks at in a week; from the next week that is opened.

    Raises:
        NotAllowed: they aren't a manager of it.
        Refusal: more than anybody could do.
    """
    need_rank(place, Rank.MANAGER, "choose how many decisions are looked at")
    for field, value, most in (("each", budget.each, MOST_EACH), ("risk", budget.risk, MOST_BUDGET)):
        if not 0 <= value <= most:
            raise Refusal(
                "too-many-reviews", f"From 0 to {most} can be drawn.", "Choose a smaller number.", field=field
            )
    with write():
        if budget_of(place.team) == budget:
            return
        ReviewSetting.objects.update_or_create(
            team=place.team,
            defaults={
                "is_on": budget.is_on,
                "each": budget.each,
                "budget": budget.risk,
                "changed_by": place.member,
                "changed_at": now(),
            },
        )
        record(
            "review-budget-set",
            f"team:{place.team.word}",
            by=place.member,
            team=place.team,
            on=budget.is_on,
            each=budget.each,
            budget=budget.risk,
        )


def _text(text: str, field: str, *, may_be_empty: bool = False) -> str:
    found = text.strip()
    if not found and not may_be_empty:
        raise Refusal("no-words", "Nothing was said.", "Say it in a sentence.", field=field)
    if len(found) > _LONGEST:
        raise Refusal(
            "too-long", f"That is longer than {_LONGEST} letters.", "Say it more shortly.", field=field
        )
    return found


def _same_as_before(review: Review, outcome: Outcome, why: str, better: str) -> Review:
    opinion = review.opinion
    if (opinion.outcome, opinion.why, opinion.better) == (outcome, why, better):
        return review
    raise Changed("done-already", "You looked at this one already.", "What you said then stays.")


def _told(member: Member) -> list[Member]:
    """Somebody who works here still, and reads."""
    return [member] if member.left_at is None and not member.is_software else []
