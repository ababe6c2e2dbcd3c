"""Addresses: what comes in, the list, customers."""

from __future__ import annotations

from django.urls import URLPattern

urlpatterns: list[URLPattern] = []
