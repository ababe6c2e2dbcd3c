"""A rollout drawn by lot from its plan to its answer; what was asked, and every state, readable."""

from datetime import UTC, datetime, time, timedelta

import pytest
from tests.app.journeys.looking import axe_finds, sideways
from tests.app.rollouts.made_rollouts import (
    WEEK,
    asked,
    made_teams,
    made_versions,
    made_weeks,
    planned,
    row_of_a_rollout,
    this_monday,
)
from tests.journeys.browsing import SIZES

from remit.core.clock import now
from remit.insight.effect.answering import answer, answers_due
from remit.insight.effect.reckoning import reckon
from remit.rollouts.actions.asking import ask
from remit.rollouts.models import Change, Draw, Plan, Start

STARTS = (12, 11, 9, 8, 6, 5, 4, None)


def readable(page):
    page.wait_for_load_state("networkidle")
    assert axe_finds(page) == [], page.url
    assert sideways(page) == 0, page.url


@pytest.mark.parametrize("size", SIZES)
def test_every_page_is_readable_in_every_state(house, open_page, size):
    alone = asked(house.mia, house.version, {}, "Nothing to count")
    teams = made_teams(house, 8)
    made_weeks(teams, weeks=20, of_week=6, lift=1.2, rating=3.4, starts=STARTS)
    versions = made_versions(house, teams, STARTS)
    found = asked(
        house.ola, versions[0], {each.team_id: each.pk for each in versions[1:]} | {teams[-1].pk: None}
    )
    untold = asked(house.mia, versions[0], {}, "One team alone")
    at_work = ask(house.mia, "charter", versions[0].pk, named="At work", elsewhere={}, stamp="w")
    plan_of = planned(house.ola, teams)
    drawn_one = row_of_a_rollout(house, is_drawn=True)
    given_up = row_of_a_rollout(house, is_drawn=True, given_up_at=now(), given_up_why="The supplier is gone.")
    page = open_page(house.ola, size=size)
    addresses = [
        "/did-it-work/",
        f"/did-it-work/ask/charter/{versions[0].pk}/",
        "/did-it-work/rollouts/new/",
        *(f"/did-it-work/{each.pk}/answer/" for each in (alone, found, untold, drawn_one, plan_of)),
        *(f"/did-it-work/{each.pk}/" for each in (plan_of, drawn_one, given_up)),
        f"/did-it-work/{plan_of.pk}/plan/",
    ]
    for address in addresses:
        assert page.goto(address).status == 200, address
        for folded in page.locator("details.folded > summary").all():
            folded.click()
        readable(page)
    page.goto(f"/did-it-work/{at_work.pk}/answer/")
    page.get_by_role("heading", name="At work").nth(1).wait_for()
    assert axe_finds(page) == []


def test_a_rollout_drawn_by_lot(house, open_page):
    teams = made_teams(house, 8)
    made_weeks(teams, weeks=14, of_week=4)
    ola = open_page(house.ola)
    ola.goto("/did-it-work/")
    ola.get_by_role("link", name="Plan a rollout by lot").click()
    ola.get_by_role("button", name="Plan it").click()
    ola.get_by_text("What is called", exact=False).or_(ola.get_by_text("What is it called?")).first.wait_for()
    ola.get_by_label("What we try").fill("A greeting at the door")
    ola.get_by_label("Why do we try it?").fill("Whoever is greeted waits more kindly.")
    ola.get_by_label("Hill Road").uncheck()
    ola.get_by_label("Weeks from wave to wave").fill("2")
    ola.get_by_label("Last day that is looked at").fill(f"{this_monday() + 2 * WEEK}")
    ola.get_by_role("button", name="Plan it").click()
    ola.get_by_text("The last wave starts in the week of").first.wait_for()
    ola.get_by_label("Last day that is looked at").fill(f"{this_monday() + 11 * WEEK}")
    ola.get_by_role("button", name="Plan it").click()
    ola.get_by_text("It is being reckoned").wait_for()
    readable(ola)
    mark = Plan.objects.get().commitment
    ola.get_by_text(mark).wait_for()
    change = Change.objects.get()
    reckon(change.pk)
    ola.get_by_role("link", name="Look again").click()
    ola.get_by_text("In four studies of five").wait_for()
    ola.get_by_role("button", name="Draw the order").click()
    ola.get_by_role("heading", name="The order, drawn by lot").wait_for()
    readable(ola)
    assert Draw.objects.get().commitment == mark
    ola.goto(f"/did-it-work/{change.pk}/answer/")
    ola.get_by_text("That was fixed before the start.").wait_for()

    mia = open_page(house.mia, size="phone")
    mia.goto(f"/did-it-work/{change.pk}/")
    mia.get_by_text("It has begun").tap()
    mia.get_by_role("button", name="Say it").tap()
    mia.get_by_text("Its turn was the week of").or_(mia.get_by_text("Drawn")).first.wait_for()
    readable(mia)
    mia.locator("textarea[name$=why]").first.fill("The guests asked for it.")
    mia.get_by_role("button", name="Say it").tap()
    mia.get_by_text("All are counted as drawn").wait_for()
    assert Start.objects.get(team=house.harbour).why == "The guests asked for it."

    # Half a year goes by: what was planned lies behind.
    _into_the_past(change)
    made_weeks(teams, weeks=11, of_week=4, seed=2)
    answer(answers_due()[0])
    ola.goto(f"/did-it-work/{change.pk}/answer/")
    ola.get_by_text("fixed before the start").first.wait_for()
    ola.get_by_text("The order was drawn by lot").first.wait_for()
    ola.get_by_text("For a statistician").click()
    ola.get_by_text(Draw.objects.get().key).wait_for()
    readable(ola)


def _into_the_past(change):
    from tests.app.flushing import without_guards  # noqa: PLC0415

    back = 13 * WEEK
    draw = Draw.objects.get()
    draw.first, draw.until = draw.first - back, draw.until - back
    draw.order = [[team, str(datetime.fromisoformat(day).date() - back)] for team, day in draw.order]
    draw.at -= back
    with without_guards():
        draw.save()
    for start in change.starts.all():
        start.on -= back
        start.save()
    assert datetime.combine(draw.until, time(), UTC) + timedelta(days=7) <= now()
