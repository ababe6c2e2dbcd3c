"""The app `approvals` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ApprovalsConfig(AppConfig):
    """Names the app."""

    name = "remit.approvals"
    label = "approvals"
