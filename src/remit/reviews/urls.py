"""Addresses of the app `reviews`."""

from __future__ import annotations

from django.urls import path

from remit.reviews import views

app_name = "reviews"
urlpatterns = [
    path("reviews/", views.to_do, name="to-do"),
    path("reviews/mine/", views.mine, name="mine"),
    path("reviews/teams/", views.teams, name="teams"),
    path("reviews/<int:number>/", views.review, name="review"),
    path("reviews/<int:number>/opinion/", views.opinion, name="opinion"),
    path("reviews/<int:number>/seen/", views.seen, name="seen"),
    path("reviews/<int:number>/answer/", views.answer, name="answer"),
    path("reviews/<int:number>/helpful/", views.helpful, name="helpful"),
    path("decisions/<int:decision>/look/", views.want, name="want"),
    path("teams/<slug:team>/reviews/", views.team_page, name="team"),
    path("teams/<slug:team>/reviews/budget/", views.budget, name="budget"),
    path("reviews/weeks/<int:number>/", views.week, name="week"),
    path("reviews/weeks/<int:number>/draw.json", views.draw_file, name="draw-file"),
]
