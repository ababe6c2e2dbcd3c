"""What is said about why people complain, in sentences."""

from __future__ import annotations

from remit.insight.causes.looking import SURE_OF_ALL, Look, times_words
from remit_engine.evidence.rising import FEWEST_BEFORE, RECENT, Change


def about_all(look: Look) -> str:
    """What there is to say about all complaints together."""
    weeks = len(look.counted.all)
    if look.all is None:
        return (
            f"Complaints of {weeks} whole {'week' if weeks == 1 else 'weeks'} so far: too few to say what is "
            f"usual. From {RECENT + FEWEST_BEFORE} on it is said what rises."
        )
    change = look.all
    said = f"{change.recent} complaints in the newest {RECENT} weeks, where {usual(change)} would be usual"
    if min(change.chance, change.chance_of_fewer) > SURE_OF_ALL:
        return f"{said}: no more and no fewer than noise explains."
    way = "more" if change.chance <= SURE_OF_ALL else "fewer"
    often = f"{times_words(change)} as often as before"
    return f"{said}: {often}, {way} than noise explains. A season may explain it, though."


def usual(change: Change) -> str:
    """How many would be usual: `5`, `0.4`."""
    return f"{change.usual:.0f}" if round(change.usual, 1) >= 1 else f"{change.usual:.1f}"
