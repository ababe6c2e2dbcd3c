"""Whatever is typed into any form: never an error of the server, never a trace of it.

Every address gets every field of its page, and those that other pages send, filled with what nobody expects.
"""

import re
from contextlib import contextmanager
from copy import deepcopy
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from tests.app.every_address import addresses, furnished, namespace_of, path_of

pytestmark = pytest.mark.slow  # every address, ten times

STRANGE = {
    "long": "x" * 100_000,
    "control": "a\x01\x08\x1b[31m\u202eb",
    "nul": "a\x00b",
    "surrogate": "a\ud800b",
    "emoji": "🍲👩‍👩‍👧 é",
    "negative": "-5",
    "huge": "9" * 400,
    "not a number": "NaN",
    "date": "2026-02-31",
    "far date": "99999-12-31",
}
NAMES = re.compile(r"<(?:input|textarea|select)\b[^>]*?\bname=\"([^\"]+)\"")
NOT_TYPED = {"csrfmiddlewaretoken"}
COMMON = ("text", "why", "amount", "value", "kind", "key", "how", "words", "number", "name", "act", "files")


# As a browser would send it, had somebody found a way to type it.
SENT = {strange: quote_from_bytes(text.encode("utf-8", "surrogatepass")) for strange, text in STRANGE.items()}


@pytest.mark.parametrize("namespace", sorted({namespace_of(name) for name, _ in addresses()}))
def test_no_form_breaks(house, signed_in, namespace):
    client = signed_in(house.ola)
    client.raise_request_exception = False
    words, broken = furnished(house), {}
    for name, pattern in addresses():
        if namespace_of(name) != namespace:
            continue
        path = path_of(name, pattern, words)
        with _taken_back(client):
            fields = _fields_of(b"".join(client.get(path)))
            for strange, sent in SENT.items():
                typed = "&".join(f"{field}={sent}" for field in fields)
                with _taken_back(client):
                    answer = client.post(path, typed, content_type="application/x-www-form-urlencoded")
                    if answer.status_code >= 500 or b"Traceback" in b"".join(answer):
                        broken[pattern, strange] = answer.status_code
    assert broken == {}


def _fields_of(page):
    names = set(NAMES.findall(page.decode("utf-8", "replace"))) | set(COMMON)
    return sorted(names - NOT_TYPED)


@contextmanager
def _taken_back(client):
    """What changes in this context is as before behind it, and somebody who signed out is there again."""
    cookies = deepcopy(client.cookies)
    with transaction.atomic():
        yield
        transaction.set_rollback(True)
    client.cookies = cookies
