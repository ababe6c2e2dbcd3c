"""Stripe's addresses over real HTTP, and its webhooks."""

import hashlib
import hmac
import json
import re
import threading
import time
from collections import deque
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from urllib.parse import parse_qsl, urlsplit

from tests.providers.fake_stripe.faults import Fault
from tests.providers.fake_stripe.state import Refusal, State, not_there

KEY, RESTRICTED = "sk_test_fake_4eC39HqLyjWDarjtT1zdp7dc", "rk_test_fake_may_nothing"
SECRET = "whsec_fake_5WbX5kEWLlfzsGNjH64I8lOOqUB6e8FH"  # noqa: S105 (of the fake)
NAME = re.compile(r"\[([^\]]*)\]")


class FakeStripe:
    """A Stripe of one's own.

    Attributes:
        state: what it knows.
        calls: method, path and idempotency key of every call, in order.
        address: where it is reached.
        late: set to let late answers go.
        may_read_sessions: whether the key may read checkouts; one of before may not.
        is_revoked: whether no key lets anybody in, until it is taken back.
    """

    def __init__(self):
        self.state, self.calls, self.late = State(), [], threading.Event()
        self._faults, self._lock, self._server = deque(), threading.Lock(), None
        self._port, self.may_read_sessions, self.is_revoked = 0, True, False

    def __enter__(self):
        self.start()
        return self

    def __exit__(self, *_):
        self.stop()

    def start(self):
        """Answer, at the same port as before."""
        self._server = ThreadingHTTPServer(("127.0.0.1", self._port), _handler(self))
        self._server.daemon_threads = True
        self._port = self._server.server_address[1]
        threading.Thread(
            target=self._server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True
        ).start()

    def stop(self):
        """Answer nobody; the state is kept."""
        self.late.set()
        if self._server is not None:
            self._server.shutdown()
            self._server.server_close()
            self._server = None

    @property
    def address(self):
        return f"http://127.0.0.1:{self._port}"

    def fails(self, *faults):
        """What happens to the next calls that change something."""
        self._faults.extend(faults)

    def forget_faults(self):
        """Nothing fails any more, but what failed already."""
        self._faults.clear()

    def made(self, key=None):
        """Refunds that were made, with a key of Remit or at all, that haven't failed."""
        rows = [row for row in self.state.refunds.values() if row["status"] not in {"failed", "canceled"}]
        return [row for row in rows if key is None or row["metadata"].get("remit") == key]

    def signed(self, event, secret=SECRET, at=None):
        """Body and signature of a webhook."""
        body, moment = json.dumps(event), int(at or time.time())
        signature = hmac.new(secret.encode(), f"{moment}.{body}".encode(), hashlib.sha256).hexdigest()
        return body.encode(), f"t={moment},v1={signature}"

    def answer(self, method, path, asked, headers):
        """Status and body for a call, and what goes wrong with it."""
        key = headers.get("Authorization", "").removeprefix("Bearer ")
        if self.is_revoked or key not in {KEY, RESTRICTED}:
            return (
                401,
                {"error": {"type": "invalid_request_error", "message": "Invalid API Key provided"}},
                None,
            )
        if key == RESTRICTED:
            words = "The provided key does not have the required permissions for this endpoint."
            return 403, {"error": {"type": "invalid_request_error", "message": words}}, None
        with self._lock:
            self.calls.append((method, path, headers.get("Idempotency-Key")))
            fault = self._faults.popleft() if method == "POST" and self._faults else None
            if fault is None or fault.does_it:
                status, body = self._done(method, path, asked, headers.get("Idempotency-Key"))
            else:
                status, body = 0, {}
        if fault is Fault.TOO_MANY:
            status, body = (
                429,
                {"error": {"type": "rate_limit_error", "message": "Too many", "code": "rate_limit"}},
            )
        elif fault in {Fault.BROKEN_BEFORE, Fault.BROKEN_AFTER}:
            broken = Refusal(500, "api_error", "Something broke on our side.")
            self.state.remember(headers.get("Idempotency-Key"), asked, broken)
            status, body = broken.status, broken.body
        elif fault is Fault.IN_PROGRESS:
            words = "There is currently another in-progress request using this Idempotent Key."
            status, body = (
                409,
                {"error": {"type": "idempotency_error", "message": words, "code": "idempotency_key_in_use"}},
            )
        return status, body, fault

    def _done(self, method, path, asked, key):
        try:
            return 200, json.loads(
                json.dumps(self._routed(method, path.strip("/").split("/")[1:], asked, key))
            )
        except Refusal as refusal:
            return refusal.status, refusal.body

    def _routed(self, method, parts, asked, key):  # noqa: C901, PLR0911, PLR0912 (an address a line)
        state = self.state
        match method, parts:
            case "GET", ["account"]:
                return {
                    "id": "acct_fake",
                    "object": "account",
                    "business_profile": {"name": "Harbour Street"},
                }
            case "POST", ["refunds"]:
                return state.refund(asked, key)
            case "GET", ["refunds"]:
                return state.listed(asked)
            case "POST", ["refunds", name, "cancel"]:
                return state.cancel(name)
            case "GET", ["refunds", name]:
                return _found(state.refunds, "refund", name)
            case "GET", ["disputes"]:
                return state.listed_disputes(asked)
            case "GET", ["checkout", "sessions"]:
                return self._sessions(asked)
            case "GET", ["charges", "search"]:
                return state.searched(state.charges.values(), asked["query"])
            case "GET", ["charges"]:
                rows = [row for row in state.charges.values() if row["customer"] == asked.get("customer")]
                return {"object": "list", "data": rows, "has_more": False, "url": "/v1/charges"}
            case "GET", ["charges", name]:
                return _found(state.charges, "charge", name)
            case "GET", ["customers"]:
                rows = [row for row in state.customers.values() if row["email"] == asked.get("email")]
                return {"object": "list", "data": rows, "has_more": False, "url": "/v1/customers"}
            case "GET", ["payment_intents", "search"]:
                found = state.searched(state.intents.values(), asked["query"])
                return found | {"data": [self._expanded(row) for row in found["data"]]}
            case "GET", ["payment_intents", name]:
                return self._expanded(_found(state.intents, "payment_intent", name))
        raise not_there("address", "/".join(parts))

    def _sessions(self, asked):
        if not self.may_read_sessions:
            words = "The provided key does not have the required permissions for this endpoint."
            raise Refusal(403, "invalid_request_error", words)
        listed = self.state.sessions_of(asked)
        if "data.payment_intent.latest_charge" not in (asked.get("expand") or {}).values():
            return listed
        rows = [
            row | {"payment_intent": self._expanded(self.state.intents[row["payment_intent"]])}
            if row["payment_intent"]
            else row
            for row in listed["data"]
        ]
        return listed | {"data": rows}

    def _expanded(self, intent):
        return intent | {"latest_charge": self.state.charges[intent["latest_charge"]]}


