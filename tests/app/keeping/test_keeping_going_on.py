"""What a restored Remit does from then on: nothing a second time; where it is for trying, nothing at all."""

import json

WAITING = """
from remit.core.sealing import seal
from remit.core.clock import now
from remit.core.writing import write
from remit.jobs.queue import later
from remit.jobs.models import Job, Worker
from remit.notices.models import PushSubscription
from remit.people.models import Member
from remit.remedies.models import Connection
Job.objects.all().delete()
with write():
    later("remit.complaints.jobs.send_message", message_id=1, unique_key="send-message:1")
    later("remit.remedies.jobs.send", remedy=1)
    later("remit.remedies.jobs.look_through", connection=1)
    later("remit.notices.jobs.sweep_old_notices", unique_key="schedule:sweep")
    Worker.objects.create(name="gone", seen_at=now())
    PushSubscription.objects.create(
        member=Member.objects.first(), endpoint="https://push.example.org/1", public_key="k",
        auth_secret="a", made_at=now())
    Connection.objects.create(provider="stripe", account="a", sealed_key=seal("sk_test_1"),
        sealed_secret=seal("whsec"), ends_with="st_1", is_live=False, hook="h",
        made_by=Member.objects.first(), made_at=now(), looked_until=now())
"""
STATE = """
import json
from remit.jobs.models import Job, Worker
from remit.notices.mail import has_mail
from remit.notices.models import Channels, PushSubscription
from remit.people.models import Member, Organisation
from remit.remedies.models import Connection
from remit.trail.models import Entry
connection = Connection.objects.get()
print(json.dumps({
    "held": sorted(Job.objects.exclude(needs_person_at=None).values_list("task", flat=True)),
    "waits": sorted(Job.objects.filter(needs_person_at=None).values_list("task", flat=True)),
    "workers": Worker.objects.count(),
    "has_mail": has_mail(),
    "push": PushSubscription.objects.count(),
    "told": Member.objects.exclude(channels__mail="none", channels__push="none").count(),
    "key": connection.sealed_key, "off": connection.off_at is not None,
    "name": Organisation.objects.get().name,
    "acts": Entry.objects.filter(act="restored").count(),
}))
"""
MAIL = {"REMIT_MAIL": "smtp://127.0.0.1:9"}
OUTSIDE = ["remit.complaints.jobs.send_message", "remit.remedies.jobs.send"]
INSIDE = ["remit.notices.jobs.sweep_old_notices", "remit.remedies.jobs.look_through"]


def restored(places, tmp_path, *options):
    here = places("here", made=True)
    here.python(WAITING)
    here.remit("backup", tmp_path / "b.zip", "--with-secret-key")
    there = places("there")
    there.environment |= MAIL
    said = there.remit("restore", tmp_path / "b.zip", *options)
    return said, json.loads(there.python(STATE)), there


def test_what_goes_outside_waits_for_a_person(places, tmp_path):
    said, state, _ = restored(places, tmp_path)
    assert "2 jobs wait for a person" in said
    assert (state["held"], state["waits"], state["workers"]) == (OUTSIDE, INSIDE, 0)
    assert (state["acts"], state["off"], state["has_mail"], state["push"]) == (1, False, True, 1)
    assert state["key"]


def test_it_goes_on_where_nothing_was_done_since(places, tmp_path):
    said, state, _ = restored(places, tmp_path, "--go-on")
    assert "for a person" not in said
    assert (state["held"], state["waits"]) == ([], sorted(OUTSIDE + INSIDE))
    assert state["acts"] == 0


def test_for_trying_nothing_leaves_it(places, tmp_path):
    said, state, there = restored(places, tmp_path, "--for-trying")
    assert "FOR TRYING ONLY" in said
    assert (state["held"], state["workers"], state["push"], state["told"]) == (OUTSIDE, 0, 0, 0)
    assert (state["has_mail"], state["key"], state["off"]) == (False, "", True)
    assert state["name"].startswith("For trying: ")
    there.remit("restore", tmp_path / "b.zip", "--over")
    again = json.loads(there.python(STATE))
    assert again["has_mail"]
    assert not again["name"].startswith("For trying")


def test_over_keeps_what_was_there(places, tmp_path):
    here = places("here", made=True)
    here.remit("backup", tmp_path / "b.zip")
    here.python("from remit.people.models import Organisation; Organisation.objects.update(name='Kept')")
    assert "--over" in here.refused("restore", tmp_path / "b.zip")
    said = here.remit("restore", tmp_path / "b.zip", "--over")
    kept = next(here.folder.glob("before-restore-*"))
    assert str(kept) in said
    assert here.rows("SELECT name FROM people_organisation") != [("Kept",)]
    assert (kept / "secret-key").exists()
    was = places("was")
    if (kept / "backup.zip").exists():
        was.remit("restore", kept / "backup.zip")
    else:
        (kept / "remit.sqlite3").rename(was.folder / "remit.sqlite3")
    assert was.rows("SELECT name FROM people_organisation") == [("Kept",)]
    assert was.is_whole()


TWICE = """
from remit.core.clock import at, now
from remit.keeping.restoring import How, restore
with at(now()):
    for _ in range(2):
        print(restore(Path(sys.argv[1]), How(over=True, goes_on=True)).kept.name)
"""


def test_twice_in_one_second_keeps_what_was_there_both_times(places, tmp_path):
    here = places("here", made=True)
    here.remit("backup", tmp_path / "b.zip")
    first, second = here.python(TWICE, tmp_path / "b.zip").splitlines()
    assert second == f"{first}-2"
    assert {path.name for path in here.folder.glob("before-restore-*")} == {first, second}


def test_not_while_somebody_uses_it(places, tmp_path):
    here = places("here", made=True)
    here.remit("backup", tmp_path / "b.zip")
    user = here.started_python(
        """
        from remit.people.models import Member
        Member.objects.count()
        print("here", flush=True)
        threading.Event().wait()
        """
    )
    assert user.stdout.readline() == "here\n"
    assert "The database is in use" in here.refused("restore", tmp_path / "b.zip", "--over")
    user.kill()
    user.wait()


SOMEBODY = """
from remit.complaints.models import Customer
print(Customer.objects.create(name="Marked Somebody", email="marked@example.org", created_at=now()).pk)
""".replace("print", "from remit.core.clock import now\nprint", 1)
ERASED = """
from remit.people.models import Member
from remit.privacy.actions.erasing import erase_customer
from remit.privacy.vocabulary import TYPED
erase_customer(Member.objects.filter(is_owner=True).first(), int(sys.argv[1]), typed=TYPED)
"""
NAMES = """
from remit.complaints.models import Customer
print(Customer.objects.filter(name__contains="Marked").count())
"""


def test_whoever_was_erased_since_is_erased_again(places, tmp_path):
    here = places("here", made=True)
    number = here.python(SOMEBODY)
    here.remit("backup", tmp_path / "b.zip", "--with-secret-key")
    here.python(ERASED, number)
    assert here.python(NAMES) == "0"
    said = here.remit("restore", tmp_path / "b.zip", "--over")
    assert "1 person who was erased since the backup was made, erased again." in " ".join(said.split())
    assert here.python(NAMES) == "0"
    assert here.is_whole()
