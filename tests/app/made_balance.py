"""Raw rows of everything that a balance is counted from, some drawn by chance and some made as wanted."""

from datetime import date, time, timedelta
from itertools import count

from tests.app.made_complaints import made_complaint
from tests.app.made_house import joined, made_member

from remit.approvals.models import Approval, Ending
from remit.complaints.models import Closure, Complaint, Decision
from remit.core.clock import now
from remit.events.models import Event, Point
from remit.growth.models import StepChange
from remit.people.models import Membership, Role
from remit.procedures.models import Procedure, Reading, Version
from remit.pulse.models import Figure, Wave
from remit.remedies.models import Remedy
from remit.voice.models import Answer, Idea
from remit.work.models import Checklist, Round, Task, Turn

_NUMBERS = count(1)
WEEKS = 45


def with_people(house):
    """The harbour with three more members, so that something may be said of it together."""
    for word in ("cid", "dot", "els"):
        member = made_member(word, word.capitalize(), now())
        joined(member, house.harbour, Role.objects.get(word="member"), now())
        setattr(house, word, member)
    return [house.ana, house.ben, house.cid, house.dot, house.els]


def made_rows(house, drawn, *, weeks=WEEKS, each=2):
    """Rows of a team over some weeks, and a few of another team that count nowhere here.

    Args:
        house: with people, see `with_people`.
        drawn: a `random.Random`.
        weeks: back from now.
        each: rows of each kind in a week, about.
    """
    for _ in range(weeks * each):
        for make in (_decided, _asked, _closed, _due, _came, _said, _read):
            make(house, drawn, _sometime(drawn, weeks))
    for _ in range(weeks):
        for make in (_spoke, _stepped, _published, _felt):
            make(house, drawn, _sometime(drawn, weeks))


def made_decision(house, moment, *, by=None, level="decide", category="late", severity=2, **given):
    """A decision about a complaint of its own, with a remedy where a `value` is given."""
    complaint = made_complaint(house, category=category, paid=given.get("paid"))
    Complaint.objects.filter(pk=complaint.pk).update(opened_at=moment, severity=severity)
    return decided_again(house, complaint, moment, by=by, level=level, **given)


def decided_again(house, complaint, moment, *, by=None, level="decide", **given):
    """Another decision about a complaint."""
    number, member, remedy = next(_NUMBERS), by or house.ana, None
    common = {
        "team": complaint.team,
        "member": member,
        "kind": given.get("kind", "refund"),
        "value": given.get("value", 0),
        "currency": "EUR",
    }
    if "value" in given:
        remedy = Remedy.objects.create(
            **common,
            source=complaint.subject,
            order_key=complaint.subject,
            request={},
            provider="by-hand",
            state=given.get("state", "settled"),
            made_at=moment,
        )
    return Decision.objects.create(
        **common,
        complaint=complaint,
        level=level,
        request={},
        verdict={},
        charter=house.version,
        key=f"made-{number}",
        at=moment,
        remedy=remedy,
    )


def made_answer(house, asked, ended, *, how="yes", form="ask"):
    """A question that ended; `ended` None leaves it open."""
    approval = Approval.objects.create(
        team=house.harbour,
        subject="complaint:1",
        form=form,
        asker=house.ana,
        kind="refund",
        amount=1,
        currency="EUR",
        request={},
        fingerprint="f",
        charter=house.version,
        asked_at=asked,
        expires_at=asked + timedelta(days=3),
        ended_at=ended,
    )
    if ended is not None:
        Ending.objects.create(approval=approval, how=how, by=house.sam, why="So it is.", at=ended)
    return approval


def made_task(house, due, *, ended=None, end="", team=None):
    """A task with a time."""
    return Task.objects.create(
        team=team or house.harbour,
        stamp=f"made-{next(_NUMBERS)}",
        title="Count",
        why="To know.",
        due_at=due,
        ended_at=ended,
        end=end,
        made_by=house.mia,
        made_at=due - timedelta(days=3),
    )


def made_turn(house, moment, to, *, move="taken"):
    """A task that came to somebody."""
    task = Task.objects.create(
        team=house.harbour,
        stamp=f"made-{next(_NUMBERS)}",
        title="Sweep",
        why="To see.",
        made_by=house.mia,
        made_at=moment,
    )
    return Turn.objects.create(task=task, move=move, by=to, to=to, words="Yours.", at=moment)


