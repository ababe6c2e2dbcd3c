"""The app `remedies` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class RemediesConfig(AppConfig):
    """Names the app, and hooks in the books that know what was given and what was used of allowances."""

    name = "remit.remedies"
    label = "remedies"

    def ready(self) -> None:
        """What was used of allowances is read from what was given, and so is whether a currency stays."""
        from remit.charters.what_was_used import kept_by  # noqa: PLC0415 (tables aren't ready before)
        from remit.people.money_given import on_asking  # noqa: PLC0415
        from remit.remedies.allowances import used  # noqa: PLC0415
        from remit.remedies.money_given import has_given  # noqa: PLC0415

        kept_by(used)
        on_asking(has_given)
