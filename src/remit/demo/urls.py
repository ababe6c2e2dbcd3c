"""Addresses of the demo; without it each of them says that there is nothing."""

from __future__ import annotations

from django.urls import path

from remit.demo import views

app_name = "demo"

urlpatterns = [
    path("demo/", views.doors, name="doors"),
    path("demo/customer/", views.be_a_customer, name="customer"),
    path("demo/<slug:word>/", views.enter, name="enter"),
]
