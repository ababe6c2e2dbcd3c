"""What stands behind the pictures of letting go: three answers, a trial that runs, what is worth a look."""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

from tests.app.answered_rows import always_approved, answered
from tests.app.complaint_parts import with_order
from tests.app.made_complaints import wants

from remit.approvals.vocabulary import End
from remit.charters.actions import publish
from remit.complaints.actions.deciding import decide
from remit.core.clock import now
from remit.findings.actions import Found, take_up
from remit.findings.looking_into import keep_worth_a_look
from remit.findings.models import Finding
from remit.findings.vocabulary import Taking
from remit.insight.hats.looking import look_at_hats
from remit.insight.letgo.looking import look_at_team
from remit.people.access import place_in


def let_go_of_some(house: SimpleNamespace) -> dict[str, str]:
    """A look, a trial under which something was decided, and the look after it. Gives addresses by words."""
    always_approved(house, 400, kind="credit", category="late")
    always_approved(house)
    always_approved(house, 90, kind="adjustment", category="cold")
    answered(house, [_often_declined(number) for number in range(200)])
    look_at_team(house.harbour)
    tried = Finding.objects.get(key="credit-member", ended_at=None)
    trial = take_up(place_in(house.mia, house.harbour), tried.pk, Taking.TRIAL, "They are always right.")
    publish(house.ola, house.harbour, trial.draft.text, trial.draft.why, draft=trial.draft)
    complaint = with_order(house, "118-77", 31200, text="The bus went without us.", category="late")
    given = decide(house.ana, complaint.number, wants("credit", 7500))
    look_at_team(house.harbour)
    seen = {"since": "2026-11-02", "happened": 14, "expected": 6.2, "others": 7}
    found = Found(f"share:{house.ben.pk}", "worth a look", "share", seen, behind=[given.pk], member=house.ben)
    keep_worth_a_look(house.harbour, [found])
    look_at_hats(house.harbour)
    return {
        "segment": str(Finding.objects.get(key="refund-member-billing", ended_at=None).pk),
        "trial": str(trial.pk),
        "worth": str(Finding.objects.get(reason="share").pk),
    }


def _often_declined(number: int) -> tuple[object, ...]:
    moment = now() - timedelta(days=1, hours=5 * (200 - number))
    return moment, 9000, End.YES if number % 4 else End.NO, "refund", "member", "rude"
