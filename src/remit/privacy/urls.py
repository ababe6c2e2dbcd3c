"""Addresses of the personal data."""

from __future__ import annotations

from django.urls import path

from remit.privacy.views import about_one, keeping

app_name = "privacy"
_HERE = "personal-data/"

urlpatterns = [
    path(_HERE, about_one.home, name="home"),
    path(f"{_HERE}customers/<int:customer>/", about_one.held, name="held"),
    path(f"{_HERE}customers/<int:customer>/export/", about_one.export, name="ask-export"),
    path(f"{_HERE}customers/<int:customer>/erase/", about_one.erase, name="erase"),
    path(f"{_HERE}people/<slug:word>/erase/", about_one.former, name="erase-member"),
    path(f"{_HERE}exports/<int:number>/", about_one.one_export, name="export"),
    path(f"{_HERE}exports/<int:number>/state/", about_one.export_state, name="export-state"),
    path(f"{_HERE}age/", keeping.age, name="age"),
    path(f"{_HERE}age/stop/", keeping.stop, name="stop"),
    path(f"{_HERE}holds/<int:number>/", keeping.hold, name="hold"),
    path(f"{_HERE}holds/<int:number>/end/", keeping.hold_end, name="end-hold"),
    path(f"{_HERE}kept/", keeping.kept, name="kept"),
    path(f"{_HERE}words/", keeping.words, name="words"),
    path(f"{_HERE}words/<int:number>/", keeping.words_before, name="words-before"),
    path("what-we-keep/", keeping.public, name="public"),
    path("data/<str:token>/", about_one.handed_out, name="handed-out"),
    path("data/<str:token>/file/", about_one.handed_out_file, name="handed-out-file"),
]
