"""Has a worker look back over very many decisions: JSON, for `bench.what_if.run --as-a-job`.

Each look is a process of its own, as a worker is, so that its memory is its own; another process reads how
far it is, as the page of it does, and in the end says stop.
"""

from __future__ import annotations

import json
import os
import resource
import subprocess
import sys
import time
from datetime import timedelta
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
django.setup()

from bench.what_if.filling import fill  # noqa: E402 (only once Django is set up)
from remit.charters.in_force import charter_of  # noqa: E402
from remit.core.clock import today  # noqa: E402
from remit.insight.models import LookBack  # noqa: E402
from remit.insight.what_if.actions import Wanted, cancel, look_back, look_on  # noqa: E402
from remit.insight.what_if.reading import with_limit  # noqa: E402
from remit.insight.what_if.vocabulary import Of  # noqa: E402
from remit.people.access import Place, place_in  # noqa: E402
from remit.people.models import Member, Team  # noqa: E402
from remit_engine.modes import Mode  # noqa: E402

_WIDER: Final = 9000
_SEEN_EVERY: Final = 0.1
_STOPPED_AT: Final = 0.3
"""Share of the decisions that are read when somebody says stop."""
_MEGABYTE: Final = 1024


def main() -> None:
    """Fill, look back in both modes, stop a third one, print."""
    if sys.argv[1] == "look":
        look_on(int(sys.argv[2]))
        sys.stdout.write(f"{resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // _MEGABYTE}\n")
        return
    fill(int(sys.argv[1]))
    place = place_in(Member.objects.get(word="m31"), Team.objects.get(word="counter"))
    found = [
        _looked(place, "another limit, as recorded", Mode.AS_RECORDED),
        _looked(place, "the same, as if it had been in force", Mode.CLOSED_LOOP),
        _looked(place, "the same, stopped on the way", Mode.CLOSED_LOOP, stopped_at=_STOPPED_AT),
    ]
    sys.stdout.write(json.dumps(found) + "\n")


def _looked(place: Place, what: str, mode: Mode, stopped_at: float = 2.0) -> dict[str, Any]:
    """One look by a process of its own: how long, how much memory, and how often it says how far it is."""
    begun = _begun(place, mode)
    started, steps, stopped = time.monotonic(), set[int](), 0.0
    with subprocess.Popen(
        [sys.executable, "-m", "bench.what_if.working", "look", str(begun.pk)],
        stdout=subprocess.PIPE,
        text=True,
    ) as worker:
        while worker.poll() is None:
            time.sleep(_SEEN_EVERY)
            done = LookBack.objects.values_list("done", flat=True).get(pk=begun.pk)
            steps.add(done)
            if not stopped and done >= stopped_at * begun.rows:
                cancel(place, begun.pk)
                stopped = time.monotonic()
        printed = worker.stdout.read() if worker.stdout else ""
    ended = time.monotonic()
    kept = LookBack.objects.get(pk=begun.pk)
    if (kept.answer is None) != bool(stopped):
        raise RuntimeError(kept.failed or "it was to end another way")
    return {
        "what": what,
        "seconds": ended - started,
        "megabytes": int(printed.splitlines()[-1]),
        "steps": len(steps - {0}),
        "stopped_after": ended - stopped if stopped else None,
    }


def _begun(place: Place, mode: Mode) -> LookBack:
    in_force, day = charter_of(place.team), today(place.team.time_zone)
    wanted = Wanted(
        of=Of.LIMIT,
        named="on-the-spot up to EUR 90",
        text=with_limit(in_force, "on-the-spot", _WIDER),
        teams=[place.team],
        since=day - timedelta(days=370),
        until=day,
        mode=mode,
    )
    return look_back(place, wanted)


if __name__ == "__main__":
    main()
