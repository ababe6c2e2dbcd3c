"""The app `voice` for Django."""

from __future__ import annotations

from django.apps import AppConfig


class VoiceConfig(AppConfig):
    """Names the app, and hooks in: ideas that come from a step, trials of objectives."""

    name = "remit.voice"
    label = "voice"

    def ready(self) -> None:
        """A step of a procedure is a source of ideas; objectives list what is tried for them."""
        from remit.purpose.hanging import hangs_here  # noqa: PLC0415 (tables aren't ready)
        from remit.voice.from_steps import find_step, lead_to_step  # noqa: PLC0415
        from remit.voice.queries.hanging import trials_on  # noqa: PLC0415
        from remit.voice.sources import comes_from  # noqa: PLC0415

        hangs_here("Trials", trials_on)
        comes_from("step", find_step, lead_to_step)
