"""The scanner of `make scan` says so where it wasn't who it was to be: it would have found nothing."""

import json
import shlex
from pathlib import Path

import pytest
from django.contrib.sessions.models import Session
from django.test import Client
from tests.app.made_house import signed_in_here
from tests.safety import scanning

pytestmark = pytest.mark.django_db(transaction=True)

REPORT = {"vulnerabilities": {}, "anomalies": {}, "infos": {"crawled_pages_nbr": scanning.FEWEST}}


@pytest.fixture
def as_sam(house, live_server, settings, monkeypatch, tmp_path):
    """`as_sam(found)`: scans as somebody by a Wapiti that only writes a report, of so many addresses."""
    settings.ALLOWED_HOSTS = ["*"]
    cookie = signed_in_here(Client(), house.sam).cookies["sessionid"].value
    monkeypatch.setattr(scanning, "cookies_of", lambda *_: f"sessionid={cookie}")

    def scan(found=scanning.FEWEST):
        report = json.dumps(REPORT | {"infos": {"crawled_pages_nbr": found}})
        wapiti = tmp_path / "wapiti"
        wapiti.write_text(
            f'#!/bin/sh\nwhile [ "$1" != -o ]; do shift; done\necho {shlex.quote(report)} > "$2"\n'
        )
        wapiti.chmod(0o700)
        monkeypatch.setattr(scanning, "WAPITI", Path(wapiti))
        return scanning.scanned(live_server.url, "member", tmp_path, 1)

    return scan


def test_what_was_found_counts_while_the_session_lives(as_sam):
    report, begun = as_sam()
    assert (scanning.judged(report), begun) == (([], []), [])


def test_a_session_that_ended_on_the_way_fails_the_scan(as_sam):
    Session.objects.all().delete()
    with pytest.raises(SystemExit, match="As member: the session ended on the way"):
        as_sam()


def test_hardly_any_address_fails_the_scan(as_sam):
    with pytest.raises(SystemExit, match="only 3 addresses were found"):
        as_sam(3)
