"""With how many examples a property is tried."""

from hypothesis import settings

LEAST = 8


def examples(whole):
    """So many in the whole suite; a fifth of them, new ones each time, while somebody works."""
    return whole if settings.get_current_profile_name() == "steady" else max(LEAST, whole // 5)
