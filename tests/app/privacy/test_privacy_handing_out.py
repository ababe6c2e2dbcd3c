"""A copy of all that is held: theirs and nobody else's, by a link that ends."""

import io
import json
import zipfile
from datetime import timedelta

import pytest
from tests.app.privacy.marked import made_marked

from remit.complaints.models import Complaint
from remit.core import clock
from remit.core.clock import now
from remit.core.errors import NotAllowed, Refusal
from remit.privacy.actions.erasing import erase_customer
from remit.privacy.actions.handing_out import ask_export, end_exports, make_export, token_of
from remit.privacy.models import Export
from remit.trail.models import Entry, Words

JO, KIM = "zq7jonah", "zq7kimber"
MEMBERS = ("Ana Ruiz", "Ben Okafor", "Sam Lindqvist", "Mia Keller")


@pytest.fixture
def jo(house, settings, tmp_path):
    """One of two customers of whom something stands everywhere."""
    settings.MEDIA_ROOT, settings.DATA = tmp_path / "uploads", tmp_path
    made_marked(house, KIM, "+491705550002")
    return made_marked(house, JO, "+491705550001")


def _made(house, customer, *, with_notes=False):
    export = ask_export(house.ola, customer.pk, with_notes=with_notes)
    make_export(export.pk)
    return Export.objects.get(pk=export.pk)


def _fetched(client, export):
    answer = client.get(f"/data/{token_of(export)}/file/")
    return zipfile.ZipFile(io.BytesIO(b"".join(answer.streaming_content)))


def _all_of(archive):
    return "\n".join(archive.read(name).decode("utf-8", "replace") for name in archive.namelist())


def test_it_holds_what_is_theirs(house, jo, client):
    archive = _fetched(client, _made(house, jo))
    data = json.loads(archive.read("data.json"))
    assert data["you"]["mail"] == f"{JO}@example.org"
    assert [each["number"] for each in data["complaints"]] == [
        each.said for each in Complaint.objects.filter(customer=jo).order_by("pk")
    ]
    assert data["complaints"][0]["given"][0]["worth"] == "EUR 42"
    assert {"index.html", "data.json", "page.css"} < set(archive.namelist())
    assert archive.read(data["complaints"][0]["said"][0]["files"][0]).startswith(b"%PDF")
    assert f"{JO} is content." in archive.read("index.html").decode()


def test_nobody_else_is_in_it(house, jo, client):
    everything = _all_of(_fetched(client, _made(house, jo)))
    assert KIM not in everything
    assert [name for name in MEMBERS if name in everything] == []
    assert f"{JO} sounded tired." not in everything


def test_the_notes_of_the_team_only_where_somebody_read_them(house, jo, client):
    assert f"{JO} sounded tired." in _all_of(_fetched(client, _made(house, jo, with_notes=True)))


def test_the_link_holds_for_a_day_and_as_often_as_needed(house, jo, client):
    export = _made(house, jo)
    page = f"/data/{token_of(export)}/"
    for _ in range(2):
        assert client.get(page).status_code == 200
        assert _fetched(client, export).testzip() is None
    assert Export.objects.get().opened == 2
    assert client.get(page[:-3] + "xx/").status_code == 404
    with clock.at(now() + timedelta(hours=25)):
        assert client.get(page).status_code == 410
        assert end_exports() == 1
        assert end_exports() == 0
    assert not Export.objects.get().file


def test_the_record_says_so_without_a_word_of_theirs(house, jo, client):
    before = Words.objects.count()
    _fetched(client, _made(house, jo))
    acts = [each.act for each in Entry.objects.filter(subject=f"customer:{jo.pk}")]
    assert acts[-3:] == ["export-asked", "export-made", "export-fetched"]
    assert Words.objects.count() == before


def test_asked_twice_it_is_made_once(house, jo):
    first = ask_export(house.ola, jo.pk, with_notes=False)
    assert ask_export(house.ola, jo.pk, with_notes=False) == first
    make_export(first.pk)
    make_export(first.pk)
    assert Export.objects.count() == 1


def test_erasing_takes_the_copy_too(house, jo, client, tmp_path):
    export = _made(house, jo)
    erase_customer(house.ola, jo.pk, typed="erase")
    assert client.get(f"/data/{token_of(export)}/").status_code == 410
    assert list((tmp_path / "uploads" / "exports").iterdir()) == []
    with pytest.raises(Refusal):
        ask_export(house.ola, jo.pk, with_notes=False)


def test_one_that_was_asked_for_and_erased_meanwhile_is_not_made(house, jo):
    export = ask_export(house.ola, jo.pk, with_notes=False)
    erase_customer(house.ola, jo.pk, typed="erase")
    make_export(export.pk)
    assert not Export.objects.get().file


def test_only_an_owner(house, jo):
    with pytest.raises(NotAllowed):
        ask_export(house.mia, jo.pk, with_notes=False)
