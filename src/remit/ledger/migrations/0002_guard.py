"""What is in the books is written once."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from remit.core.guards import Guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("ledger", "0001_initial")]
    operations: ClassVar = [
        Guard("transfer"),
        Guard("entry"),
    ]
