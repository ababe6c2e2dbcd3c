"""Addresses of the app `rollouts`."""

from __future__ import annotations

from django.urls import path

from remit.rollouts.views import asking, planning

app_name = "rollouts"
urlpatterns = [
    path("did-it-work/", asking.changes, name="changes"),
    path("did-it-work/ask/<slug:sort>/<int:number>/", asking.ask_about, name="ask"),
    path("did-it-work/rollouts/new/", planning.new, name="new"),
    path("did-it-work/<int:number>/", planning.rollout, name="rollout"),
    path("did-it-work/<int:number>/plan/", planning.change, name="change"),
    path("did-it-work/<int:number>/order/", planning.draw_order, name="draw"),
    path("did-it-work/<int:number>/starts/<slug:team>/", planning.began, name="began"),
    path("did-it-work/<int:number>/end/", planning.end, name="give-up"),
    path("did-it-work/<int:number>/again/", asking.again, name="again"),
]
