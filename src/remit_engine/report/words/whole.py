"""What is said about everything together: headline, promise, does it hold, what to do next."""

from __future__ import annotations

from typing import Final

from remit_engine.evidence.letgo.values import LetGo, Promise, Reason, Segment, Standards, TimeSplit, Verdict
from remit_engine.money import written
from remit_engine.report.words.figures import (
    between,
    bound,
    count,
    day,
    hours,
    in_hundred,
    setting,
    share,
    things,
    times_in,
)
from remit_engine.report.words.names import listed

NOTHING_CHANGES = "Nothing changes until you put it into the charter."
NO_DECLINES = (
    "There is not one decline in this log. Does your export leave declines out? If it does, what is said "
    "here means nothing: export them too, and run this again."
)


_SEVERAL: Final = 3


def headline(letgo: LetGo) -> str:
    """The title of the answer."""
    verdicts = {segment.verdict for segment in letgo.segments}
    if Verdict.LET_GO in verdicts:
        return "What you always approve, you could let go"
    if verdicts == {Verdict.NO}:
        return "These approvals do real work"
    return "Nothing to let go yet – and why"


def origin(letgo: LetGo) -> str:
    """How many answers over which time, and what today's charter lets go already."""
    return f"{_origin(letgo)} {today(letgo)}".rstrip()


def today(letgo: LetGo) -> str:
    """What was left out because today's charter lets it go already; empty without a charter."""
    if letgo.today is None:
        return ""
    if not letgo.today.rows:
        return f"Today's charter, {letgo.today.charter}, lets none of them go yet."
    rows = things(letgo.today.rows, "other answer", "other answers")
    needs = "needs" if letgo.today.rows == 1 else "need"
    return " ".join(
        [
            f"{rows} {needs} no yes under today's charter, {letgo.today.charter}, already and are left out.",
            *letgo.today.told,
        ]
    )


def _origin(letgo: LetGo) -> str:
    answers = f"From {things(letgo.counts.asked, 'answer')} given by people"
    if letgo.period is None:
        return f"{answers}; the source has no times."
    first, last = day(letgo.period.first), day(letgo.period.last)
    return f"{answers} between {first} and {last} ({things(round(letgo.period.weeks), 'week')})."


def summary(letgo: LetGo) -> str:
    """The answer in one sentence, without its promise."""
    if letgo.saved is None:
        return _nothing(letgo)
    going = sum(segment.verdict is Verdict.LET_GO for segment in letgo.segments)
    of_all = f"{count(letgo.saved.approvals)} of {count(letgo.counts.asked)}"
    segments = things(going, "segment")
    return f"{of_all} approvals ({share(letgo.saved.share)}) in {segments} need not have been asked for."


def _nothing(letgo: LetGo) -> str:
    if not letgo.segments:
        return "No group of answers is large enough to be looked at."
    reasons = {segment.reason for segment in letgo.segments}
    if reasons == {Reason.REAL_WORK}:
        return (
            f"In every group that was looked at, declines are clearly more frequent than the "
            f"{setting(letgo.settings.tolerance)} that you would accept. Keep these approvals."
        )
    not_yet = sum(segment.verdict is Verdict.NOT_YET for segment in letgo.segments)
    no = len(letgo.segments) - not_yet
    parts = [f"{count(number)} {word}" for number, word in ((not_yet, "not yet"), (no, "no")) if number]
    return f"No segment can be let go on this evidence: {listed(parts)}."


def promise(letgo: LetGo) -> str:
    """The promise about everything that is let go; empty when nothing is."""
    if letgo.bound is None or letgo.saved is None:
        return ""
    settings = letgo.settings
    odds = f"right at least {times_in(settings.confidence)}"
    if settings.promise is Promise.POOLED:
        return (
            f"Of everything let go below, taken together, at most {in_hundred(settings.tolerance)} are "
            f"requests you would have declined; a statement like this is {odds}. It is one promise about all "
            "of it together: a single segment may do worse than that, while others do better."
        )
    return (
        f"In each segment let go, at most {in_hundred(settings.tolerance)} are requests you would have "
        f"declined; statements like these are {odds}, all of them together, whichever limits you pick."
    )


def figures(letgo: LetGo) -> list[tuple[str, str, str]]:
    """The three headline figures: (before the figure, the figure, what it is)."""
    saved, odds = letgo.saved, letgo.bound
    if saved is None or odds is None:
        return []
    of_all = f"{count(saved.approvals)} of {count(letgo.counts.asked)}"
    first = ("", count(saved.approvals), f"approvals fewer, of {count(letgo.counts.asked)}")
    second = ("", share(saved.share), f"of the approvals need not be asked ({of_all})")
    if saved.a_quarter is not None:
        quarter = f"approvals fewer a quarter ({between(saved.a_quarter)})"
        first = ("about", count(saved.a_quarter.value), quarter)
    if saved.waiting is not None:
        weeks = "" if letgo.period is None else f" in these {things(round(letgo.period.weeks), 'week')}"
        median = hours(saved.waiting.median)
        known = saved.waiting.known
        over = "" if known == saved.approvals else f" (times known for {count(known)})"
        second = (
            "",
            hours(saved.waiting.total),
            f"of waiting less{weeks}{over}; {median} each at the median",
        )
    sure = f"of them you would have declined (right {times_in(letgo.settings.confidence)})"
    return [first, second, ("at most", bound(odds.rate_at_most), sure)]


