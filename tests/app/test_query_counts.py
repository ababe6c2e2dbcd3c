"""How often a page asks the database: every page that can be opened, against a reviewed file.

    address | queries

Counted for whoever asks most: Ola, who owns and sees everything; Ben, who borrowed authority and uses
allowances; or nobody. `REMIT_WRITE_COUNTS=1` writes the file anew. A page asks at most twelve times, the
frame around it included, and as often however much there is.
"""

import os
from datetime import timedelta
from pathlib import Path

import pytest
from django.core.files.base import ContentFile
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.app.every_address import addresses, furnished, path_of
from tests.app.made_complaints import made_complaint, wants
from tests.app.made_house import joined, made_member

from remit.charters.models import Delegation
from remit.complaints.actions.deciding import decide
from remit.complaints.actions.linking import link, merge_into
from remit.complaints.models import Attachment, Complaint, Message, SavedReply, SavedView, Tag
from remit.core.clock import now
from remit.jobs.models import Job
from remit.notices.models import Notice
from remit.people.models import CounterDevice, Invitation, Member, Role

FILE = Path(__file__).with_name("query_counts.txt")
pytestmark = pytest.mark.skipif(
    connection.vendor != "sqlite", reason="counted on SQLite: a stream takes a cursor more on PostgreSQL"
)
MOST = 12
WHO = ("nobody", "ben", "ola")
LISTS = ("mine", "due", "unassigned", "waiting", "open", "closed", "all")
ALSO = {
    "complaints:list": (
        *(f"?tab={tab}" for tab in LISTS),
        "?q=dinner",
        "?tag=hot&category=late",
        "?tab=all&look=together",
    ),
    "complaints:complaint": ("?saved=1", "?before=6", "?again=6"),
    "complaints:make-it-right": ("?kind=refund&value=300",),
    "complaints:customers": ("?q=guest",),
    "insight:what-if-decisions": ("?of=avoided", "?of=moved&segment=0"),
}
"""What else an address shows, by what stands behind it."""


def _written():
    lines = FILE.read_text(encoding="utf-8").splitlines()
    pairs = (line.rsplit("|", 1) for line in lines if line and not line.startswith("#"))
    return {address.strip(): int(queries) for address, queries in pairs}


def _counted(house, client, words):
    """The most queries of each page that answers 200, for any of those who look."""
    found = {}
    for who in WHO:
        client.logout()
        if who != "nobody":
            client.force_login(getattr(house, who), backend="remit.people.signing_in.MailAndPassword")
        for name, pattern in addresses():
            path = path_of(name, pattern, words)
            for more in ("", *ALSO.get(name, ())):
                queries = _queries(client, path + more)
                if queries is not None:
                    address = f"/{pattern}{more}"
                    found[address] = max(queries, found.get(address, 0))
    return found


def _queries(client, path):
    """How often a page asks; None where there is none."""
    client.raise_request_exception = False
    with CaptureQueriesContext(connection) as asked:
        answer = client.get(path)
        if answer.streaming:
            list(answer.streaming_content)
    return len(asked) if answer.status_code == 200 else None


def _more(house, words, number):
    """More of everything that a page could show."""
    dinner = Complaint.objects.get(number=words["complaints"]["number"])
    again = made_complaint(house, title=f"Cold dinner {number}", paid=31200, customer=dinner.customer)
    link(house.sam, dinner, again)
    merged = made_complaint(house, title=f"Told twice {number}", customer=dinner.customer)
    merge_into(house.sam, merged, dinner)
    for complaint in (dinner, again):
        for author in (None, house.ana, house.sam):
            said = Message.objects.create(
                complaint=complaint,
                form="note" if author else "from-customer",
                author=author,
                text="Cold.",
                at=now(),
            )
            Attachment.objects.create(
                message=said, file=ContentFile(b"x", "a.txt"), name="a.txt", media_type="text/plain", size=1
            )
        Tag.objects.get_or_create(team=house.harbour, word=f"hot-{number}")[0].complaints.add(complaint)
        decide(house.ben, complaint.number, wants("credit", 100))
    decide(house.ana, again.number, wants("refund", 12000, words="They cut it anyway."))
    somebody = made_member(f"kim{number}", f"Kim {number}", now())
    joined(somebody, house.harbour, Role.objects.get(word="member"), now())
    Delegation.objects.create(
        team=house.harbour,
        giver=house.mia,
        receiver=house.ben,
        since=now().date(),
        until=now().date(),
        why="I am away.",
        made_at=now(),
    )
    _rows(house, number)


def _rows(house, number):
    for member in Member.objects.all():
        Notice.objects.create(
            member=member, code="told", subject=f"y:{number}", title="Told", address="/", created_at=now()
        )
        SavedView.objects.create(member=member, title=f"View {number}", query="category=late")
    secret = {"made_by": house.sam, "made_at": now()}
    Invitation.objects.create(
        team=house.harbour,
        role=Role.objects.get(word="member"),
        expires_at=now() + timedelta(days=2),
        secret_hash=f"{number:064}",
        **secret,
    )
    CounterDevice.objects.create(
        team=house.harbour, name=f"Till {number}", secret_hash=f"{number:064}", **secret
    )
    Job.objects.create(
        task="remit.complaints.jobs.send_message",
        run_at=now(),
        created_at=now(),
        needs_person_at=now(),
        last_error="No answer.",
    )
    SavedReply.objects.create(team=house.harbour, title=f"Sorry {number}", text="We are sorry.")


def test_every_page_asks_as_often_as_the_file_says(house, client):
    words = furnished(house)
    for number in (1, 2):
        _more(house, words, number)
    found = _counted(house, client, words)
    if os.environ.get("REMIT_WRITE_COUNTS"):
        lines = [f"{address:<72} | {queries:>2}" for address, queries in sorted(found.items())]
        FILE.write_text("\n".join(lines) + "\n", encoding="utf-8")
    written = _written()
    changed = {
        address: f"{written.get(address, 'not in the file')} → {found.get(address, 'no page')}"
        for address in sorted(written.keys() | found.keys())
        if written.get(address) != found.get(address)
    }
    assert changed == {}


def test_a_page_asks_at_most_twelve_times():
    assert {address: queries for address, queries in _written().items() if queries > MOST} == {}


def test_more_rows_ask_no_more_often(house, client):
    words = furnished(house)
    for number in range(1, 6):
        _more(house, words, number)
    found, written = _counted(house, client, words), _written()
    assert {address: queries for address, queries in found.items() if queries > written[address]} == {}
