"""How a question ended is written once; its why may be erased, and nothing else."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from remit.core.guards import Guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("approvals", "0001_initial")]
    operations: ClassVar = [
        Guard(
            "ending",
            unless="NEW.why = '(erased)' AND NEW.approval_id = OLD.approval_id AND NEW.how = OLD.how "
            "AND COALESCE(NEW.by_id, 0) = COALESCE(OLD.by_id, 0) "
            "AND COALESCE(NEW.on_authority_of_id, 0) = COALESCE(OLD.on_authority_of_id, 0) "
            "AND COALESCE(NEW.amount, -1) = COALESCE(OLD.amount, -1) "
            "AND NEW.is_alone = OLD.is_alone AND NEW.at = OLD.at",
        ),
    ]
