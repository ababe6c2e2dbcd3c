"""Words of the charters: codes of the trail and of notices, names under which things are found."""

from __future__ import annotations

from typing import Final

PUBLISHED: Final = "charter-published"
HANDED_IN: Final = "charter-handed-in"
TAKEN_BACK: Final = "charter-taken-back"
LENT: Final = "authority-lent"
LENDING_ENDED: Final = "lending-ended"
LOOKED: Final = "charter-looked-at"
"""Acts, as the trail writes them."""

NOTICE_CHANGED: Final = "charter-changed"
NOTICE_SECOND: Final = "charter-needs-second"
NOTICE_NOT_PUBLISHED: Final = "charter-not-published"
NOTICE_LENT: Final = "authority-lent"
NOTICE_LENDING_ENDED: Final = "lending-ended"
"""What members are told."""

ORGANISATION: Final = "organisation"
"""What a team's charter writes after `extend`, to extend that of the organisation."""

FILE: Final = "charter.yaml"
"""What the text of a charter is called in findings."""

LEVEL_MEANS: Final = {
    "decide": "do it, now",
    "inform": "do it now; somebody is told",
    "propose": "it goes ahead unless somebody objects in time",
    "ask": "somebody has to say yes first",
    "never": "somebody else takes it over",
}
"""The levels, in words for a legend."""

LENDABLE: Final = ("decide", "inform", "propose")
"""Levels that somebody may lend, the highest first."""

LONGEST_LENDING_DAYS: Final = 366
"""Authority is lent for a time; whoever needs it longer needs a role."""

ACTS: Final = {
    "lending-ended": "ended a delegation",
    "authority-lent": "handed authority over for a time",
    "charter-published": "published the charter",
    "charter-handed-in": "handed in a charter for a second publisher",
    "charter-taken-back": "took a handed-in charter back",
    "charter-looked-at": "looked at what changed in the charter",
}
"""What was done to a charter, after the name of who did it."""
