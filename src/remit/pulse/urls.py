"""Addresses of the app `pulse`."""

from __future__ import annotations

from django.urls import path

from remit.pulse.views import acts, pages

app_name = "pulse"
urlpatterns = [
    path("pulse/", pages.mine, name="mine"),
    path("pulse/<slug:team>/", pages.team, name="team"),
    path("pulse/<slug:team>/answer/", acts.answer, name="answer"),
    path("pulse/<slug:team>/rhythm/", acts.rhythm, name="rhythm"),
    path("pulse/<slug:team>/<int:number>/", pages.wave, name="wave"),
    path("pulse/<slug:team>/<int:number>/reply/", acts.reply, name="reply"),
]
