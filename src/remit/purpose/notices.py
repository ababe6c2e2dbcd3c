"""What members are told about objectives."""

from __future__ import annotations

from typing import Final

from remit.notices.actions import Message
from remit.people.models import Member
from remit.purpose.models import Objective

_TITLE: Final = 200


def yours_now(objective: Objective, by: Member) -> Message:
    """To whoever's eye is on it from now on."""
    return Message(
        code="objective-yours",
        subject=objective.subject,
        title=f"Your eye is on an objective: {objective}"[:_TITLE],
        body=f"{by.name} asks you to look after it until {objective.until:%d %B %Y}. Why: {objective.why}",
        address=objective.address,
    )
