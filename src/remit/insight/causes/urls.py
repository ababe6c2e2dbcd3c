"""Addresses of the pages about why people complain."""

from __future__ import annotations

from django.urls import path

from remit.insight.causes import views

app_name = "causes"
urlpatterns = [
    path("causes/", views.causes, name="causes"),
    path("causes/<slug:sort>/<path:value>/", views.cause, name="cause"),
]
