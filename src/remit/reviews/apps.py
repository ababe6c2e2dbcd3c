"""The app `reviews` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Names the app, and hooks in what follows when somebody leaves a team."""

    name = "remit.reviews"
    label = "reviews"

    def ready(self) -> None:
        """What they were to look at goes to others."""
        from remit.people.departures import on_departure  # noqa: PLC0415 (tables aren't ready before)
        from remit.reviews.actions.asking import pass_on_all_of  # noqa: PLC0415

        on_departure(pass_on_all_of)
