"""Teams, roles and their settings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from zoneinfo import available_timezones

from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.core.writing import write
from remit.people.access import Place, need_owner, need_rank
from remit.people.clocks import NewClock, move_with, said_of
from remit.people.models import Invitation, Member, Membership, Role, Team
from remit.people.money_given import has_given_money
from remit.people.naming import tidy_name, word_for, word_start
from remit.people.vocabulary import CURRENCIES, OPENING_AT_THE_START, Rank
from remit.trail.actions import record

Opening = Sequence[Sequence[Sequence[int]]]

_SETTINGS = ("time_zone", "language", "first_reply_minutes", "next_reply_minutes", "resolution_minutes")


@dataclass(frozen=True, slots=True, kw_only=True)
class TeamSettings:
    """What a manager may say of a team."""

    name: str
    time_zone: str
    currency: str
    language: str
    opening: Opening
    first_reply_minutes: int
    next_reply_minutes: int
    resolution_minutes: int


def change_settings(place: Place, settings: TeamSettings) -> list[str]:
    """Change the settings of a team. With another time zone, what is to come keeps its times; see `clocks`.

    Returns:
        what moved with the clock: `3 big days`, `12 tasks`.

    Raises:
        NotAllowed: by somebody below a manager.
        Refusal: a time zone or currency that there isn't, or a currency that has to stay.
    """
    need_rank(place, Rank.MANAGER, "change the settings of the team")
    _known(settings.time_zone, settings.currency)
    with write():
        team = Team.objects.get(pk=place.team.pk)
        if settings.currency != team.currency and has_given_money(team):
            raise Refusal(
                "currency-stays",
                f"{team} has given money in {team.currency} already.",
                "Its currency stays; make a new team for another one.",
                field="currency",
            )
        wanted: dict[str, object] = {
            "name": tidy_name(settings.name),
            "currency": settings.currency,
            "opening": [[list(stretch) for stretch in day] for day in settings.opening],
            **{field: getattr(settings, field) for field in _SETTINGS},
        }
        changed = [field for field, value in wanted.items() if getattr(team, field) != value]
        if not changed:
            return []
        before = team.zone
        for field in changed:
            setattr(team, field, wanted[field])
        team.save(update_fields=changed)
        moved = move_with(NewClock(team, before, place.member)) if "time_zone" in changed else {}
        record(
            "team-settings-changed",
            f"team:{team.word}",
            by=place.member,
            team=team,
            words=team.name,
            **{field: wanted[field] for field in changed if field != "name"},
            **({"moved": moved} if moved else {}),
        )
        return said_of(moved)


def make_team(by: Member, name: str, *, time_zone: str, currency: str, like: Team | None = None) -> Team:
    """An owner makes a team, and manages it until somebody else does.

    Args:
        by: the owner.
        name: of the team.
        time_zone: its own.
        currency: its own.
        like: the team whose opening hours, language and deadlines it begins with.

    Raises:
        NotAllowed: by somebody who isn't an owner.
        Refusal: a time zone or currency that there isn't, or no role that manages.
    """
    need_owner(by, "make a team")
    _known(time_zone, currency)
    tidy = tidy_name(name)
    with write():
        manages = Role.objects.filter(rank__gte=Rank.MANAGER).order_by("rank").first()
        if manages is None:
            raise Refusal("no-managing-role", "No role stands as high as a manager.", "Make one first.")
        taken = Team.objects.filter(word__startswith=word_start(name, "team")).values_list("word", flat=True)
        team = Team(
            word=word_for(name, taken, "team"),
            name=tidy,
            time_zone=time_zone,
            currency=currency,
            opening=OPENING_AT_THE_START,
            created_at=now(),
        )
        if like is not None:
            for field in ("opening", *_SETTINGS[1:]):
                setattr(team, field, getattr(like, field))
        team.save()
        Membership.objects.create(member=by, team=team, role=manages, since=now())
        record("team-made", f"team:{team.word}", by=by, team=team, words=tidy, like=like.word if like else "")
    return team


def _known(time_zone: str, currency: str) -> None:
    if time_zone not in available_timezones():
        raise Refusal(
            "zone-unknown",
            "There is no such time zone.",
            "Choose one from the list, such as Europe/Berlin.",
            field="time_zone",
        )
    if currency not in dict(CURRENCIES):
        raise Refusal(
            "currency-unknown",
            "Remit can't count in that currency.",
            "Choose one from the list.",
            field="currency",
        )


def save_role(by: Member, word: str, title: str, rank: int) -> Role:
    """An owner adds a role, or changes the title and rank of one; its word stays for ever.

    Args:
        by: the owner.
        word: of the role; "" for a new one.
        title: as people see it.
        rank: 1 to 99.

    Raises:
        NotAllowed: by somebody who isn't an owner.
        NotThere: there is no role of that word.
        Refusal: the rank is none, or nobody would manage any more.
    """
    need_owner(by, "change the roles")
    if not 1 <= rank < Rank.OWNER:
        raise Refusal(
            "rank-out-of-range",
            "A rank is a number from 1 to 99.",
            "An owner alone stands higher.",
            field="rank",
        )
    tidy = tidy_name(title)
    with write():
        if not word:
            taken = Role.objects.values_list("word", flat=True)
            role = Role.objects.create(word=word_for(tidy, taken, "role"), title=tidy, rank=rank)
            record("role-made", f"role:{role.word}", by=by, words=tidy, rank=rank)
            return role
        found = Role.objects.filter(word=word).first()
        if found is None:
            raise NotThere("role")
        if found.rank >= Rank.MANAGER > rank:
            _still_managed(found)
        if (found.title, found.rank) != (tidy, rank):
            found.title, found.rank = tidy, rank
            found.save(update_fields=["title", "rank"])
            record("role-described", f"role:{word}", by=by, words=tidy, rank=rank)
    return found


def _still_managed(role: Role) -> None:
    if not Role.objects.filter(rank__gte=Rank.MANAGER).exclude(pk=role.pk).exists():
        raise Refusal(
            "no-managing-role",
            "Then no role would stand as high as a manager.",
            f"Keep one at {int(Rank.MANAGER)} or above.",
            field="rank",
        )
    managed = Membership.objects.filter(until=None, role__rank__gte=Rank.MANAGER).exclude(role=role)
    teams = Membership.objects.filter(until=None, role=role).exclude(team__in=managed.values("team"))
    alone = teams.select_related("team").first()
    if alone is not None:
        raise Refusal(
            "last-manager",
            f"Then nobody would manage {alone.team}.",
            "Give somebody there another role first.",
            field="rank",
        )


def remove_role(by: Member, word: str) -> None:
    """An owner removes a role that nobody ever had; nothing happens where it is gone.

    Raises:
        NotAllowed: by somebody who isn't an owner.
        Refusal: somebody has it, had it, or is invited into it, or it is the last that manages.
    """
    need_owner(by, "change the roles")
    with write():
        role = Role.objects.filter(word=word).first()
        if role is None:
            return
        if Membership.objects.filter(role=role).exists() or Invitation.objects.filter(role=role).exists():
            raise Refusal(
                "role-in-use",
                f"{role.title} is a role that somebody has or had.",
                "What they decided names it. Rename it, or leave it unused.",
            )
        if role.rank >= Rank.MANAGER:
            _still_managed(role)
        role.delete()
        record("role-removed", f"role:{word}", by=by)
