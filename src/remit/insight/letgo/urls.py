"""Addresses of the pages about letting go, and about what is worth a look."""

from __future__ import annotations

from django.urls import path

from remit.insight.hold_on import views as hold_on_views
from remit.insight.letgo import settings_views, views
from remit.insight.letgo import trial_views as trials

app_name = "letgo"
urlpatterns = [
    path("let-go/", views.let_go, name="let-go"),
    path("let-go/<slug:team>/", views.team, name="team"),
    path("let-go/<slug:team>/look/", views.look_now, name="look"),
    path("let-go/<slug:team>/mirror/", views.mirror, name="mirror"),
    path("let-go/<slug:team>/settings/", settings_views.settings, name="settings"),
    path("let-go/<slug:team>/settings/people/", settings_views.about_people, name="about-people"),
    path("let-go/<slug:team>/<int:number>/", views.finding, name="finding"),
    path("let-go/<slug:team>/<int:number>/take/<slug:sort>/", views.take, name="take"),
    path("let-go/<slug:team>/<int:number>/not-now/", views.not_now, name="not-now"),
    path("let-go/<slug:team>/<int:number>/again/", views.again, name="again"),
    path("let-go/<slug:team>/trials/<int:number>/", trials.trial, name="trial"),
    path("let-go/<slug:team>/trials/<int:number>/<slug:act>/", trials.end, name="end-trial"),
    path("hold-on/<int:number>/", hold_on_views.hold_on, name="hold-on"),
]
