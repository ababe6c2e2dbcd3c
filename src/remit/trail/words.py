"""Words of what was done. Each app knows those of its own codes: a mapping `ACTS` in its `vocabulary.py`.

    ACTS = {"complaint-opened": "opened it", "complaint-handed-over": "handed it to {to}"}

They stand after the name of who did it; what stands in braces is taken from the data of the entry. Codes that
a customer causes, signed in as nobody, may be listed as `ACTS_OF_THE_CUSTOMER`.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache
from types import MappingProxyType

from remit.core.vocabularies import vocabularies

BY_NOBODY = "Remit"
BY_THE_CUSTOMER = "The customer"


@cache
def known_acts() -> Mapping[str, str]:
    """The words of every code that an app knows."""
    found: dict[str, str] = {}
    for vocabulary in vocabularies():
        found.update(getattr(vocabulary, "ACTS", {}))
    return MappingProxyType(found)


@cache
def _acts_of_the_customer() -> frozenset[str]:
    return frozenset(
        act for vocabulary in vocabularies() for act in getattr(vocabulary, "ACTS_OF_THE_CUSTOMER", ())
    )


def who(act: str, name: str | None) -> str:
    """Who did it: their name; for nobody the customer, or Remit itself."""
    if name is not None:
        return name
    return BY_THE_CUSTOMER if act in _acts_of_the_customer() else BY_NOBODY


def did(act: str, data: Mapping[str, object]) -> str:
    """What was done, in words that stand after a name."""
    words = known_acts().get(act, act.replace("-", " "))
    return words.format_map(_Forgiving(data))


class _Forgiving(dict[str, object]):
    """Old entries may lack what newer words ask for."""

    def __missing__(self, key: str) -> str:
        return "…"
