"""What is said about one segment: the verdict, the promise, what it would have saved and cost."""

from __future__ import annotations

from remit_engine.evidence.letgo.values import (
    Cost,
    Counts,
    CurvePoint,
    Promise,
    Reason,
    Recent,
    Saved,
    SecondReading,
    Segment,
    Settings,
    ThinSegment,
    Verdict,
    Waiting,
)
from remit_engine.money import written
from remit_engine.report.words.figures import (
    between,
    bound,
    count,
    day,
    few,
    hours,
    in_hundred,
    money_between,
    setting,
    share,
    things,
    times_in,
)
from remit_engine.report.words.names import listed

BADGES = {Verdict.LET_GO: "let go", Verdict.NOT_YET: "not yet", Verdict.NO: "no"}
"""The word of each verdict."""
NO_LIMIT = "no limit seen"
"""What stands beside a limit that is the largest amount asked."""


def verdict(segment: Segment, settings: Settings, currency: str) -> str:
    """The whole verdict of a segment, promise included, in one to three sentences."""
    text = sentence(segment, settings, currency)
    if segment.verdict is Verdict.LET_GO:
        return text
    return f"{BADGES[segment.verdict].capitalize()}: {text}"


def sentence(segment: Segment, settings: Settings, currency: str) -> str:
    """The same, for places where the word of the verdict stands beside it."""
    if segment.verdict is Verdict.LET_GO:
        return f"{evidence(segment, currency)} {_promised(settings)}"
    return why_not(segment, settings)


def at_limit(segment: Segment) -> CurvePoint | None:
    """The point of the curve that the limit stands on: the answers that the promise rests on."""
    points = [point for point in segment.curve if segment.limit is not None and point.limit <= segment.limit]
    return points[-1] if points else None


def evidence(segment: Segment, currency: str) -> str:
    """What was seen: `You approved 283 of the 285 requests up to 150.`."""
    point = at_limit(segment)
    asked, declined = (point.asked, point.declined) if point else (0, 0)
    when = "In the newer half of the time you" if segment.tested_on == "newer half" else "You"
    approved = f"all {count(asked)}" if declined == 0 else f"{count(asked - declined)} of the {count(asked)}"
    upto = written(segment.limit or 0, currency)
    if segment.reason is Reason.NO_LIMIT_SEEN:
        return f"{when} approved {approved} requests, up to the largest one asked ({upto}): no limit is seen."
    return f"{when} approved {approved} requests up to {upto}."


def _promised(settings: Settings) -> str:
    if settings.promise is Promise.POOLED:
        return (
            "This is part of the one promise about everything let go together; it isn't a promise of its own."
        )
    return (
        f"Even allowing for luck, at most {in_hundred(settings.tolerance)} of such requests are ones you "
        f"would have declined; statements like this are right at least {times_in(settings.confidence)}, all "
        "of them together, whichever limit you pick."
    )


def bound_label(settings: Settings) -> str:
    """What the upper bound of one segment is a bound of."""
    if settings.promise is Promise.POOLED:
        return "of them you would have declined, by this segment's answers alone"
    return "of them you would have declined"


def bound_head(settings: Settings) -> str:
    """The same as the head of a column."""
    return "alone, at most" if settings.promise is Promise.POOLED else "at most"


def why_not(segment: Segment, settings: Settings) -> str:
    """Why nothing is let go in this segment; the verdict itself isn't said again."""
    counts = segment.counts
    seen = f"{count(counts.counted_declined)} of {count(counts.asked)} were not approved"
    seen += f" ({share(counts.counted_declined / counts.asked)})"
    match segment.reason:
        case Reason.TOO_FEW:
            return _too_few(segment, settings)
        case Reason.UNCLEAR:
            near = f"too close to the {setting(settings.tolerance)} that you would accept"
            return f"{seen}, {near}. More answers may decide it either way.{_more(segment)}"
        case Reason.CHANGED:
            until = f"until {day(segment.changed_since)}" if segment.changed_since else "until lately"
            return (
                f"Taken alone, the answers {until} would let this go; since then declines have become more "
                "frequent. First find out what has changed."
            )
        case _:
            accepted = setting(settings.tolerance)
            return f"{seen}, clearly more than the {accepted} that you would accept. Keep these approvals."


def _too_few(segment: Segment, settings: Settings) -> str:
    """Too few answers everywhere, or too few at the smaller amounts, while larger ones are real work."""
    counts = segment.counts
    rate = counts.counted_declined / counts.asked
    if rate <= settings.tolerance:
        return _so_far(segment) + _more(segment)
    more = "more" if segment.more_needed is None else f"about {count(segment.more_needed)} more"
    return (
        f"{count(counts.counted_declined)} of {count(counts.asked)} were not approved ({share(rate)}), "
        f"fewer of them at smaller amounts. There, {more} answers like these would do."
    )


def _so_far(segment: Segment) -> str:
    counts = segment.counts
    declined = (
        "none of them declined"
        if counts.counted_declined == 0
        else f"{count(counts.counted_declined)} of them not approved"
    )
    answers = f"{things(counts.asked, 'answer')}, {declined},"
    if segment.thin_rate_at_most >= 1:
        return f"{answers} are too few to say anything."
    return f"{answers} are enough to say at most {bound(segment.thin_rate_at_most)}."


