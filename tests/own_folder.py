"""A temporary folder of one run of the tests, which nobody has to clear away behind it."""

import fcntl
import os
import shutil
import tempfile
import time
from pathlib import Path

NEW = 60.0
"""Seconds in which a folder may be made and not held yet."""


def own_folder(prefix):
    """A new folder that this process holds as long as it lives; those whose process was killed are removed.

    Args:
        prefix: how its name begins, as does the name of every folder of this kind.
    """
    _remove_abandoned(prefix)
    folder = Path(tempfile.mkdtemp(prefix=prefix))
    held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)  # open until the process ends, however it ends
    fcntl.flock(held, fcntl.LOCK_EX)
    return folder


def _remove_abandoned(prefix):
    for folder in Path(tempfile.gettempdir()).glob(f"{prefix}*"):
        try:
            if folder.stat().st_mtime > time.time() - NEW:
                continue
            held = os.open(folder, os.O_RDONLY | os.O_DIRECTORY)
        except OSError:  # somebody else's, or removed meanwhile
            continue
        try:
            fcntl.flock(held, fcntl.LOCK_EX | fcntl.LOCK_NB)
            shutil.rmtree(folder, ignore_errors=True)
        except BlockingIOError:  # its tests run
            pass
        finally:
            os.close(held)
