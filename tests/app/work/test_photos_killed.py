"""A photo sent twice at once, and a process killed anywhere between the press and the row."""

import os
import signal
from contextlib import suppress
from pathlib import Path

import pytest
from django.core.files.storage import Storage, default_storage
from django.db import connections
from tests.app.acts_at_once import at_once
from tests.app.races.dying import Steps
from tests.app.test_core_left_files import grow_old
from tests.app.work.made_work import made_round
from tests.app.work.test_photos import LINES, kept

from remit.work.actions.photos import remove_left_photos
from remit.work.models import Line, Photo, Press

pytestmark = pytest.mark.django_db(transaction=True)
MOST_STEPS = 200


@pytest.fixture(autouse=True)
def _own_disk(settings, tmp_path):
    settings.MEDIA_ROOT = tmp_path


def on_disk():
    folder = Path(default_storage.location) / "rounds"
    return {str(path.relative_to(default_storage.location)) for path in folder.rglob("*.jpg")}


def ended_by_itself(act, steps):
    """Whether an act came to its end in a process of its own that is killed after so many steps."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        with suppress(BaseException):
            counted = Steps(steps)
            counted.watch()
            Storage.save = counted.around(Storage.save)
            act()
            os._exit(0)
        os._exit(1)
    _, status = os.waitpid(child, 0)
    if os.WIFSIGNALED(status):
        assert os.WTERMSIG(status) == signal.SIGKILL
        return False
    assert os.WEXITSTATUS(status) == 0, "it ended by an error of its own"
    return True


def ticks_of(there):
    """How many ticks, presses and photos a line has; what a photo names lies on the disk."""
    line = Line.objects.get(round=there, place=1)
    names = list(line.photos.values_list("file", flat=True))
    assert set(names) <= on_disk()
    return line.ticked_at is not None, Press.objects.filter(line=line).count(), len(names)


def test_the_same_photo_several_times_at_once_counts_once(house):
    there = made_round(house, items=LINES)
    assert at_once(*[lambda: kept(house, there)] * 3) == ["done"] * 3
    assert ticks_of(there) == (True, 1, 1)
    assert len(on_disk()) == 1


def test_killed_anywhere_no_tick_is_lost_and_none_counts_twice(house):
    for steps in range(MOST_STEPS):
        there = made_round(house, title=f"List {steps}", items=LINES)

        def send(there=there, key=f"k{steps}"):
            kept(house, there, key=key)

        is_whole = ended_by_itself(send, steps)
        assert ticks_of(there) in ({(True, 1, 1)} if is_whole else {(False, 0, 0), (True, 1, 1)})
        # What Remit didn't confirm stands in the browser still, and is sent once more.
        send()
        assert ticks_of(there) == (True, 1, 1)
        if is_whole:
            break
    assert steps > 10
    grow_old()
    left = on_disk() - set(Photo.objects.values_list("file", flat=True))
    assert left, "killed between the disk and the row, a file stays"
    assert remove_left_photos() == len(left)
    assert on_disk() == set(Photo.objects.values_list("file", flat=True))
