"""A full disk, a database that is away, a clock set back: it is said, and nothing is lost or doubled."""

import http.client
import os
import re
import socket
import subprocess
import tempfile
import textwrap
from pathlib import Path
from urllib.parse import parse_qsl, urlencode, urlsplit

import pytest
from tests.app.races.conftest import SERVER
from tests.app.races.gate import Gate
from tests.app.races.real import wait_for
from tests.app.races.test_many_decide_at_once import SET_UP

TOKEN = "t" * 32
LONG = "{} " + "It was cold, and nobody came. " * 600
MOST_THAT_FIT = 500
SESSION = """
from django.test import Client
from remit.people.models import Member
client = Client()
client.force_login(Member.objects.get(word="m0"), backend="remit.people.signing_in.MailAndPassword")
print(client.cookies["sessionid"].value)
"""
NUMBER = """
from remit.complaints.models import Complaint
print(Complaint.objects.get(title="Complaint 0").number)
"""
# Gives EUR 5 for one complaint after the other, each in a write of its own, as far as it goes.
GIVE = """
from tests.app.made_complaints import wants
from remit.complaints.actions.deciding import decide
from remit.complaints.models import Complaint
from remit.people.models import Member
ben = Member.objects.get(word="m0")
given, why = 0, ""
for complaint in Complaint.objects.filter(title__startswith="Complaint").exclude(decisions__isnull=False):
    try:
        decide(ben, complaint.number, wants("refund", 500))
        given += 1
    except Exception as error:
        why = f"{type(error).__name__}: {error}"
        break
print(given, why)
"""
COUNT = """
from remit.jobs.queue import later
from tests.app.races import tasks
later(tasks.count, number=7)
"""
CHECK = """
from remit.complaints.models import Decision
from remit.complaints.verifying import Verified, verify_decisions
from remit.ledger.reconciling import differences
from remit.remedies.models import Remedy
decisions, remedies = Decision.objects.count(), Remedy.objects.count()
wrong = [each.why for each in verify_decisions(Verified())] + [each.wrong for each in differences()]
print(decisions, remedies, wrong)
"""


class Browser:
    """Asks a served Remit for pages, signed in."""

    def __init__(self, address, session):
        self._host = urlsplit(address).netloc
        self._headers = {"Cookie": f"sessionid={session}; csrftoken={TOKEN}", "Host": self._host}

    def asks(self, path, **sent):
        """The status and the text of a page; of what is sent when something is."""
        connection = http.client.HTTPConnection(self._host, timeout=60)
        body = urlencode(sent | {"csrfmiddlewaretoken": TOKEN}) if sent else None
        kind = {"Content-Type": "application/x-www-form-urlencoded"} if sent else {}
        try:
            connection.request("POST" if sent else "GET", path, body, self._headers | kind)
            answer = connection.getresponse()
            return answer.status, answer.read().decode()
        finally:
            connection.close()


def served(remit):
    """`remit serve`, and a browser in it."""
    session, number = remit.python(SESSION), remit.python(NUMBER)
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        port = asked.getsockname()[1]
    process = remit.started("serve", "--port", str(port), "--workers", "1")
    browser = Browser(f"http://127.0.0.1:{port}", session)

    def answers():
        assert process.poll() is None, process.communicate()[1]
        try:
            return browser.asks("/complaints/")[0] == 200
        except OSError:
            return False

    wait_for(answers)
    return browser, number


def checked(remit):
    """Decisions and remedies, once the checks of everything found nothing wrong."""
    decisions, remedies, wrong = remit.python(CHECK).split(" ", 2)
    assert wrong == "[]"
    assert decisions == remedies
    return int(decisions)


@pytest.mark.skipif(bool(SERVER), reason="the disk of the file of SQLite")
def test_the_disk_is_full(own_remit):
    """On a disk of its own, which only root can make."""
    disk = Path(tempfile.mkdtemp(prefix="remit-disk-"))
    made = subprocess.run(
        ["mount", "-t", "tmpfs", "-o", "size=12m", "tmpfs", disk], capture_output=True, check=False
    )
    if made.returncode:
        disk.rmdir()
        pytest.skip("nobody but root can make a small disk")
    try:
        (disk / "remit.sqlite3").write_bytes((own_remit.folder / "remit.sqlite3").read_bytes())
        own_remit.folder, own_remit.environment["REMIT_DATA"] = disk, str(disk)
        _disk_is_full(own_remit, disk)
    finally:
        own_remit.end_all()
        subprocess.run(["umount", "-l", disk], check=True)
        disk.rmdir()


