"""Tables of the queue."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from remit.core.fields import Word


class Job(models.Model):
    """One piece of work, done at least once.

    Attributes:
        task: dotted name of its function.
        arguments: JSON: identifiers, never objects.
        unique_key: two jobs of one key don't wait at the same time; "" for any number. One that a worker has
            in hand doesn't wait any more: what happens meanwhile may need another.
        priority: higher ones first.
        attempts: how often a worker took it.
        worker, lease_until: who has it, and until when; a worker that falls silent loses it.
        needs_person_at: when it was given up; then it stands on the list that needs a person.
    """

    task = models.CharField(max_length=200)
    arguments = models.JSONField(default=dict)
    unique_key = models.CharField(max_length=120, blank=True)
    priority = models.SmallIntegerField(default=0)
    run_at = models.DateTimeField()
    created_at = models.DateTimeField()
    attempts = models.PositiveSmallIntegerField(default=0)
    worker = models.CharField(max_length=64, blank=True)
    lease_until = models.DateTimeField(null=True, blank=True)
    finished_at = models.DateTimeField(null=True, blank=True)
    needs_person_at = models.DateTimeField(null=True, blank=True)
    last_error = models.TextField(blank=True)

    class Meta:
        indexes = (
            models.Index(
                fields=("-priority", "run_at", "id"),
                condition=Q(finished_at=None, needs_person_at=None),
                name="jobs_waiting",
            ),
            models.Index(
                fields=("needs_person_at",), condition=Q(finished_at=None), name="jobs_need_a_person"
            ),
        )
        constraints = (
            models.UniqueConstraint(
                fields=("unique_key",),
                condition=Q(finished_at=None, needs_person_at=None, worker="") & ~Q(unique_key=""),
                name="one_job_a_key",
            ),
        )

    def __str__(self) -> str:
        return f"{self.task} #{self.pk}"


class Schedule(models.Model):
    """A task that comes back."""

    task = models.CharField(max_length=200, unique=True)
    every_seconds = models.PositiveIntegerField()
    next_at = models.DateTimeField()

    def __str__(self) -> str:
        return f"{self.task} every {self.every_seconds} s"


class Worker(models.Model):
    """A worker that is alive; the banner of *nobody works the jobs* looks here."""

    name = Word(unique=True)
    seen_at = models.DateTimeField()

    def __str__(self) -> str:
        return self.name
