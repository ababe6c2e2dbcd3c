"""Addresses: each app names its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver

urlpatterns: list[URLPattern | URLResolver] = []
handler403 = "remit.core.pages.not_allowed"
handler404 = "remit.core.pages.not_there"
handler500 = "django.views.defaults.server_error"
