"""Does memory grow under steady load? A real `remit serve` and `remit work`, with clients who read and write.

    REMIT_DATA=… python -m bench.desk.load                  five minutes
    REMIT_DATA=… python -m bench.desk.load --minutes 60     an hour

Every client does something, waits, and does the next thing: lists, searches, complaints, the customer's page,
the public form; and replies, notes, decisions and new complaints. Meanwhile the memory of each process is
sampled, with its open files, its connections to the database, and the jobs that wait.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import threading
import time
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from random import Random
from statistics import median
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
django.setup()

from django.db import connection  # noqa: E402 (only once Django is set up)
from django.db.models import Max  # noqa: E402
from django.utils.http import urlencode  # noqa: E402

from bench.desk.clients import Browser  # noqa: E402
from bench.desk.memory import Sample, slope, tree_of  # noqa: E402
from bench.desk.pages import deciders, open_for_decisions  # noqa: E402
from bench.desk.serving import served, working  # noqa: E402
from remit.complaints.customer_links import customer_token  # noqa: E402
from remit.complaints.filters import Tab  # noqa: E402
from remit.complaints.models import Complaint, Decision, Message  # noqa: E402
from remit.core.clock import now  # noqa: E402
from remit.demo.cast import MAIN  # noqa: E402
from remit.jobs.models import Job  # noqa: E402
from remit.people.models import Member  # noqa: E402

_WORDS: Final = ("cold", "pizza", "late courier", "billing", "waited", "anna", "wrong", "dessert", "refund")
_STAMP: Final = re.compile(r'name="stamp" value="([^"]+)"')
_EVERY: Final = 5.0
"""Seconds between samples."""
_WARMING_UP: Final = 0.2
"""Share of the time at the beginning that doesn't count: caches fill."""


@dataclass(slots=True)
class Heard:
    """What the clients heard, by what they did: seconds each; and what went wrong."""

    took: dict[str, list[float]] = field(default_factory=dict)
    wrong: Counter[str] = field(default_factory=Counter)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def note(self, what: str, status: int, seconds: float) -> None:
        """Keep it."""
        with self.lock:
            self.took.setdefault(what, []).append(seconds)
            if status not in {200, 302}:
                self.wrong[f"{what}: {status}"] += 1


