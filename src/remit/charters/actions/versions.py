"""Versions as rows: in force from now or from a day on, a trial with its way back, taken out.

What is in force is only a question of time: a trial is written together with the version that follows it,
which says again what was in force before. So it ends to the second, whether or not a worker runs; a job only
tells.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Any

from django.db.models import Max, QuerySet

from remit.charters.actions.telling import subject_of, tell_in_force, tell_published
from remit.charters.actions.terms import AT_ONCE, Terms
from remit.charters.actions.turning import tell_on_its_days
from remit.charters.models import Version
from remit.charters.queries.looking import Look
from remit.charters.vocabulary import PUBLISHED, WITHDRAWN
from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.jobs.queue import later
from remit.people.access import need_rank, place_in
from remit.people.models import Member, Team
from remit.people.vocabulary import Rank
from remit.trail.actions import record
from remit_engine.charter.naming import charter_hash
from remit_engine.charter.reading import read_charter_text


@dataclass(frozen=True, slots=True)
class Hands:
    """Who publishes: one person, or two.

    Attributes:
        by: the publisher.
        second: the second one, where it takes two.
        is_alone: a sole owner did without one.
    """

    by: Member
    second: Member | None = None
    is_alone: bool = False

    @property
    def all_of_them(self) -> set[int]:
        """Their numbers."""
        return {self.by.pk} | ({self.second.pk} if self.second else set())


def write_version(
    hands: Hands,
    look: Look,
    why: str,
    above: Version | None,
    terms: Terms = AT_ONCE,
    *,
    goes_on: bool = False,
) -> Version:
    """Write a version; what was to come into force after it begins gives way to it.

    Args:
        hands: who publishes.
        look: at its text, without a mistake.
        why: what the change is for.
        above: the version of the organisation that it extends, if it does.
        terms: when it holds.
        goes_on: it says what was in force, on top of another charter of the organisation: what was to come
            stays, and so does the way back of a trial (see `move_what_waits`).

    Raises:
        Refusal: the text has a mistake after all.
    """
    if look.compiled is None:
        raise Refusal("charter-has-mistakes", "The charter has a mistake.", "Mend it first.", field="text")
    start = _moment(look.team, terms.starts_on, look.base)
    gone = [] if goes_on else _withdraw_from(hands.by, look.team, start)
    version = Version.objects.create(
        team=look.team,
        number=_next_number(look.team),
        name=look.compiled.charter.name[:200],
        text=look.text,
        extends=above,
        hash=look.compiled.hash,
        why=why.strip(),
        published_by=hands.by,
        published_at=start,
        seconded_by=hands.second,
        is_alone=hands.is_alone,
        trial_until=terms.trial_until,
        question=terms.question.strip() if terms.trial_until else "",
    )
    _record(version, hands, look, gone)
    if start > now():
        _come_later(version)
    if look.team is not None:
        tell_on_its_days(look.team, look.compiled.charter)
        tell_published(version, look.team, look.changes, but=hands.all_of_them)
        if terms.trial_until is not None and not goes_on:
            _write_way_back(version, look.team)
    return version


def _record(version: Version, hands: Hands, look: Look, gone: list[int]) -> None:
    extra: dict[str, object] = {}
    if version.published_at > now():
        extra["from"] = version.published_at.isoformat()
    if version.trial_until is not None:
        extra["trial_until"] = version.trial_until.isoformat()
    if gone:
        extra["instead_of"] = gone
    record(
        PUBLISHED,
        subject_of(look.team),
        by=hands.by,
        team=look.team,
        words=version.why,
        version=version.number,
        hash=version.hash,
        seconded_by=hands.second.word if hands.second else "",
        alone=hands.is_alone,
        gains=len(look.changes.gains) if look.changes else None,
        losses=len(look.changes.losses) if look.changes else None,
        **extra,
    )


def _write_way_back(trial: Version, team: Team) -> Version:
    """The version that follows a trial: what holds just before the trial, once more."""
    before = (
        Version.objects.filter(team=team, published_at__lte=trial.published_at, withdrawn_at=None)
        .exclude(pk=trial.pk)
        .order_by("-published_at", "-number")
        .first()
    )
    if before is None or trial.trial_until is None:
        raise Refusal("nothing-to-go-back-to", "There is nothing to go back to.", "Publish it for good.")
    back = _once_more(
        before,
        why=f"The trial of version {trial.number} has ended.",
        published_by=trial.published_by,
        published_at=_begin_of(team, trial.trial_until + timedelta(days=1)),
        seconded_by=trial.seconded_by,
        is_alone=trial.is_alone,
        ends=trial,
    )
    _come_later(back)
    return back


def move_what_waits(team: Team, above: Version, above_text: str, by: Member) -> None:
    """Write what is still to come in a team once more, on top of a new version of the organisation's charter.

    Args:
        team: with charters that extend it.
        above: the new version.
        above_text: its text.
        by: who published that.
    """
    waiting = list(_to_come(team, now()).filter(extends__isnull=False))
    running = Version.objects.filter(team=team, withdrawn_at=None, published_at__lte=now()).latest(
        "published_at", "number"
    )
    for each in waiting:
        read = read_charter_text(each.text, resolve=lambda _name, _beside: above_text)
        _withdraw(each, by)
        again = _once_more(
            each,
            extends=above,
            hash=charter_hash(read.charter),
            why=each.why,
            published_by=each.published_by,
            published_at=each.published_at,
            seconded_by=each.seconded_by,
            is_alone=each.is_alone,
            trial_until=each.trial_until,
            question=each.question,
            ends=running if each.ends_id is not None and running.trial_until else None,
        )
        _come_later(again)


def end_trial(member: Member, version: Version) -> Version:
    """Go back now to what was in force before a trial, rather than at its end.

    Raises:
        NotAllowed: it takes a manager.
        Changed: the trial isn't running.
    """
    with write():
        team = version.team
        back = _to_come(team, now()).filter(ends=version).first() if team is not None else None
        if team is None or back is None or version.published_at > now():
            raise Changed(
                "no-such-trial", "This trial isn’t running.", "Look at the charter that is in force."
            )
        need_rank(place_in(member, team), Rank.MANAGER, "end a trial")
        _withdraw(back, member)
        again = _once_more(
            back,
            why=f"The trial of version {version.number} was ended early.",
            published_by=member,
            published_at=now(),
            ends=version,
        )
        tell_in_force(again, by=member)
        return again


def withdraw(member: Member, version: Version) -> None:
    """Take out a version before it comes into force; with a trial that hasn't begun, its way back.

    Raises:
        NotAllowed: it takes a manager.
        Changed: it is in force already, or was taken out.
        Refusal: it is the way back of a trial that runs.
    """
    with write():
        team = version.team
        if team is None or version.withdrawn_at is not None or version.published_at <= now():
            raise Changed("in-force", "It is in force already, or was taken out.", "Publish another one.")
        need_rank(place_in(member, team), Rank.MANAGER, "take out a version")
        if version.ends_id is not None:
            raise Refusal(
                "way-back",
                "It ends a trial.",
                "To keep the trial for good, publish its text once more, without an end.",
            )
        for each in (version, *_to_come(team, now()).filter(ends=version)):
            _withdraw(each, member)
        record(WITHDRAWN, subject_of(team), by=member, team=team, version=version.number)


def come_into_force(number: int) -> None:
    """A version that was published for later is in force: written into the trail, and told. Once.

    Args:
        number: of its row.
    """
    with write():
        version = Version.objects.select_related("team", "published_by", "ends").filter(pk=number).first()
        if version is None or version.withdrawn_at is not None or version.published_at > now():
            return
        tell_in_force(version, by=None)


def _withdraw_from(member: Member, team: Team | None, start: datetime) -> list[int]:
    """Take out what was to come into force from a moment on; the numbers of it."""
    waiting = list(_to_come(team, start))
    for each in waiting:
        _withdraw(each, member)
    return [each.number for each in waiting]


def _withdraw(version: Version, member: Member) -> None:
    Version.objects.filter(pk=version.pk, withdrawn_at=None).update(withdrawn_at=now())
    record(WITHDRAWN, subject_of(version.team), by=member, team=version.team, version=version.number)


def _to_come(team: Team | None, moment: datetime) -> QuerySet[Version]:
    """Versions that are to come into force, from a moment on."""
    return (
        Version.objects.select_related("team", "published_by", "extends", "ends")
        .filter(team=team, withdrawn_at=None, published_at__gt=now(), published_at__gte=moment)
        .order_by("published_at", "number")
    )


def _once_more(version: Version, **terms: Any) -> Version:  # noqa: ANN401 (columns of a version)
    """A version that says what another one says, word for word, on other terms."""
    said = {name: getattr(version, name) for name in ("team", "name", "text", "extends", "hash")}
    return Version.objects.create(**(said | {"number": _next_number(version.team)} | terms))


def _next_number(team: Team | None) -> int:
    return (Version.objects.filter(team=team).aggregate(most=Max("number"))["most"] or 0) + 1


def _moment(team: Team | None, day: date | None, base: Version | None) -> datetime:
    if day is not None and team is not None:
        return _begin_of(team, day)
    return max(now(), base.published_at) if base else now()


def _begin_of(team: Team, day: date) -> datetime:
    return datetime.combine(day, time(), tzinfo=team.zone)


def _come_later(version: Version) -> None:
    later(
        "remit.charters.jobs.tell_in_force",
        run_at=version.published_at,
        version=version.pk,
    )
