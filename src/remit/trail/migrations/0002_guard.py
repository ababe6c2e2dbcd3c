"""An entry of the trail is written once; its words may be erased, and nothing else."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from remit.core.guards import Guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("trail", "0001_initial")]
    operations: ClassVar = [
        Guard("entry"),
        Guard(
            "words",
            unless="OLD.erased_at IS NULL AND NEW.erased_at IS NOT NULL AND NEW.text = '' "
            "AND NEW.salt = '' AND NEW.entry_id = OLD.entry_id",
        ),
    ]
