"""The purpose of a team: everybody reads it, managers change it with a why, and two at once lose nothing."""

import re
from datetime import timedelta
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from tests.app.page_checks import assert_clean
from tests.app.purpose.made_objectives import made_objective, made_vision

from remit.core import clock
from remit.core.clock import now, today
from remit.core.errors import Changed
from remit.notices.models import Notice
from remit.people.access import place_in
from remit.purpose.actions.measuring import keep_values
from remit.purpose.actions.objectives import close_objective
from remit.purpose.actions.visions import write_vision
from remit.purpose.models import Objective, Vision
from remit.purpose.queries.difference import pieces
from remit.purpose.queries.progress import Point, Standing, line_on, progress_of, share_of
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db

VISION = {
    "so_that": "So that every guest leaves wanting to come back.",
    "text": "A guest who complains gives us a second chance.",
    "why": "We said it often and never wrote it down.",
    "number": "0",
}


def wanted(house, **said):
    """What somebody sends to open an objective."""
    day = today(house.harbour.time_zone)
    return {
        "title": "guests wait less for an answer",
        "why": "Whoever waits writes a review meanwhile.",
        "owner": "sam",
        "measure": "by-hand",
        "unit": "h",
        "start": "6",
        "target": "1",
        "begins": day.isoformat(),
        "until": (day + timedelta(days=90)).isoformat(),
    } | said


def words(page):
    """What stands on a page, without its marks."""
    text = page if isinstance(page, str) else page.content.decode()
    return " ".join(re.sub(r"<[^>]+>", " ", text).split())


def test_a_manager_writes_the_vision_and_everybody_reads_it(house, signed_in):
    client = signed_in(house.mia)
    assert "Nobody wrote down yet" in assert_clean(client.get("/purpose/harbour/"))
    assert_clean(client.get("/purpose/harbour/vision/"))
    assert client.post("/purpose/harbour/vision/", VISION).url == "/purpose/harbour/"
    assert client.post("/purpose/harbour/vision/", VISION).status_code == 302  # a second click
    vision = Vision.objects.get()
    assert (vision.so_that, vision.number) == ("every guest leaves wanting to come back", 1)
    page = assert_clean(signed_in(house.ana).get("/purpose/harbour/"))
    assert "Every guest leaves wanting to come back" in page
    assert "Change it" not in page
    assert signed_in(house.sam).get("/purpose/harbour/vision/").status_code == 403


def test_two_managers_at_one_vision_lose_nothing(house, signed_in):
    made_vision(house)
    mine = VISION | {"so_that": "nobody leaves unheard", "number": "1"}
    write_vision(
        place_in(house.ola, house.harbour), so_that="guests return", text="Often.", number=1,
        why="It was too long to say.",
    )  # fmt: skip
    client = signed_in(house.mia)
    answer = client.post("/purpose/harbour/vision/", mine)
    page = assert_clean(answer)
    assert answer.status_code == 422
    assert "Ola Keller wrote another version meanwhile" in page
    assert "nobody leaves unheard" in page
    assert "Guests return" in page
    again = re.search(r'name="number" value="(\d+)"', page).group(1)
    assert client.post("/purpose/harbour/vision/", mine | {"number": again}).status_code == 302
    before = words(assert_clean(client.get("/purpose/harbour/vision/before/")))
    assert before.index("Version 3, Mia Keller") < before.index("Version 2, Ola Keller")
    with pytest.raises(Changed):
        write_vision(place_in(house.ola, house.harbour), so_that="x y", text="z", why="w", number=2)


def test_a_why_that_says_nothing_comes_back_once_and_may_stay(house, signed_in):
    client = signed_in(house.mia)
    sent = VISION | {"why": "Because it is policy."}
    answer = client.post("/purpose/harbour/vision/", sent)
    page = assert_clean(answer)
    assert answer.status_code == 422
    assert "could stand under anything" in page
    assert "Because it is policy." in page
    told = re.search(r'name="(why-told)" value="1"', page).group(1)
    assert client.post("/purpose/harbour/vision/", sent | {told: "1"}).status_code == 302
    assert Vision.objects.get().why == "Because it is policy."


