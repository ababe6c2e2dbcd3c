"""Threads and processes write at the same time: one after the other, all are served, nothing is lost."""

from tests.app.races.real import wait_for

WRITE = """
from django.db import OperationalError
from remit.core.writing import write
from remit.trail.actions import record
from remit.trail.models import Entry

WHO, THREADS, EACH = sys.argv[1], int(sys.argv[2]), int(sys.argv[3])
while not Path("go").exists():
    pass
problems = []

def write_many(thread):
    try:
        for number in range(EACH):
            Entry.objects.count()
            with write():
                seen = Entry.objects.count()
                record("tried", f"{WHO}-{thread}:{number}", by=None, seen=seen)
    except Exception as error:
        problems.append(repr(error))
    finally:
        connections.close_all()

threads = [threading.Thread(target=write_many, args=(thread,)) for thread in range(THREADS)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(problems or "served")
"""
CHECK = """
from remit.trail.models import Entry
from remit.trail.verifying import verify_trail
found = verify_trail()
torn = [entry.number for entry in Entry.objects.all() if entry.data.get("seen") != entry.number - 1]
print(found.sound, found.broken, torn)
"""
HOLD = """
from remit.core.writing import write
from remit.trail.actions import record
with write():
    record("tried", "thing:lost", by=None)
    Path("held").touch()
    while True:
        pass
"""


def _written_by(remit, processes, threads, each):
    started = [remit.started_python(WRITE, name, threads, each) for name in range(processes)]
    (remit.folder / "go").touch()
    printed = [process.communicate(timeout=600) for process in started]
    assert [out.strip() for out, _ in printed] == ["served"] * processes, printed
    return remit.python(CHECK)


def test_two_threads(own_remit):
    assert _written_by(own_remit, 1, 2, 50) == "100 None []"


def test_two_processes(own_remit):
    assert _written_by(own_remit, 2, 1, 50) == "100 None []"


def test_processes_with_threads(own_remit):
    assert _written_by(own_remit, 3, 4, 12) == "144 None []"


def test_a_writer_that_dies_in_the_middle_leaves_nothing_and_blocks_nobody(own_remit):
    holder = own_remit.started_python(HOLD)
    wait_for((own_remit.folder / "held").exists)
    waiting = own_remit.started_python(WRITE, "next", 1, 3)
    (own_remit.folder / "go").touch()
    holder.kill()
    holder.communicate()
    assert waiting.communicate(timeout=600)[0].strip() == "served"
    assert own_remit.python(CHECK) == "3 None []"
