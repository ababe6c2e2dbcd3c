"""Looking after a procedure: by whom, until when, and when it isn't done any more."""

from __future__ import annotations

from datetime import date, timedelta

from remit.core.clock import now, today
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.notices.actions import settle, tell
from remit.people.access import get_member_for
from remit.people.models import Member, Team
from remit.procedures import notices
from remit.procedures.access import get_procedure_for, need_publisher
from remit.procedures.models import Procedure
from remit.procedures.queries.people import people_of
from remit.procedures.queries.unread import unread_by
from remit.procedures.text.languages import language_of
from remit.procedures.vocabulary import ABOUT, BROUGHT_BACK, RETIRED
from remit.purpose.models import Objective
from remit.trail.actions import record

_WEEK = timedelta(days=7)


def look_after(
    member: Member,
    number: int,
    *,
    owner: str,
    review_by: date | None,
    objective: Objective | None = None,
    language: str = "",
) -> Procedure:
    """Say who looks after a procedure, and until when it holds; that it still holds is said so, too.

    Args:
        member: who says it.
        number: of the procedure.
        owner: word of the member who looks after it.
        review_by: the day on which it is looked at again; None for none.
        objective: that it serves; None: it hangs on none.
        language: code of the language in which it is written; "" leaves it.

    Raises:
        NotThere: there is no such procedure, or nobody of that word in the team.
        NotAllowed: they propose.
        Refusal: the day is over, or it is translated into the language in which it is said to be written.
    """
    with write():
        seen = get_procedure_for(member, number)
        need_publisher(seen.place, seen.procedure)
        procedure = seen.procedure
        if review_by is not None and review_by < today(procedure.team.time_zone):
            raise Refusal("day-over", "This day is over.", "Choose one that comes.", field="review_by")
        if language in procedure.languages:
            raise Refusal(
                "translated-into-it",
                f"It is translated into {language_of(language).name} already.",
                "Choose the language of the original.",
                field="language",
            )
        procedure.owner = get_member_for(seen.place, owner)
        procedure.review_by, procedure.objective = review_by, objective
        procedure.language = language or procedure.language
        procedure.save(update_fields=("owner", "review_by", "objective", "language"))
        settle(procedure.subject)
        record(ABOUT, procedure.subject, by=member, team=procedure.team, owner=owner)
        return procedure


def retire(member: Member, number: int, why: str) -> Procedure:
    """Take a procedure out of use: nobody reads it any more, and its history stays. Twice does nothing more.

    Raises:
        NotThere: there is no such procedure for them.
        NotAllowed: they propose.
        Refusal: the why is missing.
    """
    with write():
        seen = get_procedure_for(member, number)
        need_publisher(seen.place, seen.procedure)
        procedure = seen.procedure
        if procedure.retired_at is not None:
            return procedure
        if not why.strip():
            raise Refusal("no-why", "A word why is needed.", "Say it in a sentence.", field="why")
        procedure.retired_at, procedure.retired_why = now(), why.strip()
        procedure.save(update_fields=("retired_at", "retired_why"))
        settle(procedure.subject)
        record(RETIRED, procedure.subject, by=member, team=procedure.team)
        return procedure


def bring_back(member: Member, number: int) -> Procedure:
    """Take a procedure into use again.

    Raises:
        NotThere: there is no such procedure for them.
        NotAllowed: they propose.
    """
    with write():
        seen = get_procedure_for(member, number)
        need_publisher(seen.place, seen.procedure)
        procedure = seen.procedure
        if procedure.retired_at is not None:
            procedure.retired_at, procedure.retired_why = None, ""
            procedure.save(update_fields=("retired_at", "retired_why"))
            record(BROUGHT_BACK, procedure.subject, by=member, team=procedure.team)
        return procedure


def tell_readers(team: int) -> None:
    """Tell everybody of a team who has something to read, in one notice that gives way to the next one."""
    with write():
        found = Team.objects.filter(pk=team, closed_at=None).first()
        if found is None:
            return
        for member in people_of(found):
            titles = list(unread_by(member, found).values_list("title", flat=True))
            if titles:
                tell([member], notices.to_read(member, titles))


def tell_of_reviews() -> None:
    """Tell whoever looks after a procedure, once a week, that its day has come."""
    with write():
        due = Procedure.objects.filter(retired_at=None, review_by__isnull=False, owner__left_at=None)
        for procedure in due.select_related("team", "owner"):
            days = (today(procedure.team.time_zone) - (procedure.review_by or date.max)).days
            if days >= 0 and days % _WEEK.days == 0:
                tell([procedure.owner], notices.review_due(procedure))
