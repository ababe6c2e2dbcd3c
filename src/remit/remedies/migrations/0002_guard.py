"""What happened to a remedy is written once; its why may be erased, and nothing else."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from remit.core.guards import Guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("remedies", "0001_initial")]
    operations: ClassVar = [
        Guard(
            "event",
            unless="NEW.why = '(erased)' AND NEW.id = OLD.id AND NEW.remedy_id = OLD.remedy_id "
            "AND NEW.what = OLD.what AND COALESCE(NEW.by_id, 0) = COALESCE(OLD.by_id, 0) "
            "AND NEW.at = OLD.at AND NEW.amount = OLD.amount AND NEW.reference = OLD.reference",
        ),
    ]
