"""What is told about reviews. None of it says how anybody stands: that is for their own page."""

from __future__ import annotations

from collections.abc import Iterable

from remit.complaints.notices import in_short
from remit.notices.actions import Message
from remit.reviews.models import Review
from remit.reviews.vocabulary import Outcome


def review_asked(review: Review) -> Message:
    """To whoever is to look at a decision."""
    complaint = review.decision.complaint
    if review.wanted is None:
        title, body = (
            f"Would you look at a decision on {complaint.said}?",
            "It was drawn by lot. Two minutes are enough.",
        )
    else:
        name = review.wanted.by.first_name
        title, body = f"{name} asks: would you look at {complaint.said}?", in_short(review.wanted.words)
    return Message(
        code="review-asked",
        subject=review.subject,
        title=title,
        body=body,
        address=f"/reviews/{review.pk}/",
    )


def review_done(review: Review) -> Message:
    """To whoever decided."""
    name, said = review.reviewer.first_name, review.decision.complaint.said
    would = {
        Outcome.SAME: "would have decided the same",
        Outcome.DIFFERENT: "would have decided something else",
    }
    return Message(
        code="review-done",
        subject=review.subject,
        title=f"{name} looked at your decision on {said} and {would[Outcome(review.opinion.outcome)]}",
        body="Different is not wrong, and nothing is held against you.",
        address=f"/reviews/{review.pk}/",
    )


def review_answered(review: Review) -> Message:
    """To whoever looked at it."""
    name, said = review.decision.member.first_name, review.decision.complaint.said
    return Message(
        code="review-answered",
        subject=review.subject,
        title=f"{name} answered your review of {said}",
        body=in_short(review.answer.words),
        address=f"/reviews/{review.pk}/",
    )


def examples(review: Review) -> Iterable[Message]:
    """One of each, so that all of them can be looked at; of a review that is done and answered."""
    yield review_asked(review)
    yield review_done(review)
    yield review_answered(review)
