"""Frozen values that are loaded quickly: thousands of rules are tens of thousands of them."""

from __future__ import annotations

from dataclasses import fields
from functools import cache
from typing import Any


class Frozen:
    """A frozen dataclass with slots that is pickled by the values of its fields, in their order.

    Dataclasses do the same by themselves, but look their fields up again for each value that is loaded.
    """

    __slots__ = ()

    def __reduce__(self) -> tuple[Any, ...]:
        """How to make it again."""
        kind: type = type(self)
        names, _ = _fields(kind)
        return _again, (kind, *(getattr(self, name) for name in names))


@cache
def _fields(kind: type) -> tuple[tuple[str, ...], tuple[Any, ...]]:
    """Names of the fields, and what sets each of them past the freezing."""
    names = tuple(field.name for field in fields(kind))
    return names, tuple(getattr(kind, name).__set__ for name in names)


def _again(kind: type, *values: object) -> object:
    made: object = object.__new__(kind)
    for put, value in zip(_fields(kind)[1], values, strict=True):
        put(made, value)
    return made
