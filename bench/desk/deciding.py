"""How many decisions a second: by the action in several processes, and by real HTTP from several clients.

    REMIT_DATA=… python -m bench.desk.deciding --seconds 20 --clients 1 2 4 8

Each decision is a refund of 0.10 on another open complaint about an order of yesterday: judged by the charter
in force, written with its remedy, its entries in the books, its allowances, its place in the trail, notices
and jobs. What counts is what was written to the database for good, after a few that warm each process up.

It is measured by members who decide as much alone, few and many at once, and by the team as it is, where some
need a yes.
"""

from __future__ import annotations

import argparse
import gc
import json
import multiprocessing
import os
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from functools import partial
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
from remit.complaints.access import get_complaint_to_decide  # noqa: E402
from remit.complaints.actions.deciding import Intent, decide  # noqa: E402
from remit.complaints.judging import judge, surroundings_of  # noqa: E402
from remit.complaints.models import Decision, Order  # noqa: E402
from remit.core.clock import now  # noqa: E402
from remit.core.errors import NotAllowed, Refusal  # noqa: E402
from remit.people.access import place_in  # noqa: E402
from remit.people.models import Member  # noqa: E402
from remit_engine.charter.levels import Level  # noqa: E402

_WRITTEN: Final = 302
"""Where a decision was made, the browser is sent on."""
_REFUSED: Final = 422
_REFUND: Final = 10
"""Minor units: so little that an allowance of a week lasts for all of them."""
_ASKED_ABOUT: Final = 40
"""Complaints about which members are asked whether they decide alone."""
_WARMING_UP: Final = 5
"""Decisions of each client before it is measured."""
Took = list[float]


def by_action(who: str, members: list[int], numbers: list[int], seconds: float) -> dict[str, Any]:
    """The action alone, in as many processes as members.

    Args:
        who: they are, in words.
        members: numbers of those who decide.
        numbers: of complaints.
        seconds: for how long.
    """
    clients = len(members)
    last = _last()
    connections.close_all()
    context = multiprocessing.get_context("fork")
    told = context.Queue()
    begin = context.Barrier(clients)
    processes = [
        context.Process(target=_deciding, args=(member, mine, seconds, begin, told))
        for member, mine in zip(members, _shares(numbers, clients), strict=True)
    ]
    for process in processes:
        process.start()
    heard = [told.get() for _ in processes]
    for process in processes:
        process.join()
    if any(process.exitcode for process in processes):
        raise SystemExit("A client ended early, see above.")
    took = [each for mine, _ in heard for each in mine]
    worked = sum(worked for _, worked in heard)
    return _said(f"the action, in processes, {who}", seconds, clients, took, worked) | _levels(last)


def _deciding(
    member: int,
    numbers: list[int],
    seconds: float,
    begin: Any,  # noqa: ANN401 (part of multiprocessing)
    told: Any,  # noqa: ANN401
) -> None:
    """Decide until the time is over, in a process of its own."""
    who = Member.objects.get(pk=member)
    first, rest = numbers[:_WARMING_UP], numbers[_WARMING_UP:]
    for number in first:
        _decided(who, number)
    gc.collect()
    gc.freeze()  # as a process of the server does
    begin.wait()
    worked = core_seconds()
    took: Took = []
    try:
        took = _until_the_end(seconds, (partial(_decided, who, number) for number in rest))
    finally:
        told.put((took, core_seconds() - worked))  # whoever waits for it isn't left waiting


def _decided(who: Member, number: int) -> bool:
    try:
        decide(who, number, Intent(kind="refund", value=_REFUND, key=f"bench-{number}-{time.time_ns()}"))
    except (Refusal, NotAllowed):
        return False
    return True


