"""Addresses: questions and their answers."""

from __future__ import annotations

from django.urls import path

from remit.complaints.views import approvals

app_name = "approvals"
urlpatterns = [
    path("approvals/", approvals.approvals, name="list"),
    path("approvals/<int:number>/", approvals.approval, name="approval"),
    path("approvals/<int:number>/answer/", approvals.answer_approval, name="answer"),
    path("approvals/<int:number>/objection/", approvals.object_to_approval, name="object"),
]
