"""An answer as plain values, to be kept and read again."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date
from enum import Enum
from functools import cache
from types import NoneType, UnionType
from typing import Any, get_args, get_origin, get_type_hints

from remit_engine.errors import InputError
from remit_engine.evidence.what_if.values import WhatIf

VERSION = 1
"""Of the form of a record; another one can't be read any more, and is looked at anew."""


def as_record(answer: WhatIf) -> dict[str, Any]:
    """Plain values that JSON knows; `from_record` makes the same answer of them."""
    return {"version": VERSION, "answer": _plain(answer)}


def from_record(record: Mapping[str, Any]) -> WhatIf:
    """The answer that was kept.

    Raises:
        InputError: it was written in another form.
    """
    if record.get("version") != VERSION:
        raise InputError(
            "another-form", "This was kept by another version of Remit.", "Look at the charter once more."
        )
    answer: WhatIf = _made(WhatIf, record["answer"])
    return answer


def _plain(value: Any) -> Any:  # noqa: ANN401 (any value of an answer)
    if is_dataclass(value):
        return {field.name: _plain(getattr(value, field.name)) for field in fields(value)}
    if isinstance(value, tuple | frozenset):
        return [_plain(each) for each in (sorted(value) if isinstance(value, frozenset) else value)]
    if isinstance(value, Enum):
        return value.name
    return value.isoformat() if isinstance(value, date) else value


def _made(kind: Any, value: Any) -> Any:  # noqa: ANN401
    """A value of a declared type from its plain form."""
    if get_origin(kind) is UnionType:
        inner = next(each for each in get_args(kind) if each is not NoneType)
        return None if value is None else _made(inner, value)
    if get_origin(kind) is tuple:
        return _tuple(get_args(kind), value)
    if get_origin(kind) is frozenset:
        return frozenset(value)
    return _one(kind, value)


def _one(kind: type[Any], value: Any) -> Any:  # noqa: ANN401
    if is_dataclass(kind):
        return kind(**{name: _made(hint, value[name]) for name, hint in _hints(kind).items()})
    if issubclass(kind, Enum):
        return kind[value]
    if kind is date:
        return date.fromisoformat(value)
    return float(value) if kind is float else value


def _tuple(inside: Sequence[Any], value: Sequence[Any]) -> tuple[Any, ...]:
    if len(inside) == 2 and inside[1] is Ellipsis:
        return tuple(_made(inside[0], each) for each in value)
    return tuple(_made(kind, each) for kind, each in zip(inside, value, strict=True))


@cache
def _hints(kind: type[Any]) -> Mapping[str, Any]:
    return get_type_hints(kind, localns={"date": date})  # one of them imports it for the type checker alone
