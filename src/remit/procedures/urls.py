"""Addresses of the app `procedures`."""

from __future__ import annotations

from django.urls import path

from remit.procedures.views import drafting, publishing, reading, translating
from remit.procedures.views import path as path_views

app_name = "procedures"
urlpatterns = [
    path("procedures/", reading.procedures, name="list"),
    path("procedures/first/", path_views.teams, name="paths"),
    path("procedures/first/<slug:team>/", path_views.path, name="path"),
    path("procedures/first/<slug:team>/change/", path_views.change, name="change-path"),
    path("procedures/new/", drafting.new, name="new"),
    path("procedures/pictures/<int:number>/", reading.picture, name="picture"),
    path("procedures/drafts/<int:number>/", drafting.draft, name="draft"),
    path("procedures/drafts/<int:number>/states/", drafting.revisions, name="draft-states"),
    path("procedures/drafts/<int:number>/states/<int:revision>/", drafting.undo, name="draft-undo"),
    path("procedures/drafts/<int:number>/text/", drafting.as_text, name="draft-text"),
    path("procedures/drafts/<int:number>/draft.md", drafting.text_file, name="draft-file"),
    path("procedures/drafts/<int:number>/look/", publishing.publish_page, name="draft-publish"),
    path("procedures/drafts/<int:number>/publication/", publishing.publish, name="publish"),
    path("procedures/drafts/<int:number>/proposal/", publishing.hand_in, name="hand-in"),
    path("procedures/drafts/<int:number>/answer/", publishing.answer, name="answer"),
    path("procedures/drafts/<int:number>/away/", publishing.put_away, name="put-away"),
    path("procedures/drafts/<int:number>/forward/", publishing.forward, name="forward"),
    path("procedures/<int:number>/", reading.procedure, name="procedure"),
    path("procedures/<int:number>/clear/", reading.clear, name="clear"),
    path("procedures/<int:number>/unclear/", reading.unclear, name="unclear"),
    path("procedures/<int:number>/questions/", reading.questions, name="questions"),
    path("procedures/<int:number>/stumbled/", reading.confused, name="confused"),
    path("procedures/<int:number>/versions/", reading.history, name="history"),
    path("procedures/<int:number>/versions/<int:version>/", reading.version, name="version"),
    path("procedures/<int:number>/versions/<int:version>/again/", drafting.restore, name="restore"),
    path("procedures/<int:number>/languages/", translating.languages, name="languages"),
    path("procedures/<int:number>/language/", translating.read_in, name="read-in"),
    path("procedures/<int:number>/draft/", drafting.change, name="change"),
    path("procedures/<int:number>/care/", publishing.look_after, name="look-after"),
    path("procedures/<int:number>/out-of-use/", publishing.retire, name="retire"),
    path("procedures/<int:number>/in-use/", publishing.bring_back, name="bring-back"),
    path("procedures/<int:number>/procedure.md", reading.markdown, name="markdown"),
    path("procedures/<int:number>/wall/", reading.wall, name="wall"),
]
