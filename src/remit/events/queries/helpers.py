"""How long the names of helpers are kept."""

from __future__ import annotations

from remit.events.models import HelperRule
from remit.events.vocabulary import HELPER_DAYS


def helper_days() -> int:
    """Days after an event until the names of its helpers are erased: as an owner chose, or what is usual."""
    rule = HelperRule.objects.first()
    return rule.days if rule else HELPER_DAYS
