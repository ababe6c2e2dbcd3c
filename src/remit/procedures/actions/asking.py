"""Who stumbled at a step is asked again, once it says the same otherwise."""

from __future__ import annotations

from remit.core.clock import now
from remit.notices.actions import tell
from remit.people.models import Team
from remit.procedures import notices
from remit.procedures.models import Confusion, Version
from remit.procedures.queries.people import people_of
from remit.procedures.vocabulary import WHOLE


def ask_again(team: Team, version: Version, key: str, *, language: str | None = None) -> None:
    """The step at which somebody stumbled, or the whole, is otherwise: it is asked about again.

    In the write of the caller.

    Args:
        team: of the procedure; who isn't in it any more is asked nothing.
        version: in which the step stands.
        key: of the step; `WHOLE` for who said that the whole isn't clear.
        language: only those who read it in this one; None for all.
    """
    stumbled = Confusion.objects.filter(procedure=version.procedure_id, step=key, settled_at=None)
    if language is not None:
        stumbled = stumbled.filter(language=language)
    rows = list(stumbled.select_related("member"))
    step = version.document.step(key)
    if rows and (step is not None or key == WHOLE):
        here = {each.pk for each in people_of(team)}
        tell([row.member for row in rows if row.member_id in here], notices.clear_now(version, step))
    stumbled.update(settled_at=now())
