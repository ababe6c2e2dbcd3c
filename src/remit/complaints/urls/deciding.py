"""Addresses: making it right."""

from __future__ import annotations

from django.urls import URLPattern, path

from remit.complaints.views import deciding

urlpatterns: list[URLPattern] = [
    path("complaints/<int:number>/make-it-right/", deciding.make_it_right, name="make-it-right"),
    path("complaints/<int:number>/decisions/", deciding.decide_complaint, name="decide"),
    path("decisions/<int:decision_id>/undo/", deciding.undo_decision, name="undo"),
    path("decisions/<int:decision_id>/withdraw/", deciding.withdraw_question, name="withdraw"),
]
