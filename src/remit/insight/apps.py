"""The app `insight` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class InsightConfig(AppConfig):
    """Names the app, and offers what it measures."""

    name = "remit.insight"
    label = "insight"

    def ready(self) -> None:
        """Objectives move by what happens at the desk; tasks and ideas say which cause they are about.

        Ideas about who may decide what are tried in charters. Whether a change worked is computed here.
        """
        from remit.insight.causes.ideas import find_cause, lead_to_cause  # noqa: PLC0415 (no tables before)
        from remit.insight.causes.origin import cause_behind  # noqa: PLC0415
        from remit.insight.charter_trials import charter_trials  # noqa: PLC0415
        from remit.insight.effect.jobs import look_whether_it_worked, reckon_rollout  # noqa: PLC0415
        from remit.insight.measures import offer  # noqa: PLC0415
        from remit.rollouts.computing import computed_by  # noqa: PLC0415
        from remit.voice.charter_trials import told_by  # noqa: PLC0415
        from remit.voice.sources import comes_from  # noqa: PLC0415
        from remit.work.queries.origin import tells_origin  # noqa: PLC0415

        offer()
        tells_origin(cause_behind)
        comes_from("cause", find_cause, lead_to_cause)
        told_by(charter_trials)
        computed_by(look_whether_it_worked, reckon_rollout)
