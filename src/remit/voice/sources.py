"""Where ideas come from: apps above say what of theirs one can have an idea about, by one click.

An address `…/ideas/new/?from=step&of=12:abc` names a source by its kind and a key. The app that knows it says
what it is, to whoever may see it; what only few see isn't kept with an idea that has no name.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Final

from remit.core.errors import NotThere
from remit.people.access import Place


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """What an idea comes from.

    Attributes:
        kind: of it: `step`, `look-back`.
        key: by which its app finds it again.
        words: what it is, in a few words: `Step “Warm the plates”`.
        text: an idea to begin with; "" for none.
        is_shared: whether the whole team sees it. What only few see would say who had the idea.
    """

    kind: str
    key: str
    words: str
    text: str = ""
    is_shared: bool = True


Find = Callable[[Place, str], Source]
Lead = Callable[[str], str]

_found_by: Final[dict[str, tuple[Find, Lead]]] = {}


def comes_from(kind: str, find: Find, lead: Lead) -> None:
    """Say how a kind of source is found; called when an app is ready.

    Args:
        kind: a short word.
        find: gives it to somebody by its key; raises `NotThere` where it isn't for them.
        lead: the address of its page by its key; "" for a page that isn't for the whole team.
    """
    _found_by[kind] = find, lead


def source_of(place: Place, kind: str, key: str) -> Source | None:
    """The source that an address names; None where it names none, or none that is for them."""
    if kind not in _found_by:
        return None
    find, _ = _found_by[kind]
    try:
        return find(place, key)
    except NotThere:
        return None


def address_of(kind: str, key: str) -> str:
    """The page of a source; "" where there is none for the whole team."""
    return _found_by[kind][1](key) if kind in _found_by else ""