class Work:
    """What there is to do: complaints to read, and open ones to write to, each decided once."""

    def __init__(self, clients: int) -> None:
        newest = Complaint.objects.aggregate(last=Max("number"))["last"] or 0
        rng = Random(3)  # noqa: S311 (made data)
        drawn = {rng.randrange(max(1, newest // 2), newest + 1) for _ in range(4000)}
        rows = Complaint.objects.filter(number__in=drawn, team__word=MAIN.word)
        kept = rows.values_list("number", "link", "customer")
        self.some = [(number, customer_token(link), customer) for number, link, customer in kept]
        self.open = list(open_for_decisions().values_list("number", flat=True)[:50_000])
        self.shares = [iter(self.open[first::clients]) for first in range(clients)]


def acts(browser: Browser, guest: Browser, work: Work, mine: int, heard: Heard) -> Iterator[None]:
    """One thing after another, for ever."""
    rng = Random(mine)  # noqa: S311 (made data)
    reads = {
        "list": lambda: browser.get(f"/complaints/?tab={rng.choice(list(Tab))}"),
        "search": lambda: browser.get(f"/complaints/?{urlencode({'q': rng.choice(_WORDS)})}"),
        "complaint": lambda: browser.get(f"/complaints/{rng.choice(work.some)[0]}/"),
        "timeline": lambda: browser.get(f"/complaints/{rng.choice(work.some)[0]}/timeline/"),
        "approvals": lambda: browser.get("/approvals/"),
        "customer": lambda: browser.get(f"/customers/{next(c for *_, c in _shuffled(rng, work) if c)}/"),
        "customer's page": lambda: guest.get(f"/c/{rng.choice(work.some)[1]}/"),
        "public form": lambda: guest.get(f"/tell/{MAIN.word}/"),
    }
    writes = {
        "decide": lambda: browser.post(f"/complaints/{next(work.shares[mine])}/decisions/", _refund()),
        "reply": lambda: browser.post(f"/complaints/{rng.choice(work.open)}/reply/", _text("reply", rng)),
        "note": lambda: browser.post(f"/complaints/{rng.choice(work.open)}/note/", _text("note", rng)),
        "new complaint": lambda: _written_down(browser, rng),
    }
    while True:
        among = writes if rng.random() < 0.25 else reads
        what = rng.choice(list(among))
        status, seconds = among[what]()
        heard.note(what, status, seconds)
        yield


def _shuffled(rng: Random, work: Work) -> Iterator[tuple[int, str, int | None]]:
    while True:
        yield rng.choice(work.some)


def _refund() -> dict[str, str]:
    return {"kind": "refund", "value": "4", "key": f"load-{time.time_ns()}"}


def _text(prefix: str, rng: Random) -> dict[str, str]:
    return {f"{prefix}-text": f"It was {rng.choice(_WORDS)}, and we look into it. {rng.random()}"}


def _written_down(browser: Browser, rng: Random) -> tuple[int, float]:
    """A new complaint: its form is opened, filled in and sent; seconds of the sending."""
    browser.get("/complaints/new/")
    stamp = _STAMP.search(browser.body)
    text = f"The {rng.choice(_WORDS)} came far too late. {rng.random()}"
    sent = {"text": text, "customer": f"Jo Load {rng.randrange(1000)}", "stamp": stamp[1] if stamp else ""}
    return browser.post("/complaints/new/", sent)


def run(minutes: float, clients: int, pause: float, workers: int) -> dict[str, Any]:
    """Keep the load up for so long; what was seen."""
    work, heard, stop = Work(clients), Heard(), threading.Event()
    before = (Complaint.objects.count(), Message.objects.count(), Decision.objects.count())
    samples: list[Sample] = []
    with served(workers=workers, threads=4) as (port, server), working() as worker:
        names = {server.pid: "serve", worker.pid: "work"}
        threads = [
            threading.Thread(
                target=_busy,
                args=(port, member, work, mine),
                kwargs={"pause": pause, "heard": heard, "stop": stop},
                daemon=True,
            )
            for mine, member in enumerate(deciders(clients))
        ]
        begun = time.monotonic()
        for thread in threads:
            thread.start()
        while (passed := time.monotonic() - begun) < minutes * 60:
            time.sleep(max(0.0, _EVERY - passed % _EVERY))
            samples.append(_sampled(time.monotonic() - begun, names))
            _print(samples[-1])
        stop.set()
        for thread in threads:
            thread.join(30)
    after = (Complaint.objects.count(), Message.objects.count(), Decision.objects.count())
    written = [later - earlier for earlier, later in zip(before, after, strict=True)]
    return _said(minutes, clients, samples, heard, written)


def _busy(
    port: int, member: Member, work: Work, mine: int, *, pause: float, heard: Heard, stop: threading.Event
) -> None:
    """What a client does until the end."""
    for _ in acts(Browser.of(member, port), Browser(port), work, mine, heard):
        if stop.wait(pause):
            return


def _sampled(at: float, names: dict[int, str]) -> Sample:
    waiting = Job.objects.filter(finished_at=None, needs_person_at=None, run_at__lte=now()).count()
    return Sample(at, waiting, _connections(), tree_of(names))


def _connections() -> int | None:
    """Connections to the database, but our own; on SQLite the open files of each process say it."""
    if connection.vendor != "postgresql":
        return None
    with connection.cursor() as cursor:
        cursor.execute(
            "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database() "
            "AND application_name NOT LIKE 'bench%'"
        )
        return int(cursor.fetchone()[0])


def _print(sample: Sample) -> None:
    uss = ", ".join(f"{each.name} {each.uss / 2**20:.0f} MiB" for each in sample.processes)
    print(f"{sample.at:6.0f} s: {uss}; {sample.waiting} jobs wait", flush=True)


def _said(
    minutes: float, clients: int, samples: list[Sample], heard: Heard, written: list[int]
) -> dict[str, Any]:
    counted = [each for each in samples if each.at > minutes * 60 * _WARMING_UP]
    names = [process.name for process in counted[0].processes]
    requests = sum(len(each) for each in heard.took.values())
    return {
        "minutes": minutes,
        "shortened": minutes < 60,
        "clients": clients,
        "requests": requests,
        "a second": round(requests / (minutes * 60), 1),
        "wrong": dict(heard.wrong),
        "written": dict(zip(("complaints", "messages", "decisions"), written, strict=True)),
        "waiting jobs": _span([each.waiting for each in counted]),
        "connections": _span([each.connections for each in counted if each.connections is not None]),
        "processes": {name: _of_process(counted, place) for place, name in enumerate(names)},
        "together": _growth(counted, [sum(each.uss for each in one.processes) for one in counted]),
        "acts": {
            what: {
                "times": len(took),
                "p50 ms": round(median(took) * 1000),
                "p95 ms": round(sorted(took)[int(len(took) * 0.95)] * 1000),
            }
            for what, took in sorted(heard.took.items())
        },
    }


def _of_process(samples: list[Sample], place: int) -> dict[str, Any]:
    rows = [each.processes[place] for each in samples]
    return _growth(samples, [row.uss for row in rows]) | {
        "RSS MiB": _span([round(row.rss / 2**20) for row in rows]),
        "open files": _span([row.files for row in rows]),
        "database files": _span([row.database_files for row in rows]),
    }


def _growth(samples: list[Sample], uss: list[int]) -> dict[str, Any]:
    """How much memory of its own, at the beginning and the end, and how it grows in an hour."""
    grows, error = slope([each.at / 3600 for each in samples], [each / 2**20 for each in uss])
    tenth = max(1, len(uss) // 10)
    return {
        "USS MiB": [round(median(uss[:tenth]) / 2**20), round(median(uss[-tenth:]) / 2**20)],
        "MiB an hour": round(grows, 1),
        "error": round(error, 1),
    }


def _span(values: list[int]) -> list[int]:
    return [min(values), max(values)] if values else []


def main() -> None:
    """Run, and write what was seen as JSON on the last line."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--minutes", type=float, default=5, help="how long; an hour is 60")
    parser.add_argument("--clients", type=int, default=6)
    parser.add_argument("--pause", type=float, default=0.6, help="seconds between two acts of a client")
    parser.add_argument("--workers", type=int, default=2)
    options = parser.parse_args()
    if options.minutes < 60:
        print(f"Shortened to {options.minutes:g} minutes; --minutes 60 is the whole hour.", flush=True)
    print(json.dumps(run(options.minutes, options.clients, options.pause, options.workers)))


if __name__ == "__main__":
    main()
