"""Tables of the pulse. No row holds an answer: what is kept are counts, and who still has to answer.

Both stand in one row of a wave each, written as a whole by every answer. So neither the order of rows, nor
the number of the transaction that a database keeps with each, says who answered when, or what.
"""

from __future__ import annotations

from django.db import models
from django.db.models import Q
from django.urls import reverse

from remit.core.fields import Why, Word
from remit.people.models import Member, Team
from remit.pulse.vocabulary import COUNTS, ITEMS, LONGEST_ITEM, LONGEST_REPLY, OWN_TITLE, RHYTHMS, Form

_TITLES = {each.key: each.title for each in ITEMS}


class Rhythm(models.Model):
    """How often a team is asked, and what; a wave that is open already stays as it began.

    Attributes:
        weeks: from wave to wave; 0: not at all.
        count: items of ours that a wave asks.
        has_parts: whether large roles are shown by themselves, too.
        next_on: the day of the next wave, on the wall clock of the team.
        revision: counts its changes from 1, so that two people at once lose nothing.
    """

    team = models.OneToOneField(Team, models.CASCADE, primary_key=True, related_name="+")
    weeks = models.PositiveSmallIntegerField(choices=RHYTHMS)
    count = models.PositiveSmallIntegerField(choices=COUNTS, default=5)
    has_parts = models.BooleanField(default=False)
    next_on = models.DateField()
    revision = models.PositiveIntegerField(default=1)

    def __str__(self) -> str:
        return f"{self.team_id}: {self.get_weeks_display()}"


class OwnItem(models.Model):
    """An item that a team added; another wording is another item."""

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    text = models.CharField(max_length=LONGEST_ITEM)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        ordering = ("id",)

    def __str__(self) -> str:
        return self.text

    @property
    def key(self) -> str:
        """How figures name it."""
        return f"own-{self.pk}"


class Wave(models.Model):
    """One time that a team is asked.

    Attributes:
        number: of the team, from 1.
        items: what it asks, as it was worded: key and text of each, in their order.
        asked: how many are asked.
        takes_words: whether words are asked for: only where enough are asked that they could be shown.
        told_from, told_to: how many answered, as far as it may be said; None while it is open.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="+")
    number = models.PositiveIntegerField()
    items = models.JSONField()
    asked = models.PositiveIntegerField()
    takes_words = models.BooleanField()
    opened_at = models.DateTimeField()
    closes_at = models.DateTimeField()
    closed_at = models.DateTimeField(null=True, blank=True)
    told_from = models.PositiveIntegerField(null=True, blank=True)
    told_to = models.PositiveIntegerField(null=True, blank=True)

    class Meta:
        ordering = ("-number",)
        constraints = (
            models.UniqueConstraint(fields=("team", "number"), name="one_wave_a_number"),
            models.UniqueConstraint(fields=("team",), condition=Q(closed_at=None), name="one_open_wave"),
        )

    def __str__(self) -> str:
        return f"wave {self.number} of {self.team_id}"

    @property
    def subject(self) -> str:
        """How the trail and notices name it."""
        return f"pulse:{self.pk}"

    @property
    def address(self) -> str:
        """The page of its result. Needs the team at hand."""
        return reverse("pulse:wave", args=[self.team.word, self.number])

    @property
    def is_open(self) -> bool:
        """Whether it can be answered."""
        return self.closed_at is None


class Asked(models.Model):
    """Who is asked in a wave; fixed before it starts, and known to everybody of the team anyway.

    Attributes:
        part: of the team that they are counted in; "" where it has none.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="people")
    member = models.ForeignKey(Member, models.PROTECT, related_name="+")
    part = Word(blank=True)

    class Meta:
        constraints = (models.UniqueConstraint(fields=("wave", "member"), name="asked_once_a_wave"),)

    def __str__(self) -> str:
        return f"{self.member_id} in {self.wave_id}"


class Waiting(models.Model):
    """Who still has to answer in a wave, by number, in order of the numbers; gone when it closes."""

    wave = models.OneToOneField(Wave, models.CASCADE, primary_key=True, related_name="waiting")
    members = models.JSONField()

    def __str__(self) -> str:
        return f"{len(self.members)} in {self.wave_id}"


class Box(models.Model):
    """What was answered in a wave, counted.

    Attributes:
        counts: by part, by item: how many said 1, 2, 3, 4, 5. Once it is closed of the team as a whole alone,
            and of items with enough answers.
        words: what was written, in the order of the alphabet; empty once it is closed.
    """

    wave = models.OneToOneField(Wave, models.CASCADE, primary_key=True, related_name="box")
    counts = models.JSONField()
    words = models.JSONField(default=list)

    def __str__(self) -> str:
        return f"box of {self.wave_id}"


class Figure(models.Model):
    """What was published of an item, in tenths of a point; written once, when its wave closes.

    See `remit_engine.evidence.pulse.Figure`.

    Attributes:
        people: a mark that is the same where the same people were asked.
    """

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="figures")
    item = Word()
    part = Word(blank=True)
    form = Word(choices=Form.choices)
    low = models.PositiveSmallIntegerField()
    high = models.PositiveSmallIntegerField()
    sure_low = models.PositiveSmallIntegerField()
    sure_high = models.PositiveSmallIntegerField()
    worst_low = models.PositiveSmallIntegerField(null=True, blank=True)
    worst_high = models.PositiveSmallIntegerField(null=True, blank=True)
    answers = models.PositiveIntegerField()
    people = models.CharField(max_length=32)

    class Meta:
        ordering = ("id",)
        constraints = (models.UniqueConstraint(fields=("wave", "item", "part"), name="published_once"),)

    def __str__(self) -> str:
        return f"{self.item} in {self.wave_id}: {self.low} to {self.high}"

    @property
    def title(self) -> str:
        """What its item is about."""
        return _TITLES.get(self.item, OWN_TITLE)


class Words(models.Model):
    """What somebody wrote in a wave that got enough answers, in an order that says nothing."""

    wave = models.ForeignKey(Wave, models.CASCADE, related_name="words")
    place = models.PositiveIntegerField()
    text = models.TextField()

    class Meta:
        ordering = ("place",)
        constraints = (models.UniqueConstraint(fields=("wave", "place"), name="one_place_in_a_wave"),)

    def __str__(self) -> str:
        return f"{self.place} in {self.wave_id}"


class Reply(models.Model):
    """What is done about a result, by whoever manages the team; nothing is asked again before it.

    Attributes:
        text: what is done, or why nothing is.
    """

    wave = models.OneToOneField(Wave, models.CASCADE, primary_key=True, related_name="reply")
    text = models.TextField(max_length=LONGEST_REPLY)
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(why="") & ~Q(text=""), name="a_reply_has_a_why"),)

    def __str__(self) -> str:
        return f"reply to {self.wave_id}"
