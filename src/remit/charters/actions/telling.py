"""Who is told of a version: that it was published, that it is in force now, that a trial has ended."""

from __future__ import annotations

from remit.charters.in_force import compiled_version
from remit.charters.models import TookEffect, Version
from remit.charters.notices import changed, took_effect, trial_ended
from remit.charters.queries.looking import about_person, changes_between
from remit.charters.vocabulary import TOOK_EFFECT, TRIAL_ENDED
from remit.core.clock import now
from remit.notices.actions import settle, tell
from remit.people.access import people_who_manage
from remit.people.facts import person_of
from remit.people.models import Member, Membership, Team
from remit.trail.actions import record
from remit_engine.charter.difference import Difference
from remit_engine.charter.request import Person
from remit_engine.errors import InputError


def tell_in_force(version: Version, *, by: Member | None) -> None:
    """Write into the trail that a version is in force, and tell the team what changed for each. Once."""
    team = version.team
    if team is None or TookEffect.objects.filter(version=version).exists():
        return
    TookEffect.objects.create(version=version, at=now())
    act = TRIAL_ENDED if version.ends_id else TOOK_EFFECT
    record(
        act,
        subject_of(team),
        by=by,
        team=team,
        version=version.number,
        trial=version.ends.number if version.ends else None,
    )
    before = (
        Version.objects.select_related("extends__extends")
        .filter(team=team, withdrawn_at=None, published_at__lte=version.published_at)
        .exclude(pk=version.pk)
        .order_by("-published_at", "-number")
        .first()
    )
    changes = _changes(before, version, team)
    message = trial_ended if version.ends_id else took_effect
    settle(subject_of(team))
    for person, member in _people(team):
        mine = about_person(changes.regions, person) if changes else []
        more = sum(region.gains for region in mine)
        tell([member], message(version, team, more=more, less=len(mine) - more))
    if version.ends is not None:
        tell(people_who_manage(team), trial_ended(version, team, more=0, less=0, asks=True))


def _changes(before: Version | None, version: Version, team: Team) -> Difference | None:
    if before is None:
        return None
    day = version.published_at.astimezone(team.zone).date()
    try:
        return changes_between(compiled_version(before), compiled_version(version), day)
    except InputError:
        return None


def tell_published(version: Version, team: Team, changes: Difference | None, *, but: set[int]) -> None:
    """Everybody in the team is told how much changes for them."""
    settle(subject_of(team))
    for person, member in _people(team):
        if member.pk in but:
            continue
        mine = about_person(changes.regions, person) if changes else []
        more = sum(region.gains for region in mine)
        tell([member], changed(version, team, more=more, less=len(mine) - more))


def _people(team: Team) -> list[tuple[Person, Member]]:
    memberships = Membership.objects.select_related("member", "role", "team").filter(
        team=team, until=None, member__left_at=None, member__is_software=False
    )
    return [(person_of(each), each.member) for each in memberships]


def subject_of(team: Team | None) -> str:
    """What the trail and notices call the charter of a team, or of the organisation."""
    return f"charter:{team.word}" if team else "charter"
