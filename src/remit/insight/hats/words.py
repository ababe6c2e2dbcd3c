"""What a hat says: what asks for it, the evidence in a sentence, and the one place where it is done."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, Final

from django.urls import reverse

from remit.core.times import wall_clock
from remit.findings.models import Finding
from remit.findings.vocabulary import Kind
from remit.people.models import Team
from remit.pulse.vocabulary import ITEMS, OWN_TITLE
from remit_engine.money import written
from remit_engine.report.words import figures

_TITLES: Final = {item.key: item.title for item in ITEMS}


@dataclass(frozen=True, slots=True)
class Names:
    """How procedures and big days are called now, by their numbers."""

    procedures: Mapping[int, str]
    events: Mapping[int, str]


@dataclass(frozen=True, slots=True)
class Said:
    """What a hat says.

    Attributes:
        title: what asks for it, in a sentence.
        evidence: what that rests on.
        act: what is done about it, on the button.
        address: where.
    """

    title: str
    evidence: str
    act: str
    address: str


def said_of(finding: Finding, team: Team, names: Names) -> Said:
    """What a hat says, from its figures as they were kept.

    An earlier version of Remit kept others; they go with the next look, and until then little is said.
    """
    try:
        return _SAY[Kind(finding.reason)](finding.evidence, team, names)
    except KeyError:
        return Said(
            "Something asks for this hat.",
            "It was found before Remit was upgraded. Look again, and it says what.",
            "To the list",
            reverse("hats:team", args=[team.word]),
        )


def worth_in_words(hours: float) -> str:
    """`2.5 h a week`."""
    return f"{figures.hours(hours)} a week"


def _always_approved(seen: Mapping[str, Any], team: Team, _: Names) -> Said:
    limit = written(seen["limit"], seen["currency"])
    yes = "all" if seen["approved"] == seen["asked"] else f"{figures.count(seen['approved'])} of"
    return Said(
        f"{seen['title']}: you approved {yes} {figures.count(seen['asked'])} up to {limit}.",
        f"At most {figures.bound(seen['at_most'])} you would have declined. "
        f"About {figures.few(seen['a_week'])} questions a week fewer.",
        "Look at the answers",
        reverse("letgo:finding", args=[team.word, seen["finding"]]),
    )


def _worth_a_look(seen: Mapping[str, Any], team: Team, _: Names) -> Said:
    things = figures.things(seen["things"], "thing is", "things are")
    from_reviews = f", {seen['by_reviews']} of them from reviews" if seen["by_reviews"] else ""
    return Said(
        f"{things} worth a look together{from_reviews}.",
        "Nothing of it says that somebody did wrong, and whoever it concerns saw it first. Often a procedure "
        "or a price list is behind it.",
        "Look together",
        reverse("letgo:team", args=[team.word]),
    )


def _confusing_step(seen: Mapping[str, Any], _: Team, names: Names) -> Said:
    where = f"step {seen['place']} of " if seen["place"] else ""
    return Said(
        f"{seen['people']} people stumble at {where}“{_procedure(seen, names)}”.",
        "They said so when they read it. What they want to be read stands beside the step.",
        "See where",
        reverse("procedures:confused", args=[seen["procedure"]]),
    )


def _unread(seen: Mapping[str, Any], _: Team, names: Names) -> Said:
    return Said(
        f"“{_procedure(seen, names)}” changed two weeks ago or longer, and {seen['missing']} of "
        f"{seen['people']} haven't confirmed it.",
        "Who opens a why isn't recorded, so confirmations are counted, of the team together. "
        "Say at the next briefing what it is for.",
        "Open it",
        reverse("procedures:procedure", args=[seen["procedure"]]),
    )


def _late_ideas(seen: Mapping[str, Any], _: Team, __: Names) -> Said:
    ideas = figures.things(seen["ideas"], "idea waits", "ideas wait")
    oldest = f" The oldest waits since {_day(seen['oldest'])}." if seen["oldest"] else ""
    return Said(
        f"{ideas} for an answer, for longer than you promised.",
        f"Promised are {figures.things(seen['days'], 'day')}.{oldest} No is an answer, too; silence isn't.",
        "Answer them",
        reverse("voice:ideas"),
    )


def _pulse_fell(seen: Mapping[str, Any], team: Team, _: Names) -> Said:
    titles = ", ".join(f"“{_TITLES.get(item, OWN_TITLE)}”" for item in seen["items"])
    return Said(
        f"The last pulse fell at {titles}.",
        "By more than noise, against the last one that can be compared, and nobody has answered it yet. "
        "Ask what is behind it.",
        "Read it, and answer",
        reverse("pulse:wave", args=[team.word, seen["wave"]]),
    )


def _same_floor(seen: Mapping[str, Any], _: Team, names: Names) -> Said:
    event = names.events.get(seen["event"], "The next big day")
    has = "has a point" if seen["to_give"] == 1 else f"has {seen['to_give']} points"
    return Said(
        f"“{event}” {has} that could be somebody else's floor.",
        f"At the last briefings whoever manages had the floor for {seen['by_managers']} of {seen['minutes']} "
        "minutes. The briefing suggests who prepared each point.",
        "Give the floor",
        reverse("events:briefing", args=[seen["event"]]),
    )


def _nobody_to_ask(seen: Mapping[str, Any], team: Team, _: Names) -> Said:
    asked = figures.things(seen["asked"], "question")
    return Said(
        f"From {_day(seen['first'])} to {_day(seen['last'])} nobody who manages is on duty, and nothing is "
        "lent.",
        f"By the planned shifts. Lately {asked} a week needed a yes here.",
        "Lend authority",
        reverse("charters:lend", args=[team.word]),
    )


def _late_now(seen: Mapping[str, Any], team: Team, _: Names) -> Said:
    waits = figures.things(seen["complaints"], "customer waits", "customers wait")
    return Said(
        f"{waits} for longer than was promised.",
        f"The oldest was due {wall_clock(datetime.fromisoformat(seen['oldest']), team)}. Whoever has it may "
        "be glad of a second pair of hands.",
        "See them",
        f"{reverse('complaints:list')}?tab=due&team={team.word}",
    )


def _tired(seen: Mapping[str, Any], team: Team, _: Names) -> Said:
    fell = " It fell by more than noise." if seen["has_fallen"] else ""
    return Said(
        "The team says that it is tired.",
        f"“{_TITLES['strength']}” lies between {seen['low'] / 10:.1f} and {seen['high'] / 10:.1f} of 5 in "
        f"the last pulse.{fell} Say what you take off them.",
        "Read it, and answer",
        reverse("pulse:wave", args=[team.word, seen["wave"]]),
    )


def _no_thanks(seen: Mapping[str, Any], team: Team, _: Names) -> Said:
    since = (
        f"Nobody was thanked since {_day(seen['last'])}." if seen["last"] else "Nobody was ever thanked here."
    )
    return Said(
        since,
        f"Within four weeks the team brought {seen['ended']} complaints to an end.",
        "Say thanks",
        reverse("voice:new-thanks", args=[team.word]),
    )


def _went_well(seen: Mapping[str, Any], team: Team, _: Names) -> Said:
    parts = []
    if seen["ratings"]:
        parts.append(f"{figures.things(seen['ratings'], 'guest')} said that it was made right, fully")
    if seen["trials"]:
        parts.append(f"{figures.things(seen['trials'], 'trial was', 'trials were')} kept")
    return Said(
        f"{', and '.join(parts)}.",
        "Within the last two weeks, and nobody was thanked in the last one.",
        "Say thanks",
        reverse("voice:new-thanks", args=[team.word]),
    )


def _procedure(seen: Mapping[str, Any], names: Names) -> str:
    return names.procedures.get(seen["procedure"], "A procedure")


def _day(words: str) -> str:
    when = date.fromisoformat(words[:10])
    return f"{when.day} {when:%B}"


_SAY: Final[Mapping[str, Callable[[Mapping[str, Any], Team, Names], Said]]] = {
    Kind.ALWAYS_APPROVED: _always_approved,
    Kind.WORTH_A_LOOK: _worth_a_look,
    Kind.CONFUSING_STEP: _confusing_step,
    Kind.UNREAD: _unread,
    Kind.LATE_IDEAS: _late_ideas,
    Kind.PULSE_FELL: _pulse_fell,
    Kind.SAME_FLOOR: _same_floor,
    Kind.NOBODY_TO_ASK: _nobody_to_ask,
    Kind.LATE_NOW: _late_now,
    Kind.TIRED: _tired,
    Kind.NO_THANKS: _no_thanks,
    Kind.WENT_WELL: _went_well,
}
