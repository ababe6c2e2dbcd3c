"""Which version of Remit set up the tables, and whether it came to its end."""

from __future__ import annotations

from django.db import models

from remit.core.fields import Word


class SettingUp(models.Model):
    """One change of the tables, from the first one on.

    Attributes:
        version: of the Remit that made it.
        done_at: None while it runs, and where it was stopped in the middle.
    """

    version = Word()
    begun_at = models.DateTimeField()
    done_at = models.DateTimeField(null=True, blank=True)

    def __str__(self) -> str:
        return f"{self.version}, {self.begun_at:%Y-%m-%d %H:%M}"
