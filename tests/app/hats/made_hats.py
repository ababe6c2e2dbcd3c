"""Teams that ask for one hat each, and their twins that don't: the same but for what matters."""

from datetime import datetime, time, timedelta

from tests.app.made_complaints import made_complaint
from tests.app.procedures.made_procedures import made_procedure
from tests.app.voice.made_voice import made_idea, made_thanks, made_trial

from remit.charters.models import Delegation
from remit.complaints.models import Closure, Complaint, Rating
from remit.core import clock
from remit.core.clock import now
from remit.events.models import Event, Point
from remit.findings.actions import Found, fix_segments, keep_found, open_window
from remit.findings.looking_into import keep_worth_a_look
from remit.people.access import place_in
from remit.people.models import Duty
from remit.procedures.models import Confusion, Procedure, Reading
from remit.pulse.models import Figure, Reply, Wave
from remit.voice.actions.trials import say_what_came
from remit.voice.models import Idea
from remit.voice.vocabulary import Came
from remit_engine.evidence.letgo.live_values import LiveSegment, Rung, Watch, Watched
from remit_engine.evidence.letgo.values import Counts, Interval, Reason, Saved, Verdict

DAY = timedelta(days=1)


def always_approved(house, *, asks=True):
    """412 of 415 were approved; the twin's answers don't say enough yet."""
    watched = Watched("refund", "member", (), (2000,))
    segment = LiveSegment(
        watched,
        Verdict.LET_GO if asks else Verdict.NOT_YET,
        next(iter(Reason)),
        Counts(415, 412, 3, 0, 0, 0),
        (Rung(2000, 415, 3, 0.01, 9.0, 0.01, proven=True, rate_at_most=0.022, flawless_needed=0),),
        (),
        limit=2000 if asks else None,
        saved=Saved(415, 0.8, Interval(80, 104, 130), None, None),
    )
    window = open_window(
        house.harbour, house.version, tolerance=0.03, confidence=0.95, split_by="", instead_of=None
    )
    window = fix_segments(window, Watch(0.03, 0.95, (watched,)).as_record())
    found = Found(watched.key, segment.verdict, segment.reason, segment.as_record(), limit=segment.limit)
    keep_found(window, [found], {})


def worth_a_look(house, *, asks=True):
    """A guest who was given much; the twin's is about Ben, who sees it first."""
    seen = {"since": "2026-11-02", "happened": 6}
    about = {} if asks else {"member": house.ben}
    keep_worth_a_look(house.harbour, [Found("velocity:1", "worth a look", "velocity", seen, **about)])


def confusing_step(house, *, asks=True):
    """Two stumble at a step; at the twin's one does."""
    procedure = read_by_all(house)
    for member in (house.ana, house.ben)[: 2 if asks else 1]:
        Confusion.objects.create(member=member, procedure=procedure, number=1, step="b2", at=now())


def read_by_all(house, readers=("ana", "ben", "mia", "ola")):
    """A procedure of three weeks ago, confirmed by some, and by Sam."""
    procedure = made_procedure(house.sam)
    Procedure.objects.filter(pk=procedure.pk).update(changed_at=now() - 21 * DAY)
    for word in readers:
        Reading.objects.update_or_create(
            member=getattr(house, word),
            procedure=procedure,
            number=1,
            defaults={"is_clear": True, "understood_at": now(), "at": now()},
        )
    return procedure


def unread(house, *, asks=True):
    """Two of five confirmed it, Sam by publishing it; of the twin's three did."""
    read_by_all(house, ("ana",) if asks else ("ana", "ben"))


def late_ideas(house, *, asks=True):
    """An idea that waits since fifteen days, of fourteen promised; the twin's since thirteen."""
    made_idea(house, ago=(15 if asks else 13) * DAY)


def pulse_fell(house, *, asks=True, item="heard", **figures):
    """A sentence fell by more than a point; the twin's by a tenth."""
    people = "the same people"
    for number, low in ((1, 38), (2, 24 if asks else 37)):
        wave = Wave.objects.create(
            team=house.harbour,
            number=number,
            items=[[item, "A sentence."]],
            asked=12,
            takes_words=False,
            opened_at=now() - 40 * DAY,
            closes_at=now() - 33 * DAY,
            closed_at=now() - (60 - 20 * number) * DAY,
            told_from=10,
            told_to=12,
        )
        said = {"low": low, "high": low + 3, "sure_low": low - 6, "sure_high": low + 9} | figures
        Figure.objects.create(wave=wave, item=item, form="alone", answers=12, people=people, **said)


