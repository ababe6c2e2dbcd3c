"""What stands behind the pictures of the reviews: weeks that were drawn, looks done and to do."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from django.utils import timezone
from tests.app.complaint_parts import with_order
from tests.app.made_complaints import wants

from remit.complaints.actions import conversation
from remit.complaints.actions.deciding import decide
from remit.complaints.models import Decision
from remit.core import clock
from remit.reviews.actions.asking import ask_reviewers, want_look
from remit.reviews.actions.looking import answer, finish, mark_helpful
from remit.reviews.actions.weekly import draw_round, open_round
from remit.reviews.models import Review, Round
from remit.reviews.weeks import week_of

WEEKS = 3


def look_at_some(house: SimpleNamespace) -> dict[str, str]:
    """Three weeks of decisions, most of them looked at. Gives addresses by the words of the screens."""
    begin = timezone.now() - timedelta(weeks=WEEKS + 1)
    for number in range(WEEKS):
        _week(house, number, begin + timedelta(weeks=number))
    with clock.at(timezone.now() - timedelta(days=1)):
        complaint = with_order(house, "118-60", 8600, text="The soup was cold, twice.", category="cold")
        conversation.note(house.ben, complaint, "The stove is broken since Monday.")
        letter = "We are sorry. Your 42.00 are on their way."
        alone = decide(
            house.ana, complaint.number, wants("refund", 4200, letter=letter, words="A regular guest.")
        )
        look = want_look(house.ana, alone.pk, words="Was that enough?", colleague="sam").reviews.get()
    looked = _looked_by_sam(house)
    open_round(house.harbour, week_of(house.harbour, timezone.now()))
    other = Decision.objects.filter(member=house.ana, level="decide").order_by("-pk")[1]
    week = Round.objects.filter(drawn_at__isnull=False).latest("week")
    made = {"look": look.pk, "looked": looked.pk, "alone": other.pk, "week": week.pk}
    return {word: str(value) for word, value in made.items()}


def _week(house: SimpleNamespace, number: int, moment: object) -> None:
    with clock.at(moment):  # type: ignore[arg-type]
        row = open_round(house.harbour, week_of(house.harbour, clock.now()))
        if row is None:
            raise RuntimeError("the week is open already")
        for at, member in enumerate((house.ana, house.ana, house.ben, house.ben, house.sam)):
            complaint = with_order(
                house, f"118-{70 + 10 * number + at}", 9900, text="An hour for a coffee.", category="late"
            )
            decide(member, complaint.number, wants("refund", 900 + 400 * at))
    with clock.at(row.ends_at + timedelta(hours=2)):
        draw_round(row.pk)
        ask_reviewers(row.pk)
        for at, review in enumerate(Review.objects.filter(lot__round=row).order_by("pk")):
            if at != 1 or number < WEEKS - 1:
                outcome = "different" if at == number else "same"
                finish(
                    review.reviewer, review.pk, outcome, why="She had waited long enough.",
                    better="Half of it back, and a word from the kitchen.",
                )  # fmt: skip


def _looked_by_sam(house: SimpleNamespace) -> Review:
    with clock.at(timezone.now() - timedelta(days=2)):
        complaint = with_order(house, "118-61", 8600, text="Nobody told us that it takes so long.")
        decision = decide(house.ana, complaint.number, wants("refund", 1200))
    with clock.at(timezone.now() - timedelta(days=1)):
        conversation.hear_customer(complaint, "Thank you, that is kind.")
        review = want_look(house.ana, decision.pk, colleague="sam").reviews.get()
        finish(
            house.sam, review.pk, "different", why="They had waited for more than an hour, with a child.",
            better="You may give up to 50 here: take the room that you have.",
        )  # fmt: skip
        answer(house.ana, review.pk, "I didn't know that I may. Next time I will.")
        mark_helpful(house.ana, review.pk)
    return review
