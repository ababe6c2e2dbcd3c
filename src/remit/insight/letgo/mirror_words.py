"""What a manager's own mirror says."""

from __future__ import annotations

from remit.insight.letgo.mirror import FEWEST, WEEKS, Mirror
from remit.insight.letgo.words import seconds_in_words
from remit_engine.report.words import figures


def mirror_words(mirror: Mirror) -> dict[str, str]:
    """What the mirror says, by what it is about."""
    return {"answers": _answers(mirror), "rated": _rated(mirror)}


def _answers(mirror: Mirror) -> str:
    if not mirror.answered or mirror.waited is None:
        return f"You answered no question in these {WEEKS} weeks."
    share = figures.share(mirror.plain_yes / mirror.answered)
    text = (
        f"You answered {figures.things(mirror.answered, 'question')}, {share} of them with a plain yes. Half "
        f"of them waited {figures.hours(mirror.waited)} or longer."
    )
    return text if mirror.seconds is None else f"{text} {seconds_in_words(mirror.seconds)}"


def _rated(mirror: Mirror) -> str:
    waited, others = mirror.those_who_waited, mirror.those_who_did_not
    if waited is None or others is None:
        return f"Fewer than {FEWEST} customers rated on one of the sides, so nothing is said."
    text = (
        f"Those who waited for your answer gave {waited.mean:.1f} of 5 ({waited.complaints} rated), those "
        f"who waited for nobody's {others.mean:.1f} ({others.complaints} rated)."
    )
    if not mirror.differs:
        return f"{text} That is no more than chance explains."
    return (
        f"{text} That is more than chance explains; what has to be asked for is often a larger trouble, too."
    )
