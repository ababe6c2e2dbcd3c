"""The only way to what teams say: those that somebody sees. Silent about what exists elsewhere."""

from __future__ import annotations

from django.db.models import Q, QuerySet

from remit.core.errors import NotThere
from remit.people.access import Place, place_in, teams_for
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank
from remit.voice.models import Idea, Picture, Promise, Question, Thanks, Trial


def ideas_for(member: Member) -> QuerySet[Idea]:
    """Ideas of the teams that somebody sees, the newest first, each with its team and author."""
    seen = teams_for(member).order_by().values("pk")
    return Idea.objects.select_related("team", "author").filter(team__in=seen)


def get_idea_for(member: Member, number: int) -> Idea:
    """One of them, with its picture and what it stands beside.

    Raises:
        NotThere: there is none.
    """
    rows = ideas_for(member).select_related("picture", "same_as").filter(pk=number)
    idea = rows.first()
    if idea is None:
        raise NotThere("idea")
    return idea


def get_picture_for(member: Member, number: int) -> Picture:
    """The picture of an idea.

    Raises:
        NotThere: there is no such idea, or it has none.
    """
    picture = Picture.objects.filter(idea__in=ideas_for(member).filter(pk=number)).first()
    if picture is None:
        raise NotThere("picture")
    return picture


def trials_for(member: Member) -> QuerySet[Trial]:
    """Trials in the teams that somebody sees, each with team, owner and idea."""
    seen = teams_for(member).order_by().values("pk")
    return Trial.objects.select_related("team", "owner", "idea").filter(team__in=seen)


def get_trial_for(member: Member, number: int) -> Trial:
    """One of them, with the objective that measures it.

    Raises:
        NotThere: there is none.
    """
    rows = trials_for(member).select_related("objective__team", "objective__closing", "said_by", "begun_by")
    trial = rows.filter(pk=number).first()
    if trial is None:
        raise NotThere("trial")
    return trial


def thanks_for(member: Member) -> QuerySet[Thanks]:
    """Thanks in the teams that somebody sees, the newest first, each with who thanks whom."""
    seen = teams_for(member).order_by().values("pk")
    return Thanks.objects.select_related("team", "by", "to", "objective__team").filter(team__in=seen)


def questions_for(member: Member) -> QuerySet[Question]:
    """Questions that somebody may read: answered ones, their own, and as a manager those that wait."""
    seen = teams_for(member).order_by().values("pk")
    rows = Question.objects.select_related("team", "author", "answered_by").filter(team__in=seen)
    if member.is_owner:
        return rows
    return rows.filter(
        Q(answered_at__isnull=False) | Q(author=member) | Q(team__in=_managed(member).values("team"))
    )


def get_question_for(member: Member, number: int) -> Question:
    """One of them.

    Raises:
        NotThere: there is none, or it isn't answered yet and neither theirs nor theirs to answer.
    """
    question = questions_for(member).filter(pk=number).first()
    if question is None:
        raise NotThere("question")
    return question


def waiting_questions_for(member: Member) -> QuerySet[Question]:
    """Questions that wait for whoever manages there, the oldest first."""
    rows = Question.objects.select_related("team", "author").filter(answered_at=None)
    if member.is_owner:
        seen = teams_for(member).order_by().values("pk")
        return rows.filter(team__in=seen).order_by("at", "id")
    return rows.filter(team__in=_managed(member).values("team")).order_by("at", "id")


def promise_of(team: Team) -> Promise:
    """What a team promises; what is usual, where it said nothing. One query."""
    return Promise.objects.filter(team=team).first() or Promise(team=team)


def people_who_lead(team: Team) -> list[Member]:
    """Who answers ideas: the people of a team who stand as high as a lead."""
    leading = Membership.objects.filter(team=team, until=None, role__rank__gte=Rank.LEAD)
    return list(Member.objects.filter(pk__in=leading.values("member"), left_at=None, is_software=False))


def place_at(member: Member, row: Idea | Trial | Question) -> Place:
    """Somebody's place in the team that something belongs to.

    Raises:
        NotThere: they aren't in it.
    """
    return place_in(member, row.team)


def _managed(member: Member) -> QuerySet[Membership]:
    return Membership.objects.filter(
        member=member, until=None, team__closed_at=None, role__rank__gte=Rank.MANAGER
    )
