"""The app `jobs` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class JobsConfig(AppConfig):
    """Names the app."""

    name = "remit.jobs"
    label = "jobs"
