"""Erasing: what names somebody is taken out of what was written about changes."""

from __future__ import annotations

from typing import Any, Final

from django.db.models import Model

from remit.core.erasing import Traces
from remit.core.writing import write
from remit.rollouts.models import Change, Start

_LOOSE: Final[tuple[tuple[type[Model], tuple[str, ...]], ...]] = (
    (Change, ("named", "why", "given_up_why")),
    (Start, ("why",)),
)


def erase_rollouts(traces: Traces) -> None:
    """Take somebody out of what was written about changes and rollouts.

    Args:
        traces: by what they are found in what others wrote.
    """
    with write():
        for model, fields in _LOOSE:
            rows: Any = model._default_manager  # noqa: SLF001 (Django documents it)
            for row in rows.filter(traces.in_any(*fields)):
                rows.filter(pk=row.pk).update(**{name: traces.out_of(getattr(row, name)) for name in fields})
