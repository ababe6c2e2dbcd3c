"""The pages of the managing half that are opened."""

from __future__ import annotations

from urllib.parse import quote

from bench.desk.pages import Page
from remit.demo.cast import MAIN
from remit.procedures.models import Procedure
from remit.purpose.models import Objective
from remit.work.models import Task

_DEEP = 20_000
"""Tasks before a page deep in the list of what is done; at a smaller share, half of them."""


def pages() -> list[Page]:
    """Lists in all their shapes, and one of each thing in the middle of all of them."""
    procedures = Procedure.objects.filter(team__word=MAIN.word)
    procedure = procedures.order_by("pk")[procedures.count() // 2].pk
    spoken = procedures.exclude(languages=[]).order_by("pk")[0]
    tasks = Task.objects.filter(team__word=MAIN.word, ended_at__isnull=False)
    task = tasks.order_by("pk")[tasks.count() // 2].pk
    done = tasks.order_by("-ended_at", "-pk")
    last = done[min(_DEEP, done.count() // 2)]
    deep = "/tasks/?tab=ended&after=" + quote(f"{last.ended_at:%Y-%m-%dT%H:%M:%S.%f+00:00}~{last.pk}")
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
        Page("Procedure in another language", f"/procedures/{spoken.pk}/?in={spoken.languages[0]}"),
        Page("Procedure: languages", f"/procedures/{spoken.pk}/languages/"),
        Page("Tasks: mine", "/tasks/"),
        Page("Tasks: free to take", "/tasks/?tab=free"),
        Page("Tasks: with others", "/tasks/?tab=others"),
        Page("Tasks: done", "/tasks/?tab=ended"),
        Page(f"Tasks: done, after {_DEEP:,}", deep),
        Page("Task", f"/tasks/{task}/"),
        Page("Checklists", "/checklists/"),
        Page("Purpose of a team", f"/purpose/{team}/"),
        Page("Objective", f"/purpose/{team}/objectives/{objective.key}/"),
        Page("What my work did", "/my-work/"),
        Page("Causes", f"/causes/?team={team}"),
        Page("A cause, and what was done about it", f"/causes/about/late/?team={team}"),
        Page("A cause: which step", f"/causes/step/{team}/about/late/"),
    ]
