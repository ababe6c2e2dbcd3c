"""Addresses of the charters."""

from __future__ import annotations

from django.urls import path

from remit.charters.views import lending, publishing, reading

app_name = "charters"
urlpatterns = [
    path("charter/", reading.charters, name="charter"),
    path("charter/begin/", publishing.begin, name="begin"),
    path("charter/publications/<int:number>/", publishing.publication, name="publication"),
    path("charter/<slug:team>/", reading.team_charter, name="team"),
    path("charter/<slug:team>/ask/", reading.ask, name="ask"),
    path("charter/<slug:team>/begin/", publishing.begin, name="begin"),
    path("charter/<slug:team>/publish/", publishing.publish_team, name="publish"),
    path("charter/<slug:team>/versions/", reading.versions_page, name="versions"),
    path("charter/<slug:team>/versions/<int:number>/", reading.version_page, name="version"),
    path("charter/<slug:team>/versions/<int:number>/charter.yaml", reading.text, name="text"),
    path("charter/<slug:team>/versions/<int:number>/seen/", reading.seen, name="seen"),
    path("organisation/charter/charter.yaml", reading.organisation_text, name="organisation-text"),
    path("organisation/charter/publish/", publishing.publish_organisation, name="publish-organisation"),
    path("delegations/", lending.delegations, name="delegations"),
    path("delegations/<int:number>/end/", lending.end, name="end-delegation"),
    path("delegations/<slug:team>/", lending.lend, name="lend"),
]
