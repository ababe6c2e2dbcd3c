"""What is worth a look, in words: what was seen, what would be usual, and that it proves nothing."""

from __future__ import annotations

from datetime import date
from typing import Final

from remit.findings.models import Finding
from remit.findings.vocabulary import Signal
from remit.people.models import Member
from remit_engine.report.words import figures

ALARM: Final = (
    "Such alarms of a team together go off without cause at most once a year. It is worth a look, and "
    "nothing more: please look at these decisions together."
)
PAIRS: Final = (
    "Where guests come to whoever is there, one in ten pairs that are named so is chance; where somebody has "
    "their regulars, it says nothing at all."
)
GRANT: Final = (
    "Perhaps other things are asked for since, perhaps standards differ. It is about the rule, and nobody "
    "who decided by it did wrong."
)
COUNTED: Final = (
    "It is counted, not suspected: often there is one cause behind it, and somebody should find it."
)


_TITLES: Final = {
    Signal.REVERSED: "More of {whose} decisions were taken back or objected to",
    Signal.DIFFERENT: "More reviews of {whose} decisions said different",
    Signal.NEAR_LINE: "More of {whose} amounts end just under a line",
    Signal.SHARE: "More was given by {who} than the share of complaints explains",
    Signal.PAIR: "{Who} and the same guest, again and again",
    Signal.VELOCITY: "Much was given to one guest within 90 days",
    Signal.IN_A_DAY: "More than one remedy to one guest within a day",
    Signal.LET_GO: "What was let go by “{rule}” is taken back more often than promised",
}


def title_of(finding: Finding, reader: Member) -> str:
    """What it is, for somebody."""
    who = _who(finding, reader)
    return _TITLES[Signal(finding.reason)].format(
        whose=_whose(finding, reader),
        who=who,
        Who=f"{who[0].upper()}{who[1:]}",
        rule=finding.evidence.get("rule", ""),
    )


def sentence_of(finding: Finding, reader: Member) -> str:
    """What was seen, and what would be usual."""
    evidence = finding.evidence
    since = f"Since {figures.day(date.fromisoformat(evidence['since']))}"
    happened = figures.count(evidence["happened"])
    match finding.reason:
        case Signal.SHARE:
            return (
                f"{since} {_who(finding, reader)} gave {happened} times, where the share of the same weeks' "
                f"complaints would make about {figures.few(evidence['expected'])}. {ALARM}"
            )
        case Signal.PAIR:
            return (
                f"{since} {happened} of {figures.count(evidence['observed'])} remedies to this guest are by "
                f"{_who(finding, reader)}, where about {figures.few(evidence['expected'])} "
                f"would be usual. {PAIRS}"
            )
        case Signal.LET_GO:
            return (
                f"{since} {happened} of {figures.count(evidence['observed'])} decisions under it were taken "
                f"back, or a review said different; at most {figures.in_hundred(evidence['tolerance'])} was "
                f"promised, of requests as they were. {GRANT}"
            )
        case Signal.VELOCITY:
            return f"{since} {happened} remedies went to one guest. {COUNTED}"
        case Signal.IN_A_DAY:
            by = f", all by {_who(finding, reader)}" if finding.member else ""
            day = figures.day(date.fromisoformat(evidence["since"]))
            return f"{happened} remedies went to one guest within 24 hours, the first on {day}{by}. {COUNTED}"
        case _:
            usual = figures.share(evidence["others_happened"] / max(evidence["others_observed"], 1))
            return (
                f"{since} it is {happened} of {figures.count(evidence['observed'])}; of the "
                f"{evidence['others']} others of the same role together it is {usual}. {ALARM}"
            )


def _whose(finding: Finding, reader: Member) -> str:
    if finding.member is None:
        return "these"
    return "your" if finding.member_id == reader.pk else f"{finding.member.name}'s"


def _who(finding: Finding, reader: Member) -> str:
    if finding.member is None:
        return "somebody"
    return "you" if finding.member_id == reader.pk else finding.member.name
