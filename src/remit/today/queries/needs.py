"""What needs whoever leads or manages a team: what structure waits for them, and what room."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any, Final

from django.db.models import Exists, F, OuterRef, Q, QuerySet
from django.urls import reverse

from remit.charters.models import Publication
from remit.core.clock import now
from remit.core.counted import Counted
from remit.findings.access import worth_a_look_for
from remit.findings.models import Dismissal, Finding
from remit.findings.vocabulary import Sort
from remit.growth.access import proposals_for
from remit.growth.models import Wish
from remit.people.access import teams_for, teams_led_by
from remit.people.models import Member, Membership, Team
from remit.people.vocabulary import Rank
from remit.procedures.access import drafts_for
from remit.procedures.models import Confusion, Procedure
from remit.pulse.access import waves_without_reply
from remit.today.queries.here import Here
from remit.today.vocabulary import MOST_COUNTED
from remit.voice.access import waiting_questions_for
from remit.voice.models import Idea, Trial
from remit.voice.vocabulary import State
from remit.work.models import Checklist, Round
from remit.work.vocabulary import MISSED_FOR
from remit_engine.evidence.letgo.values import Verdict


@dataclass(frozen=True, slots=True)
class Need:
    """Something of which so many wait.

    Attributes:
        count: of them; `MOST_COUNTED` means that there are at least so many.
        one, many: what is said after the figure.
        address: where they are listed.
    """

    count: int
    one: str
    many: str
    address: str

    @property
    def words(self) -> str:
        """`3 checklists were missed`."""
        figure = f"{self.count}" if self.count < MOST_COUNTED else f"{MOST_COUNTED} or more"
        return f"{figure} {self.one if self.count == 1 else self.many}"


@dataclass(frozen=True, slots=True)
class Needs:
    """What needs somebody who leads.

    Attributes:
        structure: so that work runs the same way whoever does it.
        room: so that people can decide more themselves.
        manages: whether they see what only managers see.
    """

    structure: Sequence[Need]
    room: Sequence[Need]
    manages: bool


def needs_of(here: Here) -> Needs | None:
    """What needs somebody, counted in one query; None for whoever leads no team."""
    member = here.member
    rank = max((each.membership.rank for each in here.mine), default=0)
    if rank < Rank.LEAD and not member.is_owner:
        return None
    manages = member.is_owner or rank >= Rank.MANAGER
    kinds = _structure(member) | (_of_managers(here) if manages else {})
    counts = {
        name: Counted(kind.rows.order_by().values("pk").distinct()[:MOST_COUNTED])
        for name, kind in kinds.items()
    }
    figures = Member.objects.filter(pk=member.pk).annotate(**counts).values(*counts)[0]
    needs = {
        name: Need(figures[name], kind.one, kind.many, reverse(kind.leads_to, args=kind.words) + kind.query)
        for name, kind in kinds.items()
        if figures[name]
    }
    return Needs(
        [each for name, each in needs.items() if name not in _OF_ROOM],
        [each for name, each in needs.items() if name in _OF_ROOM],
        manages=manages,
    )


@dataclass(frozen=True, slots=True)
class _Kind:
    rows: QuerySet[Any]
    one: str
    many: str
    leads_to: str
    query: str = ""
    words: Sequence[str] = ()


_OF_ROOM: Final = (*("ideas", "trials", "questions", "let_go", "wishes", "steps", "publications", "pulse"),)


def _structure(member: Member) -> dict[str, _Kind]:
    led = teams_led_by(member).order_by().values("pk")
    missed = Round.objects.filter(
        team__in=led, ended_at=None, due_at__lt=now(), due_at__gt=now() - MISSED_FOR
    )
    unclear = Procedure.objects.filter(
        Exists(Confusion.objects.filter(procedure=OuterRef("pk"), settled_at=None)),
        team__in=led,
        retired_at=None,
    )
    behind = Checklist.objects.filter(
        ~Q(procedure_number=F("procedure__number")), team__in=led, stopped_at=None, procedure__retired_at=None
    ).exclude(procedure=None)
    proposed = drafts_for(member).filter(ended_at=None, handed_in_at__isnull=False).exclude(made_by=member)
    return _said(member) | {
        "missed": _Kind(missed, "checklist was missed", "checklists were missed", "work:checklists"),
        "behind": _Kind(
            behind,
            "checklist differs from its procedure",
            "checklists differ from their procedures",
            "work:checklists",
        ),
        "unclear": _Kind(
            unclear,
            "procedure wasn't clear to somebody",
            "procedures weren't clear to somebody",
            "procedures:list",
        ),
        "proposed": _Kind(
            proposed,
            "proposed procedure waits",
            "proposed procedures wait",
            "procedures:list",
            "?show=drafts",
        ),
    }


def _said(member: Member) -> dict[str, _Kind]:
    """What the team said, and waits for whoever leads."""
    led = teams_led_by(member).order_by().values("pk")
    ideas = Idea.objects.filter(team__in=led, state=State.WAITING, same_as=None)
    trials = Trial.objects.filter(team__in=led, ended_at=None, ends_at__lte=now())
    return {
        "ideas": _Kind(ideas, "idea waits for an answer", "ideas wait for an answer", "voice:ideas"),
        "trials": _Kind(
            trials,
            "trial is over: what came of it?",
            "trials are over: what came of them?",
            "voice:ideas",
            "?tab=tried",
        ),
    }


def _of_managers(here: Here) -> dict[str, _Kind]:
    member = here.member
    managed = _managed(member).order_by().values("pk")
    not_now = Dismissal.objects.filter(ended_at=None).values("finding")
    let_go = Finding.objects.filter(
        team__in=managed, sort=Sort.LET_GO, ended_at=None, state=Verdict.LET_GO
    ).exclude(pk__in=not_now)
    worth_a_look = worth_a_look_for(member).filter(ended_at=None, team__in=managed).exclude(member=member)
    wishes = Wish.objects.filter(membership__team__in=managed, answered_at=None).exclude(
        membership__member=member
    )
    steps = proposals_for(member).filter(closed_at=None).exclude(membership__member=member)
    growth, words = _to_growth(here)
    pulse = waves_without_reply().filter(team__in=managed)
    waiting = Publication.objects.filter(team__in=managed, settled_at=None).exclude(proposed_by=member)
    return {
        "questions": _Kind(
            waiting_questions_for(member),
            "question waits for your answer",
            "questions wait for your answer",
            "voice:questions",
        ),
        "worth_a_look": _Kind(
            worth_a_look, "thing is worth a look", "things are worth a look", "letgo:let-go"
        ),
        "let_go": _Kind(
            let_go, "kind of question could be let go", "kinds of question could be let go", "letgo:let-go"
        ),
        "wishes": _Kind(
            wishes, "colleague asks for a step", "colleagues ask for a step", growth, words=words
        ),
        "steps": _Kind(
            steps,
            "step is proposed by what reviews say",
            "steps are proposed by what reviews say",
            growth,
            words=words,
        ),
        "pulse": _Kind(
            pulse,
            "result of the pulse waits for your answer",
            "results of the pulse wait for your answer",
            "pulse:mine",
        ),
        "publications": _Kind(
            waiting,
            "charter waits for a second publisher",
            "charters wait for a second publisher",
            "charters:charter",
        ),
    }


def _to_growth(here: Here) -> tuple[str, Sequence[str]]:
    """Where a manager finds who asks for what: the people of their team, or the teams to choose from."""
    managed = [each.membership.team for each in here.mine if each.membership.rank >= Rank.MANAGER]
    if len(managed) == 1 and not here.member.is_owner:
        return "growth:people", (managed[0].word,)
    return "growth:mine", ()


def _managed(member: Member) -> QuerySet[Team]:
    if member.is_owner:
        return teams_for(member)
    rows = Membership.objects.filter(member=member, until=None, role__rank__gte=Rank.MANAGER)
    return teams_for(member).filter(pk__in=rows.values("team"))
