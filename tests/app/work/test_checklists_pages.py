"""The pages of checklists: written, ticked without a script and by one, refused beside the field."""

import pytest
from tests.app.page_checks import assert_clean
from tests.app.work.made_work import made_checklist, made_round

from remit.core.clock import now
from remit.work.models import Checklist, Line, Press, Round

pytestmark = pytest.mark.django_db
NEW = "/teams/harbour/checklists/new/"
TYPED = {
    "stamp": "abc", "title": "Open the bar", "why": "Guests at noon.", "text_1": "Ice",
    "why_1": "Warm water.",
    "how": "day", "comes_with": "", "at": "09:00", "on_closed": "left-out", "minutes": "60", "number": "1",
}  # fmt: skip


def page(client, path, status=200):
    answer = client.get(path)
    assert answer.status_code == status
    assert_clean(answer)
    return answer.content.decode()


@pytest.mark.parametrize(
    ("typed", "rule", "words"),
    [
        ({}, "FREQ=DAILY", "Every day at 09:00, not on closed days"),
        ({"how": "week", "weekdays": ["4", "0"]}, "FREQ=WEEKLY;BYDAY=MO,FR", "Every Monday and Friday at"),
        (
            {"how": "month-weekday", "weekdays": ["0"]},
            "FREQ=MONTHLY;BYDAY=1MO",
            "Every first Monday at 09:00",
        ),
        ({"how": "month-end"}, "FREQ=MONTHLY;BYMONTHDAY=-1", "On the last day of every month at 09:00"),
        ({"how": "month-day", "month_day": "15"}, "FREQ=MONTHLY;BYMONTHDAY=15", "On the 15th of every month"),
        (
            {"how": "rule", "rule": "freq=weekly;interval=2;byday=tu"},
            "FREQ=WEEKLY;INTERVAL=2;BYDAY=TU",
            "2 weeks",
        ),
        ({"comes_with": "opening", "at": ""}, "FREQ=DAILY", "At every opening"),
    ],
    ids=["day", "week", "first", "end", "day of month", "own", "opening"],
)
def test_written_and_changed_as_it_was(house, signed_in, typed, rule, words):
    house.harbour.opening = [[[1020, 1380]]] * 7
    house.harbour.save()
    sam = signed_in(house.sam)
    page(sam, NEW)
    for _ in range(2):
        assert sam.post(NEW, TYPED | typed).status_code == 302
    checklist = Checklist.objects.get()
    assert checklist.rule == rule
    assert words in page(sam, f"/checklists/{checklist.pk}/")
    assert "Open the bar" in page(sam, "/checklists/")
    change = f"/checklists/{checklist.pk}/change/"
    shown = sam.get(change).context["form"]
    again = {name: value for name in shown.fields if (value := shown[name].value())}
    again |= {"at": f"{again['at']:%H:%M}"} if "at" in again else {}
    assert sam.post(change, again).status_code == 302
    checklist.refresh_from_db()
    assert (checklist.rule, checklist.revision) == (rule, 2)
    assert sam.post(change, again).status_code == 422


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"at": ""}, "At which time?"),
        ({"how": "week"}, "On which days?"),
        ({"how": "month-weekday", "weekdays": ["0", "1"]}, "exactly one day"),
        ({"how": "month-day"}, "On which day?"),
        ({"how": "rule", "rule": "FREQ=HOURLY"}, "BYHOUR"),
        ({"how": "rule", "rule": "FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30"}, "never come"),
        ({"why_1": ""}, "Say what it is for."),
        ({"text_1": ""}, "Say what is to be done."),
        ({"text_1": "", "why_1": ""}, "Say what is to be done."),
    ],
    ids=range(9),
)
def test_refused_beside_the_field_with_what_was_typed(house, signed_in, typed, said):
    answer = signed_in(house.sam).post(NEW, TYPED | typed)
    assert answer.status_code == 422
    assert_clean(answer)
    assert said in answer.content.decode()
    assert "Open the bar" in answer.content.decode()
    assert not Checklist.objects.exists()


def test_ticked_without_a_script_and_pressed_twice(house, signed_in):
    there = made_round(house)
    ana = signed_in(house.ana)
    assert "0 of 2 ticked" in page(ana, f"/rounds/{there.pk}/")
    for _ in range(2):
        answer = ana.post(f"/rounds/{there.pk}/lines/1/", {"is": "on", "key": "a"})
        assert answer["Location"] == f"/rounds/{there.pk}/#line-1"
    text = page(ana, f"/rounds/{there.pk}/")
    assert "1 of 2 ticked" in text
    assert "Ana Ruiz" in text


def test_a_script_hears_how_the_line_stands(house, signed_in):
    there = made_round(house)
    ana = signed_in(house.ana)
    sent = {"is": "on", "key": "a", "at": str(int(now().timestamp() * 1000) - 60_000)}
    answer = ana.post(f"/rounds/{there.pk}/lines/1/", sent, headers={"accept": "application/json"})
    assert answer.json() == {"on": True, "by": "Ana Ruiz"}
    assert (now() - Line.objects.get(place=1).ticked_at).total_seconds() == 60
    for strange in ("9" * 18, "x", "-5", "٣"):
        ana.post(f"/rounds/{there.pk}/lines/2/", {"is": "on", "key": strange, "at": strange})
    assert Press.objects.count() == 5


def test_let_go_with_a_word_beside_the_field(house, signed_in):
    there = made_round(house)
    ben = signed_in(house.ben)
    assert "missed" in page(ben, "/checklists/")
    assert "Nobody is blamed" in page(ben, f"/rounds/{there.pk}/")
    answer = ben.post(f"/rounds/{there.pk}/letting-go/", {"why": ""})
    assert answer.status_code == 422
    assert_clean(answer)
    assert ben.post(f"/rounds/{there.pk}/letting-go/", {"why": "Ice came at noon."}).status_code == 302
    assert "Ice came at noon." in page(ben, f"/rounds/{there.pk}/")
    assert "Ice came at noon." in page(ben, f"/checklists/{there.checklist_id}/")


def test_elsewhere_nothing_is_there(house, signed_in):
    there = made_round(house)
    eve = signed_in(house.eve)
    for path in (f"/rounds/{there.pk}/", f"/checklists/{there.checklist_id}/", NEW):
        page(eve, path, 404)
    assert "Open the bar" not in page(eve, "/checklists/")
    ana = signed_in(house.ana)
    assert ana.get(NEW).status_code == 403
    assert ana.post(f"/checklists/{there.checklist_id}/stop/").status_code == 403
    sam = signed_in(house.sam)
    for _ in range(2):
        assert sam.post(f"/checklists/{there.checklist_id}/stop/").status_code == 302
    assert "was stopped" in page(sam, f"/checklists/{there.checklist_id}/")


@pytest.mark.slow
def test_ten_thousand_rounds_are_read_a_page_at_a_time(house, signed_in, django_assert_max_num_queries):
    from datetime import timedelta  # noqa: PLC0415

    checklist, moment = made_checklist(house), now()
    Round.objects.bulk_create(
        Round(
            checklist=checklist,
            team=house.harbour,
            begins_at=moment - timedelta(minutes=number),
            due_at=moment,
        )
        for number in range(10_000)
    )
    ana = signed_in(house.ana)
    for path in ("/checklists/?now=7", f"/checklists/{checklist.pk}/?page=9"):
        with django_assert_max_num_queries(12):
            assert page(ana, path).count("/rounds/") == 50
