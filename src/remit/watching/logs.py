"""How lines of the log look: JSON for machines, plain on a terminal; never with what people typed.

Our own lines are sentences that stand in the code, with fields beside them. A line of a library is written as
it stands in the library's source: what it would fill in (paths with secrets, names, addresses) is left out,
but for numbers. Of an error its kind and its places are written, neither its words nor any value: a database
repeats whole rows in them, a mail server the address that it refuses.
"""

from __future__ import annotations

import json
import logging
import re
import sys
import traceback
from collections.abc import Iterator, Mapping
from datetime import UTC, datetime
from pathlib import Path
from types import MappingProxyType
from typing import Any, Final

from remit.core.log_fields import fields_now
from remit.core.shown import visible
from remit_engine.errors import RemitError

_OURS: Final = ("remit", "remit_engine")
_OF_EVERY_RECORD: Final = frozenset(vars(logging.makeLogRecord({}))) | {"message", "asctime", "taskName"}
_FILLED_IN: Final = re.compile(r"%(?:\((\w+)\))?[-+ #0-9.*]*[a-zA-Z]")
_LEFT_OUT: Final = "…"
_LONGEST_TRACE: Final = 40
_SAID: Final[Mapping[str, str]] = MappingProxyType(
    {
        "django.security.DisallowedHost": "A name was asked for that REMIT_HOSTS doesn't allow.",
        "django.security.RequestDataTooBig": "More was sent than is taken.",
        "django.security.TooManyFieldsSent": "More fields were sent than are taken.",
    }
)
"""Lines of libraries that are put together before they are logged, in words of ours."""


def logging_settings(form: str, *, are_requests_shown: bool = True) -> dict[str, Any]:
    """Django's setting LOGGING.

    Args:
        form: `json` or `text`; "" for text on a terminal, and json elsewhere.
        are_requests_shown: whether there is a line for every request, and for every job that was done.
    """
    shown = form or ("text" if sys.stderr is not None and sys.stderr.isatty() else "json")
    formatter = TextLines if shown == "text" else JsonLines
    return {
        "version": 1,
        "disable_existing_loggers": False,
        "formatters": {"lines": {"()": formatter}},
        "filters": {"errors": {"()": "django.utils.log.CallbackFilter", "callback": _tells_of_an_error}},
        "handlers": {"console": {"class": "logging.StreamHandler", "formatter": "lines"}},
        "root": {"handlers": ["console"], "level": "WARNING"},
        "loggers": {
            "remit": {"level": "INFO"},
            "remit.requests": {"level": "INFO" if are_requests_shown else "ERROR"},
            # What else it says of a request, its status, stands in the line of that request.
            "django.request": {"level": "ERROR", "filters": ["errors"]},
            "django.server": {"handlers": [], "propagate": True},
            "django": {"handlers": [], "propagate": True},
        },
    }


def _tells_of_an_error(record: logging.LogRecord) -> bool:
    return bool(record.exc_info)


def are_lines_json() -> bool:
    """Whether this process writes its log as JSON: then what it has to say belongs there, too."""
    return any(isinstance(handler.formatter, JsonLines) for handler in logging.getLogger().handlers)


class JsonLines(logging.Formatter):
    """One JSON object a line: `at`, `level`, `logger`, `says`, then what it is about, then an error."""

    def format(self, record: logging.LogRecord) -> str:
        """The line."""
        fields = {
            "at": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "says": said(record),
            **about(record),
            **error_in(record),
        }
        return visible(json.dumps(fields, ensure_ascii=False, default=_in_short))


class TextLines(logging.Formatter):
    """The same for people: time, level, sentence, fields; the places of an error below."""

    def format(self, record: logging.LogRecord) -> str:
        """The line, or with an error some lines."""
        error = error_in(record)
        trace: Any = error.pop("trace", [])
        at = datetime.fromtimestamp(record.created, UTC).astimezone()
        fields = "".join(f"  {name}={_in_text(value)}" for name, value in {**about(record), **error}.items())
        head = f"{at:%H:%M:%S} {record.levelname.lower():<7} {said(record)}{fields}"
        return "\n".join([visible(head), *(f"         {visible(place)}" for place in trace)])