def _found(rows, what, name):
    if name not in rows:
        raise not_there(what, name)
    return rows[name]


def read_form(text):
    """`metadata[order]=7&expand[]=x` as nested mappings, as Stripe reads it."""
    asked = {}
    for name, value in parse_qsl(text, keep_blank_values=True):
        path = [name.split("[")[0], *NAME.findall(name)]
        place = asked
        for part in path[:-1]:
            place = place.setdefault(part, {})
        place[path[-1]] = value
    return asked


def _handler(fake):
    class Handler(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_GET(self):
            self._answer("GET", urlsplit(self.path).query)

        def do_POST(self):
            self._answer("POST", self.rfile.read(int(self.headers.get("Content-Length", 0))).decode())

        def _answer(self, method, form):
            status, body, fault = fake.answer(method, urlsplit(self.path).path, read_form(form), self.headers)
            if fault is Fault.LATE:
                fake.late.wait()
            if fault in {Fault.CUT_BEFORE, Fault.CUT_AFTER, Fault.LATE}:
                self.close_connection = True
                return
            text = b"<html>" if fault is Fault.NONSENSE else json.dumps(body).encode()
            self.send_response(status)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(text)))
            self.send_header("Request-Id", f"req_fake{len(fake.calls)}")
            self.end_headers()
            self.wfile.write(text)

        def log_message(self, *_):
            """Quiet."""

    return Handler