def by_http(members: list[int], numbers: list[int], seconds: float, workers: int) -> dict[str, Any]:
    """Real requests to `remit serve`, of members who decide alone."""
    clients = len(members)
    last = _last()
    sessions = [session_of(member) for member in Member.objects.in_bulk(members).values()]
    sessions = [sessions[number % len(sessions)] for number in range(clients)]
    ready = threading.Barrier(clients)
    with served(workers=workers, threads=4) as (port, _), ThreadPoolExecutor(clients) as threads:
        sent = [
            threads.submit(_sending, Browser(port, session), mine, seconds, ready)
            for session, mine in zip(sessions, _shares(numbers, clients), strict=True)
        ]
    took = [each for mine in sent for each in mine.result()]
    how = f"HTTP, {workers} processes of remit serve, who decide alone"
    return _said(how, seconds, clients, took, None) | _levels(last)


def _sending(browser: Browser, numbers: list[int], seconds: float, ready: threading.Barrier) -> Took:
    first, rest = numbers[:_WARMING_UP], numbers[_WARMING_UP:]
    for number in first:
        _sent(browser, number)
    ready.wait()
    return _until_the_end(seconds, (partial(_sent, browser, number) for number in rest))


def _sent(browser: Browser, number: int) -> bool:
    sent = {"kind": "refund", "value": f"{_REFUND / 100:.2f}", "key": f"bench-{number}-{time.time_ns()}"}
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


def _numbers() -> list[int]:
    """Complaints to decide: one of each customer, whose orders become those of yesterday.

    Of an old order, and to somebody who is often given something, much needs a yes.
    """
    of_customers: dict[int | None, int] = {}
    for number, customer in open_for_decisions().values_list("number", "customer"):
        of_customers.setdefault(customer, number)
    numbers = list(of_customers.values())
    yesterday = now().date() - timedelta(days=1)
    Order.objects.filter(complaints__number__in=numbers).update(placed_on=yesterday)
    return numbers


def _shares(numbers: list[int], clients: int) -> list[list[int]]:
    """Complaints for each client, none of them twice."""
    return [numbers[first::clients] for first in range(clients)]


def _members(clients: int, numbers: list[int]) -> tuple[list[int], list[int]]:
    """For so many clients those who decide alone about complaints, and all, the same ones again if few."""
    everybody = deciders(clients)
    alone = [
        member
        for member in everybody
        if all(_level(member, number) is Level.DECIDE for number in numbers[:_ASKED_ABOUT])
    ]
    if not alone:
        raise SystemExit(f"Nobody may decide {numbers[:_ASKED_ABOUT]} alone.")
    return [alone[each % len(alone)].pk for each in range(clients)], [member.pk for member in everybody]


def _level(member: Member, number: int) -> Level:
    complaint = get_complaint_to_decide(member, number)
    around = surroundings_of(place_in(member, complaint.team), complaint)
    return judge(around, kind="refund", amount=_REFUND).level


def _last() -> int:
    return int(Decision.objects.order_by("-pk").values_list("pk", flat=True)[0])


def _levels(last: int) -> dict[str, Any]:
    """How many in a hundred of the decisions after a number needed a yes."""
    levels = list(Decision.objects.filter(pk__gt=last).values_list("level", flat=True))
    return {"asked %": round(100 * levels.count(Level.ASK.word) / len(levels))}


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
    parser.add_argument("--seconds", type=float, default=5)
    parser.add_argument("--clients", type=int, nargs="+", default=[1, 2, 4, 8], help="the most of them last")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    before = Decision.objects.count()
    numbers, seconds = _numbers(), options.seconds
    alone, everybody = _members(options.clients[-1], numbers)
    several = len(options.clients)
    shares = _shares(numbers, several + 2)  # nobody is given something twice
    found = [
        *(
            by_action("who decide alone", alone[:clients], share, seconds)
            for clients, share in zip(options.clients, shares, strict=False)
        ),
        by_action("of all the team", everybody, shares[several], seconds),
        by_http(alone, shares[several + 1], seconds, options.workers),
    ]
    kept = Decision.objects.count() - before
    told = sum(each["decisions"] for each in found)
    warming_up = _WARMING_UP * sum(each["clients"] for each in found)
    if not told <= kept <= told + warming_up:
        raise SystemExit(f"{kept} decisions were kept, and not what the clients were told.")
    print(json.dumps(found))


if __name__ == "__main__":
    main()
