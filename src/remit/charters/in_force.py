"""The charter in force: read and compiled once per version, kept for the life of the process."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from functools import lru_cache

from remit.charters.models import Version
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
    version = (
        Version.objects.select_related("extends__extends")
        .filter(team=team, published_at__lte=moment or now())
        .order_by("-published_at", "-number")
        .first()
    )
    if version is None:
        raise Refusal(
            "no-charter",
            f"{team.name} has no charter yet, so nobody can decide anything here.",
            "A manager publishes one: choose a ready one to begin with.",
        )
    return InForce(version, compiled_version(version))


def has_charter(team: Team) -> bool:
    """Whether a team ever published one."""
    return Version.objects.filter(team=team).exists()


def compiled_version(version: Version) -> CompiledCharter:
    """A version, compiled; it never changes, so it is made once."""
    return _compiled(version.hash, _texts_of(version))


def _texts_of(version: Version) -> tuple[str, ...]:
    texts: list[str] = []
    above: Version | None = version
    while above is not None:
        texts.append(above.text)
        above = above.extends
    return tuple(texts)


@lru_cache(maxsize=256)
def _compiled(_hash: str, texts: tuple[str, ...]) -> CompiledCharter:
    above = iter(texts[1:])
    return compile_charter(read_charter_text(texts[0], resolve=lambda _name, _beside: next(above)).charter)
