"""What stands behind the pictures of practice: closed complaints, one of them tried, one taken out."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from tests.app.complaint_parts import with_order
from tests.app.made_complaints import wants

from remit.complaints.actions import closing
from remit.complaints.actions.deciding import decide
from remit.complaints.actions.rating import rate
from remit.core import clock
from remit.core.clock import now
from remit.practice.actions import take_out, try_case
from remit.practice.models import Case

_LONG_AGO = timedelta(days=60)
_SAID = (
    "We ordered at Harbour Street for half past seven. It came at ten past nine, cold, without the bread. "
    "Ana was kind about it when I rang (030 5557788), but the evening was gone."
)


def practise(house: SimpleNamespace) -> dict[str, str]:
    """Five closed complaints. Gives addresses by the words that stand in those of the screens."""
    cases = []
    with clock.at(now() - _LONG_AGO):
        for at in range(5):
            complaint = with_order(house, f"117-{at}", 8600, text=_SAID, category="late")
            decide(house.ana, complaint.number, wants("refund", 1500, words="The kitchen lost the ticket."))
            closing.close_complaint(house.ana, complaint, "made-right", "")
            complaint.refresh_from_db()
            rate(complaint, 4, 2, "Kind, and quick. Thanks to Ana.")
            cases.append(Case.objects.create(complaint=complaint, code=f"case-{at}", made_at=now()))
    new, tried, out, *_ = cases
    try_case(house.ben, tried.code, kind="refund", value=7000, words="Lateness is our fault.")
    take_out(house.sam, out.code, "Everybody here knows who that was.")
    return {"practice": new.code, "practised": tried.code}
