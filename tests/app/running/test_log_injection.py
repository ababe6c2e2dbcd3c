"""Whatever a stranger sends makes no second line of a log, and does nothing to the terminal that shows it."""

import io
import json
import logging
import re
import socket
import unicodedata
from contextlib import closing
from urllib.parse import quote

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.races.real import wait_for

from remit.core.shown import visible
from remit.watching.logs import JsonLines, TextLines

INJECTED = "INJECTED"
HEADERS = (b"User-Agent", b"Referer", b"X-Request-ID", b"Cookie", b"X-Forwarded-For", b"Host", b"Origin")
HOSTILE = (
    f'x\r\n{{"at":"2026-01-01","says":"{INJECTED}"}}',
    f"\n12:00:00 info    {INJECTED}",
    "\x1b]0;title\x07\x1b[2J\x1b[31mred",
    "\x9b31m\x85\x7f",
    "\u202egnp.exe\u2066\u2069\u200f",
    "\u2028\u2029",
    "100 %s %(name)s {name} %n",
)
LINE_OF_TEXT = re.compile(r"\d\d:\d\d:\d\d (debug|info|warning|error|critical) .*| {9}\S.*")


def requests_of(hostile):
    """Requests as bytes, as no client library would send them: in path, query, headers, method and form."""
    raw = hostile.encode()
    told = quote(hostile)
    form = f"username={told}%40example.org&password={told}&next={told}&csrfmiddlewaretoken={told}".encode()
    for path in (f"/{told}/", f"/c/{told}/", f"/?q={told}", f"/sign-in/?next={told}", f"/static/{told}"):
        yield f"GET {path} HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n".encode()
    yield b"GET /" + raw + b" HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    for name in HEADERS:
        host = b"" if name == b"Host" else b"Host: localhost\r\n"
        yield b"GET /sign-in/ HTTP/1.1\r\n" + host + name + b": " + raw + b"\r\nConnection: close\r\n\r\n"
        told_so = name + b": " + told.encode() + b"\r\n"
        yield b"GET /sign-in/ HTTP/1.1\r\n" + host + told_so + b"Connection: close\r\n\r\n"
    yield raw + b" / HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n"
    head = f"POST /sign-in/ HTTP/1.1\r\nHost: localhost\r\nContent-Length: {len(form)}\r\n".encode()
    yield head + b"Connection: close\r\nContent-Type: application/x-www-form-urlencoded\r\n\r\n" + form


def send(port, request):
    """Send bytes, and read to the end whatever comes back."""
    with closing(socket.create_connection(("127.0.0.1", port), timeout=60)) as connection:
        connection.sendall(request)
        try:
            while connection.recv(65536):
                pass
        except ConnectionResetError:
            pass


def seen(text):
    """Signs that do something rather than show something."""
    return {
        each for each in text if each != "\n" and unicodedata.category(each) in {"Cc", "Cf", "Cs", "Zl", "Zp"}
    }


@pytest.mark.parametrize("form", ["json", "text"])
def test_a_stranger_writes_no_line(new_remit, form):
    remit = new_remit(REMIT_LOG=form)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = remit.started("serve", "--port", str(port), "--workers", "1")
    wait_for(lambda: _answers(port), seconds=180)
    sent = [request for hostile in HOSTILE for request in requests_of(hostile)]
    for request in sent:
        send(port, request)
    server.terminate()
    written = server.communicate(timeout=120)[1]
    assert server.returncode == 0
    assert INJECTED not in written
    assert seen(written) == set()
    lines = written.splitlines()
    assert len(lines) > len(sent) / 2, "hardly anything was logged: this test would find nothing"
    if form == "json":
        assert {type(json.loads(line)["says"]) for line in lines} == {str}
    else:
        of_the_start = ("Remit is at http://127.0.0.1:", "Nobody has begun here. On this machine, ")
        odd = [x for x in lines if not LINE_OF_TEXT.fullmatch(x) and not x.startswith(of_the_start)]
        assert odd == []


def _answers(port):
    try:
        send(port, b"GET /health HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n\r\n")
    except OSError:
        return False
    return True


@given(st.text(st.characters()))
def test_what_is_shown_is_one_line_and_says_the_same(text):
    shown = visible(text)
    assert seen(shown) == set()
    assert len(shown.splitlines()) <= 1
    written = visible(json.dumps({"says": text}, ensure_ascii=False))
    assert json.loads(written) == {"says": text}


@pytest.mark.parametrize("hostile", HOSTILE)
def test_a_line_of_our_own_with_such_words_is_one_line(hostile):
    stream = io.StringIO()
    for form in (JsonLines(), TextLines()):
        handler = logging.StreamHandler(stream)
        handler.setFormatter(form)
        fields = {"name": "remit.x", "msg": hostile, "levelname": "INFO", "field": hostile}
        record = logging.makeLogRecord(fields)
        handler.emit(record)
    assert seen(stream.getvalue()) == set()
    assert stream.getvalue().count("\n") == 2


def test_commands_show_no_escape_of_what_somebody_typed(new_remit):
    """An order's number as a customer typed it, in the words of `remit doctor` and `remit reconcile`."""
    remit = new_remit()
    program = (
        "from remit.command.keeping.examining import _as_json, _in_words\n"
        "from remit.keeping.doctor.finding import wrong\n"
        "told = wrong('x\\x1b[2J', 'a\\n\\x1b]0;t\\x07\\u202eb', 'c\\x9b')\n"
        "print(_in_words(told))\nprint(_as_json(told))\n"
    )
    shown = remit.python(program)
    shown = re.sub(r"\x1b\[\d+m", "", shown)  # the colours of our own
    assert seen(shown) == set()
    assert shown.count("\n") <= 3
