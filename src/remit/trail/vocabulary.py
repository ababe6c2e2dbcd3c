"""Words of the trail."""

from __future__ import annotations

from typing import Final

WORDS_ERASED: Final = "words-erased"

ACTS: Final = {
    WORDS_ERASED: "erased personal words from the record",
    "restored": "restored everything from the backup of {made_at}",
}