def _more(segment: Segment) -> str:
    return (
        ""
        if segment.more_needed is None
        else f" About {count(segment.more_needed)} more like these would do."
    )


def thin(group: ThinSegment) -> str:
    """What a group too small to be looked at still needs."""
    counts = group.counts
    so_far = f"{things(counts.asked, 'answer')} so far, {count(counts.approved)} of them approved"
    return f"{so_far}; {count(group.needed)} would do if all were a yes."


def counted(counts: Counts) -> str:
    """How the answers ended: `923 asked · 905 approved · 18 not approved (15 declined, 3 expired)`."""
    text = f"{count(counts.asked)} asked · {count(counts.approved)} approved"
    return f"{text} · {endings(counts)}" if counts.counted_declined else text


def endings(counts: Counts) -> str:
    """The answers that were no plain yes: `18 not approved (15 declined, 3 expired)`."""
    parts = [
        f"{count(number)} {word}"
        for number, word in (
            (counts.declined, "declined"),
            (counts.granted_less, "granted less"),
            (counts.expired, "expired"),
            (counts.withdrawn, "withdrawn"),
        )
        if number
    ]
    if counts.declined == counts.counted_declined:
        return f"{count(counts.declined)} declined"
    return f"{count(counts.counted_declined)} not approved ({', '.join(parts)})"


def money_promise(segment: Segment, settings: Settings, currency: str) -> str:
    """The promise in money, and what follows from that in decisions: the average leak per decision.

    Empty where nothing is promised about the segment alone.
    """
    if segment.bound is None or segment.limit is None or segment.bound.leak_at_most is None:
        return ""
    leaked = written(segment.bound.leak_at_most, currency)
    leak = (
        f"Each decision let go gives away at most {leaked} on average that you would not have given "
        f"({setting(settings.tolerance)} of {written(segment.limit, currency)})."
    )
    if segment.bound.money_at_most is None:
        return leak
    return f"Of the money, at most {bound(segment.bound.money_at_most)} would have been declined. {leak}"


def saving(saved: Saved) -> str:
    """What would not have been asked."""
    text = f"{things(saved.approvals, 'approval')} fewer, {share(saved.share)} of what was asked"
    if saved.a_quarter is not None:
        text += f"; about {count(saved.a_quarter.value)} a quarter ({between(saved.a_quarter)})"
    if saved.per_manager_week is not None:
        text += f"; {few(saved.per_manager_week)} a week for each person who answers"
    return text + "."


def waiting(waits: Waiting, approvals: int) -> str:
    """The waiting that would have been spared, by the clock and in working hours."""
    known = ""
    if waits.known != approvals:
        known = f" (times known for {count(waits.known)} of {count(approvals)})"
    return (
        f"{hours(waits.total)} of waiting less{known}: half of them waited {hours(waits.median)} or longer, "
        f"one in ten {hours(waits.p90)} or longer. In working hours: {hours(waits.working_total)} in all, "
        f"median {hours(waits.working_median)}, one in ten {hours(waits.working_p90)} or longer."
    )


def costing(cost: Cost, currency: str) -> str:
    """What would have gone out although it was declined."""
    if cost.declined == 0:
        seen = "None of them was declined."
    else:
        plain = "" if cost.plain_declined == cost.declined else f" ({count(cost.plain_declined)} a plain no)"
        seen = (
            f"{things(cost.declined, 'decline')}{plain} would have gone out, "
            f"{written(cost.declined_sum, currency)} in all."
        )
    return (
        f"{seen} In another stretch like this one: {between(cost.count_interval)}, "
        f"{money_between(cost.sum_interval, currency)}."
    )


def recently(recent: Recent) -> str:
    """The newest weeks."""
    if recent.asked == 0:
        return f"Nothing like this was asked in the last {things(recent.weeks, 'week')}."
    declined = "none" if recent.declined == 0 else count(recent.declined)
    return f"In the last {things(recent.weeks, 'week')}: {declined} of {count(recent.asked)} declined."


def second_reading(reading: SecondReading, segment: Segment, currency: str) -> str:
    """The other reading of declines that were asked again and then approved."""
    was = "was" if reading.resubmitted == 1 else "were"
    lead = (
        f"{things(reading.resubmitted, 'decline')} {was} asked again and then approved. "
        "Counted as approvals instead, "
    )
    if reading.limit is None:
        return lead + (
            "nothing would be let go either." if segment.limit is None else "nothing would be let go."
        )
    if reading.limit == segment.limit:
        return lead + "the limit would be the same."
    return lead + f"the limit would be {written(reading.limit, currency)}."


def newer_half(segment: Segment) -> str:
    """Why only the newer half speaks for a narrowed segment."""
    facts = listed(list(dict.fromkeys(name for name, _ in segment.facts)))
    by = f" by {facts}" if facts else ""
    return (
        f"The older half of the answers suggested to look at these{by}; only the newer half was then used to "
        "find the limit, so that nothing is learned and tested on the same answers."
    )