def test_an_objective_is_opened_changed_measured_and_closed(house, signed_in):
    client = signed_in(house.mia)
    assert_clean(client.get("/purpose/harbour/new/"))
    sent = wanted(house)
    address = client.post("/purpose/harbour/new/", sent).url
    assert client.post("/purpose/harbour/new/", sent).url == address  # a second click
    objective = Objective.objects.get()
    assert address == "/purpose/harbour/objectives/guests-wait-less-for-an-answer/"
    assert Notice.objects.get(code="objective-yours").member == house.sam
    assert "Nobody said yet where it stands" in assert_clean(client.get(address))
    lead = signed_in(house.sam)
    day = today(house.harbour.time_zone).isoformat()
    typed = {"value": "4.5", "day": day, "words": "Festival."}
    assert lead.post(f"{address}value/", typed).status_code == 302
    page = words(assert_clean(lead.get(address)))
    assert "4.5 h" in page.replace("\xa0", " ")
    assert "30 % of the way" in page
    assert signed_in(house.ana).post(f"{address}value/", {"value": "1", "day": day}).status_code == 403
    client = signed_in(house.mia)
    assert_clean(client.get(f"{address}change/"))
    change = sent | {"target": "2", "reason": "One hour was more than we can do.", "revision": "1"}
    assert client.post(f"{address}change/", change).url == address
    assert client.post(f"{address}change/", change).url == address  # a second click
    page = words(assert_clean(client.get(address)))
    assert "Target : 1 2" in page
    assert "One hour was more than we can do." in page
    assert_clean(client.get(f"{address}closing/"))
    end = {"outcome": "partly", "came": "Two hours, most days.", "why": "The season is over now."}
    assert client.post(f"{address}closing/", end).url == address
    assert client.post(f"{address}closing/", end).url == address  # a second click
    page = words(assert_clean(signed_in(house.ana).get(address)))
    assert "How it ended: partly reached" in page
    assert "at 4.5 h" in page.replace("\xa0", " ")
    assert "Two hours, most days." in words(assert_clean(client.get("/purpose/harbour/")))
    acts = Entry.objects.filter(subject=objective.subject).order_by("pk").values_list("act", flat=True)
    assert list(acts) == [f"objective-{act}" for act in ("opened", "measured", "changed", "closed")]


def test_two_managers_at_one_objective_lose_nothing(house, signed_in):
    objective = made_objective(house)
    first = wanted(house, target="2", revision="1", reason="One hour was too much to ask.")
    first |= {"begins": objective.begins.isoformat(), "until": objective.until.isoformat()}
    assert signed_in(house.ola).post(f"{objective.address}change/", first).status_code == 302
    client = signed_in(house.mia)
    mine = first | {"target": "3", "reason": "Three hours are what guests tolerate."}
    answer = client.post(f"{objective.address}change/", mine)
    page = assert_clean(answer)
    assert answer.status_code == 422
    assert "Ola Keller changed it meanwhile" in page
    assert re.search(r'name="target" value="3"', page)
    assert client.post(f"{objective.address}change/", mine | {"revision": "2"}).status_code == 302
    close_objective(
        place_in(house.ola, house.harbour),
        objective,
        outcome="let-go",
        came="Less than hoped.",
        why="Enough.",
    )
    answer = client.post(f"{objective.address}change/", mine | {"target": "4", "revision": "3"})
    assert answer.status_code == 302
    assert Objective.objects.get().target == 3


