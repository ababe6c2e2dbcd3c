"""Tables of the findings: what is watched, what was found, and what people made of it."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.charters.models import Draft, Version
from remit.core.fields import MinorUnits, Why, Word
from remit.findings.vocabulary import AboutPeople, Because, Sort, Taking
from remit.people.models import Member, Team


class Window(models.Model):
    """What is watched for a team, fixed before outcomes are looked at.

    Another tolerance, fact or charter begins another one, and they are counted.

    Attributes:
        number: 1, 2, 3 … of the team.
        watch: the engine's record: tolerance, confidence, segments and their rungs.
        split_by: the fact whose words make segments of their own; "" for kind and role alone.
        charter: in force when it began; what that lets go is not looked at.
        since: answers count from here on.
        opened_by: None where a new charter began it.
        together: figures of all segments together, at the last look.
        looked_at: when it was looked at last; None before the first time.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="windows")
    number = models.PositiveIntegerField()
    watch = models.JSONField()
    split_by = Word(blank=True)
    charter = models.ForeignKey(Version, models.PROTECT, related_name="+")
    since = models.DateTimeField()
    opened_at = models.DateTimeField()
    opened_by = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="+")
    why = Why(blank=True)
    together = models.JSONField(default=dict)
    looked_at = models.DateTimeField(null=True, blank=True)
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("team", "number"), name="one_window_a_number"),
            models.UniqueConstraint(fields=("team",), condition=Q(ended_at=None), name="one_window_is_open"),
        )

    def __str__(self) -> str:
        return f"window {self.number} of {self.team}"


class Finding(models.Model):
    """Something that the nightly look found; kept current by it, never doubled.

    Attributes:
        window: in which it was found; None for what isn't about letting go.
        key: what it is about: a segment (`refund-member-late`), or a signal and whom it concerns.
        member: whom it concerns, who sees it first; None where it is about nobody.
        state, reason: words of the engine or of the vocabulary.
        evidence: figures, as the engine gave them.
        changed_at: since when it has its state.
        ended_at: when it was found no more, or its window ended.
    """

    team = models.ForeignKey(Team, models.CASCADE, related_name="findings")
    sort = Word(choices=Sort.choices)
    window = models.ForeignKey(Window, models.CASCADE, null=True, blank=True, related_name="findings")
    key = models.CharField(max_length=200)
    member = models.ForeignKey(Member, models.PROTECT, null=True, blank=True, related_name="findings")
    state = Word()
    reason = Word(blank=True)
    evidence = models.JSONField()
    found_at = models.DateTimeField()
    changed_at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(
                fields=("team", "sort", "key"), condition=Q(ended_at=None), name="found_once"
            ),
        )
        indexes = (models.Index(fields=("member", "-changed_at"), name="findings_of_a_member"),)

    def __str__(self) -> str:
        return f"{self.sort}: {self.key}, {self.state}"


class Behind(models.Model):
    """What stands behind a finding: the numbers of approvals, or of decisions, the newest last."""

    finding = models.OneToOneField(Finding, models.CASCADE, primary_key=True, related_name="behind")
    numbers = models.JSONField()
    of = models.PositiveIntegerField()

    def __str__(self) -> str:
        return f"{self.of} behind {self.finding_id}"


class Dismissal(models.Model):
    """*Not now, because*: a manager leaves a proposal until it says more than it did, or a hat for a time.

    Attributes:
        limit: what was proposed then; a larger one is proposed anew.
        because: why a hat was left, in a word; "" for a proposal.
        until: so long a hat stays away; None for a proposal.
    """

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="dismissals")
    limit = MinorUnits(null=True, blank=True)
    because = Word(choices=Because.choices, blank=True)
    until = models.DateTimeField(null=True, blank=True)
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("finding",), condition=Q(ended_at=None), name="dismissed_once"),
            models.CheckConstraint(
                condition=Q(because="", until=None) | ~Q(because="") & Q(until__isnull=False),
                name="a_hat_is_left_for_a_time",
            ),
            models.CheckConstraint(condition=~Q(why=""), name="a_dismissal_has_a_why"),
        )

    def __str__(self) -> str:
        return f"not now: {self.finding_id}"


class PutOn(models.Model):
    """Somebody put on a hat that was asked for: they go about it."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="put_on")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()
    ended_at = models.DateTimeField(null=True, blank=True)

    class Meta:
        constraints = (
            models.UniqueConstraint(fields=("finding",), condition=Q(ended_at=None), name="put_on_once"),
        )

    def __str__(self) -> str:
        return f"{self.by} for {self.finding_id}"


class HatLook(models.Model):
    """When it was looked which hats a team asks for, and on which Monday its managers were told last.

    Attributes:
        looked_at: None before the first time.
        told_on: a Monday on the wall clock of the team.
    """

    team = models.OneToOneField(Team, models.CASCADE, primary_key=True, related_name="+")
    looked_at = models.DateTimeField(null=True, blank=True)
    told_on = models.DateField(null=True, blank=True)

    def __str__(self) -> str:
        return f"hats of {self.team_id}"


class Taken(models.Model):
    """A proposal that a manager took up: a draft of the charter was made of it.

    Attributes:
        sort: as a trial, for good, or what became of a trial.
        rule: the id of its grant in the draft; in force once a version holds it.
        limit: minor units.
        until: the last day of a trial; None for good.
        promised: what the evidence said then.
        trial: the trial that this keeps, widens or ends; None for others.
    """

    finding = models.ForeignKey(Finding, models.PROTECT, related_name="taken")
    draft = models.OneToOneField(Draft, models.PROTECT, related_name="taken")
    sort = Word(choices=Taking.choices)
    rule = Word()
    limit = MinorUnits()
    until = models.DateField(null=True, blank=True)
    promised = models.JSONField()
    trial = models.ForeignKey("self", models.PROTECT, null=True, blank=True, related_name="ended_with")
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.sort} of {self.finding_id}"


class Reply(models.Model):
    """What somebody says about a finding that concerns them: it stands beside it wherever it is shown."""

    finding = models.ForeignKey(Finding, models.CASCADE, related_name="replies")
    words = models.TextField(max_length=2000)
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        ordering = ("at", "id")
        constraints = (models.CheckConstraint(condition=~Q(words=""), name="a_reply_has_words"),)

    def __str__(self) -> str:
        return f"{self.by} about {self.finding_id}"


class LookedInto(models.Model):
    """Somebody looked into what was worth a look, together with whom it concerns; it begins anew after it."""

    finding = models.OneToOneField(Finding, models.CASCADE, primary_key=True, related_name="looked_into")
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(why=""), name="looking_into_it_has_a_why"),)

    def __str__(self) -> str:
        return f"{self.finding_id} was looked into"


class PeopleSetting(models.Model):
    """Who is shown what stands out about somebody in a team; without a row: them first, then who manages."""

    team = models.OneToOneField(Team, models.CASCADE, primary_key=True, related_name="people_setting")
    shown_to = Word(choices=AboutPeople.choices, default=AboutPeople.FIRST)
    why = Why()
    by = models.ForeignKey(Member, models.PROTECT, related_name="+")
    at = models.DateTimeField()

    class Meta:
        constraints = (models.CheckConstraint(condition=~Q(why=""), name="people_setting_has_a_why"),)

    def __str__(self) -> str:
        return f"{self.team_id}: {self.shown_to}"
