"""What a charter lets go today already: rows of a log that need no yes as it is."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

import numpy as np

from remit_engine.charter.columns import CharterInColumns
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.history.account import Progress
from remit_engine.history.requests.of_history import from_history
from remit_engine.history.table import Bools, History

_ALLOWANCES: Final = "Allowances are left out, as if nothing was used: the log doesn't say what was."


@dataclass(frozen=True, slots=True)
class LetGoAlready:
    """Rows that need no yes today.

    Attributes:
        mask: bool, one a row of the log: the level is `propose` or higher.
        rows: how many these are.
        told: what was left out or isn't known, in sentences.
    """

    mask: Bools
    rows: int
    told: tuple[str, ...]


def already_let_go(
    charter: Charter, history: History, *, zone: str | None = None, progress: Progress | None = None
) -> LetGoAlready:
    """Which questions of a log nobody would have to ask under a charter.

    Nothing is assumed to be used of an allowance: a log seldom carries totals, and taking every allowance for
    used up would hide what was let go already.

    Args:
        charter: that holds today; its rules of the day of each row are used.
        history: the log.
        zone: IANA zone in whose wall clock the days lie; that of the log by default.
        progress: told now and then how many rows are done.
    """
    columns = from_history(charter, history, zone=zone)
    levels = CharterInColumns(charter).levels(columns, allowances=False, progress=progress)
    mask = np.asarray(levels >= Level.PROPOSE)
    told = (*columns.told, _ALLOWANCES) if charter.all_allowances else columns.told
    return LetGoAlready(mask, int(mask.sum()), told)