def made_round(house, due, *, ended=None, is_whole=True):
    """A checklist that came once."""
    checklist = Checklist.objects.filter(team=house.harbour).first() or Checklist.objects.create(
        team=house.harbour,
        stamp="made",
        title="Open",
        why="To begin.",
        rule="FREQ=DAILY",
        starts=date(2020, 1, 1),
        at=time(9),
        minutes=60,
        made_by=house.mia,
        made_at=due,
        changed_at=due,
    )
    begins = due - timedelta(hours=1, microseconds=next(_NUMBERS))
    return Round.objects.create(
        checklist=checklist,
        team=house.harbour,
        begins_at=begins,
        due_at=due,
        ended_at=ended,
        is_whole=is_whole,
        words="" if is_whole else "No time.",
    )


def made_promised(house, due, *, answered=None, outcome="no"):
    """An idea whose answer was promised by then."""
    idea = Idea.objects.create(
        team=house.harbour,
        stamp=f"made-{next(_NUMBERS)}",
        text="Warm plates",
        author=house.ana,
        state="no" if answered else "waiting",
        at=due - timedelta(days=14),
        due_at=due,
        answered_at=answered,
    )
    if answered:
        Answer.objects.create(
            idea=idea, number=1, outcome=outcome, why="So it is.", by=house.sam, at=answered
        )
    return idea


def made_point(house, moment, speaker, *, called_off=False):
    """A point of the briefing of a big day of its own."""
    event = Event.objects.create(
        team=house.harbour,
        stamp=f"made-{next(_NUMBERS)}",
        title="Feast",
        why="To meet.",
        day=moment.date(),
        begins=time(9),
        ends=time(18),
        starts_at=moment,
        ends_at=moment + timedelta(hours=9),
        owner=house.mia,
        currency="EUR",
        made_by=house.mia,
        made_at=moment - timedelta(days=30),
        called_off_at=moment if called_off else None,
        called_off_why="Rain." if called_off else "",
    )
    return Point.objects.create(event=event, title="Who comes", minutes=5, speaker=speaker)


def made_written(house, moment, *, review_by=None, retired=None):
    """A procedure with its first version."""
    procedure = Procedure.objects.create(
        team=house.harbour,
        title=f"Open {next(_NUMBERS)}",
        why="To begin.",
        words="",
        owner=house.mia,
        made_at=moment,
        changed_at=moment,
        review_by=review_by,
        retired_at=retired,
    )
    Version.objects.create(procedure=procedure, number=1, content={}, why="New.", by=house.mia, at=moment)
    return procedure


def made_wave(house, moment, figures):
    """A wave that closed then, with what was published of it: low and high by item."""
    wave = Wave.objects.create(
        team=house.harbour,
        number=next(_NUMBERS),
        items=[],
        asked=6,
        takes_words=False,
        opened_at=moment - timedelta(days=7),
        closes_at=moment,
        closed_at=moment,
    )
    for item, (low, high) in figures.items():
        for part in ("", "role:member"):
            Figure.objects.create(
                wave=wave,
                item=item,
                part=part,
                form="alone",
                low=low if not part else 10,
                high=high if not part else 10,
                sure_low=low,
                sure_high=high,
                answers=6,
                people="x",
            )
    return wave


def _sometime(drawn, weeks):
    return now() - timedelta(minutes=drawn.randrange(weeks * 7 * 24 * 60))


def _who(house, drawn):
    return drawn.choice([house.ana, house.ben, house.cid, house.dot, house.els, house.sam, house.mia])


def _decided(house, drawn, moment):
    given = {
        "value": drawn.choice((0, 1000, 1200, 1500, 4000)),
        "kind": drawn.choice(("refund", "refund", "credit")),
    }
    if drawn.random() < 0.2:
        given = {}
    if drawn.random() < 0.5:
        given["paid"] = drawn.choice((4000, 5000, 9000))
    if given and drawn.random() < 0.15:
        given["state"] = drawn.choice(("held", "released", "taken-back"))
    decision = made_decision(
        house,
        moment,
        by=_who(house, drawn),
        level=drawn.choice(("decide", "inform", "propose", "ask")),
        category=drawn.choice(("late", "cold", "")),
        severity=drawn.choice((1, 2)),
        **given,
    )
    if drawn.random() < 0.2:
        decided_again(house, decision.complaint, moment + timedelta(hours=1), value=drawn.choice((500, 1000)))


