"""Addresses of the upkeep."""

from __future__ import annotations

from django.urls import path

from remit.upkeep import views

app_name = "jobs"

urlpatterns = [
    path("needs-a-person/", views.needs_a_person, name="needs-a-person"),
    path("needs-a-person/<int:number>/again/", views.again, name="again"),
    path("needs-a-person/<int:number>/left/", views.left, name="left"),
]
