"""What the team of the demo said: ideas, two trials and what came of them, thanks, questions and answers."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime, timedelta
from typing import Final

from remit.core.clock import now, today
from remit.demo.bulk.house import House
from remit.demo.playing import Story
from remit.people.access import place_in
from remit.people.models import Member
from remit.purpose.models import Objective
from remit.voice.actions.answering import answer_idea
from remit.voice.actions.grouping import put_beside
from remit.voice.actions.ideas import IdeaWords, have_idea, support
from remit.voice.actions.promises import promise
from remit.voice.actions.questions import answer_question, ask
from remit.voice.actions.thanks import thank
from remit.voice.actions.trials import TrialWords, ask_what_came, begin_trial, say_what_came
from remit.voice.models import Idea, Trial
from remit.voice.vocabulary import Came, Outcome

_SINCE: Final = timedelta(hours=55)
_PAGER: Final = "Give waiting guests a pager, so that they can look at the harbour"
_ONE_BILL: Final = "One bill for each guest without being asked"
_PHOTO: Final = "A photo of each set table on the inside of the cupboard"
_LATE: Final = "A second key for the cellar"

_BEFORE: Final = (
    ("ana", _PAGER, ("ben", "chloe", "farah", "sam")),
    ("luca", _ONE_BILL, ("ana", "ben")),
    ("chloe", _PHOTO, ("luca", "farah")),
    ("ben", _LATE, ("luca",)),
    ("farah", "Close the terrace at nine in winter", ("ana",)),
)
"""Weeks ago: whose idea, and who supports it."""
_LATELY: Final = (
    ("ben", "Write the soup of the day on the door, in large letters", False, ("ana", "farah")),
    ("chloe", "Let the bar take table orders when the kitchen is slow", False, ("ben", "luca", "ana")),
    ("farah", "Somebody checks on whoever closed alone", True, ("ana", "ben", "chloe")),
    ("luca", "Let us give a coffee to whoever waits, without asking", False, ("ben",)),
)
"""In the last days: whose idea, whether with no name, and who supports it."""
_THANKS: Final = (
    ("ben", "ana", "You stayed with the table of the lost ring until it was found.", "We make it right"),
    (
        "luca",
        "chloe",
        "Two plates at once, and still you asked whether I was all right.",
        "We help each other",
    ),
    ("mia", "farah", "You said that the new till confuses. You were right.", "We say what we see"),
)


def voiced(house: House) -> None:
    """Weeks ago: ideas with their answers, of which two are tried; a promise; a question answered.

    Args:
        house: the main team.
    """
    people = {each.member.word: each.member for each in house.there()}
    sam, mia = people["sam"], people["mia"]
    promise(
        place_in(mia, house.team),
        days=14,
        values=[
            "We help each other",
            "We say what we see",
            "We make it right",
            "Guests first, and us second",
        ],
        why="Two weeks are long enough to ask the kitchen, and short enough to remember who asked.",
    )
    ideas = {text: _said(house, people, who, text, by) for who, text, by in _BEFORE}
    _tried(
        sam, ideas[_PAGER], what="Six pagers at the door", owner="ana",
        limit="A guest leaves without the pager.",
    )  # fmt: skip
    _tried(
        sam, ideas[_ONE_BILL], what="Bills by seat at tables of four", owner="luca",
        limit="The queue at the till grows.",
    )  # fmt: skip
    for text, outcome, why in (
        (_PHOTO, Outcome.YES, "Whoever is new sets a table right on the first day."),
        ("Close the terrace at nine in winter", Outcome.NO, "Six of ten who sit outside come for that hour."),
    ):
        answer_idea(sam, ideas[text].pk, outcome=outcome, why=why, after=0)
    asked = ask(
        place_in(people["ben"], house.team), "Why do we close at ten on Sundays?", stamp="demo:sundays"
    )
    answer_question(
        mia,
        asked.pk,
        "Three guests came after ten in the whole of last spring, and who closes on Sunday opens on Monday. "
        "We look at it again in May.",
    )


def said(house: House, end: datetime) -> tuple[datetime, Story]:
    """What was said in the last days, and what came of the trials.

    Args:
        house: the main team.
        end: the end of the demo's time.

    Returns:
        the story with its first moment.
    """
    return end - _SINCE, _lately(house, end)


def _lately(house: House, end: datetime) -> Story:
    people = {each.word: each for each in Member.objects.filter(memberships__team=house.team, left_at=None)}
    for act in _acts(house, people):
        act()
        yield now() + timedelta(hours=4)
    yield end


def _acts(house: House, people: dict[str, Member]) -> list[Callable[[], object]]:
    sam, mia = people["sam"], people["mia"]

    def ended(what: str, owner: str, came: Came, learned: str) -> object:
        ask_what_came()
        trial = Trial.objects.get(team=house.team, what=what)
        return say_what_came(people[owner], trial.pk, came=came, learned=learned)

    def late() -> object:
        idea = Idea.objects.get(team=house.team, text=_LATE)
        return answer_idea(sam, idea.pk, outcome=Outcome.YES, why="You waited long for this; sorry.", after=0)

    def beside() -> object:
        head = Idea.objects.get(team=house.team, text=_LATELY[0][1])
        other = _said(house, people, "luca", "Soup of the day on the door", ("chloe",))
        return put_beside(sam, other.pk, head.pk)

    def asked() -> object:
        ask(
            place_in(people["luca"], house.team),
            "When do we get the new coffee machine?",
            stamp="demo:coffee",
        )
        unnamed = "Do reviews count when somebody is promoted?"
        return ask(place_in(people["farah"], house.team), unnamed, stamp="demo:unnamed", is_nameless=True)

    def thanks() -> None:
        for by, to, text, value in _THANKS:
            thank(place_in(people[by], house.team), to=to, text=text, value=value, stamp=f"demo:{text[:20]}")
        made_right = Objective.objects.get(team=house.team, key="made-right")
        text = "You rang the guest of the burnt cake before she rang us."
        thank(place_in(mia, house.team), to="sam", text=text, objective=made_right, stamp="demo:cake")

    def ideas() -> None:
        for who, text, is_nameless, by in _LATELY:
            _said(house, people, who, text, by, is_nameless=is_nameless)

    return [
        lambda: ended(
            "Six pagers at the door", "ana", Came.KEPT, "Nobody asked how long any more, and all came back."
        ),
        lambda: ended(
            "Bills by seat at tables of four",
            "luca",
            Came.NOT_KEPT,
            "It took nine minutes longer for each table. Asking first is quicker.",
        ),
        late,
        ideas,
        beside,
        asked,
        thanks,
    ]


def _said(
    house: House,
    people: dict[str, Member],
    who: str,
    text: str,
    supported_by: tuple[str, ...],
    *,
    is_nameless: bool = False,
) -> Idea:
    place = place_in(people[who], house.team)
    idea = have_idea(place, IdeaWords(text=text, is_nameless=is_nameless), stamp=f"demo:{text[:40]}")
    for each in supported_by:
        support(people[each], idea.pk)
    return idea


def _tried(lead: Member, idea: Idea, *, what: str, owner: str, limit: str) -> None:
    words = TrialWords(
        what=what,
        why="It costs little to find out, and we hear about it every week.",
        owner=owner,
        until=today(idea.team.time_zone) + timedelta(days=28),
        limit=limit,
        objective=Objective.objects.get(team=idea.team, key="made-right"),
        measure="What guests say at the door",
    )
    begin_trial(lead, idea.pk, words, stamp=f"demo:{what}")
