"""Pictures of the pages: `python -m tests.app.journeys.screens FOLDER`, on phone and laptop, light and dark.

The pages are those of a made house with a little behind it; with `REMIT_DATA` (or `DATABASE_URL`) of a demo
that is there already, those of the demo.
"""

from __future__ import annotations

import os
import sys
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from threading import Thread
from typing import NamedTuple


class Screen(NamedTuple):
    """One picture: its name, the page (by the name or the path of its address), the word of whoever looks."""

    name: str
    address: str
    member: str = ""


SCREENS = (
    Screen("sign-in", "people:sign-in"),
    Screen("today", "today:today", "ana"),
    Screen("complaints", "complaints:list", "ana"),
    Screen("complaint-new", "complaints:new", "ana"),
    Screen("approvals", "approvals:list", "sam"),
    Screen("to-hand-over", "remedies:to-hand-over", "ana"),
    Screen("charter", "charters:charter", "ana"),
    Screen("delegations", "charters:delegations", "sam"),
    Screen("people", "people:people", "mia"),
    Screen("team-settings", "people:team-settings", "mia"),
    Screen("nowhere", "/nowhere/", "ana"),
)


def main(folder: Path, screens: tuple[Screen, ...] = SCREENS) -> None:
    """Write `<name>-<size>-<scheme>.png` for each page, size and scheme; say which couldn't be shown."""
    from tests.app.journeys.looking import look_at, session_of  # noqa: PLC0415
    from tests.journeys.browsing import SCHEMES, SIZES, chromium  # noqa: PLC0415

    from remit.people.models import Member  # noqa: PLC0415 (only once Django is set up)

    folder.mkdir(parents=True, exist_ok=True)
    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    with _server() as address, chromium() as browser:
        for screen in screens:
            path = _path(screen.address)
            if not path:
                print(f"--- {screen.name}: there is no such page")  # noqa: T201
                continue
            member = Member.objects.filter(word=screen.member).first()
            session = session_of(member) if member else ""
            for size in SIZES:
                for scheme in SCHEMES:
                    looking = look_at(browser, size=size, scheme=scheme, address=address)
                    if session:
                        looking.sign_in(session)
                    answer = looking.page.goto(path)
                    looking.page.evaluate("document.fonts.ready")
                    looking.page.screenshot(
                        path=folder / f"{screen.name}-{size}-{scheme}.png", full_page=True
                    )
                    looking.context.close()
                    for complaint in looking.complaints:
                        print(complaint)  # noqa: T201
            print(f"{answer.status} {screen.name}")  # noqa: T201


def _path(address: str) -> str:
    """Where a page lies; "" where there is none of that name."""
    from django.urls import NoReverseMatch, reverse  # noqa: PLC0415

    if address.startswith("/"):
        return address
    try:
        return reverse(address)
    except NoReverseMatch:
        return ""


@contextmanager
def _server() -> Iterator[str]:
    """Remit at an address of this machine, in a thread."""
    from django.core.servers.basehttp import ThreadedWSGIServer, WSGIRequestHandler  # noqa: PLC0415

    from remit.config.wsgi import application  # noqa: PLC0415

    class Quiet(WSGIRequestHandler):
        def log_message(self, *_args: object) -> None:
            """Says nothing."""

    server = ThreadedWSGIServer(("127.0.0.1", 0), Quiet)
    server.set_app(application)
    thread = Thread(target=server.serve_forever, daemon=True)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        thread.join()


def _make_house() -> None:
    """A house in an empty database."""
    from django.core.management import call_command  # noqa: PLC0415
    from django.utils import timezone  # noqa: PLC0415
    from tests.app.conftest import CHARTER  # noqa: PLC0415
    from tests.app.made_house import made_house  # noqa: PLC0415

    from remit.people.models import Organisation  # noqa: PLC0415

    call_command("migrate", verbosity=0)
    if not Organisation.objects.exists():
        made_house(CHARTER, timezone.now())


if __name__ == "__main__":
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "remit.config.settings")
    if "REMIT_DATA" not in os.environ and "DATABASE_URL" not in os.environ:
        os.environ["REMIT_DATA"] = tempfile.mkdtemp(prefix="remit-screens-")
    import django

    django.setup()
    _make_house()
    main(Path(sys.argv[1] if len(sys.argv) > 1 else "screens"))
