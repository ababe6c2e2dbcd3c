"""What was given, and what was talked about, is written once; only erasing takes the words out."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from remit.core.guards import Guard


def _same(*columns: str) -> str:
    return " AND ".join(f'NEW."{column}" = OLD."{column}"' for column in columns)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("growth", "0001_initial")]
    operations: ClassVar = [
        Guard(
            "stepchange",
            unless=f"{_same('membership_id', 'before', 'step', 'ground', 'at')} AND NEW.why = '(erased)'",
        ),
        Guard("remark", unless=f"{_same('proposal_id', 'by_id', 'at')} AND NEW.words = '(erased)'"),
    ]
