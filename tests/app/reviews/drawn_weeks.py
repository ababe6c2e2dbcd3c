"""A week of decisions through the real actions: opened, decided in, drawn, its reviewers asked."""

from datetime import timedelta

from tests.app.made_complaints import made_complaint, wants

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.clock import now
from remit.reviews.actions.asking import ask_reviewers
from remit.reviews.actions.weekly import draw_round, open_round
from remit.reviews.weeks import week_of


def opened_week(house):
    """The week that runs now, opened."""
    return open_round(house.harbour, week_of(house.harbour, now()))


def decided(house, member, value=1000, *, kind="refund", category="late"):
    """A decision of somebody on a complaint of its own."""
    complaint = made_complaint(house, category=category)
    return decide(member, complaint.number, wants(kind, value, words="The soup was cold."))


def drawn(row, *, asked=True):
    """The week drawn two hours after its end, with its reviewers asked; the clock stands there."""
    with clock.at(row.ends_at + timedelta(hours=2)):
        draw_round(row.pk)
        if asked:
            ask_reviewers(row.pk)
    row.refresh_from_db()
    return row


def after(row, **span):
    """The clock so long after the draw of a week."""
    return clock.at(row.ends_at + timedelta(hours=2) + timedelta(**span))
