"""Addresses of the notices. The worker of the browser stands at the root: it looks after all pages."""

from __future__ import annotations

from django.urls import path

from remit.notices import views

app_name = "notices"

urlpatterns = [
    path("notices/", views.all_notices, name="all"),
    path("notices/seen/", views.seen, name="seen"),
    path("notices/bell/", views.bell, name="bell"),
    path("notices/<int:number>/open/", views.opened, name="open"),
    path("notices/channels/", views.channels, name="channels"),
    path("notices/channels/try/", views.tried, name="try"),
    path("notices/browsers/", views.subscribe, name="subscribe"),
    path("notices/browsers/gone/", views.unsubscribe, name="unsubscribe"),
    path("notices-worker.js", views.worker, name="worker"),
]
