"""Addresses of the app `today`."""

from __future__ import annotations

from django.urls import path

from remit.today import views

app_name = "today"
urlpatterns = [
    path("", views.today, name="today"),
]
