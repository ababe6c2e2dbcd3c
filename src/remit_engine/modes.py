"""Which running totals a replay uses: a word that pages know without loading what replays."""

from __future__ import annotations

from enum import StrEnum


class Mode(StrEnum):
    """What running totals a replay uses; every report names it."""

    AS_RECORDED = "as recorded"
    """What was used and given is what the log says for each row; where it says nothing, all is used."""
    OPEN_LOOP = "open loop"
    """Totals are added up from what was given by the log."""
    CLOSED_LOOP = "closed loop"
    """Totals are added up from what the new answers give: as if the charter had been in force."""