def tired(house, *, asks=True):
    """The same, of strength that is left."""
    pulse_fell(house, asks=asks, item="strength")


def answered_pulse(house):
    """Whoever manages says what is done about the last result."""
    Reply.objects.create(
        wave=Wave.objects.order_by("-number").first(),
        text="No double shifts.",
        why="You are tired.",
        by=house.mia,
        at=now(),
    )


def made_big_day(house, day, speakers):
    """A big day whose briefing has a point for each of some speakers."""
    starts = datetime.combine(day, time(18), house.harbour.zone)
    event = Event.objects.create(
        team=house.harbour,
        stamp=f"hats-{day}",
        title=f"Evening of {day}",
        why="The street should know us.",
        day=day,
        begins=time(18),
        ends=time(23),
        starts_at=starts,
        ends_at=starts + timedelta(hours=5),
        owner=house.sam,
        currency="EUR",
        made_by=house.sam,
        made_at=now(),
    )
    for number, speaker in enumerate(speakers):
        Point.objects.create(event=event, title=f"Point {number}", minutes=3, speaker=speaker)
    return event


def same_floor(house, *, asks=True):
    """Mia spoke to most points of two evenings; at the twin's Ana did."""
    most = house.mia if asks else house.ana
    for days in (51, 16):
        made_big_day(house, (now() - days * DAY).date(), (most, most, house.ben))
    made_big_day(house, (now() + 12 * DAY).date(), (None, house.mia, house.ana))


def nobody_to_ask(house, *, asks=True):
    """Ana works through a week without any manager; the twin's has Mia's authority lent to Sam."""
    for member in (house.ana, house.mia):
        place = member.memberships.get()
        for number in range(1, 25):
            if member == house.mia and 5 <= number <= 11:
                continue
            begins = now() + number * DAY
            Duty.objects.create(
                membership=place, starts_at=begins, ends_at=begins + timedelta(hours=6), is_planned=True
            )
    if not asks:
        first = (now() + 5 * DAY).date()
        Delegation.objects.create(
            team=house.harbour,
            giver=house.mia,
            receiver=house.sam,
            since=first,
            until=first + 6 * DAY,
            why="I am away.",
            made_at=now(),
        )


def late_now(house, *, asks=True):
    """A customer was promised something an hour ago; the twin's within the hour."""
    complaint = made_complaint(house)
    due = now() + timedelta(hours=-1 if asks else 1)
    Complaint.objects.filter(pk=complaint.pk).update(resolution_due_at=due)


def ended(house, number, *, stars=None):
    """So many complaints that were closed three days ago."""
    with clock.at(now() - 3 * DAY):
        for _ in range(number):
            complaint = made_complaint(house)
            closure = Closure.objects.create(complaint=complaint, reason="made-right", by=house.ana, at=now())
            Complaint.objects.filter(pk=complaint.pk).update(closed_at=now())
            if stars:
                Rating.objects.create(closure=closure, complaint=complaint, made_right=stars, at=now())


def no_thanks(house, *, asks=True):
    """Five complaints were ended, and nobody was thanked for five weeks; at the twin's for three."""
    ended(house, 5)
    with clock.at(now() - (35 if asks else 21) * DAY):
        made_thanks(house)


def went_well(house, *, asks=True):
    """Five guests say that it was made right, fully; the twin's said thanks yesterday."""
    ended(house, 5, stars=5)
    with clock.at(now() - (20 if asks else 1) * DAY):
        made_thanks(house)


def kept_trial(house):
    """A trial whose owner says that it is kept."""
    with clock.at(now() - 20 * DAY):
        trial = made_trial(house)
    say_what_came(house.sam, trial.pk, came=Came.KEPT, learned="Nobody sent a plate back.")


MADE = {
    "always-approved": always_approved,
    "worth-a-look": worth_a_look,
    "confusing-step": confusing_step,
    "unread": unread,
    "late-ideas": late_ideas,
    "pulse-fell": pulse_fell,
    "same-floor": same_floor,
    "nobody-to-ask": nobody_to_ask,
    "late-now": late_now,
    "tired": tired,
    "no-thanks": no_thanks,
    "went-well": went_well,
}


def asks_for_five(house):
    """A team that asks for six hats, so that five are shown."""
    for kind in (
        "always-approved",
        "worth-a-look",
        "confusing-step",
        "late-ideas",
        "same-floor",
        "went-well",
    ):
        MADE[kind](house)


def idea_answered(house):
    """Every idea has its answer."""
    Idea.objects.update(state="no", answered_at=now())


def place_of_mia(house):
    """Where Mia manages."""
    return place_in(house.mia, house.harbour)
