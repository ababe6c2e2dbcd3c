"""How many decisions a second: by the action in several processes, and by real HTTP from several clients.

    REMIT_DATA=… python -m bench.desk.deciding --seconds 20 --clients 8

Each decision is a refund of 4.00 on another open complaint: judged by the charter in force, written with its
remedy, its entries in the books, its allowances, its place in the trail, notices and jobs. What counts is
what was written to the database for good.
"""

from __future__ import annotations

import argparse
import json
import multiprocessing
import os
import queue
import threading
import time
from collections.abc import Callable, Iterator
from statistics import median
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
django.setup()

from django.db import connections  # noqa: E402 (only once Django is set up)

from bench.desk.clients import Browser, session_of  # noqa: E402
from bench.desk.pages import deciders, open_for_decisions  # noqa: E402
from bench.desk.pinning import core_seconds  # noqa: E402
from bench.desk.serving import served  # noqa: E402
from remit.complaints.actions.deciding import Intent, decide  # noqa: E402
from remit.complaints.models import Decision  # noqa: E402
from remit.core.errors import NotAllowed, Refusal  # noqa: E402
from remit.people.models import Member  # noqa: E402

_WRITTEN: Final = 302
"""Where a decision was made, the browser is sent on."""
_REFUSED: Final = 422
_ENOUGH: Final = 400
"""Decisions a second for which complaints are at hand."""
Took = list[float]


def by_action(seconds: float, clients: int) -> dict[str, Any]:
    """The action alone, in as many processes as clients."""
    numbers = _numbers(seconds, clients)
    members = [member.pk for member in deciders(clients)]
    connections.close_all()
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    begin = context.Event()
    processes = [
        context.Process(target=_deciding, args=(member, mine, seconds, begin, told))
        for member, mine in zip(members, numbers, strict=True)
    ]
    for process in processes:
        process.start()
    begin.set()
    heard = [told.get() for _ in processes]
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise SystemExit("A client ended early, see above.")
    took = [each for mine, _ in heard for each in mine]
    return _said("the action, in processes", seconds, clients, took, sum(worked for _, worked in heard))


def _deciding(
    member: int,
    numbers: list[int],
    seconds: float,
    begin: Any,  # noqa: ANN401 (part of multiprocessing)
    told: Any,  # noqa: ANN401
) -> None:
    """Decide until the time is over, in a process of its own."""
    who = Member.objects.get(pk=member)
    begin.wait()
    worked = core_seconds()
    took: Took = []
    try:
        took = _until_the_end(seconds, (lambda n=number: _decided(who, n) for number in numbers))
    finally:
        told.put((took, core_seconds() - worked))  # whoever waits for it isn't left waiting


def _decided(who: Member, number: int) -> bool:
    try:
        decide(who, number, Intent(kind="refund", value=400, key=f"bench-{number}-{time.time_ns()}"))
    except (Refusal, NotAllowed):
        return False
    return True


def by_http(seconds: float, clients: int, workers: int) -> dict[str, Any]:
    """Real requests to `remit serve`."""
    numbers = _numbers(seconds, clients)
    sessions = [session_of(member) for member in deciders(clients)]
    told: queue.Queue[Took] = queue.Queue()
    with served(workers=workers, threads=4) as (port, _):
        threads = [
            threading.Thread(target=_sending, args=(Browser(port, session), mine, seconds, told))
            for session, mine in zip(sessions, numbers, strict=True)
        ]
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
    took = [each for _ in threads for each in told.get_nowait()]
    return _said(f"HTTP, {workers} processes of remit serve", seconds, clients, took, None)


def _sending(browser: Browser, numbers: list[int], seconds: float, told: queue.Queue[Took]) -> None:
    told.put(_until_the_end(seconds, (lambda n=number: _sent(browser, n) for number in numbers)))


def _sent(browser: Browser, number: int) -> bool:
    sent = {"kind": "refund", "value": "4", "key": f"bench-{number}-{time.time_ns()}"}
    status, _ = browser.post(f"/complaints/{number}/decisions/", sent)
    if status not in {_WRITTEN, _REFUSED}:
        raise SystemExit(f"C-{number}: {status}")
    return status == _WRITTEN


def _until_the_end(seconds: float, acts: Iterator[Callable[[], bool]]) -> Took:
    """Seconds that each decision took, until the time is over; what was refused doesn't count."""
    until = time.perf_counter() + seconds
    took = []
    for act in acts:
        started = time.perf_counter()
        was_decided = act()
        ended = time.perf_counter()
        if was_decided:
            took.append(ended - started)
        if ended > until:
            return took
    raise SystemExit("Too few complaints for so many decisions.")


def _numbers(seconds: float, clients: int) -> list[list[int]]:
    """Complaints for each client, none of them twice."""
    most = int(seconds * _ENOUGH)
    numbers = list(open_for_decisions().values_list("number", flat=True)[:most])
    return [numbers[first::clients] for first in range(clients)]


def _said(how: str, seconds: float, clients: int, took: Took, worked: float | None) -> dict[str, Any]:
    """What came out; `worked`: seconds that a core worked for it, database included."""
    return {
        "how": how,
        "clients": clients,
        "decisions": len(took),
        "a second": round(len(took) / seconds, 1),
        "p50 ms": round(median(took) * 1000, 1),
        "p95 ms": round(sorted(took)[int(len(took) * 0.95)] * 1000, 1),
        "core ms": "" if worked is None else round(worked * 1000 / len(took), 1),
    }


def main() -> None:
    """Measure both ways, and write what came out as JSON."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--seconds", type=float, default=15)
    parser.add_argument("--clients", type=int, default=8)
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    before = Decision.objects.count()
    found = [
        by_action(options.seconds, options.clients),
        by_http(options.seconds, options.clients, options.workers),
    ]
    kept = Decision.objects.count() - before
    if kept != sum(each["decisions"] for each in found):
        raise SystemExit(f"{kept} decisions were kept, and not what the clients were told.")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
