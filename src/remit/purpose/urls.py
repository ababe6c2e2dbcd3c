"""Addresses of the app `purpose`."""

from __future__ import annotations

from django.urls import path

from remit.purpose.views import acts, pages

app_name = "purpose"
urlpatterns = [
    path("purpose/", pages.mine, name="mine"),
    path("purpose/<slug:team>/", pages.team, name="team"),
    path("purpose/<slug:team>/vision/", acts.vision, name="vision"),
    path("purpose/<slug:team>/vision/before/", pages.visions, name="visions"),
    path("purpose/<slug:team>/new/", acts.new, name="new"),
    path("purpose/<slug:team>/objectives/<slug:key>/", pages.objective, name="objective"),
    path("purpose/<slug:team>/objectives/<slug:key>/rows/", pages.rows, name="rows"),
    path("purpose/<slug:team>/objectives/<slug:key>/change/", acts.change, name="change"),
    path("purpose/<slug:team>/objectives/<slug:key>/closing/", acts.close, name="close"),
    path("purpose/<slug:team>/objectives/<slug:key>/value/", acts.value, name="value"),
]