def _disk_is_full(remit, disk):
    remit.python(SET_UP)
    browser, number = served(remit)
    ballast = disk / "ballast"
    left = os.statvfs(disk)
    ballast.write_bytes(b"x" * (left.f_bavail * left.f_frsize - 128 * 1024))
    given, why = remit.python(GIVE).split(" ", 1)
    assert "full" in why or "disk I/O" in why, why
    with (disk / "more").open("wb", buffering=0) as rest:
        try:
            while rest.write(b"x" * 4096):
                pass
        except OSError:
            pass
    kept = 0
    while (answer := browser.asks(f"/complaints/{number}/note/", **{"note-text": LONG.format(kept)}))[
        0
    ] == 302:
        kept += 1
        assert kept < MOST_THAT_FIT
    assert answer[0] == 503
    assert "Traceback" not in answer[1]
    assert browser.asks("/complaints/")[0] == 200
    (disk / "more").unlink()
    ballast.unlink()
    assert checked(remit) == int(given)
    assert browser.asks(f"/complaints/{number}/note/", **{"note-text": LONG.format(kept)})[0] == 302
    notes = "SELECT count(*), count(DISTINCT text) FROM complaints_message WHERE form = 'note'"
    assert remit.rows(notes) == [(kept + 1, kept + 1)]
    remit.python(GIVE)
    assert checked(remit) == 50


@pytest.mark.skipif(not SERVER, reason="a file isn't away: for PostgreSQL")
def test_the_database_is_away_for_a_while(own_remit):
    own_remit.python(SET_UP)
    address = own_remit.environment["DATABASE_URL"]
    parts = urlsplit(address)
    host = dict(parse_qsl(parts.query))["host"]
    target = next(Path(host).glob(".s.PGSQL.*[0-9]"))
    with tempfile.TemporaryDirectory(prefix="remit-gate-") as folder:
        gate = Gate(Path(folder), target).opens()
        own_remit.environment["DATABASE_URL"] = re.sub(r"host=[^&]+", f"host={folder}", address)
        browser, number = served(own_remit)
        worker = own_remit.started("work")
        wait_for(lambda: own_remit.rows("SELECT count(*) FROM jobs_worker")[0][0])
        assert browser.asks(f"/complaints/{number}/note/", **{"note-text": "Before."})[0] == 302
        gate.shuts()
        for _ in range(3):
            status, text = browser.asks(f"/complaints/{number}/note/", **{"note-text": "While it is away."})
            assert status == 503
            assert "Traceback" not in text
        own_remit.environment["DATABASE_URL"] = address
        given = own_remit.python(GIVE)
        own_remit.python(COUNT)
        gate.opens()
        wait_for(lambda: browser.asks("/complaints/")[0] == 200)
        assert browser.asks(f"/complaints/{number}/note/", **{"note-text": "After."})[0] == 302
        wait_for((own_remit.folder / "counted").exists)
        assert worker.poll() is None
        said = own_remit.rows("SELECT text FROM complaints_message WHERE form = 'note' ORDER BY id")
        assert said == [("Before.",), ("After.",)]
        assert checked(own_remit) == int(given.split()[0]) == 50


CLOCK = """
from datetime import timedelta
from remit.core import clock
from remit.jobs.inline import run_due_jobs
from remit.jobs.models import Schedule
from remit.jobs.schedule import add_due, set_up
moment = clock.now()
set_up()
add_due()
"""
GIVE_A_DAY_BACK = """
with clock.at(moment - timedelta(days=1)):
    assert add_due() == Schedule.objects.count()
    for row in Schedule.objects.all():
        assert row.next_at <= clock.now() + timedelta(seconds=row.every_seconds)
""" + textwrap.indent(GIVE.strip() + "\nrun_due_jobs()\n", "    ")
GO_ON = """
with clock.at(moment + timedelta(minutes=5)):
    run_due_jobs()
"""


def test_the_clock_is_set_back(own_remit):
    """A day back, and forward again: what was given is given once, and what comes back goes on at once."""
    own_remit.python(SET_UP)
    given = own_remit.python(CLOCK + GIVE_A_DAY_BACK + GO_ON)
    assert given.startswith("50")
    assert checked(own_remit) == 50
    assert own_remit.rows("SELECT count(*) FROM remedies_remedy WHERE state <> 'given'") == [(0,)]
    assert own_remit.rows("SELECT count(*) FROM jobs_job WHERE needs_person_at IS NOT NULL") == [(0,)]
