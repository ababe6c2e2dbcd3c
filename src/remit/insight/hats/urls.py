"""Addresses of the hats."""

from __future__ import annotations

from django.urls import path

from remit.insight.hats import views

app_name = "hats"
urlpatterns = [
    path("hats/", views.hats, name="hats"),
    path("hats/<slug:team>/", views.team, name="team"),
    path("hats/<slug:team>/look/", views.look_now, name="look"),
    path("hats/<slug:team>/<int:number>/", views.put_on, name="put-on"),
    path("hats/<slug:team>/<int:number>/not-now/", views.not_now, name="not-now"),
    path("hats/<slug:team>/<int:number>/again/", views.again, name="again"),
]
