"""Killed at any step, what is there is the old state or the new one, and it can be run again."""

import json
import resource
from pathlib import Path

import pytest
from tests.app.keeping.test_keeping_whole import WITH_UPLOADS
from tests.examples import share

RESTORES = """
import json
from tests.app.keeping.killing import restores
print(json.dumps(restores(sys.argv[1], int(sys.argv[2]))))
"""
SAVES = """
from tests.app.keeping.killing import chosen, in_a_process, MOST
from remit.keeping.backup import back_up
from remit.keeping.places import Target

def act():
    back_up(Target(Path("kept")), with_keys=True)

Path("kept").mkdir()
steps, ended = in_a_process(act, MOST)
for point in chosen(steps, int(sys.argv[1])):
    in_a_process(act, point)
    assert len(list(Path("kept").glob(".remit-backup-*"))) <= 1
in_a_process(act, MOST)
print(sorted(path.name for path in Path("kept").iterdir()))
"""
MEGABYTE = 1_000_000


def at_most(size):
    """Lets a process write files up to a size, as on a disk that is full then."""
    return lambda: resource.setrlimit(resource.RLIMIT_FSIZE, (size, size))


@pytest.mark.slow
def test_restoring_over(places, tmp_path):
    here = places("here", made=True)
    here.python(WITH_UPLOADS)
    here.remit("backup", tmp_path / "b.zip", "--with-secret-key")
    points = 8 // share()
    process = here.started_python(RESTORES, tmp_path / "b.zip", points)
    printed, complained = process.communicate(timeout=900)
    assert process.returncode == 0, complained[-4_000:]
    found = json.loads(printed)
    assert found["wrong"] == []
    assert found["killed"] > points
    assert here.is_whole()


@pytest.mark.slow
def test_saving(places):
    here = places("here", made=True)
    here.python(WITH_UPLOADS)
    names = eval(here.python(SAVES, 12 // share()).splitlines()[-1])  # noqa: S307 (a list that we printed)
    assert len(names) >= 2
    assert all(name.startswith("remit-") for name in names)
    for number, name in enumerate(names[:2]):
        places(f"there-{number}").remit("restore", here.folder / "kept" / name)


@pytest.mark.parametrize("size", [60_000, 150_000, MEGABYTE])
def test_a_disk_that_is_full_while_saving(places, tmp_path, size):
    here = places("here", made=True)
    here.python(WITH_UPLOADS)
    (tmp_path / "kept").mkdir()
    said = here.refused("backup", tmp_path / "kept", preexec_fn=at_most(size))
    assert "There isn't enough room" in said
    assert list((tmp_path / "kept").iterdir()) == []


@pytest.mark.parametrize("size", [100_000, 700_000])
def test_a_disk_that_is_full_while_restoring(places, tmp_path, size):
    here = places("here", made=True)
    here.python(WITH_UPLOADS)
    here.remit("backup", tmp_path / "b.zip")
    there = places("there")
    said = there.refused("restore", tmp_path / "b.zip", preexec_fn=at_most(size))
    assert "Traceback" not in said
    left = {path.name for path in Path(there.folder).iterdir() if path.stat().st_size or path.is_dir()}
    assert left <= {"secret-key"}
    there.remit("restore", tmp_path / "b.zip")
