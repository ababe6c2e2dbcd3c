"""The charter in force: read and compiled once per version, kept for the life of the process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from django.db.models import BigIntegerField, DateTimeField, QuerySet

from remit.charters.models import Version
from remit.core.asked_often import Slot, asked_often
from remit.core.clock import now
from remit.core.errors import Refusal
from remit.people.models import Team
from remit_engine.charter.compiled import CompiledCharter, compile_charter
from remit_engine.charter.reading import read_charter_text


@dataclass(frozen=True, slots=True)
class InForce:
    """A published version and its compiled form."""

    version: Version
    compiled: CompiledCharter


def charter_of(team: Team, moment: datetime | None = None) -> InForce:
    """The charter of a team that is, or was, in force.

    Args:
        team: whose.
        moment: when; now by default.

    Raises:
        Refusal: nothing was published by then.
    """
    found = _published(team=team.pk, moment=moment or now())
    version = found[0] if found else None
    if version is None:
        raise Refusal(
            "no-charter",
            f"{team.name} has no charter yet, so nobody can decide anything here.",
            "A manager publishes one: choose a ready one to begin with.",
        )
    return InForce(version, compiled_version(version))


def charter_ahead(team: Team, moment: datetime) -> None:
    """Say in a write that this will be asked."""
    _published.ahead(team=team.pk, moment=moment)


@asked_often(team=BigIntegerField(), moment=DateTimeField())
def _published(team: Slot, moment: Slot) -> QuerySet[Version]:
    """The version in force; its text is long, and read only where this process sees it for the first time."""
    versions = Version.objects.defer("text").filter(team=team, published_at__lte=moment, withdrawn_at=None)
    return versions.order_by("-published_at", "-number")[:1]


def has_charter(team: Team) -> bool:
    """Whether a team ever published one."""
    return Version.objects.filter(team=team).exists()


def compiled_version(version: Version) -> CompiledCharter:
    """A version, compiled: once for all that have its hash, which covers the whole of what it says."""
    return compiled_of(version.hash)


def compiled_anew(version: Version) -> CompiledCharter:
    """A version, compiled from its text and from those that it extends, whatever its hash says."""
    above = version
    texts: list[str] = []
    while above.extends is not None:
        above = above.extends
        texts.append(above.text)
    rest = iter(texts)
    return compile_charter(read_charter_text(version.text, resolve=lambda _name, _beside: next(rest)).charter)


@lru_cache(maxsize=256)
def compiled_of(hash_: str) -> CompiledCharter:
    """The charter of this hash, compiled; some version has it."""
    versions = Version.objects.select_related("extends__extends").filter(hash=hash_).order_by("pk")
    return compiled_anew(versions[0])
