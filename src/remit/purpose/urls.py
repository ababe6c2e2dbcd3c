"""Addresses of the app `purpose`."""

from __future__ import annotations

from django.urls import path

from remit.purpose.views import pages

app_name = "purpose"
urlpatterns = [
    path("purpose/", pages.mine, name="mine"),
    path("purpose/<slug:team>/", pages.team, name="team"),
    path("purpose/<slug:team>/objectives/<slug:key>/", pages.objective, name="objective"),
]
