"""Addresses: each app names its own."""

from __future__ import annotations

from django.urls import URLPattern, URLResolver, include, path

from remit.core.why_hint import why_hint

urlpatterns: list[URLPattern | URLResolver] = [
    path("", include("remit.today.urls")),
    path("why-hint/", why_hint, name="why-hint"),
    path("", include("remit.people.urls")),
    path("", include("remit.notices.urls")),
    path("", include("remit.upkeep.urls")),
    path("", include("remit.purpose.urls")),
    path("", include("remit.inbox.urls")),
    path("", include("remit.procedures.urls")),
    path("", include("remit.work.urls")),
    path("", include("remit.pulse.urls")),
    path("", include("remit.voice.urls")),
    path("", include("remit.charters.urls")),
    path("", include("remit.rollouts.urls")),
    path("", include("remit.events.urls")),
    path("", include("remit.remedies.urls")),
    path("", include("remit.complaints.urls")),
    path("", include("remit.complaints.urls.approvals")),
    path("", include("remit.complaints.urls.remedies")),
    path("", include("remit.reviews.urls")),
    path("", include("remit.growth.urls")),
    path("", include("remit.practice.urls")),
    path("", include("remit.findings.urls")),
    path("", include("remit.insight.urls")),
    path("", include("remit.insight.balance.urls")),
    path("", include("remit.insight.causes.urls")),
    path("", include("remit.insight.hats.urls")),
    path("", include("remit.insight.letgo.urls")),
    path("", include("remit.privacy.urls")),
    path("", include("remit.demo.urls")),
]
handler403 = "remit.core.pages.not_allowed"
handler404 = "remit.core.pages.not_there"
handler500 = "remit.watching.pages.broken"
