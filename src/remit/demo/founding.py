"""Makes the organisation, its teams and people, their shifts and charters; each act at its own time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, time, timedelta
from pathlib import Path
from random import Random
from typing import Final
from zoneinfo import ZoneInfo

from django.contrib.auth.hashers import make_password

from remit.charters.in_force import InForce
from remit.charters.models import Version
from remit.charters.vocabulary import PUBLISHED
from remit.complaints.models import SavedReply
from remit.core import clock
from remit.demo.bulk.house import House, by_start
from remit.demo.bulk.record import Record
from remit.demo.bulk.rows import Rows
from remit.demo.cast import MAIN, ORGANISATION, OWNER, Colleague, Place, Works, sisters
from remit.demo.rolled import ROOM, ROOM_WHY
from remit.demo.words.answers import SAVED_REPLIES
from remit.people.models import Duty, Member, Membership, Organisation, Role, Team
from remit.people.vocabulary import ROLES_AT_THE_START
from remit_engine.charter.compiled import compile_charter
from remit_engine.charter.difference import difference
from remit_engine.charter.reading import read_charter_text

ALL_DAY: Final = [[[0, 1440]]] * 7
"""The house delivers around the clock, so that its deadlines run whenever somebody looks at it."""
PERSONAS: Final = ("ana", "sam", "mia", "ola")
"""Those whom a visitor can be; on duty at the end of the time, whatever the hour is."""
NO_PASSWORD: Final = "!demo"  # noqa: S105
"""What stands in place of a password: none opens it, and it tells those who were made for the demo."""
PIN: Final = "2580"
"""Everybody's: on a shared screen, the banner says it."""
_FILES: Final = Path(__file__).with_name("charters")
_SECOND_CHARTER_DAYS: Final = 148
_PLANNED_AHEAD_DAYS: Final = 14
_SISTER_SHIFT_DAYS: Final = 24
_FIRST_WHY: Final = "Small things shall be made right at once. For everything else we begin with a yes."
_SECOND_WHY: Final = "Seven good months: a little more room for all, and invitations go ahead by themselves."
Act = tuple[datetime, Iterator[datetime]]
"""Something that happens at a moment; see `remit.demo.playing`."""


@dataclass(frozen=True, slots=True)
class Founded:
    """What is there before the first complaint.

    Attributes:
        houses: the main team first.
        acts: what was done to get there, for the trail.
        owner: of all of it.
    """

    houses: list[House]
    acts: list[Act]
    owner: Member


