"""Words of practice, and the few figures that it goes by."""

from __future__ import annotations

from datetime import timedelta
from typing import Final

CLOSED_FOR: Final = timedelta(days=14)
"""Only what has been closed for so long: what is fresh is still talked about."""
NOT_OLDER: Final = timedelta(days=730)
"""What is older was decided in another world."""
LEAST_ALIKE: Final = 5
"""So many closed complaints of a category have to be there: *the one of the wedding* is known by itself."""
LOOKED_THROUGH: Final = 300
"""Among so many of the latest the next one is chosen."""

KEPT_OUT_TAG: Final = "private"
"""A complaint with this tag is never used."""

ACTS: Final = {
    "practice-taken-out": "took a complaint out of practice",
    "practice-put-back": "put a complaint back into practice",
}
"""What was done, after the name of who did it. That somebody practises is written nowhere."""
