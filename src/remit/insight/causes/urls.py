"""Addresses of the pages about why people complain."""

from __future__ import annotations

from django.urls import path

from remit.insight.causes import views, work_views

app_name = "causes"
urlpatterns = [
    path("causes/", views.causes, name="causes"),
    # No sort of cause has these names, so a cause is never taken for one of them.
    path("causes/task/<slug:team>/<slug:sort>/<path:value>/", work_views.task, name="task"),
    path("causes/step/<slug:team>/<slug:sort>/<path:value>/", work_views.step, name="step"),
    path("causes/<slug:sort>/<path:value>/", views.cause, name="cause"),
]
