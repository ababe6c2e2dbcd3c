"""Lines of the log: one shape, nothing of what people typed, whatever library says it."""

import io
import json
import logging
import smtplib
import threading

import pytest
from django.db import IntegrityError, connection, transaction
from hypothesis import given
from hypothesis import strategies as st

from remit.core.clock import now
from remit.core.errors import NotAllowed
from remit.core.log_fields import lines_about
from remit.people.models import Member
from remit.watching.logs import JsonLines, TextLines, logging_settings

HIDDEN = "geheim-4711"


def _line(record):
    return json.loads(JsonLines().format(record))


def _record(name, message, *args, error=None, **fields):
    logger = logging.getLogger(name)
    exc_info = (type(error), error, error.__traceback__) if error is not None else None
    return logger.makeRecord(
        name, logging.ERROR, "/opt/x/site-packages/lib/a.py", 7, message, args, exc_info, extra=fields
    )


def _raised(error):
    try:
        raise error
    except type(error) as caught:
        return caught


def test_a_line_of_ours_has_its_sentence_and_its_fields():
    with lines_about(request="ab12"), lines_about(job=7):
        line = _line(_record("remit.jobs", "A job failed.", ms=3.5))
    assert line.pop("at").endswith("+00:00")
    assert line == {
        "level": "error",
        "logger": "remit.jobs",
        "says": "A job failed.",
        "request": "ab12",
        "job": 7,
        "ms": 3.5,
    }
    assert "request" not in _line(_record("remit.jobs", "A job failed."))


@pytest.mark.parametrize(
    ("template", "args", "says"),
    [
        ("Not found: %s", (f"/c/{HIDDEN}/",), "Not found: …"),
        ("%s took %d ms, 100%% of %.1f", (HIDDEN, 12, 3.5), "… took 12 ms, 100% of 3.5"),
        ("%(who)s tried %(times)d times", ({"who": HIDDEN, "times": 3},), "… tried 3 times"),
        ("Of %r and %s", (ValueError(HIDDEN), True), "Of … and …"),
        (f"put together with {HIDDEN}", (), "lib.x says something in lib/a.py:7."),
    ],
)
def test_a_line_of_a_library_is_written_as_in_its_source(template, args, says):
    assert _line(_record("lib.x", template, *args))["says"] == says


def test_fields_of_a_library_are_left_out():
    assert HIDDEN not in str(
        _line(_record("django.request", "Not found: %s", "/", status_code=404, request=HIDDEN))
    )


def test_a_word_that_json_does_not_know_is_named_by_its_kind():
    assert _line(_record("remit.x", "A thing.", thing=_raised(ValueError(HIDDEN))))["thing"] == "<ValueError>"


def test_an_error_is_its_kind_and_its_places_down_to_the_first():
    def inner():
        raise KeyError(HIDDEN)

    def outer():
        try:
            inner()
        except KeyError as error:
            raise RuntimeError(HIDDEN) from error

    with pytest.raises(RuntimeError) as caught:
        outer()
    line = _line(_record("remit.x", "It broke.", error=caught.value))
    assert line["error"] == "RuntimeError"
    assert [place.split()[-1] for place in line["trace"] if not place.endswith(":")] == [
        "outer",
        "inner",
        "test_an_error_is_its_kind_and_its_places_down_to_the_first",
        "outer",
    ]
    assert "test_log_lines.py:" in line["trace"][1]
    assert HIDDEN not in json.dumps(line)


def test_an_error_of_the_database_is_told_by_codes_and_not_by_rows(db):
    Member.objects.create(word="ana", name=HIDDEN, email=f"{HIDDEN}@example.org", joined_at=now())
    with pytest.raises(IntegrityError) as refused, transaction.atomic():
        Member.objects.create(word="ana", name=HIDDEN, email=f"{HIDDEN}@example.org", joined_at=now())
    line = _line(_record("remit.x", "It broke.", error=refused.value))
    assert line["error"] == "django.db.utils.IntegrityError"
    assert HIDDEN not in json.dumps(line)
    if connection.vendor == "postgresql":
        assert line["sqlstate"] == "23505"
        assert line["table"] == "people_member"


@pytest.mark.parametrize(
    ("error", "facts"),
    [
        (smtplib.SMTPDataError(554, HIDDEN.encode()), {"error": "smtplib.SMTPDataError", "smtp": 554}),
        (smtplib.SMTPRecipientsRefused({HIDDEN: (550, b"no")}), {"error": "smtplib.SMTPRecipientsRefused"}),
        (ConnectionRefusedError(111, HIDDEN), {"error": "ConnectionRefusedError", "errno": 111}),
        (
            NotAllowed("not-yours", HIDDEN, HIDDEN),
            {"error": "remit.core.errors.NotAllowed", "code": "not-yours"},
        ),
    ],
)
def test_what_is_told_of_errors_beside_their_kind(error, facts):
    line = _line(_record("remit.x", "It broke.", error=_raised(error)))
    assert {name: line[name] for name in facts} == facts
    assert HIDDEN not in json.dumps(line)


def test_errors_that_go_round_in_a_circle_come_to_an_end():
    first, second = ValueError(), ValueError()
    first.__cause__, second.__cause__ = second, first
    assert _line(_record("remit.x", "It broke.", error=first))["error"] == "ValueError"


def test_plain_lines_say_the_same_with_places_below():
    error = _raised(ValueError(HIDDEN))
    with lines_about(request="ab12"):
        text = TextLines().format(_record("remit.x", "It broke.", error=error, ms=2))
    head, *places = text.splitlines()
    assert head.endswith(" error   It broke.  request=ab12  ms=2  error=ValueError")
    assert places[0].strip() == "ValueError:"
    assert HIDDEN not in text


def test_fields_are_of_one_thread():
    seen = []
    with lines_about(request="ab12"):
        other = threading.Thread(target=lambda: seen.append(_line(_record("remit.x", "Hello."))))
        other.start()
        other.join()
    assert "request" not in seen[0]


def test_the_form_is_chosen_by_where_it_goes(monkeypatch):
    class Terminal(io.StringIO):
        def isatty(self):
            return True

    def form(chosen):
        return logging_settings(chosen)["formatters"]["lines"]["()"]

    monkeypatch.setattr("sys.stderr", Terminal())
    assert (form(""), form("json")) == (TextLines, JsonLines)
    monkeypatch.setattr("sys.stderr", io.StringIO())
    assert (form(""), form("text")) == (JsonLines, TextLines)


@given(st.text(), st.lists(st.one_of(st.text(), st.integers(), st.none()), max_size=4))
def test_no_line_of_any_library_breaks_the_form(template, args):
    line = JsonLines().format(_record("lib.x", template, *args))
    assert "\n" not in line
    json.loads(line)
