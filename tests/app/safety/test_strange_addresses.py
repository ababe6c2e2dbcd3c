"""Whatever stands in an address, in its path or behind its question mark: never an error of the server.

At full length each address meets each strange thing, otherwise one of three.
"""

import re
from pathlib import Path
from urllib.parse import quote_from_bytes

import pytest
from django.db import transaction
from tests.app.every_address import addresses, furnished, path_of
from tests.examples import share_of

import remit

pytestmark = pytest.mark.slow  # every address, with every name that any of them reads

STRANGE = {
    "nul": b"a\x00b",
    "no UTF-8": b"\xff\xfe",
    "more digits than Python reads": b"9" * 5_000,
    "larger than a database counts": b"9" * 20,
    "digits of elsewhere": "٣٤".encode(),
    "superscript": "²".encode(),
    "negative": b"-1",
    "a quote": b"'\"\\%_*;--",
    "words of a search": b"* OR (a:b) NEAR/2 \" ' & | ! :* <->",
    "a far day": b"9999-12-31",
    "a day before all": b"0001-01-01",
    "right to left": "a\u202eb\u2066c".encode(),
    "line ends": b"a\r\nSet-Cookie: x=y",
}
_READ = re.compile(r"""request\.(?:GET|POST)(?:\.get|\.getlist)?[\[(]"([\w-]+)\"""")
_ASKED = (
    "q",
    "after",
    "before",
    "since",
    "until",
    "by",
    "kind",
    "value",
    "code",
    "stamp",
    "known",
    "seen",
    "left",
)
INT, TEXT = re.compile(r"<int:\w+>"), re.compile(r"<(?:str|slug):\w+>")


def names():
    """Every name that a view reads out of an address or a form."""
    found = set(_ASKED)
    for file in Path(remit.__file__).parent.glob("*/views/*.py"):
        found |= set(_READ.findall(file.read_text("utf-8")))
    return sorted(found)


@pytest.mark.parametrize(("number", "strange"), list(enumerate(STRANGE)))
def test_no_address_breaks(house, signed_in, number, strange):
    client = signed_in(house.ola)
    client.raise_request_exception = False
    words, value = furnished(house), quote_from_bytes(STRANGE[strange])
    query = "&".join(f"{name}={value}" for name in names())
    broken, cookies = {}, client.cookies.copy()
    for name, pattern in share_of(addresses(), number):
        whole = path_of(name, pattern, words)
        asked = [f"{whole}?{query}", *_with_strange_parts(pattern, words, name, value)]
        for address in asked:
            for way in ("get", "post"):
                with transaction.atomic():
                    answer = getattr(client, way)(address)
                    text = b"".join(answer)
                    if answer.status_code >= 500 or b"Traceback" in text:
                        broken[pattern, way, address[:60]] = answer.status_code
                    transaction.set_rollback(True)
                client.cookies = cookies.copy()  # some addresses sign out
    assert broken == {}


def _with_strange_parts(pattern, words, name, value):
    """The address with something strange in place of each of its words."""
    for part in (*INT.findall(pattern), *TEXT.findall(pattern)):
        yield path_of(name, pattern.replace(part, "STRANGE"), words).replace("STRANGE", value)
