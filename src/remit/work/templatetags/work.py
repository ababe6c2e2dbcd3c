"""How work is said on a page."""

from __future__ import annotations

from typing import Final

from django import template

from remit.work.models import Task
from remit.work.vocabulary import Move

register = template.Library()

_HELD: Final = {
    Move.TAKEN.value: "took it up",
    Move.GIVEN.value: "was given it",
    Move.HANDED_OVER.value: "got it handed over",
}


@register.filter
def how_held(task: Task) -> str:
    """How a task came to whoever has it: `took it up`."""
    return _HELD.get(task.held_by, "")
