"""Words of procedures, and the few figures that they go by."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

from django.db.models import TextChoices

from remit_engine.charter.facts import KINDS_OF_REMEDY


class Outcome(TextChoices):
    """How a draft ended."""

    PUBLISHED = "published", "published"
    ANSWERED = "answered", "answered"
    PUT_AWAY = "put-away", "put away"


REMEDIES: Final = tuple((kind, kind.capitalize()) for kind in KINDS_OF_REMEDY)
"""What may be given in a step; how much, the charter says."""

REVIEW_AFTER: Final = timedelta(days=182)
"""So long after it was published a procedure is looked at again, unless somebody says another day."""
REVIEW_SOON: Final = timedelta(days=14)
"""From so many days before its day on, a procedure is shown to be looked at again."""
LOST_PICTURES: Final = timedelta(days=30)
"""A picture that no draft and no version shows is removed then."""
MOST_STOPS: Final = 20
"""Procedures that are read first: of a longer path little is remembered."""
LONGEST_WORDS: Final = 1000
SMALLEST_GROUP: Final = 5
"""Of fewer readers nobody is told how many have read: who knows all but one would know that one."""

WHOLE: Final = ""
"""In the place of the key of a step: the whole of it isn't clear."""

MARKDOWN_TYPE: Final = "text/markdown; charset=utf-8"

PUBLISHED: Final = "procedure-published"
TRANSLATED: Final = "procedure-translated"
DRAFTED: Final = "procedure-drafted"
EDITED: Final = "procedure-edited"
HANDED_IN: Final = "procedure-proposed"
ANSWERED: Final = "procedure-answered"
PUT_AWAY: Final = "procedure-put-away"
ABOUT: Final = "procedure-looked-after"
RETIRED: Final = "procedure-retired"
BROUGHT_BACK: Final = "procedure-brought-back"
PATH: Final = "procedure-path-changed"

ACTS: Final = {
    DRAFTED: "began a draft of a procedure",
    EDITED: "changed a draft of a procedure: revision {revision}",
    PUBLISHED: "published version {version} of a procedure",
    TRANSLATED: "published a translation of a procedure: {language}",
    HANDED_IN: "proposed a change of a procedure",
    ANSWERED: "answered a proposal for a procedure",
    PUT_AWAY: "put a draft of a procedure away",
    ABOUT: "said who looks after a procedure, and until when",
    RETIRED: "took a procedure out of use",
    BROUGHT_BACK: "took a procedure into use again",
    PATH: "changed what is read first",
}
"""What was done, after the name of who did it. What somebody read, or found unclear, is written nowhere."""
