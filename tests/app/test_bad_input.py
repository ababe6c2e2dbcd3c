"""Whatever is typed into any form: never an error of the server, never a trace of it.

Every address gets every field of its page, and those that other pages send, filled with what nobody expects.
"""

import re
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from tests.app.every_address import addresses, furnished, path_of
from tests.app.made_house import signed_in_here

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


def signed_in_again(client, house, who):
    """Some addresses sign out; the next one is asked by the same person again."""
    if who != "nobody":
        signed_in_here(client, getattr(house, who))


@pytest.mark.parametrize("strange", STRANGE)
def test_no_form_breaks(house, signed_in, strange):
    client = signed_in(house.ola)
    client.raise_request_exception = False
    words = furnished(house)
    # As a browser would send it, had somebody found a way to type it.
    sent = quote_from_bytes(STRANGE[strange].encode("utf-8", "surrogatepass"))
    broken = {}
    for name, pattern in addresses():
        path = path_of(name, pattern, words)
        with transaction.atomic():
            page = client.get(path)
            html = b"".join(page).decode("utf-8", "replace")
            names = (set(NAMES.findall(html)) | set(COMMON)) - NOT_TYPED
            typed = "&".join(f"{field}={sent}" for field in sorted(names))
            answer = client.post(path, typed, content_type="application/x-www-form-urlencoded")
            if answer.status_code >= 500 or b"Traceback" in b"".join(answer):
                broken[pattern] = answer.status_code
            transaction.set_rollback(True)
        signed_in_again(client, house, "ola")
    assert broken == {}
