"""A worker that fetches mail is killed again and again: each mail comes in once, and none is lost."""

import json
import os

from tests.app.mail.conftest import ADDRESS, mail
from tests.app.races.real import wait_for
from tests.app.races.test_many_decide_at_once import SET_UP
from tests.inbox.imap_server import Pymap

SET_UP_MAILBOX = f"""
from remit.core.sealing import seal
from remit.inbox.models import Mailbox
from remit.people.models import Member, Team
owner = Member.objects.get(word="ola")
from remit.complaints.models import NextNumber
NextNumber.objects.create(number=9001)
Mailbox.objects.create(
    team=Team.objects.get(word="harbour"), address="{ADDRESS}", way="imap", host="127.0.0.1",
    port=int(sys.argv[1]), security="plain", user="demouser", sealed_password=seal("demopass"),
    afterwards="moved", moved_to="Done", made_by=owner, made_at=owner.joined_at,
)
"""
# A lease of a second, so that the next worker takes the mailbox at once.
WORKER = """
from datetime import timedelta
from remit.inbox.actions import watching
watching.WATCHED_FOR = timedelta(seconds=1)
from remit.complaints.actions.mail_taken_in import take_in
from remit.inbox.fetching.watching import Rhythm
from remit.inbox.watchers import Watchers
with Watchers(take_in, rhythm=Rhythm(hear=0.05, first_pause=0.05), look_after=0.1).watching():
    threading.Event().wait()
"""
# A life is a fork, which dies at the n-th statement to the database, or the n-th word to the mail server.
DIES = """
import signal, traceback
from django.db.backends.signals import connection_created
left = [0]
def step(execute, sql, params, many, context):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return execute(sql, params, many, context)
connection_created.connect(lambda connection, **_: connection.execute_wrappers.append(step), weak=False)
from imaplib import IMAP4
really = IMAP4.send
def send(self, data):
    left[0] -= 1
    if left[0] == 0:
        os.kill(os.getpid(), signal.SIGKILL)
    return really(self, data)
IMAP4.send = send
"""
FETCHING = """
from remit.complaints.actions.mail_taken_in import take_in
from remit.inbox.actions import watching
from datetime import timedelta
watching.WATCHED_FOR = timedelta(0)
from remit.inbox.watchers import fetch_once
"""
ONCE = f"{FETCHING}fetch_once(take_in)"
LIVES = (
    FETCHING
    + DIES
    + """
def life(steps):
    child = os.fork()
    if child == 0:
        left[0] = steps
        try:
            fetch_once(take_in)
            os._exit(0)
        except BaseException:
            traceback.print_exc()
        finally:
            os._exit(1)
    return os.waitstatus_to_exitcode(os.waitpid(child, 0)[1])

died = 0
for often in range(1, 400):
    code = life(often * 5)
    if code == 0:
        break
    assert code == -signal.SIGKILL, code
    died += 1
print(died)
"""
)
TAKEN = """
import json
from remit.complaints.models import Complaint, ReceivedMail, Message
print(json.dumps({
    "mails": sorted(ReceivedMail.objects.filter(kind="taken").values_list("subject", flat=True)),
    "said": sorted(Message.objects.filter(form="from-customer").values_list("text", flat=True)),
    "complaints": Complaint.objects.filter(channel="mail").count(),
}))
"""


def many(number):
    return [
        mail(f"Words {each}", each, f"guest{each}@example.com", Subject=f"Subject {each:02}")
        for each in range(number)
    ]


def taken(remit):
    return json.loads(remit.python(TAKEN))


def test_killed_at_every_step_of_fetching(own_remit):
    server = Pymap().start()
    try:
        own_remit.python(SET_UP)
        own_remit.python(SET_UP_MAILBOX, server.port)
        own_remit.python(ONCE)
        server.put(*many(4))
        process = own_remit.started_python(LIVES)
        died, complained = process.communicate(timeout=1_800)
        assert process.returncode == 0, complained
        found = taken(own_remit)
    finally:
        server.kill()
    assert found["mails"] == [f"Subject {each:02}" for each in range(4)]
    assert found["said"] == [f"Words {each}" for each in range(4)]
    assert found["complaints"] == 4
    assert int(died) > 10
    _, _, files = next(os.walk(own_remit.folder / "uploads" / "mails" / _month(own_remit)))
    assert len(files) >= 4


def test_two_workers_are_killed_in_turn_while_mail_comes(own_remit):
    server = Pymap().start()
    try:
        own_remit.python(SET_UP)
        own_remit.python(SET_UP_MAILBOX, server.port)
        workers = [own_remit.started_python(WORKER) for _ in range(2)]
        for number, each in enumerate(many(12)):
            server.put(each)
            if number % 3 == 2:
                workers[0].kill()
                workers = [workers[1], own_remit.started_python(WORKER)]
        wait_for(lambda: own_remit.rows("SELECT count(*) FROM complaints_receivedmail")[0][0] >= 12)
        for each in workers:
            each.kill()
        found = taken(own_remit)
    finally:
        server.kill()
    assert found["mails"] == [f"Subject {each:02}" for each in range(12)]
    assert found["complaints"] == 12


def _month(remit):
    years = (remit.folder / "uploads" / "mails").iterdir()
    return max(next(years).iterdir()).relative_to(remit.folder / "uploads" / "mails")
