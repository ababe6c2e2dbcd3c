"""How much is tried: all by `make full`, a share of it by `make test`, and less while somebody works."""

from hypothesis import settings

LEAST = 8
SHARES = {"full": 1, "steady": 3, "new-ones": 5}
"""One of so many, by the name of the profile."""


def share():
    """Of how many that could be tried one is tried now."""
    return SHARES[settings.get_current_profile_name()]


def examples(whole):
    """With how many examples a property is tried, of so many that `make full` tries."""
    return max(LEAST, whole // share())


def share_of(rows, number):
    """Some of many rows: those of other numbers are others, so that each row is in one of so many shares."""
    return list(rows)[number % share() :: share()]
