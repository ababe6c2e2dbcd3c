"""The pages of the managing half that are opened."""

from __future__ import annotations

from bench.desk.pages import Page
from remit.demo.cast import MAIN
from remit.procedures.models import Procedure
from remit.purpose.models import Objective
from remit.work.models import Task

_DEEP = 400
"""A page deep in the list of what is done."""


def pages() -> list[Page]:
    """Lists in all their shapes, and one of each thing in the middle of all of them."""
    procedures = Procedure.objects.filter(team__word=MAIN.word)
    procedure = procedures.order_by("pk")[procedures.count() // 2].pk
    tasks = Task.objects.filter(team__word=MAIN.word, ended_at__isnull=False)
    task = tasks.order_by("pk")[tasks.count() // 2].pk
    objective = Objective.objects.filter(team__word=MAIN.word, closing=None).order_by("pk")[0]
    team, at = MAIN.word, f"/procedures/{procedure}/"
    return [
        Page("Procedures", "/procedures/"),
        Page("Procedures: to read", "/procedures/?show=to-read"),
        Page("Procedures: to look at again", "/procedures/?show=review"),
        Page("Procedures: a word", "/procedures/?q=guest"),
        Page("Procedures: a tag", "/procedures/?tag=late"),
        Page("Read first", f"/procedures/first/{team}/"),
        Page("Procedure", at),
        Page("Procedure: versions", f"{at}versions/"),
        Page("Tasks: mine", "/tasks/"),
        Page("Tasks: free to take", "/tasks/?tab=free"),
        Page("Tasks: with others", "/tasks/?tab=others"),
        Page("Tasks: done", "/tasks/?tab=ended"),
        Page(f"Tasks: done, page {_DEEP}", f"/tasks/?tab=ended&page={_DEEP}"),
        Page("Task", f"/tasks/{task}/"),
        Page("Checklists", "/checklists/"),
        Page("Purpose of a team", f"/purpose/{team}/"),
        Page("Objective", f"/purpose/{team}/objectives/{objective.key}/"),
        Page("What my work did", "/my-work/"),
        Page("Causes", f"/causes/?team={team}"),
        Page("A cause, and what was done about it", f"/causes/about/late/?team={team}"),
        Page("A cause: which step", f"/causes/step/{team}/about/late/"),
    ]
