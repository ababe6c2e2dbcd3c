"""What pages say of what could be let go, and its drawings: from kept figures, without statistics loaded."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any, Final

from django.utils.safestring import SafeString, mark_safe

from remit.charters.in_force import InForce
from remit.core.clock import now
from remit.findings.models import Dismissal, Finding, Taken, Window
from remit_engine.charter.ladder import Ladder
from remit_engine.charter.request import Request
from remit_engine.evidence.letgo.live_values import LiveSegment, Watch, saved_from
from remit_engine.evidence.letgo.values import Reason, Verdict
from remit_engine.money import written
from remit_engine.report.chart.bands import bands
from remit_engine.report.chart.curve import curve
from remit_engine.report.words import figures, names, verdicts

FEWEST_PEOPLE: Final = 5
"""Seconds an answer takes are shown of so many people together, never of fewer."""
_WIDE: Final = 560.0
_NARROW: Final = 330.0
_BANDS: Final = 440.0


@dataclass(frozen=True, slots=True)
class Card:
    """One segment as it is shown.

    Attributes:
        finding: its row.
        segment: its figures.
        title: what it is.
        counted: how its questions ended, and how long they waited.
        sentence: what follows, in one to three sentences.
        beside: pairs of a name and a sentence that stand beside it.
        curve, bands: drawings for wide and for narrow places; empty where there is nothing to draw.
        today, proposed: ladders; the second is empty where nothing is proposed.
        dismissed: why not now; None where it isn't left.
        taken: drafts of it that are worked on.
    """

    finding: Finding
    segment: LiveSegment
    title: str
    counted: str
    sentence: str
    beside: Sequence[tuple[str, str]]
    curve: SafeString
    bands: SafeString
    today: Ladder
    proposed: Sequence[tuple[str, int | None]]
    dismissed: Dismissal | None
    taken: Sequence[Taken]

    @property
    def largest(self) -> int:
        """The end of the scale of its ladders, minor units."""
        return max(self.segment.watched.rungs, default=0)

    @property
    def rungs(self) -> Sequence[dict[str, Any]]:
        """The limits that are watched, with what can be said of each in words."""
        return [
            {
                "limit": rung.limit,
                "asked": rung.asked,
                "declined": rung.declined,
                "at_most": "–" if rung.rate_at_most >= 1 else figures.bound(rung.rate_at_most),
                "proven": rung.proven,
                "flawless_needed": rung.flawless_needed,
            }
            for rung in self.segment.rungs
        ]

    @property
    def is_let_go(self) -> bool:
        """Whether it is proposed."""
        return self.segment.verdict is Verdict.LET_GO

    @property
    def is_no(self) -> bool:
        """Whether these approvals do something."""
        return self.segment.verdict is Verdict.NO


def card_of(
    finding: Finding,
    window: Window,
    in_force: InForce,
    *,
    dismissed: Dismissal | None = None,
    taken: Sequence[Taken] = (),
) -> Card:
    """A finding as it is shown.

    Args:
        finding: about letting go.
        window: in which it was found.
        in_force: the charter of today.
        dismissed: the *not now* that holds.
        taken: drafts of it that are worked on.
    """
    watch, currency = Watch.from_record(window.watch), in_force.compiled.charter.currency
    segment = LiveSegment.from_record(finding.evidence)
    frozen = segment.as_segment(watch.error_each, watch.tolerance)
    return Card(
        finding=finding,
        segment=segment,
        title=names.title(segment.watched),
        counted=counted(segment),
        sentence=sentence(segment, watch, currency),
        beside=tuple(beside(finding, segment, watch, currency)),
        curve=_both(curve(frozen, watch.tolerance, currency, width=_WIDE),
                    curve(frozen, watch.tolerance, currency, width=_NARROW)),
        bands=_both(bands(frozen, watch.tolerance, currency, width=_BANDS),
                    bands(frozen, watch.tolerance, currency, width=_NARROW)),
        today=ladder_today(segment, in_force),
        proposed=ladder_proposed(segment, in_force),
        dismissed=dismissed,
        taken=taken,
    )  # fmt: skip


def counted(segment: LiveSegment) -> str:
    """How the questions ended: `415 asked · 412 approved · median wait 3.4 h`."""
    text = verdicts.counted(segment.counts)
    if segment.waiting is not None:
        text += f" · median wait {figures.hours(segment.waiting.median)}"
    return text


def sentence(segment: LiveSegment, watch: Watch, currency: str) -> str:
    """What follows from the answers; the promise holds whenever one looks."""
    rate = figures.setting(watch.tolerance)
    asked, bad = segment.counts.asked, segment.counts.counted_declined
    at = segment.at_limit
    if segment.verdict is Verdict.LET_GO and at is not None:
        approved = figures.count(at.asked - at.declined)
        yes = f"all {approved}" if not at.declined else f"{approved} of the {figures.count(at.asked)}"
        return (
            f"You approved {yes} requests up to {written(at.limit, currency)}. Even allowing for luck, at "
            f"most {figures.in_hundred(watch.tolerance)} of such requests are ones you would have declined. "
            f"{promise(watch)}"
        )
    seen = "none of them declined" if not bad else f"{figures.count(bad)} of them not approved"
    if segment.reason is Reason.CHANGED:
        since = f"since {figures.day(segment.changed_since)}" if segment.changed_since else "lately"
        return (
            f"Not now: it could be let go by all answers together, but {since} declines are more frequent. "
            "First find out what has changed."
        )
    if segment.reason is Reason.REAL_WORK:
        share = figures.share(bad / asked)
        return (
            f"No: {figures.count(bad)} of {figures.count(asked)} were not approved ({share}), clearly more "
            f"than the {rate} that you would accept. These approvals do real work."
        )
    more = (
        ""
        if segment.more_needed is None
        else f" About {figures.count(segment.more_needed)} more flawless ones would do."
    )
    if segment.reason is Reason.UNCLEAR:
        return (
            f"Not yet: {figures.count(bad)} of {figures.count(asked)} were not approved, too close to the "
            f"{rate} that you would accept.{more}"
        )
    return f"Not yet: {figures.things(asked, 'answer')}, {seen}, {_sayable(segment)}.{more}"


def _sayable(segment: LiveSegment) -> str:
    best = min((rung.rate_at_most for rung in segment.rungs), default=1.0)
    if best >= 1:
        return "are too few to say anything"
    return f"are enough to say at most {figures.bound(best)}"


def promise(watch: Watch) -> str:
    """How sure that is."""
    odds = figures.times_in(watch.confidence)
    return f"Statements like this are right at least {odds}, all of them together, whenever you look."


def beside(finding: Finding, segment: LiveSegment, watch: Watch, currency: str) -> list[tuple[str, str]]:
    """What stands beside the sentence: saved, cost, at worst, lately, how long an answer took."""
    pairs: list[tuple[str, str]] = []
    if segment.saved is not None:
        pairs.append(("Saved", verdicts.saving(segment.saved)))
        if segment.saved.waiting is not None:
            waits = segment.saved.waiting
            half = f"{figures.hours(waits.total)} less, half of them {figures.hours(waits.median)} or longer"
            pairs.append(("Waiting", f"{half}; {figures.hours(waits.working_total)} of it in working hours."))
    if segment.cost is not None:
        pairs.append(("It would have cost", verdicts.costing(segment.cost, currency)))
    if segment.limit is not None:
        leak = written(watch.tolerance * segment.limit, currency)
        pairs.append(
            ("At worst", f"Each decision gives away at most {leak} on average that you would not have given.")
        )
    if segment.recent is not None:
        pairs.append(("Lately", verdicts.recently(segment.recent)))
    seconds, people = finding.evidence.get("seconds"), finding.evidence.get("answerers", 0)
    if seconds is not None and people >= FEWEST_PEOPLE:
        pairs.append(("Seconds an answer", seconds_in_words(seconds)))
    return pairs


def seconds_in_words(seconds: float) -> str:
    """Within how many seconds half of the answers came, and what that hints at."""
    took = f"{seconds:.0f} s" if seconds < 90 else f"{seconds / 60:.0f} min"  # noqa: PLR2004
    hint = " Somebody who approves everything unread gets the largest proposal." if seconds < 10 else ""  # noqa: PLR2004
    return f"Half of the answers came within {took} of opening the question.{hint}"


def ladder_today(segment: LiveSegment, in_force: InForce) -> Ladder:
    """What the charter says today of such a request, along the amount, where no allowance is used yet."""
    watched, charter = segment.watched, in_force.compiled.charter
    facts: dict[str, Any] = {}
    for name, word in watched.facts:
        facts.setdefault(name, word)
    return in_force.compiled.ladder(
        Request(
            kind=watched.kind or charter.all_kinds[0],
            role=watched.role,
            day=now().date(),
            facts=facts,
            used={allowance.id: 0 for allowance in charter.all_allowances},
        )
    )


def ladder_proposed(segment: LiveSegment, in_force: InForce) -> Sequence[tuple[str, int | None]]:
    """The same with what is proposed; empty where nothing is."""
    today = ladder_today(segment, in_force)
    if segment.limit is None:
        return ()
    rest = [
        (rung.level.word, rung.upto) for rung in today.rungs if rung.upto is None or rung.upto > segment.limit
    ]
    return [("decide", segment.limit), *rest] if not rest or rest[0][0] != "decide" else rest


def headline(cards: Sequence[Card]) -> str:
    """The title of the page."""
    found = {card.segment.verdict for card in cards if card.dismissed is None}
    if Verdict.LET_GO in found:
        return "What you always approve, you could let go"
    if cards and found <= {Verdict.NO}:
        return "These approvals do real work"
    return "Nothing to let go yet"


def origin(window: Window) -> str:
    """From how many answers, since when."""
    together = window.together
    asked = together.get("asked", 0)
    text = f"From {figures.things(asked, 'answer')} that were needed under today's charter"
    if together.get("first"):
        text += f", since {_day(together['first'])}"
    if together.get("already"):
        text += f"; {figures.count(together['already'])} more need no yes any longer"
    if together.get("elsewhere"):
        text += f"; {figures.count(together['elsewhere'])} lie in groups too small to be watched"
    return f"{text}. Nothing changes until you put it into the charter."


def stats(window: Window, watch: Watch) -> list[tuple[str, str]]:
    """The three figures at the top; empty where nothing is let go."""
    saved = saved_from(window.together.get("saved"))
    if saved is None:
        return []
    first = (figures.count(saved.approvals), "approvals fewer")
    if saved.a_quarter is not None:
        first = (
            figures.count(saved.a_quarter.value),
            f"approvals fewer a quarter ({figures.between(saved.a_quarter)})",
        )
    waited = ("–", "no times are known")
    if saved.waiting is not None:
        waited = (figures.hours(saved.waiting.total), "of waiting less in this time")
    sure = f"you would have declined ({figures.setting(watch.confidence)} sure, whenever you look)"
    return [first, waited, (f"≤ {figures.setting(watch.tolerance)}", sure)]


def why_of(segment: LiveSegment, watch: Watch, currency: str) -> str:
    """The why of a grant that lets a segment go, for its author to mend."""
    at = segment.at_limit
    if at is None:
        return ""
    yes = "All" if not at.declined else f"{figures.count(at.asked - at.declined)} of"
    return (
        f"{yes} {figures.count(at.asked)} such requests up to {written(at.limit, currency)} were approved; "
        f"at most {figures.in_hundred(watch.tolerance)} would have been declined."
    )


def _day(text: str) -> str:
    return figures.day(date.fromisoformat(text))


def _both(wide: str, narrow: str) -> SafeString:
    """A drawing for wide and for narrow places; the style sheet shows the one that fits."""
    if not wide:
        return SafeString()
    drawn = f'<div class="chart-wide">{wide}</div><div class="chart-narrow">{narrow}</div>'
    return mark_safe(drawn)  # noqa: S308 (the drawing escapes its words)  # nosec B308


def settings_of(window: Window) -> str:
    """What a window watches: `3 %, right 19 times in 20, 5 segments`."""
    watch = Watch.from_record(window.watch)
    by = f", for each {window.split_by}" if window.split_by else ""
    return (
        f"{figures.setting(watch.tolerance)}, right {figures.times_in(watch.confidence)}, "
        f"{figures.things(len(watch.segments), 'segment')}{by}"
    )


def rests_on(card: Card, window: Window) -> list[tuple[str, str]]:
    """The claim card: what is promised, about what, since when, up to when, and by which method."""
    watch, together = Watch.from_record(window.watch), window.together
    segments = figures.things(len(watch.segments), "segment")
    until = f" up to {_day(together['last'])}" if together.get("last") else ""
    since = f"{_day(together['first'])}{until}" if together.get("first") else "No answer counts yet."
    share = figures.share(watch.error_each)
    promised = (
        f"At most {figures.in_hundred(watch.tolerance)} would have been declined; right at least "
        f"{figures.times_in(watch.confidence)}, for {segments} together, at any time."
    )
    fixed = (
        f"{settings_of(window)}, with {figures.things(len(card.segment.rungs), 'limit')} here, in window "
        f"{window.number} of this team, begun {figures.day(window.opened_at.date())}."
    )
    weighed = (
        f"Evidence in the order of time, at {share} chance of error for this segment, shared among its "
        "limits by the fallback procedure."
    )
    return [
        ("Promised", promised),
        ("About", "Requests like these, asked and answered by the same people in the same mix."),
        (
            "Answers counted",
            f"{since}; later ones wait for a question that is still open, where there is one.",
        ),
        ("Fixed beforehand", fixed),
        ("Weighed by", weighed),
    ]


def so_far_words(window: Window) -> str:
    """That, as the last look kept it, in sentences; "" where nothing was decided by it."""
    kept = window.together.get("so_far") or {}
    if not kept:
        return ""
    decisions = "1 decision was" if kept["decisions"] == 1 else f"{kept['decisions']:,} decisions were"
    begin = f"By what was let go here {decisions} taken without asking. "
    if not kept["reviewed"]:
        return f"{begin}None of them was reviewed by lot yet, so nothing is said of them."
    said = f"Of {kept['reviewed']:,} reviewed by lot {kept['bad']:,} would have been answered otherwise"
    promised = f"{window.watch['tolerance']:.0%}".replace("%", "\u00a0%")
    if kept["at_most"] >= 1:
        return f"{begin}{said}: too few to say at most how many of all of them."
    most = f"{kept['at_most']:.0%}".replace("%", "\u00a0%")
    return (
        f"{begin}{said}: of all of them at most {most}, right whenever you look. It began with at most "
        f"{promised}, of questions as they were."
    )
