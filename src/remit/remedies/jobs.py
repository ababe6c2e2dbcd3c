"""Work of the remedies that is done later."""

from __future__ import annotations

from django_tasks import task

from remit.remedies.actions.handing_over import settle
from remit.remedies.models import Remedy
from remit.remedies.vocabulary import State


@task()
def settle_by_itself(remedy: int) -> None:
    """Hand over what needs no hands: an apology, or a code; nothing when it was undone meanwhile."""
    row = Remedy.objects.select_related("team").get(pk=remedy)
    if row.state == State.GIVEN:
        settle(row, None)
