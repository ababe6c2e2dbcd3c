"""Single requests put into columns."""

from __future__ import annotations

from collections.abc import Iterable, Sequence

import numpy as np

from remit_engine.charter.document import Charter
from remit_engine.charter.facts import ChoiceFact, Fact, FlagFact
from remit_engine.charter.request import Request, check_request
from remit_engine.history.requests.columns import UNKNOWN, Logged, Numbers, RequestColumns
from remit_engine.history.table import MISSING, Integers, Labels


def from_requests(charter: Charter, requests: Sequence[Request], log: Logged | None = None) -> RequestColumns:
    """Put requests into columns.

    Args:
        charter: whose facts and allowances.
        requests: in the order in which they were made.
        log: what became of them, if that is known.

    Raises:
        InputError: a request can't be meant (see `check_request`).
    """
    for request in requests:
        check_request(charter, request)
    days = [None if request.day is None else np.datetime64(request.day, "D") for request in requests]
    ids = {allowance.id for allowance in charter.all_allowances}
    return RequestColumns(
        role=words(request.role for request in requests),
        kind=words(request.kind for request in requests),
        member=words(request.member for request in requests),
        team=words(request.team for request in requests),
        step=words(request.step for request in requests),
        amount=_numbers(request.amount for request in requests),
        given=_numbers(request.given for request in requests),
        currency=words(request.currency for request in requests),
        about=words(request.about for request in requests),
        account_of=words(request.account_of for request in requests),
        about_me=np.array([request.about_me for request in requests], dtype=np.bool_),
        own_account=np.array([request.own_account for request in requests], dtype=np.bool_),
        day=np.array(days, dtype="datetime64[D]"),
        moment=np.full(len(requests), "NaT", dtype="datetime64[s]"),
        customer=words(request.customer for request in requests),
        order=words(request.order for request in requests),
        facts={name: _fact(fact, requests) for name, fact in charter.all_facts.items()},
        used={name: _numbers(request.used.get(name) for request in requests) for name in sorted(ids)},
        log=log,
    )


def words(values: Iterable[str | None]) -> Labels:
    """A column of words in which an empty word is a word: only None is missing."""
    seen: dict[str, int] = {}
    codes = [MISSING if word is None else seen.setdefault(word, len(seen)) for word in values]
    return Labels(tuple(seen), np.asarray(codes, dtype=np.int32))


def _fact(fact: Fact, requests: Sequence[Request]) -> Labels | Numbers:
    values = [request.facts.get(fact.name) for request in requests]
    if isinstance(fact, ChoiceFact):
        return words(None if value is None else str(value) for value in values)
    numbers = _numbers(None if value is None else int(value) for value in values)
    return numbers.astype(np.int8) if isinstance(fact, FlagFact) else numbers


def _numbers(values: Iterable[int | None]) -> Integers:
    return np.array([UNKNOWN if value is None else value for value in values], dtype=np.int64)
