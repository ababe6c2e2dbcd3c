"""A real IMAP server for tests."""

import imaplib
import socket
import subprocess
import sys
from contextlib import suppress
from pathlib import Path
from threading import Event

from tests.inbox.other_program import OtherProgram

PYMAP = Path(sys.executable).with_name("pymap")


class Pymap(OtherProgram):
    """pymap, which keeps its mail in memory: whoever starts it again finds another UIDVALIDITY."""

    user, password = "demouser", "demopass"

    def __init__(self, *security):
        self._security = security or ("--no-tls",)
        with socket.socket() as asked:
            asked.bind(("127.0.0.1", 0))
            self.port = asked.getsockname()[1]
        self._process = None

    def start(self):
        backend = ["dict", "--demo-user", self.user, "--demo-password", self.password]
        named = [PYMAP, "--no-service", "managesieve", "--host", "127.0.0.1"]
        self._process = subprocess.Popen(
            [*named, "--port", str(self.port), *self._security, *backend],
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        while True:
            assert self._process.poll() is None, "the mail server ended"
            with suppress(OSError, imaplib.IMAP4.error):
                self.client().logout()
                return self
            Event().wait(0.05)

    def kill(self):
        self._process.kill()
        self._process.wait()

    def client(self):
        client = imaplib.IMAP4("127.0.0.1", self.port, timeout=10)
        client.login(self.user, self.password)
        return client
