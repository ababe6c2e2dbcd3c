"""Invitations (iCalendar, RFC 5545), as far as people want to see them in a letter."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Final

from remit.inbox.reading.heads import one_line

_LONGEST: Final = 300
_FIELD: Final = re.compile(r"^([A-Z-]{1,40})(?:;[^\n]{0,500}?)?:(.*)$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Invitation:
    """A calendar's event in a letter.

    Attributes:
        method: what is wanted: `REQUEST`, `CANCEL`, `REPLY`, …; "" where it isn't said.
        summary: its title.
        starts: as it is written there, such as `20261201T090000Z`.
        where: its place.
        organizer: their address, in lower case.
    """

    method: str = ""
    summary: str = ""
    starts: str = ""
    where: str = ""
    organizer: str = ""


def invitation_of(calendar: str) -> Invitation | None:
    """The first event of a calendar; None where it holds none."""
    method, inside, said = "", False, dict[str, str]()
    for line in re.sub(r"\r?\n[ \t]", "", calendar).splitlines():
        found = _FIELD.match(line.strip()[:2_000])
        if not found:
            continue
        name, value = found[1], found[2]
        if name == "METHOD":
            method = value.strip().upper()[:20]
        elif name in {"BEGIN", "END"} and value.strip().upper() == "VEVENT":
            if name == "END":
                break
            inside = True
        elif inside:
            said.setdefault(name, _unescaped(value))
    if not inside:
        return None
    return Invitation(
        method=method,
        summary=said.get("SUMMARY", ""),
        starts=said.get("DTSTART", ""),
        where=said.get("LOCATION", ""),
        organizer=re.sub(r"^mailto:", "", said.get("ORGANIZER", "").lower()),
    )


def _unescaped(value: str) -> str:
    return one_line(re.sub(r"\\([nN,;\\])", lambda found: " " if found[1] in "nN" else found[1], value))[
        :_LONGEST
    ]
