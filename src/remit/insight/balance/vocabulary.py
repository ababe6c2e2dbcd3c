"""Words of the balance, and the few figures that it goes by."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta
from typing import Final

from django.db.models import TextChoices

from remit_engine.evidence.balance import BLOCK, FEWEST_BEFORE, FEWEST_PARTS, MOST_BEFORE

TRAIL: Final = 52
"""Weeks that the trail goes back."""
LONGEST: Final = 26
"""Weeks that a part is counted over at most."""
KEPT: Final = TRAIL + LONGEST
"""Weeks of which is kept what was counted."""
AGO: Final = 12
"""Weeks back to the value that stands beside today's."""
SMALLEST_TEAM: Final = 5
"""People; a team of fewer isn't set beside others, and nothing is said that is counted over fewer."""
APART: Final = 15
"""Points between two teams from which on one could learn from the other."""

ALIKE_WITHIN: Final = timedelta(days=91)
"""A remedy is compared with the one before that was given for a like complaint within that time."""
ALIKE_TIMES: Final = 2
"""Two amounts are alike where the larger is at most so many times the smaller."""
PUBLISHED_WITHIN: Final = timedelta(days=91)
"""Figures of the pulse that were published longer ago say nothing of today."""
PULSE_ITEMS: Final = ("clear", "may-decide", "sure")
WAITED: Final = (
    (timedelta(minutes=15), 100),
    (timedelta(hours=1), 75),
    (timedelta(hours=4), 50),
    (timedelta(days=1), 25),
)
"""What a question counts that was answered within a time; beyond the last, and without an answer, 0."""


class Side(TextChoices):
    """The two sides."""

    STRUCTURE = "structure", "Structure"
    ROOM = "room", "Room"


SIDE_SAID: Final = {
    Side.STRUCTURE: "keeps the work consistent, whoever does it",
    Side.ROOM: "lets the people who meet the customer act",
}


class Word(TextChoices):
    """The parts; how addresses and tables name them, and what they are called."""

    CURRENT = "procedures-current", "Procedures current"
    UNDERSTOOD = "procedures-understood", "Procedures understood"
    ON_TIME = "work-on-time", "Tasks and checklists on time"
    ALIKE = "remedies-alike", "Like complaints, like remedies"
    RECORD = "record-complete", "Record complete"
    ALONE = "decided-alone", "Decided without asking"
    ANSWERS = "answers-soon", "Answers soon"
    TAKEN_UP = "work-taken-up", "Work taken up, not handed out"
    IDEAS = "ideas-answered", "Ideas answered and tried"
    FLOOR = "floor-shared", "The floor at briefings"
    WIDENED = "limits-widened", "Limits widened"
    PULSE = "pulse-clarity", "Clear, and sure to decide"


@dataclass(frozen=True, slots=True)
class Explained:
    """What a part is, in words.

    Attributes:
        side: that it belongs to.
        weeks: that it is counted over; 1 where it is a state, as it was at the end of the week.
        least: rows without which it is left out.
        rows: what they are called, in the plural.
        target: until the team sets its own.
        said: what it shows, in a sentence.
        counted: how each row is marked, 0 to 100.
        needed: what would be needed where there is too little.
        learn: after the name of a team that has more of it.
        people: so many people at least, of whom the rows are; 0 where that doesn't matter.
        is_state: a state changes because somebody changes it, not by chance.
    """

    side: Side
    weeks: int
    least: int
    rows: str
    target: int
    said: str
    counted: str
    needed: str
    learn: str
    people: int = 0
    is_state: bool = False


