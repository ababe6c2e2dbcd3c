"""Addresses of the app `insight`."""

from __future__ import annotations

from django.urls import path

from remit.insight.effect import views as effect
from remit.insight.my_work import views as my_work
from remit.insight.what_if import views as what_if
from remit.insight.what_if.draft_views import draft

app_name = "insight"
urlpatterns = [
    path("did-it-work/<int:number>/answer/", effect.did_it_work, name="did-it-work"),
    path("did-it-work/<int:number>/answer/state/", effect.state, name="did-it-work-state"),
    path("did-it-work/<int:number>/answer/weeks.csv", effect.weeks, name="did-it-work-weeks"),
    path("my-work/", my_work.mine, name="my-work"),
    path("charter/drafts/<int:number>/what-if/", what_if.of_draft, name="what_if"),
    path("charter/<slug:team>/what-if/", what_if.what_if, name="what-if-choose"),
    path("charter/<slug:team>/what-if/<int:number>/", what_if.look, name="what-if-look"),
    path("charter/<slug:team>/what-if/<int:number>/state/", what_if.state, name="what-if-state"),
    path("charter/<slug:team>/what-if/<int:number>/stop/", what_if.stop, name="what-if-stop"),
    path("charter/<slug:team>/what-if/<int:number>/draft/", draft, name="what-if-draft"),
    path("charter/<slug:team>/what-if/<int:number>/decisions/", what_if.decisions, name="what-if-decisions"),
]
