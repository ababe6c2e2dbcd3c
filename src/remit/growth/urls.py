"""Addresses of growth."""

from __future__ import annotations

from django.urls import path

from remit.growth.views import acts, pages

app_name = "growth"
urlpatterns = [
    path("growth/", pages.mine, name="mine"),
    path("growth/figures/", acts.choose_figures, name="figures"),
    path("growth/proposals/<int:number>/show/", acts.show, name="show"),
    path("growth/proposals/<int:number>/wait/", acts.let_wait, name="wait"),
    path("growth/proposals/<int:number>/talk/", acts.note_talk, name="talk"),
    path("growth/proposals/<int:number>/stay/", acts.leave_as_it_is, name="stay"),
    path("growth/proposals/<int:number>/narrow/", acts.narrow, name="narrow"),
    path("growth/wishes/<int:number>/answer/", acts.answer, name="answer"),
    path("growth/wishes/<int:number>/take-back/", acts.take_back, name="take-back"),
    path("growth/<slug:team>/", pages.team, name="team"),
    path("growth/<slug:team>/wish/", acts.ask_for, name="ask-for"),
    path("growth/<slug:team>/people/", pages.people, name="people"),
    path("growth/<slug:team>/people/<slug:member>/", pages.person, name="person"),
    path("growth/<slug:team>/people/<slug:member>/step/", acts.give, name="give"),
    path("growth/<slug:team>/people/<slug:member>/trust-ends/", acts.end_trust, name="end-trust"),
    path("growth/<slug:team>/people/<slug:member>/limit/", acts.set_limit, name="limit"),
]
