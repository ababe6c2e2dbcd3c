"""What is undertaken about a cause: a task, or a change of a procedure's step; the link is kept."""

from __future__ import annotations

from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.insight.causes.counting import Cause
from remit.insight.models import Undertaking
from remit.insight.vocabulary import UNDERTAKEN
from remit.people.access import Place
from remit.procedures.access import get_procedure_for
from remit.procedures.actions.drafting import begin_change
from remit.procedures.models import Draft
from remit.trail.actions import record
from remit.work.actions.tasks import TaskWords, make_task
from remit.work.models import Task


def undertake_task(place: Place, cause: Cause, words: TaskWords, *, stamp: str, to: str = "") -> Task:
    """Write down a task about a cause; sent a second time it makes no second one.

    Args:
        place: of whoever writes it down, in the team whose complaints it is about.
        cause: that it is about.
        words: what the task says.
        stamp: of the form.
        to: word of the member who gets it; "" leaves it free.

    Raises:
        NotAllowed, NotThere, Refusal: as `make_task` has them.
    """
    with write():
        task = make_task(place, words, stamp=stamp, to=to)
        _keep(place, cause, task=task)
        return task


def undertake_step(place: Place, cause: Cause, procedure: int, step: str) -> Draft:
    """Begin to change a step of a procedure because of a cause, or go on where it was begun.

    Whoever publishes the procedure works at its shared draft, all others at a proposal of their own.

    Args:
        place: of whoever changes it, in the team whose complaints it is about.
        cause: because of which.
        procedure: its number.
        step: key of the step.

    Raises:
        NotThere: the team has no such procedure.
        Refusal: the step isn't there any more.
    """
    with write():
        seen = get_procedure_for(place.member, procedure)
        if seen.procedure.team_id != place.team.pk:
            raise NotThere("procedure")
        there = seen.version.document.step(step)
        if there is None:
            raise Refusal(
                "no-step",
                "This step isn't there any more.",
                "Look at the procedure as it is now.",
                field="step",
            )
        draft = begin_change(place.member, procedure)
        _keep(place, cause, draft=draft, step=step, step_title=there.title)
        return draft


def _keep(place: Place, cause: Cause, **what: object) -> None:
    about = {"team": place.team, "sort": cause.sort, "value": cause.value}
    key = {name: value for name, value in what.items() if name != "step_title"}
    if Undertaking.objects.filter(**key, **({} if "task" in what else about)).exists():
        return
    made = Undertaking.objects.create(**about, **what, by=place.member, at=now())
    record(UNDERTAKEN, made.subject, by=place.member, team=place.team)
