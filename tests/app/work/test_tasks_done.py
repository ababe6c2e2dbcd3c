"""What is done, leafed from where the last page ended: every task once, in order, whatever ended together."""

from datetime import timedelta

import pytest
from tests.app.page_checks import assert_clean
from tests.app.work.made_work import made_task

from remit.core.clock import now
from remit.core.paging import A_PAGE
from remit.work.access import ended
from remit.work.models import Task
from remit.work.queries.done import done_from

pytestmark = pytest.mark.django_db


@pytest.fixture
def years(house):
    """Three pages of tasks in two teams, many of which ended at the same moment."""
    task = made_task(house)
    Task.objects.bulk_create(
        Task(
            team=(house.harbour, house.hill)[number % 2], stamp=f"old-{number}", title=f"Task {number}",
            why="So.", ended_at=now() - timedelta(minutes=number // 7), end="done", made_by=house.mia,
            made_at=task.made_at,
        )
        for number in range(2 * A_PAGE + 20)
    )  # fmt: skip
    return house


def leafed(member):
    """Everything that is done, a page at a time."""
    found, after = [], ""
    while True:
        page = done_from(member, after)
        found += page.rows
        if not page.after:
            return found
        assert len(page.rows) == A_PAGE
        after = page.after


def test_every_task_stands_once_in_the_order_of_all(years):
    for member in (years.ana, years.ola, years.eve):
        assert leafed(member) == list(ended(member))
    assert len(leafed(years.ola)) == 2 * A_PAGE + 20
    assert {task.team for task in leafed(years.ana)} == {years.harbour}


@pytest.mark.parametrize("after", ["", "x", "~", "2026-11-24~1", "2026-11-24T10:00+00:00~-1", "9" * 5000])
def test_what_is_no_place_is_the_first_page(years, after):
    assert done_from(years.ola, after) == done_from(years.ola)


def test_the_page_leads_on_and_back_to_the_latest(years, signed_in):
    client = signed_in(years.ola)
    first = assert_clean(client.get("/tasks/?tab=ended"))
    assert "Earlier ones" in first
    later = assert_clean(client.get("/tasks/", {"tab": "ended", "after": done_from(years.ola).after}))
    assert "The latest" in later
    assert "Task 0<" not in later


def test_nobody_of_a_team_has_done_anything(house, signed_in):
    assert done_from(house.ana).rows == []
    assert "Nothing was done yet." in assert_clean(signed_in(house.ana).get("/tasks/?tab=ended"))
