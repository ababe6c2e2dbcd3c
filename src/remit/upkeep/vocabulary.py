"""Words of the upkeep."""

from __future__ import annotations

from typing import Final

TRIED_AGAIN: Final = "job-tried-again"
LEFT: Final = "job-left"

ACTS: Final = {
    TRIED_AGAIN: "had work tried again that stood still",
    LEFT: "left work undone that stood still",
}

NEEDS_A_PERSON: Final = "job-needs-a-person"
ABOUT_STUCK_JOBS: Final = "jobs:stuck"