EXPLAINED: Final = {
    Word.CURRENT: Explained(
        Side.STRUCTURE, 1, 3, "procedures", 90,
        "How much of what is written down was looked at lately.",
        "Each procedure in use at the end of the week counts 100 if its day to be looked at again hadn't "
        "come, or a version of it was published within half a year; else 0.",
        "three procedures in use",
        "procedures are looked at in time",
        is_state=True,
    ),
    Word.UNDERSTOOD: Explained(
        Side.STRUCTURE, 13, 5, "readings", 80,
        "Whether what is written down is clear to those who work by it.",
        "Each time that somebody read a procedure counts 100 if it was clear to them, else 0. Who wrote "
        "it isn't counted.",
        "five readings within thirteen weeks",
        "procedures are clear to those who read them",
    ),
    Word.ON_TIME: Explained(
        Side.STRUCTURE, 4, 10, "tasks and checklists", 90,
        "Whether what was to be done by a time was done by then.",
        "Each task and each checklist that was due counts 100 if all of it was done by then, else 0. A "
        "task that was closed before, as it needn't be done any more, isn't counted.",
        "ten tasks or checklists with a time within four weeks",
        "tasks and checklists are on time",
    ),
    Word.ALIKE: Explained(
        Side.STRUCTURE, 4, 10, "remedies", 60,
        "Whether a like complaint gets a like remedy, whoever decides.",
        "The first remedy of each complaint is held against the one before, within thirteen weeks, for a "
        "complaint of the same category and severity. It counts 100 if it is of the same kind, and the "
        "larger of the two is at most twice the smaller; else 0. Where both have an order, it is the "
        "share of what was paid that is compared.",
        "ten remedies with a like complaint before, within four weeks",
        "like complaints get like remedies",
    ),
    Word.RECORD: Explained(
        Side.STRUCTURE, 4, 10, "closed complaints", 95,
        "Whether whoever looks at a complaint later finds what it was, that it was answered, and what "
        "was done.",
        "Each complaint that was closed counts 100 if it has a category, an answer to the customer, and "
        "a decision or a word why there is none; else 0. What was told twice isn't counted, nor what was "
        "erased.",
        "ten closed complaints within four weeks",
        "the record of complaints is complete",
    ),
    Word.ALONE: Explained(
        Side.ROOM, 4, 10, "decisions", 75,
        "How often whoever meets the customer could decide.",
        "Each decision counts 100 if nobody had to be asked first, else 0.",
        "ten decisions within four weeks",
        "more is decided without asking",
    ),
    Word.ANSWERS: Explained(
        Side.ROOM, 4, 5, "questions", 75,
        "How long somebody waits who has to ask, and the customer with them.",
        "Each question that needed a yes counts 100 if it was answered within a quarter of an hour, 75 "
        "within an hour, 50 within four hours, 25 within a day; 0 after that, and where nobody answered. "
        "Nights count.",
        "five questions that ended within four weeks",
        "questions are answered sooner",
    ),
    Word.TAKEN_UP: Explained(
        Side.ROOM, 13, 10, "times that somebody got a task", 60,
        "Whether work is picked, or handed out.",
        "Each time that a task came to somebody counts 100 if they took it up themselves; 0 if it was "
        "given or handed over.",
        "ten times that a task came to somebody, and five people to whom it did, within thirteen weeks",
        "work is taken up rather than handed out",
        people=5,
    ),
    Word.IDEAS: Explained(
        Side.ROOM, 13, 5, "ideas", 60,
        "Whether an idea gets its answer, and a chance.",
        "Each idea whose answer was promised in these weeks counts 100 if by then it was taken up or "
        "tried; 50 if it was answered with a why; else 0.",
        "five ideas whose answer was promised within thirteen weeks",
        "ideas are answered and tried",
    ),
    Word.FLOOR: Explained(
        Side.ROOM, 26, 5, "points of briefings", 70,
        "Who speaks when a big day is talked through.",
        "Each point of a briefing that somebody had the floor for counts 100 if it wasn't a manager, else 0.",
        "five points of briefings with a speaker within half a year",
        "the floor at briefings is handed over",
    ),
    Word.WIDENED: Explained(
        Side.ROOM, 1, 5, "people below managers", 50,
        "How many may do more than at their beginning, by the evidence of reviews or on trust.",
        "Each person below a manager counts 100 if they held a step beyond the first at the end of the "
        "week; else 0. It is counted from when a step was first proposed or given in the team. Nobody is "
        "named.",
        "five people below managers, and a step that was proposed or given",
        "limits are widened",
        people=5,
        is_state=True,
    ),
    Word.PULSE: Explained(
        Side.ROOM, 1, 2, "published sentences", 70,
        "Whether people know what they work for and what they may decide, and trust themselves to.",
        "Each of three sentences of the pulse counts by the mean that was published last, within "
        "thirteen weeks: 1 of 5 counts 0, and 5 of 5 counts 100. Nothing else of the pulse is used.",
        "a result of the pulse within thirteen weeks with two of the three sentences",
        "people are clearer and surer",
        is_state=True,
    ),
}  # fmt: skip

FORMULA: Final = (
    "Each part is the mean of the marks of its rows, from 0 to 100. Structure is the mean of its parts, "
    "and so is room: each part counts alike, a part with too little is left out, and a side needs "
    f"{FEWEST_PARTS} parts."
)
TRAIL_SAID: Final = (
    "The trail goes back from where the team is now. Each step is the mean change of the parts that had "
    "enough in both weeks, so a part that begins to be counted moves nothing."
)
METHOD: Final = (
    f"The newest {BLOCK} weeks are held against what {BLOCK} weeks were like before, up to {MOST_BEFORE} "
    f"times and {FEWEST_BEFORE} at least. “More than noise” is said where they lie farther from them than "
    f"the next {BLOCK} weeks do by themselves; on 5 of 100 pages at most it is said of something though "
    "nothing changed. It says that something changed, not why. States, such as the procedures that are "
    "current, change because somebody changes them: no noise is looked for."
)

TARGET_SET: Final = "balance-target"
ACTS: Final = {TARGET_SET: "set a target of the balance: {part}, {target}"}
"""What was done, after the name of who did it."""
