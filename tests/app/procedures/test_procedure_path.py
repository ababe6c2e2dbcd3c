"""What is read first: laid by a lead, walked by whoever is new, and seen by nobody else."""

from dataclasses import replace

import pytest
from tests.app.page_checks import assert_clean
from tests.app.procedures.made_procedures import LATE, changed, made_procedure, otherwise

from remit.core.errors import NotAllowed, NotThere, Refusal
from remit.people.access import place_in
from remit.procedures.actions.looking_after import retire
from remit.procedures.actions.path import move_on_path, put_on_path, put_tag_on_path, take_off_path
from remit.procedures.actions.reading import said_clear
from remit.procedures.queries.path import path_of
from remit.procedures.vocabulary import MOST_STOPS
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db
PATH = "/procedures/first/harbour/"


@pytest.fixture
def made(house):
    """Four procedures: two of the kitchen."""
    titles = {"opening": ("bar",), "late": ("kitchen",), "cold": ("kitchen",), "till": ("bar",)}
    return {
        title: made_procedure(house.sam, replace(LATE, title=title.capitalize(), tags=tags))
        for title, tags in titles.items()
    }


def titles(house, member=None):
    return [stop.title for stop in path_of(member or house.ana, house.harbour).stops]


def test_it_stands_in_the_order_that_a_lead_chose(house, made):
    sam = place_in(house.sam, house.harbour)
    for title in ("till", "opening", "till"):
        put_on_path(sam, made[title].pk)
    put_tag_on_path(sam, "kitchen")
    put_tag_on_path(sam, "kitchen")
    assert titles(house) == ["Till", "Opening", "Cold", "Late"]
    move_on_path(sam, made["late"].pk, -1)
    move_on_path(sam, made["till"].pk, -1)
    move_on_path(sam, made["till"].pk, 1)
    assert titles(house) == ["Opening", "Till", "Late", "Cold"]
    for _ in range(2):
        take_off_path(sam, made["till"].pk)
    retire(house.sam, made["cold"].pk, "The oven is gone.")
    assert titles(house) == ["Opening", "Late"]
    assert Entry.objects.filter(act="procedure-path-changed").count() == 6


def test_what_cant_be_is_refused(house, made):
    sam = place_in(house.sam, house.harbour)
    with pytest.raises(NotAllowed):
        put_on_path(place_in(house.ana, house.harbour), made["late"].pk)
    with pytest.raises(NotThere):
        put_on_path(place_in(house.ola, house.hill), made["late"].pk)
    with pytest.raises(Refusal, match="No procedure in use has this tag"):
        put_tag_on_path(sam, "garden")
    for number in range(MOST_STOPS):
        put_on_path(sam, made_procedure(house.sam, replace(LATE, title=f"No. {number}")).pk)
    with pytest.raises(Refusal, match="At most 20"):
        put_on_path(sam, made["late"].pk)


def test_whoever_is_new_walks_it_and_a_lead_sees_nobodys_steps(house, made, signed_in):
    sam = place_in(house.sam, house.harbour)
    for title in ("opening", "late"):
        put_on_path(sam, made[title].pk)
    ana = signed_in(house.ana)
    assert "What is read first" in assert_clean(ana.get("/procedures/"))
    page = assert_clean(ana.get(PATH))
    assert "0 of 2" in page
    assert 'Begin: <span lang="en">Opening' in page
    assert "Put something on it" not in page
    said_clear(house.ana, made["opening"].pk, 1)
    page = assert_clean(ana.get(PATH))
    assert "1 of 2" in page
    assert 'Go on: <span lang="en">Late' in page
    said_clear(house.ana, made["late"].pk, 1)
    assert "What is read first" not in ana.get("/procedures/").content.decode()
    changed(house.sam, made["late"], otherwise(made["late"].versions.get().document, "a1", text="Calmly."))
    assert "1 of 2" in ana.get(PATH).content.decode()
    lead = assert_clean(signed_in(house.sam).get(PATH))
    assert "Put something on it" in lead
    assert "Ana Ruiz" not in lead


def test_a_lead_lays_it_on_the_page_and_a_refusal_is_told_there(house, made, signed_in):
    client = signed_in(house.sam)
    assert client.get("/procedures/first/").url == PATH
    for sent in (
        {"do": "add", "procedure": made["late"].pk},
        {"do": "tag", "tag": "bar"},
        {"do": f"up:{made['till'].pk}"},
        {"do": f"off:{made['opening'].pk}"},
        {"do": f"down:{made['late'].pk}"},
        {"do": f"up:{made['late'].pk}"},
    ):
        assert client.post(f"{PATH}change/", sent).url == PATH
    assert titles(house) == ["Late", "Till"]
    client.post(f"{PATH}change/", {"do": "tag", "tag": "garden"})
    assert "No procedure in use has this tag" in assert_clean(client.get(PATH))
    assert client.post(f"{PATH}change/", {"do": "add", "procedure": "x"}).status_code == 404
