"""Moved to the other database, everything is there row by row; and what can't be moved stays as it was."""

import signal

import pytest
from tests.app.keeping.conftest import SERVER
from tests.app.keeping.place import Place, differing
from tests.app.keeping.test_keeping_whole import FOUND, REFUSED, WITH_UPLOADS

NUL = """
from remit.complaints.models import Complaint
Complaint.objects.filter(pk=Complaint.objects.first().pk).update(sought="a\\x00b")
print(Complaint.objects.first().pk)
"""
# Heard for as long as a slow machine needs to start the command.
HEARD = """
from datetime import timedelta
from remit.core.clock import now
from remit.jobs.models import Worker
Worker.objects.create(name="busy-one", seen_at=now() + timedelta(minutes=5))
"""
KILLED = """
import os, signal
from remit.keeping import filling
from remit.keeping.restoring import How, restore
count = filling._compare
def killed(*arguments):
    os.kill(os.getpid(), signal.SIGKILL)
filling._compare = killed
restore(Path(sys.argv[1]), How(goes_on=True))
"""
pytestmark = [pytest.mark.skipif(not SERVER, reason="needs both databases"), pytest.mark.slow]


def test_there_and_back_again(places):
    here = places("here", sqlite=True, made=True)
    here.python(WITH_UPLOADS)
    before = here.everything()
    target = places("target").database
    said = here.remit("move", "--to", target)
    assert "the books are right, and the trail is whole" in said
    assert here.everything() == before
    there = Place(here.folder, target)
    assert differing(before, there.everything()) == []
    assert there.python(FOUND) == here.python(FOUND)
    assert there.python(REFUSED) == "True"
    assert there.is_whole()
    (here.folder / "remit.sqlite3").rename(here.folder / "was.sqlite3")
    there.remit("move", "--to", "sqlite")
    assert differing(before, here.everything()) == []
    assert here.is_whole()


def test_only_into_an_empty_database(places):
    here = places("here", sqlite=True, made=True)
    there = places("there", made=True)
    before = there.everything()
    assert "Somebody works with this Remit already" in here.refused("move", "--to", there.database)
    assert there.everything() == before


def test_not_while_somebody_works(places):
    here = places("here", sqlite=True, made=True)
    here.python(HEARD)
    target = places("target").database
    assert "The worker busy-one was heard" in here.refused("move", "--to", target)
    here.remit("move", "--to", target, "--while-running")
    assert here.is_whole()


def test_what_cannot_be_held_there_is_named_and_nothing_is_there(places):
    here = places("here", sqlite=True, made=True)
    number = here.python(NUL)
    there = places("there")
    said = here.refused("move", "--to", there.database)
    assert f"complaints_complaint, row {number}, column sought" in said
    assert there.rows("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'") == [
        (0,)
    ]


def test_killed_in_the_middle_nothing_is_there_and_it_can_be_run_again(places, tmp_path):
    here = places("here", sqlite=True, made=True)
    here.remit("backup", tmp_path / "b.zip")
    there = places("there")
    process = there.started_python(KILLED, tmp_path / "b.zip")
    process.communicate(timeout=600)
    assert process.returncode == -signal.SIGKILL
    assert there.rows("SELECT count(*) FROM information_schema.tables WHERE table_schema = 'public'") == [
        (0,)
    ]
    there.remit("restore", tmp_path / "b.zip", "--go-on")
    assert differing(here.everything(), there.everything()) == []


def test_addresses_that_lead_nowhere(places):
    here = places("here", sqlite=True, made=True)
    assert "--to postgresql://" in here.refused("move", "--to", "mysql://somewhere")
    assert "in that database already" in here.refused("move", "--to", "sqlite")
