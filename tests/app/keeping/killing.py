"""A process that restores or saves, killed at one of its steps: a file touched, a question asked."""

import os
import signal
import sys
from contextlib import suppress
from pathlib import Path

from django.conf import settings
from django.db import connection, connections

from remit.complaints.models import Attachment
from remit.core.writing import write
from remit.keeping.restoring import How, restore
from remit.people.models import Member, Organisation
from remit_engine.errors import InputError

EVENTS = {"open", "os.rename", "os.remove", "os.link", "os.mkdir", "os.utime", "sqlite3.connect"}
OLD = "Old"
MOST = 5_000
BUSY, FAILED = 75, 1


class Steps:
    """Counts steps, and kills the process when it is about to do the last one it may."""

    def __init__(self, allowed):
        self.left = allowed
        self.done = 0

    def one(self):
        self.done += 1
        if self.done > self.left:
            os.kill(os.getpid(), signal.SIGKILL)

    def watch(self):
        folder = str(settings.DATA)

        def heard(event, arguments):
            if event in EVENTS and any(
                isinstance(each, str | os.PathLike) and folder in os.fspath(each) for each in arguments
            ):
                self.one()

        sys.addaudithook(heard)
        connection.execute_wrappers.append(self._around)

    def _around(self, execute, *arguments):
        self.one()
        return execute(*arguments)


def in_a_process(act, allowed):
    """Do something in a fork that lives so many steps; (how many it did, whether it came to its end)."""
    connections.close_all()
    reading, writing = os.pipe()
    child = os.fork()
    if child == 0:
        code = FAILED
        with suppress(BaseException):
            steps = Steps(allowed)
            steps.watch()
            try:
                act()
                os.write(writing, str(steps.done).encode())
                code = 0
            except InputError as error:
                os.write(2, str(error).encode())
                code = BUSY if error.code == "in-use" else FAILED
        os._exit(code)
    os.close(writing)
    with os.fdopen(reading) as said:
        done = said.read()
    _, status = os.waitpid(child, 0)
    code = os.waitstatus_to_exitcode(status)
    if code == BUSY:  # the server hasn't noticed yet that the one before was killed
        return in_a_process(act, allowed)
    assert code in {0, -signal.SIGKILL}, code
    return int(done or 0), code == 0


def restores(path, points):
    """Restore over what is there, killed at some of its steps; what isn't as it should be, in words."""

    def act():
        restore(Path(path), How(over=True, goes_on=True))

    make_old()
    steps, ended = in_a_process(act, MOST)
    assert ended
    wrong, killed = [], 0
    for point in chosen(steps, points):
        make_old()
        _, ended = in_a_process(act, point)
        killed += not ended
        wrong += [f"killed at {point}: {each}" for each in not_one_of_both()]
    in_a_process(act, MOST)
    name = Organisation.objects.get().name
    left = [each.name for each in Path(settings.DATA).iterdir() if each.name == ".restoring"]
    if name == OLD or left:
        wrong.append(f"at the end: {name}, {left}")
    return {"steps": steps, "killed": killed, "wrong": wrong}


def chosen(steps, points):
    """So many steps all along, and each of the last ones."""
    return sorted({*range(1, steps, max(1, steps // points)), *range(max(1, steps - points), steps)})


def make_old():
    with write():
        Organisation.objects.update(name=OLD)
        Member.objects.filter(word="old").delete()


def not_one_of_both():
    """What is neither the old state nor the new one."""
    if Organisation.objects.count() != 1 or not Member.objects.exists():
        yield "half is there"
    for each in Attachment.objects.all():
        if not each.file.storage.exists(each.file.name):
            yield f"{each.file.name} is gone"
    connections.close_all()
