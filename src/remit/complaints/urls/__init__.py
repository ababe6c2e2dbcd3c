"""Addresses of the desk, by capability."""

from __future__ import annotations

from remit.complaints.urls import coming_in, deciding, page

app_name = "complaints"
urlpatterns = [*coming_in.urlpatterns, *page.urlpatterns, *deciding.urlpatterns]
