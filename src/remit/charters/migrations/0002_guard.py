"""A published version is written once, but for being taken out before it comes into force; so is a revision."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from remit.core.guards import Guard

_SAME = (
    *("id", "number", "name", "text", "hash", "why", "published_by_id", "published_at", "is_alone"),
    "question",
)
_SAME_OR_NONE = ("team_id", "extends_id", "seconded_by_id", "ends_id")


class Migration(migrations.Migration):
    dependencies: ClassVar = [("charters", "0001_initial")]
    operations: ClassVar = [
        Guard(
            "version",
            unless=" AND ".join(
                [
                    "OLD.withdrawn_at IS NULL AND NEW.withdrawn_at IS NOT NULL",
                    "NEW.withdrawn_at < OLD.published_at",
                    *(f"NEW.{name} = OLD.{name}" for name in _SAME),
                    *(f"COALESCE(NEW.{name}, 0) = COALESCE(OLD.{name}, 0)" for name in _SAME_OR_NONE),
                    "COALESCE(CAST(NEW.trial_until AS TEXT), '') = COALESCE(CAST(OLD.trial_until AS TEXT), '')",
                ]
            ),
        ),
        Guard("revision"),
        Guard("tookeffect"),
    ]
