"""Addresses of the charters."""

from __future__ import annotations

from django.urls import path

from remit.charters.views import (
    draft_publishing,
    drafting,
    editing,
    history,
    lending,
    publishing,
    reading,
    rules,
    words,
)

app_name = "charters"
urlpatterns = [
    path("charter/", reading.charters, name="charter"),
    path("charter/begin/", publishing.begin, name="begin"),
    path("charter/publications/<int:number>/", publishing.publication, name="publication"),
    path("charter/drafts/<int:number>/", drafting.board, name="draft"),
    path("charter/drafts/<int:number>/sentences/", drafting.sentences, name="draft-sentences"),
    path("charter/drafts/<int:number>/text/", drafting.text, name="draft-text"),
    path("charter/drafts/<int:number>/talk/", drafting.talk, name="draft-talk"),
    path("charter/drafts/<int:number>/talk/<int:comment>/settle/", drafting.settle, name="draft-settle"),
    path("charter/drafts/<int:number>/revisions/", drafting.revisions, name="draft-revisions"),
    path("charter/drafts/<int:number>/revisions/<int:revision>/", drafting.revision, name="draft-revision"),
    path("charter/drafts/<int:number>/forward/", drafting.forward, name="draft-forward"),
    path("charter/drafts/<int:number>/about/", drafting.about, name="draft-about"),
    path("charter/drafts/<int:number>/publish/", draft_publishing.publish, name="draft-publish"),
    path("charter/drafts/<int:number>/words/", words.words, name="draft-words"),
    path("charter/drafts/<int:number>/words/charter/", words.about_charter, name="draft-charter"),
    path("charter/drafts/<int:number>/words/<slug:section>/", words.word, name="draft-word"),
    path("charter/drafts/<int:number>/cell/", editing.cell, name="draft-cell"),
    path("charter/drafts/<int:number>/new/<slug:section>/", editing.new_rule, name="draft-new-rule"),
    path("charter/drafts/<int:number>/rules/<slug:rule>/", editing.rule, name="draft-rule"),
    path("charter/drafts/<int:number>/rules/<slug:rule>/limit/", editing.limit, name="draft-limit"),
    path("charter/<slug:team>/", reading.team_charter, name="team"),
    path("charter/<slug:team>/ask/", reading.ask, name="ask"),
    path("charter/<slug:team>/rules/<slug:rule>/", rules.rule, name="rule"),
    path("charter/<slug:team>/rules/<slug:rule>/objective/", rules.hang, name="hang-rule"),
    path("charter/<slug:team>/begin/", publishing.begin, name="begin"),
    path("charter/<slug:team>/drafts/", drafting.drafts, name="drafts"),
    path("charter/<slug:team>/publish/", publishing.publish_team, name="publish"),
    path("charter/<slug:team>/versions/", reading.versions_page, name="versions"),
    path("charter/<slug:team>/versions/<int:number>/", reading.version_page, name="version"),
    path("charter/<slug:team>/versions/<int:number>/charter.yaml", reading.text, name="text"),
    path("charter/<slug:team>/versions/<int:number>/seen/", reading.seen, name="seen"),
    path("charter/<slug:team>/versions/<int:number>/act/", history.act, name="version-act"),
    path("charter/<slug:team>/compare/", history.compare, name="compare"),
    path("organisation/charter/checks/", draft_publishing.checks, name="checks"),
    path("organisation/charter/charter.yaml", reading.organisation_text, name="organisation-text"),
    path("organisation/charter/drafts/", drafting.organisation_drafts, name="organisation-drafts"),
    path("organisation/charter/publish/", publishing.publish_organisation, name="publish-organisation"),
    path("delegations/", lending.delegations, name="delegations"),
    path("delegations/<int:number>/end/", lending.end, name="end-delegation"),
    path("delegations/<slug:team>/", lending.lend, name="lend"),
]
