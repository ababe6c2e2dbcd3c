"""What a team says of its work and of itself, all of it naming somebody: whys, drafts, lists, settings."""

from datetime import timedelta

from tests.app.procedures.made_procedures import made_procedure
from tests.app.purpose.made_objectives import made_objective
from tests.app.work.made_work import made_round

from remit.charters.models import Delegation, Draft, Publication
from remit.core.clock import now, today
from remit.findings.models import PeopleSetting, Window
from remit.growth.models import AgentLimit, FiguresChoice, Proposal, Remark, StepChange, Wish
from remit.insight.models import BalanceTarget
from remit.people.models import CounterDevice, Organisation
from remit.procedures.models import Confusion, Procedure
from remit.procedures.models import Draft as ProcedureDraft
from remit.pulse.models import OwnItem, Wave
from remit.purpose.models import Measurement, Objective
from remit.voice.models import Promise


def team_words_that_name(house, named):
    """Rows of every table in which a team writes freely, and of which nothing is published.

    Args:
        named: what each of them says; of what there is only one, it is said behind what was there.
    """
    _of_charters(house, named)
    _of_people(house, named)
    _of_purpose(house, named)
    _of_work(house, named)
    _of_the_pulse(house, named)
    Window.objects.create(
        team=house.harbour, number=90 + Window.objects.count(), watch={}, charter=house.version, since=now(),
        opened_at=now(), opened_by=house.mia, why=named, ended_at=now(),
    )  # fmt: skip
    for row in Promise.objects.order_by("-pk")[:1]:
        Promise.objects.filter(pk=row.pk).update(values=[*row.values, named])


def _of_charters(house, named):
    long_ago = today(house.harbour.time_zone) - timedelta(days=90)
    draft = {"text": house.version.text, "why": named, "question": named}
    Draft.objects.create(
        team=house.harbour, name=named, made_by=house.mia, made_at=now(), ended_at=now(), **draft
    )
    Publication.objects.create(
        team=house.harbour, proposed_by=house.mia, proposed_at=now(), settled_at=now(), **draft
    )
    Delegation.objects.create(
        team=house.harbour, giver=house.mia, receiver=house.sam, since=long_ago, until=long_ago, why=named,
        made_at=now(),
    )  # fmt: skip


def _of_people(house, named):
    said = {"why": named, "by": house.ola, "at": now()}
    FiguresChoice.objects.create(figures="person", **said)
    AgentLimit.objects.create(membership=house.ana.memberships.first(), step="first", **said)
    _of_a_colleague(house.ana.memberships.first(), house, named)
    BalanceTarget.objects.create(team=house.harbour, part="clarity", target=50, **said)
    there = PeopleSetting.objects.filter(team=house.harbour).first()
    said["why"] = f"{there.why if there else ''} {named}"
    PeopleSetting.objects.update_or_create(team=house.harbour, defaults=said)
    before = Organisation.objects.get().factor_why
    Organisation.objects.update(factor_why=f"{before} {named}")
    CounterDevice.objects.create(
        team=house.harbour, name=named, secret_hash=f"{CounterDevice.objects.count():064}",
        made_by=house.sam, made_at=now(), ended_at=now(),
    )  # fmt: skip


def _of_a_colleague(place, house, named):
    """What was said of the step of somebody else, and what they wish."""
    said = {"by": house.mia, "at": now()}
    proposal = Proposal.objects.create(
        membership=place,
        step="first",
        is_wider=True,
        evidence={},
        charter=house.version,
        at=now(),
        closed_at=now(),
        outcome="stays",
    )
    Remark.objects.create(proposal=proposal, words=named, **said)
    StepChange.objects.create(membership=place, before="", step="", ground="evidence", why=named, **said)
    Wish.objects.create(
        membership=place, step="second", words=named, at=now(), answer="not-yet", why=named,
        answered_by=house.mia, answered_at=now(),
    )  # fmt: skip


def _of_purpose(house, named):
    key = f"named-{Objective.objects.count()}"
    objective = made_objective(house, key, title=named, why=named)
    Measurement.objects.create(objective=objective, day=objective.begins, value=3, words=named, at=now())
    procedure = made_procedure(house.sam)
    Procedure.objects.filter(pk=procedure.pk).update(retired_at=now(), retired_why=named)
    Confusion.objects.create(member=house.ana, procedure=procedure, number=1, words=named, at=now())
    ProcedureDraft.objects.create(
        team=house.harbour, procedure=procedure, language="en", is_open=True, title=named, why=named,
        answer=named, outcome="answered", made_by=house.sam, made_at=now(), ended_at=now(),
    )  # fmt: skip


def _of_work(house, named):
    there = made_round(house)
    type(there.checklist).objects.filter(pk=there.checklist_id).update(title=named, why=named)
    for lines in (there.lines, there.checklist.items):
        lines.update(text=named, why=named)


def _of_the_pulse(house, named):
    OwnItem.objects.create(team=house.harbour, text=named, ended_at=now())
    wave = Wave.objects.order_by("pk").last()
    Wave.objects.filter(pk=wave.pk).update(items=[*wave.items, {"key": "own", "text": named}])
