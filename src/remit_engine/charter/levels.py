"""The five levels of authority, in their order."""

from __future__ import annotations

from enum import IntEnum
from typing import Final


class Level(IntEnum):
    """What somebody may do about a request; a higher level is more room."""

    NEVER = 0
    """Not even with a yes; somebody else takes it over."""
    ASK = 1
    """Needs a yes first."""
    PROPOSE = 2
    """Goes ahead unless somebody objects in time."""
    INFORM = 3
    """Done at once; somebody is told."""
    DECIDE = 4
    """Done at once."""

    @property
    def word(self) -> str:
        """The word of the charter: `decide`."""
        return self.name.lower()


FROM_THE_TOP: Final = tuple(reversed(Level))
"""Every level, the highest first."""

LEVELS_BY_WORD = {level.word: level for level in Level}
"""Every level by its word."""
