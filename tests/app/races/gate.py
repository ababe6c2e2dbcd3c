"""A gate before a database: while it is shut, every connection is broken off and none begins."""

import socket
import threading
from contextlib import suppress
from pathlib import Path


class Gate:
    """Passes what comes to a socket on to another one.

    Args:
        folder: in which it listens, as PostgreSQL would.
        target: the socket behind it.
    """

    def __init__(self, folder, target):
        self.folder, self._target = folder, str(target)
        self._listening, self._open = None, []

    def opens(self):
        path = self.folder / Path(self._target).name
        path.unlink(missing_ok=True)
        self._listening = socket.socket(socket.AF_UNIX)
        self._listening.bind(str(path))
        self._listening.listen(64)
        threading.Thread(target=self._take, args=(self._listening,), daemon=True).start()
        return self

    def shuts(self):
        self._listening.shutdown(socket.SHUT_RDWR)
        self._listening.close()
        (self.folder / Path(self._target).name).unlink(missing_ok=True)
        for each in self._open:
            with suppress(OSError):
                each.shutdown(socket.SHUT_RDWR)
        self._open = []

    def _take(self, listening):
        with suppress(OSError):
            while True:
                near, _ = listening.accept()
                far = socket.socket(socket.AF_UNIX)
                far.connect(self._target)
                self._open += [near, far]
                for one, other in ((near, far), (far, near)):
                    threading.Thread(target=self._pass_on, args=(one, other), daemon=True).start()

    @staticmethod
    def _pass_on(one, other):
        with suppress(OSError):
            while some := one.recv(65_536):
                other.sendall(some)
        with suppress(OSError):
            other.shutdown(socket.SHUT_RDWR)
        one.close()
