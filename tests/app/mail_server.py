"""A real mail server, which keeps what it gets."""

import email
import email.policy
import socket
from contextlib import contextmanager

from aiosmtpd.controller import Controller


class Keeping:
    """Keeps mails as they came."""

    def __init__(self):
        self.mails = []
        self.port = 0

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (the server calls it so)
        self.mails.append((envelope.rcpt_tos, envelope.content))
        return "250 OK"

    def to(self, address):
        """What came for an address, read."""
        return [
            email.message_from_bytes(raw, policy=email.policy.default)
            for recipients, raw in self.mails
            if recipients == [address]
        ]


@contextmanager
def mail_server(settings):
    """A server through which Remit sends, while it lasts."""
    keeping = Keeping()
    with socket.socket() as asked:
        asked.bind(("127.0.0.1", 0))
        keeping.port = asked.getsockname()[1]
    running = Controller(keeping, hostname="127.0.0.1", port=keeping.port)
    running.start()
    settings.EMAIL_BACKEND = "django.core.mail.backends.smtp.EmailBackend"
    settings.MAIL = f"smtp://127.0.0.1:{keeping.port}"
    settings.DEFAULT_FROM_EMAIL = "Remit <remit@keller.example>"
    settings.ADDRESS = "https://remit.keller.example"
    try:
        yield keeping
    finally:
        running.stop()
