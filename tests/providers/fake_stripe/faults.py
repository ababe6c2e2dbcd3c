"""What may go wrong between a question and its answer."""

from enum import Enum


class Fault(Enum):
    """What happens to one call."""

    TOO_MANY = "429, nothing is done"
    BROKEN_BEFORE = "500, nothing is done"
    BROKEN_AFTER = "500, and it is done all the same"
    CUT_BEFORE = "the connection ends, nothing is done"
    CUT_AFTER = "the connection ends when it is done"
    LATE = "it is done, and the answer comes when nobody waits any more"
    IN_PROGRESS = "409, an earlier call with this key is still at work"
    NONSENSE = "200, and it isn't JSON"

    @property
    def does_it(self):
        """Whether the call takes effect."""
        return self in {Fault.BROKEN_AFTER, Fault.CUT_AFTER, Fault.LATE, Fault.NONSENSE}
