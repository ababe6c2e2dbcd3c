"""The pictures of the docs, from a demo: `REMIT_DATA=FOLDER python -m tests.app.journeys.docs_pictures`.

The demo has to be there (`remit demo` makes it); nothing in it is changed.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from typing import Any, NamedTuple

from tests.app.journeys.screens import server, set_up

IMAGES = Path("docs/images")
MOST_BYTES = 200_000


class Picture(NamedTuple):
    """One picture: its name, where, who looks (a word; "" for a customer), the size, what is typed before."""

    name: str
    address: str
    member: str
    size: str
    amount: str = ""


def pictures() -> list[Picture]:
    """What is shown: the main team of the demo, as it stands."""
    from django.db.models import Q  # noqa: PLC0415 (only once Django is set up)

    from remit.approvals.models import Approval  # noqa: PLC0415
    from remit.complaints.models import Closure, Complaint  # noqa: PLC0415
    from remit.people.models import Membership, Team  # noqa: PLC0415

    team = Team.objects.get(word="harbour-street")
    lead = (
        Membership.objects.filter(team=team, until=None, role__word="lead", member__word="sam").get().member
    )
    asked = Approval.objects.filter(team=team, ended_at=None, form="ask", asked__member=lead).latest(
        "asked_at"
    )
    mine = Complaint.objects.filter(team=team, closed_at=None, assignee__word="ana", decisions=None)
    closed = Closure.objects.filter(complaint__team=team, reopened_at=None, reason="made-right")
    given = closed.filter(Q(complaint__decisions__kind="refund"), complaint__decisions__remedy__isnull=False)
    return [
        Picture("complaint", f"/complaints/{mine.latest('opened_at').number}/", "ana", "laptop", "25"),
        Picture("approval", f"/approvals/{asked.pk}/", "sam", "phone"),
        Picture("list", "/complaints/?tab=open", "ana", "laptop"),
        Picture("charter", f"/charter/{team.word}/#ladders", "ana", "laptop"),
        Picture("customer", f"/c/{given.latest('at').complaint.token}/", "", "phone"),
        Picture("people", f"/teams/{team.word}/people/", "mia", "laptop"),
    ]


def main(folder: Path) -> None:
    """Write `desk-<name>.png` for each, as one sees it without scrolling."""
    from tests.app.journeys.looking import look_at, session_of  # noqa: PLC0415
    from tests.journeys.browsing import chromium  # noqa: PLC0415

    from remit.people.models import Member  # noqa: PLC0415

    os.environ["DJANGO_ALLOW_ASYNC_UNSAFE"] = "1"
    folder.mkdir(parents=True, exist_ok=True)
    with server() as address, chromium() as browser:
        for each in pictures():
            looking: Any = look_at(browser, size=each.size, scheme="light", address=address)
            if each.member:
                looking.sign_in(session_of(Member.objects.get(word=each.member)))
            looking.page.goto(each.address)
            if each.amount:
                looking.page.get_by_label("Amount", exact=True).fill(each.amount)
                looking.page.locator("#press").get_by_text(f"{each.amount}.00").wait_for()
                looking.page.get_by_label("Amount", exact=True).blur()
            looking.page.wait_for_load_state("networkidle")
            looking.page.evaluate("document.fonts.ready")
            file = folder / f"desk-{each.name}.png"
            looking.page.screenshot(path=file)
            looking.context.close()
            size = file.stat().st_size
            print(f"{file}: {size:,} bytes{'' if size <= MOST_BYTES else ', too large'}")  # noqa: T201


if __name__ == "__main__":
    set_up()
    main(Path(sys.argv[1]) if len(sys.argv) > 1 else IMAGES)
