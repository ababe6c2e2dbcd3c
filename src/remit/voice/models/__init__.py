"""Tables of what the team says."""

from __future__ import annotations

from remit.voice.models.ideas import Answer, Idea, Picture, Support
from remit.voice.models.promises import Promise
from remit.voice.models.questions import EarlierAnswer, Question
from remit.voice.models.thanks import Thanks
from remit.voice.models.trials import Trial

__all__ = [
    "Answer",
    "EarlierAnswer",
    "Idea",
    "Picture",
    "Promise",
    "Question",
    "Support",
    "Thanks",
    "Trial",
]
