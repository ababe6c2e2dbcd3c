"""What was published, and each revision of a draft, is written once."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from remit.core.guards import Guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("procedures", "0001_initial")]
    operations: ClassVar = [Guard("version"), Guard("revision"), Guard("translation")]
