"""The only way to work: that of the teams that somebody sees. Silent about what exists elsewhere."""

from __future__ import annotations

from django.db.models import Case, QuerySet, When

from remit.core.asked_often import Slot
from remit.core.clock import now
from remit.core.errors import NotThere
from remit.people.access import Place, teams_for, teams_of
from remit.people.models import Member, Team
from remit.people.secrets import hash_of
from remit.procedures.access import Seen, get_procedure_for
from remit.work.models import CalendarLink, Checklist, ClosedDays, Photo, Round, Task
from remit.work.vocabulary import MISSED_FOR


def tasks_for(member: Member) -> QuerySet[Task]:
    """Tasks of the teams that somebody sees, each with its team and who has it."""
    return tasks_in(teams_for(member))


def tasks_in(teams: QuerySet[Team]) -> QuerySet[Task]:
    """Tasks of these teams, each with its team and who has it."""
    seen = teams.order_by().values("pk")
    return Task.objects.select_related("team", "holder").filter(team__in=seen)


def get_task_for(member: Member, number: int) -> Task:
    """One of them, with who wrote it down.

    Raises:
        NotThere: there is none.
    """
    task = (
        tasks_for(member)
        .select_related("made_by", "objective__team", "objective__closing")
        .filter(pk=number)
        .first()
    )
    if task is None:
        raise NotThere("task")
    return task


def mine(member: Member) -> QuerySet[Task]:
    """What somebody has taken up, what is due first before the rest."""
    return held_by(member, teams_for(member))


def held_by(member: Member | Slot, teams: QuerySet[Team]) -> QuerySet[Task]:
    """What somebody has taken up in these teams, what is due first before the rest."""
    return tasks_in(teams).filter(holder=member, ended_at=None)


def free(member: Member | Slot) -> QuerySet[Task]:
    """What is free to take in the teams that somebody is in."""
    return tasks_in(teams_of(member)).filter(holder=None, ended_at=None)


def held_by_others(member: Member) -> QuerySet[Task]:
    """What others have taken up."""
    return tasks_for(member).filter(ended_at=None, holder__isnull=False).exclude(holder=member)


def ended(member: Member) -> QuerySet[Task]:
    """What is done, or closed without doing it; the latest first."""
    return tasks_for(member).filter(ended_at__isnull=False).order_by("-ended_at", "-id")


def checklists_for(member: Member) -> QuerySet[Checklist]:
    """Checklists of the teams that somebody sees, those too that were stopped."""
    seen = teams_for(member).order_by().values("pk")
    return Checklist.objects.select_related(
        "team", "procedure", "objective__team", "objective__closing"
    ).filter(team__in=seen)


def get_checklist_for(member: Member, number: int) -> Checklist:
    """One of them.

    Raises:
        NotThere: there is none.
    """
    checklist = checklists_for(member).filter(pk=number).first()
    if checklist is None:
        raise NotThere("checklist")
    return checklist


def rounds_for(member: Member) -> QuerySet[Round]:
    """Each time that checklists came, in the teams that somebody sees."""
    seen = teams_for(member).order_by().values("pk")
    return Round.objects.select_related("checklist", "team", "let_go_by").filter(team__in=seen)


def get_round_for(member: Member, number: int) -> Round:
    """One of them, with what its checklist hangs on.

    Raises:
        NotThere: there is none.
    """
    rounds = rounds_for(member).select_related("checklist__objective__team", "checklist__objective__closing")
    found = rounds.filter(pk=number).first()
    if found is None:
        raise NotThere("checklist")
    return found


def open_rounds(member: Member) -> QuerySet[Round]:
    """What is there to be ticked in the teams that somebody is in; behind it what was missed lately."""
    own = teams_of(member).order_by().values("pk")
    rounds = Round.objects.select_related("checklist", "team")
    moment = now()
    open_ones = rounds.filter(team__in=own, ended_at=None, due_at__gt=moment - MISSED_FOR)
    is_missed = Case(When(due_at__lt=moment, then=1), default=0)
    return open_ones.order_by(is_missed, "due_at", "id")


def closed_days_of(place: Place) -> QuerySet[ClosedDays]:
    """The days on which somebody's team is closed, as it was written down; the first ones first."""
    return ClosedDays.objects.filter(team=place.team)


def calendar_links_of(member: Member) -> QuerySet[CalendarLink]:
    """The links to somebody's own calendar that still open it; nobody else sees them."""
    return CalendarLink.objects.filter(member=member, ended_at=None)


def get_calendar_link(secret: str) -> CalendarLink:
    """A link by its secret: whoever has it reads the calendar.

    Raises:
        NotThere: there is none, it has ended, or its member left.
    """
    links = CalendarLink.objects.select_related("member").filter(
        secret_hash=hash_of(secret), ended_at=None, member__left_at=None
    )
    link = links.first()
    if link is None:
        raise NotThere("calendar")
    return link


def get_procedure_of(place: Place, number: int) -> Seen:
    """A procedure of somebody's team, which a checklist of it can be made from.

    Raises:
        NotThere: there is none, it is out of use, or it is another team's.
    """
    seen = get_procedure_for(place.member, number)
    if seen.procedure.team_id != place.team.pk or seen.procedure.retired_at is not None:
        raise NotThere("procedure")
    return seen


def get_photo_for(member: Member, number: int) -> Photo:
    """A photo of a round in one of the teams that somebody sees.

    Raises:
        NotThere: there is none.
    """
    photo = Photo.objects.filter(
        pk=number, line__round__in=rounds_for(member).order_by().values("pk")
    ).first()
    if photo is None:
        raise NotThere("photo")
    return photo
