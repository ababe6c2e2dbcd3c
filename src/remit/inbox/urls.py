"""Addresses: the mailbox of a team."""

from __future__ import annotations

from django.urls import path

from remit.inbox import views

app_name = "inbox"
urlpatterns = [
    path("teams/<slug:team>/mail/", views.mailbox, name="mailbox"),
    path("teams/<slug:team>/mail/address/", views.hook_address, name="hook-address"),
    path("teams/<slug:team>/mail/off/", views.off, name="off"),
]