def money_together(letgo: LetGo) -> str:
    """The money side of the promise about everything; empty when nothing is let go."""
    if letgo.bound is None or letgo.bound.leak_at_most is None:
        return ""
    leak = written(letgo.bound.leak_at_most, letgo.currency)
    text = f"Each decision let go gives away at most {leak} on average that you would not have given."
    if letgo.bound.money_at_most is not None:
        text = f"Of the money, at most {bound(letgo.bound.money_at_most)} would have been declined. {text}"
    return text


def time_split(split: TimeSplit | None, tolerance: float) -> str:
    """Limits of the first two thirds, tried on the last third: whichever way it came out."""
    if split is None:
        return "The source has no times, so limits of older answers can't be tried on newer ones."
    if split.segments == 0:
        return (
            f"On the answers before {day(split.cut)} alone, no limit would have been found, so there was "
            "nothing to try on the newer ones."
        )
    found = f"Limits found on the answers before {day(split.cut)} ({things(split.segments, 'segment')})"
    if split.asked == 0:
        return f"{found} were tried on the newer ones, but nothing inside them was asked since."
    declined = share(split.declined / split.asked)
    seen = f"{count(split.declined)} of {count(split.asked)} were declined ({declined})"
    outcome = (
        f"within the {setting(tolerance)}: it held."
        if split.kept
        else f"more than the {setting(tolerance)}: it did not hold. Be careful, and look at what changed."
    )
    return f"{found} were tried on the newer ones: {seen}, {outcome}"


def standards(found: Standards | None) -> str:
    """Whether those who answer differ; no figure of a person."""
    if found is None:
        return (
            "The source doesn't say who answered. If several people answer and their standards differ, the "
            "promise is about them as they were, in the same mix."
        )
    people = f"{things(found.people, 'person', 'people')} answered"
    if found.p_value is None:
        return f"{people}; too few of them have enough answers to compare standards."
    if found.differ:
        return (
            f"{people}. Their standards differ more than luck explains ({count(found.compared)} compared, "
            f"{_odds(found.p_value)}). The promise is about these people in this mix: run this again when "
            "they change, and agree on a standard first."
        )
    return (
        f"{people}. Their standards differ no more than luck explains ({count(found.compared)} compared, "
        f"{_odds(found.p_value)})."
    )


def _odds(p_value: float) -> str:
    return "p below 0.001" if p_value < 0.001 else f"p = {p_value:.3f}"


def next_steps(letgo: LetGo) -> list[str]:
    """What to do with the answer."""
    steps: list[str] = []
    if letgo.no_declines:
        steps.append(
            "Make sure that the export holds declines, expiries and withdrawals, not only approvals."
        )
    if any(segment.verdict is Verdict.LET_GO for segment in letgo.segments):
        steps += [
            "Choose one segment, and talk it over with the people who ask: they know what the log doesn't.",
            "Write a draft charter with --draft charter.yaml, and mend its whys.",
            "Try it for four weeks. Look at a sample of what was decided, as coaching: same, or different?",
        ]
    if any(segment.reason is Reason.CHANGED for segment in letgo.segments):
        steps.append("Where declines have become more frequent, find out what changed before anything else.")
    if any(segment.verdict is Verdict.NOT_YET for segment in letgo.segments):
        steps.append("Where it says not yet, wait for more answers, or trust first: with a why and an end.")
    hint = together_hint(letgo)
    if hint is not None:
        steps.append(hint)
    if any(segment.verdict is Verdict.NO for segment in letgo.segments):
        steps.append("Where it says no, keep asking, and ask instead: could a fact tell the good ones apart?")
    return [*steps, "Run this again when a quarter has passed, or when the people who answer change."]


def together_hint(letgo: LetGo) -> str | None:
    """Where several segments have too few answers alone, the other promise may say more."""
    thin = [segment for segment in letgo.segments if segment.reason is Reason.TOO_FEW]
    if letgo.settings.promise is Promise.POOLED or len(thin) < _SEVERAL:
        return None
    return (
        f"{len(thin)} segments have too few answers each. Taken together they may have enough: --promise "
        "pooled makes one promise about all of it, in place of one for each. Choose one and stay with it."
    )


def going(letgo: LetGo) -> list[Segment]:
    """The segments let go, as they are ordered."""
    return [segment for segment in letgo.segments if segment.verdict is Verdict.LET_GO]
