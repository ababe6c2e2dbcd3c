"""Addresses: what is still to be handed over, and what was given."""

from __future__ import annotations

from django.urls import path

from remit.complaints.views import refund_ways, remedies

app_name = "remedies"
urlpatterns = [
    path("remedies/", remedies.to_hand_over, name="to-hand-over"),
    path("remedies/credit/", remedies.credit, name="credit"),
    path("remedies/<int:number>/", refund_ways.way, name="way"),
    path("remedies/<int:number>/uses/<int:use>/put-back/", remedies.use_put_back, name="put-back"),
    path("remedies/<int:number>/renewal/", remedies.renewed, name="renew"),
    path("remedies/<int:number>/handed-over/", remedies.handed_over, name="handed-over"),
    path("remedies/<int:number>/taken-back/", remedies.taken_back, name="taken-back"),
    path("remedies/<int:number>/take-over/", remedies.take_over, name="take-over"),
    path("remedies/<int:number>/stop/", remedies.stopped, name="stop"),
    path("books/<slug:team>/", remedies.books, name="books"),
    path("books/<slug:team>/journal/", remedies.journal, name="journal"),
]
