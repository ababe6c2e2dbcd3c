"""The field in which somebody says which objective a thing hangs on; the same in every form."""

from __future__ import annotations

from django import forms
from django.db.models import QuerySet

from remit.people.models import Member, Team
from remit.purpose.access import objectives_for, open_objectives_for
from remit.purpose.models import Objective


class ObjectiveField(forms.ModelChoiceField[Objective]):
    """Chooses an open objective of a team; what hangs on a closed one may stay there.

    Args:
        member: who chooses.
        team: whose objectives.
        current: on which it hangs now; None for nothing yet.
        required: whether it has to hang on one.
    """

    def __init__(
        self, member: Member, team: Team, *, current: Objective | None = None, required: bool = False
    ) -> None:
        super().__init__(
            queryset=_choices(member, team, current),
            to_field_name="key",
            required=required,
            label="So that …",
            empty_label=None if required and current else "On no objective yet",
            help_text="The objective that it hangs on.",
            initial=current.key if current else None,
            error_messages={
                "required": "Choose the objective that it hangs on.",
                "invalid_choice": "This objective isn't open any more. Choose another one.",
            },
        )


def _choices(member: Member, team: Team, current: Objective | None) -> QuerySet[Objective]:
    open_ones = open_objectives_for(member, team)
    if current is None or current.is_open:
        return open_ones
    return open_ones | objectives_for(member, team).filter(pk=current.pk)
