"""How long takes what comes back by itself: each task of the schedule, and all that it puts into the queue?

    REMIT_DATA=… python -m bench.desk.jobs

All of them are made due at once, as after a day without a worker, and worked one after the other. One that
fails ends the measuring: at such a size, nobody else would notice.
"""

from __future__ import annotations

import json
import os
import resource
import time
from collections import defaultdict
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
django.setup()

from bench.desk.pinning import core_seconds  # noqa: E402 (only once Django is set up)
from remit.core.clock import now  # noqa: E402
from remit.jobs import schedule  # noqa: E402
from remit.jobs.claiming import claim  # noqa: E402
from remit.jobs.inline import work_on  # noqa: E402
from remit.jobs.models import Schedule  # noqa: E402
from remit.jobs.tasks import title_of  # noqa: E402

_WORKER: Final = "bench"


def run() -> dict[str, Any]:
    """Work them; of each how often it was worked, and how long the longest took."""
    schedule.set_up()
    Schedule.objects.update(next_at=now())
    schedule.add_due()
    took: dict[str, list[tuple[float, float]]] = defaultdict(list)
    while job := claim(_WORKER):
        begun, worked = time.perf_counter(), core_seconds()
        error = work_on(job)
        if error is not None:
            raise SystemExit(f"{job.task} failed: {error!r}")
        took[job.task].append((time.perf_counter() - begun, core_seconds() - worked))
    return {
        "peak MiB": resource.getrusage(resource.RUSAGE_SELF).ru_maxrss // 2**10,
        "tasks": [
            {
                "task": title_of(name),
                "times": len(each),
                "longest s": round(max(seconds for seconds, _ in each), 2),
                "core s": round(sum(core for _, core in each), 2),
            }
            for name, each in sorted(took.items())
        ],
    }


def main() -> None:
    """Run, and write what was measured as JSON on the last line."""
    print(json.dumps(run()))


if __name__ == "__main__":
    main()
