"""The only way to procedures, their versions, drafts and pictures; silent about what exists elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from django.db.models import F, Q, QuerySet

from remit.core.errors import NotAllowed, NotThere
from remit.people.access import Place, place_in, teams_for, teams_led_by
from remit.people.models import Member, Team
from remit.procedures.models import Draft, Picture, Procedure, ReadIn, Translation, Version


@dataclass(frozen=True, slots=True)
class Seen:
    """A procedure as somebody sees it.

    Attributes:
        procedure: with its team and owner at hand.
        version: the latest one.
        place: of whoever looks.
    """

    procedure: Procedure
    version: Version
    place: Place

    @property
    def may_publish(self) -> bool:
        """Whether they publish; all others of the team propose."""
        return may_publish(self.place, self.procedure)


def may_publish(place: Place, procedure: Procedure | None) -> bool:
    """Whether somebody publishes versions: a lead, a manager, and who looks after the procedure."""
    return place.is_lead or (procedure is not None and procedure.owner_id == place.member.pk)


def need_publisher(place: Place, procedure: Procedure | None) -> None:
    """Refuse whoever only proposes.

    Raises:
        NotAllowed: they are neither a lead nor the owner of the procedure.
    """
    if not may_publish(place, procedure):
        raise NotAllowed(
            "needs-publisher",
            "A lead, or whoever looks after it, publishes a procedure.",
            "Hand your draft in: it becomes a proposal, and gets an answer.",
        )


def procedures_for(member: Member) -> QuerySet[Procedure]:
    """The procedures of somebody's teams, also those that are out of use."""
    return procedures_in(teams_for(member))


def procedures_in(teams: QuerySet[Team]) -> QuerySet[Procedure]:
    """The procedures of these teams, also those that are out of use."""
    seen = teams.order_by().values("pk")
    return Procedure.objects.select_related("team", "owner", "objective__team").filter(team__in=seen)


def procedures_in_use(member: Member, team: Team) -> QuerySet[Procedure]:
    """What is done in a team now, as somebody sees it."""
    return procedures_for(member).filter(team=team, retired_at=None)


def get_procedure_for(member: Member, number: int) -> Seen:
    """A procedure by its number, with its latest version.

    Raises:
        NotThere: there is none, or it belongs to a team that they aren't in.
    """
    found = procedures_for(member).filter(pk=number).first()
    if found is None:
        raise NotThere("procedure")
    version = versions_of(found).get(number=found.number)
    version.procedure = found
    return Seen(found, version, place_in(member, found.team))


def versions_of(procedure: Procedure) -> QuerySet[Version]:
    """All its versions, the newest first; for somebody who sees the procedure."""
    return Version.objects.select_related("by").filter(procedure=procedure)


def latest_versions(procedures: Iterable[Procedure]) -> dict[int, Version]:
    """The latest version of each of some procedures that somebody sees, by the key of the procedure."""
    keys = [each.pk for each in procedures]
    rows = Version.objects.filter(procedure__in=keys, number=F("procedure__number"))
    return {each.procedure_id: each for each in rows}


def get_version_of(procedure: Procedure, number: int) -> Version:
    """One version.

    Raises:
        NotThere: there is none of this number.
    """
    found = versions_of(procedure).filter(number=number).first()
    if found is None:
        raise NotThere("version")
    return found


def translations_of(procedure: Procedure) -> QuerySet[Translation]:
    """All its translations, by language, the newest first; for somebody who sees the procedure."""
    return Translation.objects.select_related("by", "of").filter(procedure=procedure)


def latest_translation(procedure: Procedure, language: str) -> Translation | None:
    """What a procedure says in a language; None: it is in that language nowhere yet."""
    return translations_of(procedure).filter(language=language).order_by("-number").first()


def reads_in(member: Member) -> str:
    """The code of the language that somebody chose to read in; "" for that of each procedure."""
    return ReadIn.objects.filter(member=member).values_list("language", flat=True).first() or ""


def drafts_for(member: Member) -> QuerySet[Draft]:
    """Drafts that somebody sees: their own; what those who publish work at; and proposals to answer.

    Proposals are seen by the leads of the team, and by whoever looks after the procedure.
    """
    teams = teams_for(member).order_by().values("pk")
    leading = teams_led_by(member).order_by().values("pk")
    shared = Q(is_open=True) | Q(handed_in_at__isnull=False)
    theirs = Q(made_by=member) | shared & (Q(team__in=leading) | Q(procedure__owner=member))
    rows = Draft.objects.select_related(
        "team", "procedure__owner", "base", "made_by", "ended_by", "translated__of"
    )
    return rows.filter(theirs, team__in=teams)


def get_draft_for(member: Member, number: int) -> Draft:
    """A draft by its number, ended or not.

    Raises:
        NotThere: there is none, or it isn't theirs to see.
    """
    found = drafts_for(member).filter(pk=number).first()
    if found is None:
        raise NotThere("draft")
    return found


def pictures_for(member: Member) -> QuerySet[Picture]:
    """The pictures of procedures of somebody's teams."""
    return Picture.objects.filter(team__in=teams_for(member).order_by().values("pk"))


def behind(drafts: QuerySet[Draft]) -> QuerySet[Draft]:
    """Those under which another version was published meanwhile."""
    return drafts.filter(procedure__isnull=False).exclude(base__number=F("procedure__number"))
