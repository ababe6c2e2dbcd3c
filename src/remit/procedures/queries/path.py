"""The path of a team as somebody walks it: what they know of it already is theirs alone to see."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from django.db.models import Case, Exists, OuterRef, QuerySet, Value, When

from remit.people.access import teams_of
from remit.people.models import Member, Team
from remit.procedures.access import procedures_in_use
from remit.procedures.models import Procedure
from remit.procedures.queries.unread import understood


@dataclass(frozen=True, slots=True)
class Path:
    """A path, and how far somebody has come.

    Attributes:
        stops: its procedures in their order; each says whether they have to read it, as `is_unread`.
    """

    stops: Sequence[Procedure]

    @property
    def known(self) -> int:
        """How many they know."""
        return sum(not _is_unread(stop) for stop in self.stops)

    @property
    def next(self) -> Procedure | None:
        """The first that they don't know; None: they know all of it."""
        return next((stop for stop in self.stops if _is_unread(stop)), None)


def _is_unread(stop: Procedure) -> bool:
    """What the query says of each."""
    return bool(vars(stop)["is_unread"])


def path_of(member: Member, team: Team) -> Path:
    """The path of a team as a member walks it, in one query."""
    rows = procedures_in_use(member, team).filter(stop__isnull=False).order_by("stop__place", "stop__pk")
    is_unread = Case(When(understood(member), then=Value(value=False)), default=Value(value=True))
    return Path(list(rows.annotate(is_unread=is_unread)))


def beside_path(member: Member, team: Team) -> QuerySet[Procedure]:
    """What is in use in a team and isn't on its path."""
    return procedures_in_use(member, team).filter(stop=None).order_by("title", "pk")


def teams_with_more_to_read(member: Member) -> list[Team]:
    """Teams that somebody is in, on whose path is something that they don't know yet; in one query."""
    left = Procedure.objects.filter(stop__isnull=False, retired_at=None, team=OuterRef("pk"))
    return list(teams_of(member).filter(Exists(left.exclude(understood(member)))).order_by("name"))
