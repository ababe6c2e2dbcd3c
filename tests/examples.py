"""With how many examples a property is tried."""

from hypothesis import settings

LEAST = 8


def examples(whole, *, short=None):
    """So many in the whole suite; a fifth of them, or `short`, new ones each time, while somebody works."""
    if settings.get_current_profile_name() == "steady":
        return whole
    return max(LEAST, whole // 5) if short is None else short
