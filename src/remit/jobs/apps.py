"""The app `jobs` for Django."""

from __future__ import annotations

from django.apps import AppConfig
from django.utils.module_loading import autodiscover_modules


class JobsConfig(AppConfig):
    """Names the app, and reads what the `jobs.py` of all apps declare."""

    name = "remit.jobs"
    label = "jobs"

    def ready(self) -> None:
        """Let every app declare what comes back."""
        autodiscover_modules("jobs")
