"""The answer as JSON for other programs.

The keys are those of `LetGo` and `Account` and of the values inside them, and are documented there. They
are stable: what a later version adds is new keys; a change of meaning changes `schema`. Beside them stand

- `schema`: `"remit.letgo/1"`;
- `minor_units`: how many decimal places a whole unit of the currency has (2: amounts are cents);
- `headline`, `summary`, `promise`: sentences about everything (empty where there is nothing to promise);
- for each segment `title`, `sentence` and `rests_on` (the asked and declined up to the limit on which its
  promise rests, or null), for each thin segment `title`;
- `counted_declined` beside every `declined` of counts: all answers but a plain yes;
- `source`: the `Account`.

Amounts and sums are minor units, shares and rates fractions between 0 and 1, waiting is in hours, days are
ISO 8601. What the history can't say is null.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum, IntEnum
from typing import Final

from remit_engine.evidence.letgo.values import Counts, LetGo, Segment, ThinSegment
from remit_engine.history.account import Account
from remit_engine.money import decimals
from remit_engine.report.words import names, verdicts, whole

SCHEMA: Final = "remit.letgo/1"


def as_json(letgo: LetGo, account: Account) -> str:
    """The whole answer as one JSON object in ASCII, indented by 2; see the module for its keys."""
    answer = {
        "schema": SCHEMA,
        "headline": whole.headline(letgo),
        "summary": whole.summary(letgo),
        "promise": whole.promise(letgo),
        "minor_units": decimals(letgo.currency),
        **_object(letgo),
        "segments": [_segment(segment, letgo) for segment in letgo.segments],
        "thin": [_thin(group) for group in letgo.thin],
        "source": _object(account),
    }
    return json.dumps(answer, indent=2, allow_nan=False)


def _segment(segment: Segment, letgo: LetGo) -> Mapping[str, object]:
    point = verdicts.at_limit(segment)
    return {
        "title": names.full_title(segment),
        "sentence": verdicts.verdict(segment, letgo.settings, letgo.currency),
        "rests_on": None if point is None else {"asked": point.asked, "declined": point.declined},
        **_object(segment),
    }


def _thin(group: ThinSegment) -> Mapping[str, object]:
    return {"title": names.full_title(group), **_object(group)}


def _object(value: object) -> dict[str, object]:
    """A frozen value as an object, by the names of its attributes."""
    if not is_dataclass(value) or isinstance(value, type):
        raise TypeError(value)
    made = {part.name: _plain(getattr(value, part.name)) for part in fields(value)}
    if isinstance(value, Counts):
        made["counted_declined"] = value.counted_declined
    return made


def _plain(value: object) -> object:
    if isinstance(value, IntEnum):
        return value.name.lower()
    if isinstance(value, Enum):
        return value.value
    if isinstance(value, date):
        return value.isoformat()
    if isinstance(value, tuple | frozenset):
        return [_plain(part) for part in (sorted(value) if isinstance(value, frozenset) else value)]
    return _object(value) if is_dataclass(value) else value