def _asked(house, drawn, moment):
    ended = moment + timedelta(minutes=drawn.choice((3, 15, 40, 60, 200, 900, 3000)))
    how = drawn.choice(("yes", "yes-from-now-on", "no", "expired", "withdrawn", "void"))
    form = drawn.choice(("ask", "ask", "ask", "propose"))
    made_answer(house, moment, ended if ended <= now() else None, how=how, form=form)


def _closed(house, drawn, moment):
    complaint = made_complaint(house, category=drawn.choice(("late", "late", "cold", "")))
    replied = moment if drawn.random() < 0.8 else None
    erased = moment if drawn.random() < 0.1 else None
    Complaint.objects.filter(pk=complaint.pk).update(
        first_replied_at=replied, closed_at=moment, erased_at=erased
    )
    if drawn.random() < 0.6:
        decided_again(house, complaint, moment)
    Closure.objects.create(
        complaint=complaint,
        reason=drawn.choice(("made-right", "not-ours", "duplicate")),
        by=house.ana,
        at=moment,
        why=drawn.choice(("", "Wrong shop.")),
        reopened_at=moment if drawn.random() < 0.1 else None,
    )


def _due(house, drawn, moment):
    ended = moment + timedelta(minutes=drawn.choice((-60, -1, 0, 1, 500)))
    end = drawn.choice(("done", "done", "closed", ""))
    made_task(house, moment, ended=ended if end else None, end=end)
    made_task(house, moment, ended=ended, end="done", team=house.hill)
    is_whole = drawn.random() < 0.8
    made_round(
        house, moment, ended=ended if drawn.random() < 0.9 or not is_whole else None, is_whole=is_whole
    )


def _came(house, drawn, moment):
    made_turn(
        house, moment, _who(house, drawn), move=drawn.choice(("taken", "taken", "given", "handed-over"))
    )
    made_turn(house, moment, house.ana, move=drawn.choice(("put-back", "done")))


def _said(house, drawn, moment):
    answered = moment + timedelta(hours=drawn.choice((-40, 0, 30))) if drawn.random() < 0.8 else None
    made_promised(
        house, moment, answered=answered, outcome=drawn.choice(("yes", "try", "charter", "not-now", "no"))
    )


def _spoke(house, drawn, moment):
    made_point(
        house, moment, drawn.choice([_who(house, drawn), house.ola, None]), called_off=drawn.random() < 0.1
    )


def _stepped(house, drawn, moment):
    membership = drawn.choice(list(Membership.objects.filter(team=house.harbour).order_by("pk")))
    ground = drawn.choice(("evidence", "trust", "talk"))
    until = moment + timedelta(days=60) if ground == "trust" else None
    StepChange.objects.create(
        membership=membership,
        before="none",
        step=drawn.choice(("none", "trusted")),
        ground=ground,
        until=until,
        why="It shows.",
        by=house.mia,
        at=moment,
    )
    if drawn.random() < 0.1:
        Membership.objects.filter(pk=membership.pk).update(since=moment, until=drawn.choice((None, now())))


def _published(house, drawn, moment):
    if drawn.random() < 0.4:
        review_by = (
            (moment + timedelta(days=drawn.choice((30, 200)))).date() if drawn.random() < 0.7 else None
        )
        retired = moment + timedelta(days=90) if drawn.random() < 0.2 else None
        made_written(
            house, moment - timedelta(days=drawn.choice((0, 300))), review_by=review_by, retired=retired
        )


def _read(house, drawn, moment):
    there = list(Procedure.objects.filter(team=house.harbour).order_by("pk"))
    procedure = drawn.choice(there) if there and drawn.random() < 0.9 else made_written(house, moment)
    who = _who(house, drawn)
    if not Reading.objects.filter(member=who, procedure=procedure).exists():
        Reading.objects.create(
            member=who,
            procedure=procedure,
            number=1,
            is_clear=True,
            at=moment,
            understood_at=moment if drawn.random() < 0.6 else None,
        )


def _felt(house, drawn, moment):
    if drawn.random() < 0.3:
        items = drawn.sample(["clear", "may-decide", "sure", "heard", "own-1"], 3)
        made_wave(
            house,
            moment,
            {item: (low := drawn.randrange(12, 45), low + drawn.choice((0, 3))) for item in items},
        )
