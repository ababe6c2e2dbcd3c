"""Addresses: the payment providers, and the door that they knock at."""

from __future__ import annotations

from django.urls import path

from remit.remedies import credit_term_page
from remit.remedies.provider_pages import hooks, views

app_name = "providers"
urlpatterns = [
    path("money/", views.all_connections, name="connections"),
    path("money/new/", views.new_connection, name="new"),
    path("money/credit/", credit_term_page.credit_term, name="credit-term"),
    path("money/<int:number>/", views.connection, name="connection"),
    path("money/<int:number>/keys/", views.keys, name="keys"),
    path("money/<int:number>/teams/", views.teams, name="teams"),
    path("money/<int:number>/look/", views.look, name="look"),
    path("money/<int:number>/off/", views.off, name="off"),
    path("hooks/<str:secret>/", hooks.hook, name="hook"),
]