class Founding:
    """Makes the rows of teams and people.

    Args:
        rows: where they go.
        trail: where their acts go.
        rng: draws names.
        end: the end of the demo's time.
    """

    def __init__(self, rows: Rows, trail: Record, rng: Random, end: datetime) -> None:
        self._rows, self._trail, self._rng, self._end = rows, trail, rng, end
        self._acts: list[Act] = []
        self._roles: dict[str, Role] = {}
        self._pin = make_password(PIN, salt="the-demo-is-always-the-same")

    def found(self) -> Founded:
        """Everything."""
        begun = self._ago(OWNER.since)
        self._rows.add(Organisation(name=ORGANISATION, created_at=begun))
        for word, title, rank in (*ROLES_AT_THE_START, ("assistant", "Assistant", 5)):
            self._roles[word] = self._rows.add(Role(word=word, title=title, rank=rank))
        owner = self._member(OWNER, is_owner=True)
        houses = [self._house(place, owner) for place in (MAIN, *sisters(self._rng))]
        for house in houses:
            house.owners = [
                each
                for other in houses
                for each in other.memberships
                if each.member == owner and other != house
            ]
        self._charters(houses, owner)
        for title, text, category in SAVED_REPLIES:
            self._rows.add(SavedReply(team=houses[0].team, title=title, text=text, category=category))
        return Founded(houses, self._acts, owner)

    def _ago(self, days: float) -> datetime:
        """A moment in the morning, so many days before the end."""
        day = (self._end - timedelta(days=days)).date()
        at = datetime.combine(day, time(9, self._rng.randrange(60)), tzinfo=ZoneInfo("UTC"))
        return min(at, self._end - timedelta(hours=1))

    def _act(self, at: datetime, act: str, subject: str, by: Member, team: Team | None, **data: str) -> None:
        def happens() -> Iterator[datetime]:
            self._trail.record(act, subject, by=by, team=team, **data)
            yield from ()

        self._acts.append((at, happens()))

    def _house(self, place: Place, owner: Member) -> House:
        begun = self._ago(place.since)
        team = self._rows.add(
            Team(
                word=place.word,
                name=place.name,
                time_zone=place.zone,
                currency="EUR",
                opening=ALL_DAY,
                created_at=begun,
            )
        )
        house = House(team)
        house.memberships.append(
            self._rows.add(
                Membership(member=owner, team=team, role=self._roles["manager"], since=begun, pin=self._pin)
            )
        )
        if place == MAIN:
            self._act(begun, "organisation-began", f"team:{team.word}", owner, team, words=ORGANISATION)
        else:
            self._act(begun, "team-made", f"team:{team.word}", owner, team, words=place.name, like=MAIN.word)
        for colleague in place.people:
            self._joins(house, colleague, owner)
        self._shifts(house, place)
        return house

    def _member(self, colleague: Colleague, *, is_owner: bool = False) -> Member:
        return self._rows.add(
            Member(
                word=colleague.word,
                name=colleague.name,
                email=None if colleague.is_software else f"{colleague.word}@keller.example",
                password=NO_PASSWORD,
                is_owner=is_owner,
                is_software=colleague.is_software,
                joined_at=self._ago(colleague.since),
                left_at=self._ago(colleague.until) if colleague.until else None,
            )
        )

    def _joins(self, house: House, colleague: Colleague, owner: Member) -> None:
        member, team = self._member(colleague), house.team
        role = self._roles[colleague.role]
        membership = Membership(
            member=member,
            team=team,
            role=role,
            since=member.joined_at,
            until=member.left_at,
            pin="" if colleague.is_software else self._pin,
        )
        house.memberships.append(self._rows.add(membership))
        subject = f"member:{member.word}"
        joined = {"words": member.name, "role": role.word}
        self._act(member.joined_at, "member-joined", subject, member, team, **joined)
        if member.left_at is not None:
            self._act(member.left_at, "member-left", subject, owner, team, role=role.word)

    def _shifts(self, house: House, place: Place) -> None:
        """Planned shifts: all the year in the main team, the last weeks in the others."""
        zone = ZoneInfo(place.zone)
        past = place.since if place == MAIN else _SISTER_SHIFT_DAYS
        today = self._end.astimezone(zone).date()
        duties = []
        planner = house.memberships[1].member
        works = {colleague.word: colleague.works for colleague in place.people}
        for day in (today + timedelta(days=number) for number in range(-past, _PLANNED_AHEAD_DAYS)):
            monday = datetime.combine(day - timedelta(days=day.weekday() + 7), time(15), tzinfo=zone)
            for membership in house.memberships:
                first, last, days = works.get(membership.member.word, Works.NEVER).value
                midnight = datetime.combine(day, time(), tzinfo=zone)
                begins, ends = midnight + timedelta(hours=first), midnight + timedelta(hours=last)
                left = membership.until or ends
                if day.weekday() not in days or begins < membership.since or ends > left:
                    continue
                duty = Duty(membership=membership, starts_at=begins, ends_at=ends, is_planned=True)
                duties.append(self._rows.add(duty))
                planned = min(max(monday, membership.since), begins, self._end - timedelta(hours=3))
                self._act(
                    planned,
                    "shift-planned",
                    f"member:{membership.member.word}",
                    planner,
                    house.team,
                    starts=begins.astimezone(ZoneInfo("UTC")).isoformat(timespec="minutes"),
                    ends=ends.astimezone(ZoneInfo("UTC")).isoformat(timespec="minutes"),
                )
        house.duties = by_start(duties)
        if place == MAIN:
            self._tap(house)

    def _tap(self, house: House) -> None:
        """Those whom a visitor can be are on duty at the end, by a shift or by a tap."""
        for membership in house.memberships:
            if membership.member.word not in PERSONAS:
                continue
            with clock.at(self._end):
                if house.is_on_duty(membership):
                    continue
            since = self._end - timedelta(minutes=self._rng.randrange(70, 150))
            duties = house.duties.setdefault(membership.pk, [])
            last = max(
                (each.ends_at for each in duties if each.ends_at and each.ends_at < self._end), default=since
            )
            duty = self._rows.add(Duty(membership=membership, starts_at=max(since, last)))
            duties.append(duty)
            duties.sort(key=lambda each: each.starts_at)
            subject = f"member:{membership.member.word}"
            self._act(duty.starts_at, "duty-begun", subject, membership.member, house.team)

    def _charters(self, houses: list[House], owner: Member) -> None:
        main, *others = houses
        mia = next(each.member for each in main.memberships if each.member.word == "mia")
        first = (_FILES / "harbour-1.yaml").read_text(encoding="utf-8")
        second = (_FILES / "harbour-2.yaml").read_text(encoding="utf-8")
        begun = main.memberships[1].since + timedelta(hours=2)
        self._publish(main, first, _FIRST_WHY, begun, by=owner, second=mia)
        self._publish(main, second, _SECOND_WHY, self._ago(_SECOND_CHARTER_DAYS), by=mia)
        sister = (_FILES / "sister.yaml").read_text(encoding="utf-8")
        for house in others:
            text = sister.replace("charter: Our house", f"charter: {house.team.name}")
            manager = house.memberships[1]
            begun = manager.since + timedelta(hours=2)
            self._publish(house, text, _FIRST_WHY, begun, by=owner, second=manager.member)
            wider = text.replace("upto: 30\n", "upto: 45\n", 1)
            self._publish(
                house, wider, ROOM_WHY, self._ago(ROOM[house.team.word]), by=owner, second=manager.member
            )

    def _publish(
        self, house: House, text: str, why: str, at: datetime, *, by: Member, second: Member | None = None
    ) -> None:
        compiled = compile_charter(read_charter_text(text).charter)
        before = house.charters[-1] if house.charters else None
        version = self._rows.add(
            Version(
                team=house.team,
                number=len(house.charters) + 1,
                name=compiled.charter.name,
                text=text,
                hash=compiled.hash,
                why=why,
                published_by=by,
                published_at=at,
                seconded_by=second,
            )
        )
        changes = difference(before.compiled.charter, compiled.charter, at.date()) if before else None
        house.charters.append(InForce(version, compiled))
        data = {
            "version": version.number,
            "hash": version.hash,
            "seconded_by": second.word if second else "",
            "alone": False,
            "gains": len(changes.gains) if changes else None,
            "losses": len(changes.losses) if changes else None,
        }

        def happens() -> Iterator[datetime]:
            subject = f"charter:{house.team.word}"
            self._trail.record(PUBLISHED, subject, by=by, team=house.team, words=why, **data)
            yield from ()

        self._acts.append((at, happens()))
