"""Addresses: the page of a complaint and the customer's page."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
