"""The app `reviews` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Names the app, and hooks in what follows elsewhere."""

    name = "remit.reviews"
    label = "reviews"

    def ready(self) -> None:
        """What somebody who leaves was to look at goes to others; reviews stand beside decisions.

        And they come before the complaint.
        """
        from remit.complaints.beside_decisions import on_showing  # noqa: PLC0415 (tables aren't ready before)
        from remit.complaints.looked_at_first import on_opening  # noqa: PLC0415
        from remit.people.departures import on_departure  # noqa: PLC0415
        from remit.reviews.actions.asking import pass_on_all_of  # noqa: PLC0415
        from remit.reviews.beside import REVIEWS_BESIDE  # noqa: PLC0415
        from remit.reviews.first import LOOK_FIRST  # noqa: PLC0415
        from remit.reviews.ideas import find_review, lead_to_review  # noqa: PLC0415
        from remit.voice.sources import comes_from  # noqa: PLC0415

        on_departure(pass_on_all_of)
        on_showing(REVIEWS_BESIDE)
        on_opening(LOOK_FIRST)
        comes_from("review", find_review, lead_to_review)
