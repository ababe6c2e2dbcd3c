"""Sends the form of what if again and again, and opens what comes out: JSON, for `bench.what_if.run`."""

from __future__ import annotations

import json
import os
import sys
import time
from collections.abc import Callable
from datetime import timedelta
from statistics import median
from typing import Any, Final

import django

os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
django.setup()

from django.conf import settings  # noqa: E402 (only once Django is set up)
from django.db import connection  # noqa: E402
from django.test import Client  # noqa: E402
from django.test.utils import CaptureQueriesContext  # noqa: E402

import remit.config.wsgi  # noqa: E402, F401 (all is loaded before the first page, as in a server)
from bench.desk.pinning import core_seconds  # noqa: E402
from bench.what_if.filling import fill  # noqa: E402
from remit.core.clock import now  # noqa: E402
from remit.insight.models import LookBack  # noqa: E402
from remit.people.models import Member  # noqa: E402
from remit.people.signing_in import PROVED  # noqa: E402

_RUNS: Final = 7
_ADDRESS: Final = "/charter/counter/what-if/"


def main() -> None:
    """Fill, measure, print."""
    fill(int(sys.argv[1]))
    settings.ALLOWED_HOSTS = ["*"]
    client = Client()
    client.force_login(Member.objects.get(word="m31"), backend="remit.people.signing_in.MailAndPassword")
    session = client.session
    session[PROVED] = now().timestamp()
    session.save()
    looked = {"until": now().date(), "since": now().date() - timedelta(days=365), "of": "limit"}
    limit = {**looked, "grant": "on-the-spot", "upto": "90", "mode": "as recorded"}
    found = [
        _measured("another limit, as recorded", lambda: client.post(_ADDRESS, limit)),
        _measured(
            "the same, as if it had been in force",
            lambda: client.post(_ADDRESS, {**limit, "mode": "closed loop"}),
        ),
    ]
    last = f"{_ADDRESS}{LookBack.objects.latest('pk').pk}/"
    found.append(_measured("the page of its answer", lambda: client.get(last)))
    found.append(
        _measured("a page of decisions behind it", lambda: client.get(f"{last}decisions/?of=avoided"))
    )
    sys.stdout.write(json.dumps(found) + "\n")


def _measured(what: str, ask: Callable[[], Any]) -> dict[str, Any]:
    """Seconds and seconds of the core, the middle of the runs, and how often the database is asked."""
    with CaptureQueriesContext(connection) as queries:
        _well(ask())
        asked = len(queries)
    seconds, core = [], []
    for _ in range(_RUNS):
        begun, worked = time.monotonic(), core_seconds()
        _well(ask())
        seconds.append(time.monotonic() - begun)
        core.append(core_seconds() - worked)
    return {"what": what, "seconds": median(seconds), "core": median(core), "queries": asked}


def _well(answer: Any) -> None:  # noqa: ANN401 (what a test client answers)
    if answer.status_code not in {200, 302}:
        raise RuntimeError(answer.content.decode()[:2000])


if __name__ == "__main__":
    main()
