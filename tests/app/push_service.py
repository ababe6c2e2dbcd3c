"""A push service of one's own: takes what is posted, and decrypts it as a browser would."""

import base64
import json
import threading
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer

import http_ece
from cryptography.hazmat.primitives.asymmetric import ec
from cryptography.hazmat.primitives.serialization import Encoding, PublicFormat


class Browser:
    """A browser that was switched on: its keys, and what it can read with them."""

    def __init__(self, endpoint):
        self.endpoint = endpoint
        self._key = ec.generate_private_key(ec.SECP256R1())
        self._secret = b"0123456789abcdef"

    @property
    def form(self):
        """What its script sends to Remit."""
        point = self._key.public_key().public_bytes(Encoding.X962, PublicFormat.UncompressedPoint)
        return {
            "endpoint": self.endpoint,
            "public_key": base64.urlsafe_b64encode(point).rstrip(b"=").decode(),
            "auth_secret": base64.urlsafe_b64encode(self._secret).rstrip(b"=").decode(),
        }

    def read(self, body):
        """The message in a body."""
        return json.loads(http_ece.decrypt(body, private_key=self._key, auth_secret=self._secret))


class PushService:
    """Answers as it is told to, and keeps what it got."""

    def __enter__(self):
        service = self
        self.taken, self.answers = [], {}

        class Handler(BaseHTTPRequestHandler):
            def do_POST(self):
                body = self.rfile.read(int(self.headers["Content-Length"]))
                service.taken.append((self.path, dict(self.headers), body))
                self.send_response(service.answers.get(self.path, 201))
                self.send_header("Location", "http://127.0.0.1:1/elsewhere")
                self.send_header("Content-Length", "0")
                self.end_headers()

            def log_message(self, *_):
                pass

        self._server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
        self._thread = threading.Thread(target=self._server.serve_forever)
        self._thread.start()
        return self

    def __exit__(self, *_):
        self._server.shutdown()
        self._server.server_close()
        self._thread.join()

    def browser(self, name):
        """A browser that is reached here."""
        return Browser(f"{self.origin}/{name}")

    @property
    def origin(self):
        """Its address."""
        return f"http://127.0.0.1:{self._server.server_port}"
