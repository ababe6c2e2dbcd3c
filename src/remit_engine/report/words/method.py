"""The method in plain words: how segments were chosen, what is assumed, what the lines of a chart are."""

from __future__ import annotations

from remit_engine.evidence.letgo.values import LetGo, Plan, Promise, Settings
from remit_engine.report.words.figures import in_hundred, setting, things, times_in
from remit_engine.report.words.names import listed

_DAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")

ASSUMPTIONS = (
    (
        "Requests to come are like those of the log: the same mix, asked and answered by the same people. "
        "Once people may decide alone, they may ask for more, or for other things; so look at a sample "
        "afterwards."
    ),
    "Given the amount and the segment, one answer doesn't depend on the others.",
    (
        "Every question is in the log with its answer. All but a plain yes counts as declined: granted less, "
        "expired and withdrawn too."
    ),
    (
        "An approval isn't always a right decision. Somebody who approves everything unread gets the largest "
        "recommendation; deciding a few old requests once more, without seeing the first answer, shows it."
    ),
)
"""What has to be true for the promise to hold."""


_ORDER = (
    "In each segment, questions are put in order of their amount. From the smallest upwards, every further "
    "yes is evidence that few are declined, every further no against it. The bound that follows holds at all "
    "amounts at once, so a limit may be picked after seeing it."
)
_POOLED = (
    "The promise is about everything let go together: the older half of the answers put segments and amounts "
    "in order, the newer half says how far along that order the promise holds."
)
_NEVER_BEYOND = (
    "A limit is never set beyond the amount where declines around it become more frequent than you accept, "
    "however well everything below may go: a good stretch doesn't pay for a bad one."
)


def chosen(plan: Plan) -> str:
    """How the segments came about, without looking at what they would show."""
    by = f"by {listed(plan.by)}" if plan.by else "as one, for lack of columns to tell them apart"
    looked = f"{things(plan.looked_at, 'segment')} {'was' if plan.looked_at == 1 else 'were'} looked at"
    match plan.chosen_by:
        case "beforehand":
            how = f"Segments were made {by}, as was set before anybody looked at the answers."
        case "counts":
            how = f"Answers were grouped {by}; only their number decided which groups to look at."
        case _:
            how = (
                f"Answers were grouped {by}. Their number, and the older half of the time, decided which "
                "groups to look at; the newer half tested what the older one suggested."
            )
    return f"{how} {looked}.{_facts(plan)}"


def _facts(plan: Plan) -> str:
    if not plan.facts_tried:
        return ""
    used = f"{listed(plan.facts_used)} made a difference" if plan.facts_used else "none made a difference"
    return f" Facts tried: {listed(plan.facts_tried)}; {used}."


def how(letgo: LetGo) -> list[str]:
    """The method, a paragraph each."""
    settings = letgo.settings
    accepted, odds = in_hundred(settings.tolerance), times_in(settings.confidence)
    asked_for = (
        f"You accept that {accepted} decisions are ones you would have declined, and want statements that "
        f"are right at least {odds}."
    )
    return [
        asked_for,
        chosen(letgo.plan),
        _ORDER,
        _POOLED if settings.promise is Promise.POOLED else _shared(letgo.plan),
        _NEVER_BEYOND,
        _beside(settings),
    ]


def _beside(settings: Settings) -> str:
    return (
        "What is said about money is a promise beside that one: taken by themselves, statements about money "
        f"are right at least {times_in(settings.confidence)} too. Each interval holds at "
        f"{setting(settings.confidence)} by itself."
    )


def _shared(plan: Plan) -> str:
    return (
        f"The chance of being wrong, {setting(plan.error)}, is shared among the segments, so that all that "
        "is said about them holds together."
    )


def working_time(letgo: LetGo) -> str:
    """What counts as working hours."""
    days = sorted(letgo.settings.working_days)
    first, last = letgo.settings.working_hours
    named = listed([_DAYS[day] for day in days]) if days else "no day"
    if len(days) > 2 and days == list(range(days[0], days[-1] + 1)):
        named = f"{_DAYS[days[0]]} to {_DAYS[days[-1]]}"
    return f"Working hours are {named}, {_clock(first)} to {_clock(last)}; public holidays are not known."


def _clock(hour: float) -> str:
    return f"{int(hour)}:{round(hour % 1 * 60):02d}"


def chart_reading(letgo: LetGo) -> str:
    """How to read the chart of a segment."""
    return (
        "How to read the charts. Above: the share of the segment's questions that would no longer be asked, "
        "by limit. Below: of those, at most so many are ones you would have declined. The dashed line is the "
        f"{setting(letgo.settings.tolerance)} that you accept; the dotted one is how often requests around "
        "that amount were declined, smoothed so that it never falls."
    )