def said(record: logging.LogRecord) -> str:
    """The sentence of a line, without a word that came from outside."""
    if record.name.partition(".")[0] in _OURS:
        return record.getMessage()
    if record.name in _SAID:
        return _SAID[record.name]
    if not record.args:
        # It may have been put together before, with anything in it.
        return f"{record.name} says something in {_place(record.pathname, record.lineno)}."
    return _as_in_the_source(str(record.msg), record.args)


def about(record: logging.LogRecord) -> dict[str, object]:
    """The fields of a line: of the request or the job, and those that it was given itself, if it is ours."""
    fields = dict(fields_now())
    if record.name.partition(".")[0] in _OURS:
        fields |= {name: value for name, value in vars(record).items() if name not in _OF_EVERY_RECORD}
    return fields


def error_in(record: logging.LogRecord) -> dict[str, object]:
    """The error that a line tells of: `error` is its kind, `trace` where it happened."""
    error = record.exc_info[1] if record.exc_info else None
    if error is None:
        return {}
    told: dict[str, object] = {"error": _kind(error), **_known_facts(error)}
    # Of what is refused to strangers the kind says all; and there is much of it.
    if not isinstance(error, RemitError) and not record.name.startswith("django.security"):
        told["trace"] = list(_places(error))[-_LONGEST_TRACE:]
    return told


def _known_facts(error: BaseException) -> dict[str, object]:
    """What can be told of an error beside its kind: codes and names of the program's own."""
    facts: dict[str, object] = {}
    if isinstance(error, RemitError):
        facts["code"] = error.code
    for cause in _chain(error):
        told = getattr(cause, "diag", None)
        if told is not None:  # psycopg's account of what the server said
            facts |= {"sqlstate": told.sqlstate, "table": told.table_name, "constraint": told.constraint_name}
        if isinstance(cause, OSError) and cause.errno is not None:
            facts["errno"] = cause.errno
        if isinstance(code := getattr(cause, "smtp_code", None), int):
            facts["smtp"] = code
    return {name: value for name, value in facts.items() if value is not None}


def _places(error: BaseException) -> Iterator[str]:
    """Where it happened, the innermost place last; what led to it before."""
    for cause in reversed(_chain(error)):
        yield f"{_kind(cause)}:"
        for frame in traceback.extract_tb(cause.__traceback__):
            yield f"{_place(frame.filename, frame.lineno or 0)} {frame.name}"


def _chain(error: BaseException) -> list[BaseException]:
    """An error, and those that it came from."""
    chain: list[BaseException] = []
    while error not in chain:
        chain.append(error)
        cause = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
        if cause is None:
            break
        error = cause
    return chain


def _kind(error: BaseException) -> str:
    kind = type(error)
    return kind.__name__ if kind.__module__ == "builtins" else f"{kind.__module__}.{kind.__qualname__}"


def _place(file: str, line: int) -> str:
    """A file as the program knows it, without the folder where it was installed."""
    parts = Path(file).parts
    for mark in ("site-packages", "src"):
        if mark in parts:
            return f"{'/'.join(parts[parts.index(mark) + 1 :])}:{line}"
    return f"{Path(file).name}:{line}"


def _as_in_the_source(template: str, args: object) -> str:
    """A template of a library with its numbers filled in, and nothing else."""
    given = iter(args) if isinstance(args, tuple) else None

    def filled(place: re.Match[str]) -> str:
        if place.group(1) is not None:
            value = args.get(place.group(1)) if isinstance(args, Mapping) else None
        else:
            value = next(given, None) if given is not None else args
        is_number = isinstance(value, int | float) and not isinstance(value, bool)
        return str(value) if is_number else _LEFT_OUT

    return _FILLED_IN.sub(filled, template.replace("%%", "\0")).replace("\0", "%")


def _in_text(value: object) -> str:
    return value if isinstance(value, str) else json.dumps(value, default=_in_short)


def _in_short(value: object) -> str:
    """A value that JSON doesn't know: its kind alone, for what it shows of itself may be anything."""
    return f"<{type(value).__name__}>"