WRONG = {
    "nothing": ({"title": ""}, "Complete the sentence"),
    "nowhere": ({"target": "6"}, "It begins where it should get to"),
    "over": ({"until": "2020-01-01"}, "It would be over already"),
    "backwards": ({"begins": "2031-01-01"}, "It would be over already"),
    "a member": ({"owner": "ana"}, "isn’t among the choices"),
    "no number": ({"start": "NaN"}, "Type a number"),
    "too large": ({"start": "1e30"}, "no more than"),
    "copied": ({"why": "Guests wait less for an answer."}, "says again what it is"),
}


@pytest.mark.parametrize("wrong", WRONG)
def test_what_does_not_fit_is_said_beside_its_field_and_kept(house, signed_in, wrong):
    said, told = WRONG[wrong]
    answer = signed_in(house.mia).post("/purpose/harbour/new/", wanted(house, **said))
    assert answer.status_code == 422
    page = assert_clean(answer)
    assert told in page
    for typed in said.values():
        assert typed in page
    assert not Objective.objects.exists()


@pytest.mark.parametrize(
    ("after_days", "value", "standing"),
    [
        (3, "6", Standing.ON_ITS_WAY),
        (90, "3.5", Standing.ON_ITS_WAY),
        (90, "5.5", Standing.BEHIND),
        (90, "1", Standing.REACHED),
        (90, "0.5", Standing.REACHED),
        (90, "9", Standing.BEHIND),
        (181, "3", Standing.OVER),
        (90, None, Standing.UNKNOWN),
    ],
)
def test_an_objective_is_held_against_its_own_line(house, after_days, value, standing):
    objective = made_objective(house)
    points = [] if value is None else [Point(objective.begins, Decimal(value))]
    objective = Objective.objects.select_related("closing").get()
    assert progress_of(objective, points, objective.begins + timedelta(days=after_days)).standing is standing


def test_the_own_line_goes_from_start_to_target(house):
    objective = made_objective(house)
    assert line_on(objective, objective.begins) == 0
    assert line_on(objective, objective.until) == 1
    assert share_of(objective, objective.start) == 0
    assert share_of(objective, objective.target) == 1


def test_what_is_measured_is_written_anew_until_the_day_is_over_and_not_after_the_end(house):
    objective = made_objective(house, measure="rating")
    day = today(house.harbour.time_zone)
    assert keep_values(objective.pk, [(day, Decimal("4.5"), 12)], measure="rating") == 1
    assert keep_values(objective.pk, [(day, Decimal("4.5"), 12)], measure="rating") == 0
    assert keep_values(objective.pk, [(day, Decimal("4.6"), 13)], measure="rating") == 1
    assert keep_values(objective.pk, [(day, Decimal(9), 1)], measure="waiting") == 0
    row = objective.measurements.get()
    assert (row.value, row.count, row.is_by_hand) == (Decimal("4.6"), 13, False)
    close_objective(
        place_in(house.mia, house.harbour), objective, outcome="reached", came="4.6 of 5.", why="Done."
    )
    assert keep_values(objective.pk, [(day, Decimal(1), 1)], measure="rating") == 0


@pytest.mark.parametrize("count", [0, 1, 60])
def test_however_many_there_are_the_page_asks_as_often(
    house, signed_in, count, django_assert_max_num_queries
):
    for number in range(count):
        objective = made_objective(house, f"key-{number}", title=f"guests wait {number} hours")
        with clock.at(now() - timedelta(days=number)):
            keep_values(objective.pk, [(today("UTC"), Decimal(number), 1)], measure="by-hand")
    client = signed_in(house.ana)
    with django_assert_max_num_queries(12):
        page = client.get("/purpose/harbour/")
    assert_clean(page)
    assert page.content.count(b'class="moved"') == min(count, 20)


@given(before=st.text("ab c\n", max_size=40), after=st.text("ab c\n", max_size=40))
def test_a_difference_joined_is_the_text_before_or_after(before, after):
    found = pieces(before, after)
    assert "".join(piece.text for piece in found if piece.is_ != "gone") == after
    words_kept = [piece.text for piece in found if piece.is_ != "new"]
    assert "".join("".join(words_kept).split()) == "".join(before.split())
