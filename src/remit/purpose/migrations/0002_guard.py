"""What was said of a vision, of a change and of an end is written once."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from remit.core.guards import Guard


class Migration(migrations.Migration):
    dependencies: ClassVar = [("purpose", "0001_initial")]
    operations: ClassVar = [Guard("vision"), Guard("revision"), Guard("closing")]
