"""Addresses of the balance."""

from __future__ import annotations

from django.urls import path

from remit.insight.balance import views

app_name = "balance"
urlpatterns = [
    path("balance/", views.balance, name="balance"),
    path("balance/<slug:team>/", views.team, name="team"),
    # No part has this name.
    path("balance/<slug:team>/count/", views.count, name="count"),
    path("balance/<slug:team>/<slug:part>/", views.part, name="part"),
    path("balance/<slug:team>/<slug:part>/target/", views.target, name="target"),
]
