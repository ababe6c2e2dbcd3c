"""The pages of tasks: pressed twice, refused beside the field, ten thousand of them a page at a time."""

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from tests.app.page_checks import assert_clean
from tests.app.purpose.made_objectives import made_objective, made_vision
from tests.app.work.made_work import made_task

from remit.core.clock import now
from remit.work.actions.holding import take
from remit.work.models import Task

pytestmark = pytest.mark.django_db
NEW = "/teams/harbour/tasks/new/"


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    assert_clean(answer)
    return answer.content.decode()


def test_written_down_taken_up_and_done(house, signed_in):
    made_vision(house)
    made_objective(house)
    ana = signed_in(house.ana)
    assert "Anybody" in page(ana, NEW)
    typed = {
        "stamp": "abc", "title": "Open the terrace", "why": "Ten dry tables.", "day": "2026-11-24",
        "at": "18:00", "where": "Terrace", "minutes": "30", "objective": "quick-answers",
    }  # fmt: skip
    for _ in range(2):
        assert ana.post(NEW, typed).status_code == 302
    task = Task.objects.get()
    assert f"{task.due_at:%d %H:%M}" == "24 17:00"
    assert "guests wait less for an answer" in page(ana, f"/tasks/{task.pk}/")
    assert "Open the terrace" in page(ana, "/tasks/?tab=free")
    for act in ("take", "take", "done", "done"):
        assert (
            ana.post(f"/tasks/{task.pk}/{act}/", {"next": "/tasks/?tab=free"})["Location"]
            == "/tasks/?tab=free"
        )
    text = page(ana, f"/tasks/{task.pk}/")
    assert "Ana Ruiz took it up" in text
    assert "Open the terrace" in page(ana, "/tasks/?tab=ended")


def test_refused_beside_the_field_with_what_was_typed(house, signed_in):
    ana = signed_in(house.ana)
    answer = ana.post(NEW, {"stamp": "abc", "title": "Open <b>", "why": "", "at": "18:00"})
    assert answer.status_code == 422
    assert_clean(answer)
    text = answer.content.decode()
    assert "Open &lt;b&gt;" in text
    assert "A word why is needed." in text
    assert "At which day?" in text
    far = ana.post(NEW, {"stamp": "abc", "title": "x", "why": "y", "day": "9999-12-31"})
    assert "ten years away" in far.content.decode()
    assert not Task.objects.exists()


def test_a_refused_hand_over_and_closure_keep_what_was_typed(house, signed_in):
    task = made_task(house)
    take(house.ana, task.pk)
    ana = signed_in(house.ana)
    for path, typed, said in (
        ("hand-over", {"to": "ben", "words": ""}, "Say how far it is."),
        ("hand-over", {"to": "eve", "words": "Half of it"}, "in the team any more"),
        ("closure", {"why": ""}, "A word why is needed."),
    ):
        answer = ana.post(f"/tasks/{task.pk}/{path}/", typed)
        assert answer.status_code == 422
        assert_clean(answer)
        assert said in answer.content.decode()
    lead = signed_in(house.sam)
    assert lead.post(f"/tasks/{task.pk}/give/", {"to": ""}).status_code == 422
    assert lead.post(f"/tasks/{task.pk}/give/", {"to": "ben"}).status_code == 302
    assert Task.objects.get().held_by == "given"


def test_changed_by_two_says_so_and_keeps_what_was_typed(house, signed_in):
    task = made_task(house)
    mia, path = signed_in(house.mia), f"/tasks/{task.pk}/change/"
    assert "Open the terrace" in page(mia, path)
    typed = {"stamp": task.stamp, "revision": "1", "title": "Open the garden", "why": "Ten dry tables."}
    assert mia.post(path, typed).status_code == 302
    again = mia.post(path, typed | {"title": "Open the roof"})
    assert again.status_code == 422
    assert "Open the roof" in again.content.decode()
    assert "meanwhile" in again.content.decode()


def test_taken_by_somebody_quicker_is_said_where_it_was_pressed(house, signed_in):
    task = made_task(house)
    take(house.ben, task.pk)
    answer = signed_in(house.ana).post(f"/tasks/{task.pk}/take/", {"next": "/tasks/?tab=free"}, follow=True)
    assert "Ben Okafor has taken this up already" in answer.content.decode()


def test_elsewhere_nothing_is_there(house, signed_in):
    task = made_task(house)
    eve = signed_in(house.eve)
    assert page(eve, "/tasks/?tab=free").count("Open the terrace") == 0
    for path in (f"/tasks/{task.pk}/", f"/tasks/{task.pk}/change/", NEW):
        page(eve, path, 404)
    for path in ("take", "done", "put-back", "undone"):
        assert eve.post(f"/tasks/{task.pk}/{path}/").status_code == 404


@pytest.mark.slow
def test_ten_thousand_of_each_are_read_a_page_at_a_time(house, signed_in):
    moment = now()
    ways = ({}, {"holder": house.ana, "held_by": "taken"}, {"ended_at": moment, "end": "done"})
    Task.objects.bulk_create(
        Task(team=house.harbour, stamp=f"m{number}", title=f"Task {number}", why="Because guests wait.",
             made_by=house.mia, made_at=moment, due_at=moment, **ways[number % 3])
        for number in range(30_000)
    )  # fmt: skip
    ana = signed_in(house.ana)
    for tab in ("mine", "free", "ended", "others"):
        with CaptureQueriesContext(connection) as asked:
            text = page(ana, f"/tasks/?tab={tab}&page=3")
        assert len(asked) <= 12
        assert text.count("/tasks/") > 10 or tab == "others"
