"""The app `reviews` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class ReviewsConfig(AppConfig):
    """Names the app."""

    name = "remit.reviews"
    label = "reviews"
