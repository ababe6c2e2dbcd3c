"""A page that says that the database is away, or a disk full; nothing on it needs one."""

import errno
import sqlite3
from contextlib import closing
from types import SimpleNamespace

import psycopg
import pytest
from django.core.files.storage import FileSystemStorage
from django.db import InterfaceError, OperationalError
from django.db.utils import DatabaseErrorWrapper
from tests.app.page_checks import assert_clean
from tests.app.test_complaints_public_form import picture, sent, uploaded

from remit.complaints.models import Complaint


@pytest.mark.parametrize("error", [OperationalError, InterfaceError])
def test_the_database_is_away(house, signed_in, monkeypatch, error):
    def away(*_, **__):
        raise error("server closed the connection unexpectedly, at 10.0.0.7")

    monkeypatch.setattr("remit.complaints.views.listing.looking", away)
    client = signed_in(house.ana)
    client.raise_request_exception = False
    answer = client.get("/complaints/")
    assert answer.status_code == 503
    assert answer["Retry-After"] == "30"
    text = assert_clean(answer)
    assert "can't be reached" in text
    assert "10.0.0.7" not in text


def _full_sqlite():
    """What SQLite says on a disk without room, from a file that may not grow."""
    with closing(sqlite3.connect(":memory:")) as database:
        database.execute("PRAGMA max_page_count = 2")
        database.execute("CREATE TABLE full (text)")
        database.execute("INSERT INTO full VALUES (?)", ["x" * 9000])


def _full_postgresql():
    raise psycopg.errors.DiskFull("could not extend file base/16384/99: No space left on device")


@pytest.mark.parametrize("full", [_full_sqlite, _full_postgresql])
def test_a_database_without_room_is_said(house, signed_in, monkeypatch, full):
    def asked(*_, **__):
        with DatabaseErrorWrapper(SimpleNamespace(Database=psycopg if full is _full_postgresql else sqlite3)):
            full()

    monkeypatch.setattr("remit.complaints.views.listing.looking", asked)
    client = signed_in(house.ana)
    client.raise_request_exception = False
    answer = client.get("/complaints/")
    assert answer.status_code == 503
    text = assert_clean(answer)
    assert "no room to keep anything" in text
    assert "16384" not in text


def test_an_upload_on_a_disk_without_room_is_not_now_and_keeps_nothing(house, client, monkeypatch):
    def full(*_):
        raise OSError(errno.ENOSPC, "No space left on device", "/srv/remit/uploads/of-jo.jpg")

    monkeypatch.setattr(FileSystemStorage, "_save", full)
    client.raise_request_exception = False
    answer = sent(client, house, files=[uploaded("of-jo.jpg", picture())])
    assert answer.status_code == 503
    assert answer["Retry-After"]
    text = assert_clean(answer)
    assert "no room to keep anything" in text
    assert "of-jo" not in text
    assert not Complaint.objects.exists()


def test_a_file_that_is_broken_is_still_a_mistake_of_our_own(house, client, monkeypatch):
    def refused(*_):
        raise OSError(errno.EIO, "Input/output error")

    monkeypatch.setattr(FileSystemStorage, "_save", refused)
    client.raise_request_exception = False
    assert sent(client, house, files=[uploaded("of-jo.jpg", picture())]).status_code == 500


def test_a_mistake_of_our_own_is_another_page(house, signed_in, monkeypatch):
    def breaks(*_, **__):
        raise KeyError

    monkeypatch.setattr("remit.complaints.views.listing.looking", breaks)
    client = signed_in(house.ana)
    client.raise_request_exception = False
    answer = client.get("/complaints/")
    assert answer.status_code == 500
    assert "Something broke" in assert_clean(answer)
