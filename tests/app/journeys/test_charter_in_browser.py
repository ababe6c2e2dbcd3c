"""A charter changed by hand and by YAML, published as a trial, decided under, and back again by itself."""

import re
from datetime import timedelta

import pytest
from django.urls import reverse
from tests.app.journeys.walking import Walk
from tests.app.made_complaints import made_complaint

from remit.charters import actions
from remit.charters.actions.terms import Terms
from remit.charters.actions.versions import come_into_force
from remit.charters.in_force import charter_of
from remit.charters.models import Draft, TookEffect, Version
from remit.complaints.models import Decision
from remit.core import clock
from remit.core.clock import now, today
from remit_engine import read_charter_text

CELL = "/charter/drafts/{}/cell/?kind=refund&role=member&step=none"
QUESTION = "Do guests come back more often?"


def limit_of(draft):
    draft.refresh_from_db()
    return read_charter_text(draft.text).charter.grants[0].upto


def at_the_rule(walk):
    return walk.page.locator("#rule-fix-on-the-spot")


def decides_70_alone(house, open_page, scheme):
    """Ana does under the trial what she had to ask for before."""
    dinner = made_complaint(house, title="Cold dinner", category="wrong item", paid=31200)
    ana = Walk(open_page(house.ana, size="phone", scheme=scheme))
    ana.go("/charter/harbour/")
    ana.sees("This is a trial until")
    ana.go(reverse("complaints:complaint", args=[dinner.number]))
    ana.page.get_by_role("radio", name="Refund").check()
    ana.fill("Amount", "70")
    ana.page.get_by_role("button", name="Refund 70.00 now").click()
    ana.page.get_by_text("Refund 70.00").first.wait_for()
    ana.page.wait_for_load_state("networkidle")
    decision = Decision.objects.get()
    assert (decision.charter.number, decision.level) == (2, "decide")


@pytest.mark.parametrize(("size", "scheme"), [("laptop", "light"), ("phone", "dark")])
def test_changed_by_hand_and_by_yaml_published_as_a_trial_decided_under_and_ended(
    house, open_page, size, scheme
):
    mia = Walk(open_page(house.mia, size=size, scheme=scheme))
    mia.go("/charter/harbour/")
    mia.tap("Change it", role="link")
    mia.sees("No draft is worked on")
    mia.fill("What it is called", "Sixty")
    mia.fill("Why", "Ana asks for 60 every Friday.")
    mia.tap("Begin")
    mia.sees("Open a ladder to change it.")
    draft = Draft.objects.get()
    mia.tap(re.compile("Change: Refund, everything else, Member"), role="link")
    mia.sees("What makes it")
    rule = at_the_rule(mia)
    rule.get_by_label("Amount", exact=False).and_(mia.page.locator("input[name=limit]")).fill("60")
    mia.tap("Keep", within=rule)
    mia.page.get_by_text("Kept as revision 2.").wait_for()
    mia.sees("Before: decide up to 50, ask above.")
    assert limit_of(draft) == 6000

    mia.tap("YAML", role="link")
    mia.sees("Remarks are kept.")
    text = mia.field("The draft, in YAML")
    text.fill(text.input_value().replace("upto: 60\n", "upto: 75  # by hand\n"))
    mia.tap("Keep it")
    mia.page.get_by_text("Kept as revision 3.").wait_for()
    mia.look()
    mia.tap("What it changes", role="link")
    mia.sees("Who gains or loses what")
    assert re.search(r"up to 75 instead of 50", mia.words)
    assert "Ben Okafor" in mia.words
    mia.page.get_by_text("On a day, or as a trial").click()
    until = today("Europe/Berlin") + timedelta(days=28)
    mia.fill("A trial until", until.isoformat())
    mia.fill("What should it answer?", QUESTION)
    if mia.page.get_by_label("I have read what there is to look at").count():
        mia.page.get_by_label("I have read what there is to look at").check()
    mia.tap("Publish")
    mia.page.get_by_text("Version 2 is published.").wait_for()
    mia.sees(QUESTION)

    decides_70_alone(house, open_page, scheme)
    trial = Version.objects.get(number=2)
    back = Version.objects.get(ends=trial)
    with clock.at(back.published_at):
        come_into_force(back.pk)
        assert charter_of(house.harbour).compiled.charter.grants[0].upto == 5000
    assert TookEffect.objects.get().version == back


def test_a_limit_is_dragged_with_the_keys_and_is_typed_without_scripts(house, open_page):
    draft = actions.begin_draft(house.mia, house.harbour, house.version.text, "Wider.")
    mia = Walk(open_page(house.mia))
    mia.go(CELL.format(draft.pk))
    rule = at_the_rule(mia)
    slider = rule.get_by_role("slider")
    before = slider.get_attribute("aria-valuetext")
    assert "50" in before
    for _ in range(12):
        slider.press("ArrowRight")
    amount = rule.locator("input[name=limit]").input_value()
    assert float(amount) > 50
    mia.tap("Keep", within=rule)
    mia.page.get_by_text("Kept as revision 2.").wait_for()
    assert limit_of(draft) == int(float(amount) * 100)
    slider = at_the_rule(mia).get_by_role("slider")
    slider.scroll_into_view_if_needed()
    box = slider.bounding_box()
    slider.click(position={"x": box["width"] * 0.9, "y": box["height"] / 2})
    assert float(at_the_rule(mia).locator("input[name=limit]").input_value()) > float(amount)
    plain = Walk(open_page(house.mia, size="phone", scripts=False))
    plain.page.goto(CELL.format(draft.pk))
    rule = at_the_rule(plain)
    assert rule.get_by_role("slider").count() == 0
    rule.locator("input[name=limit]").fill("44")
    rule.get_by_role("button", name="Keep", exact=True).click()
    plain.page.get_by_text("Kept as revision 3.").wait_for()
    assert limit_of(draft) == 4400


def end_of_the_first_rung(page):
    """The handle there, and where on the screen it can be taken hold of."""
    ladder = page.locator(".ladder-to-drag:visible").first
    ladder.scroll_into_view_if_needed()
    box = ladder.bounding_box()
    share = float(ladder.locator(".handle").first.get_attribute("data-place"))
    return ladder.get_by_role("slider").first, box["x"] + box["width"] * share, box["y"] + 12


def typed_limit(walk):
    return float(at_the_rule(walk).locator("input[name=limit]").input_value())


def test_the_end_of_a_rung_is_dragged_on_the_ladder_by_mouse_finger_and_keys(house, open_page):
    draft = actions.begin_draft(house.mia, house.harbour, house.version.text, "Wider.")
    mia = Walk(open_page(house.mia))
    mia.go(CELL.format(draft.pk))
    handle, x, y = end_of_the_first_rung(mia.page)
    mia.page.mouse.move(x, y)
    mia.page.mouse.down()
    mia.page.mouse.move(x + 120, y, steps=4)
    mia.page.mouse.up()
    dragged = typed_limit(mia)
    assert dragged > 50
    mia.sees(f"EUR {dragged:.0f} instead of EUR 50")
    handle.press("ArrowLeft")
    assert typed_limit(mia) == dragged - 5
    mia.page.locator(".ladder-changed:visible").first.get_by_role("button", name="Keep").click()
    mia.page.get_by_text("Kept as revision 2.").wait_for()
    assert limit_of(draft) == (dragged - 5) * 100

    phone = Walk(open_page(house.mia, size="phone", scheme="dark"))
    phone.go(CELL.format(draft.pk))
    _, x, y = end_of_the_first_rung(phone.page)
    fingers = phone.page.context.new_cdp_session(phone.page)
    for kind, at in (("touchStart", x), ("touchMove", x - 20), ("touchMove", x - 60), ("touchEnd", None)):
        points = [] if at is None else [{"x": at, "y": y}]
        fingers.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": points})
    phone.page.locator(".ladder-changed:visible").first.wait_for()
    assert typed_limit(phone) < dragged - 5
    phone.look()


def test_what_is_empty_stands_where_it_means_something(house, open_page):
    """A guardrail without an amount holds always, a grant without one for any."""
    text = house.version.text.replace("    upto: 50\n", "", 1)
    draft = actions.begin_draft(house.mia, house.harbour, text, "Wider.")
    mia = Walk(open_page(house.mia))
    mia.go(CELL.format(draft.pk))
    grant = at_the_rule(mia).get_by_role("slider")
    assert grant.get_attribute("aria-valuetext") == "without a limit"
    assert grant.input_value() == grant.get_attribute("max")
    guardrail = mia.page.locator("#rule-old-orders").get_by_role("slider")
    assert (guardrail.get_attribute("aria-valuetext"), guardrail.input_value()) == ("always", "0")


def test_two_managers_at_one_rule_and_the_second_chooses(house, open_page):
    draft = actions.begin_draft(house.mia, house.harbour, house.version.text, "Wider.")
    mia, ola = Walk(open_page(house.mia)), Walk(open_page(house.ola, scheme="dark"))
    for walk in (mia, ola):
        walk.go(CELL.format(draft.pk))
    for walk, amount in ((mia, "60"), (ola, "70")):
        rule = at_the_rule(walk)
        rule.locator("input[name=limit]").fill(amount)
        walk.tap("Keep", within=rule)
    mia.page.get_by_text("Kept as revision 2.").wait_for()
    ola.sees("Mia Keller changed the same")
    ola.page.get_by_label(re.compile("^Yours")).check()
    ola.tap("Keep what I chose")
    ola.page.get_by_text("Kept as revision 3.").wait_for()
    assert limit_of(draft) == 7000


def test_the_team_talks_and_a_trial_is_ended_early(house, open_page):
    draft = actions.begin_draft(house.mia, house.harbour, house.version.text, "Wider.", name="Wider")
    actions.share_draft(house.mia, draft)
    ana = Walk(open_page(house.ana, size="phone"))
    ana.go(f"/charter/drafts/{draft.pk}/talk/")
    ana.fill("What do you think?", "60 would help on Fridays.")
    ana.tap("Say it")
    ana.sees("60 would help on Fridays.")
    wider = house.version.text.replace("upto: 50\n", "upto: 60\n")
    terms = Terms(trial_until=(now() + timedelta(days=9)).date(), question=QUESTION)
    actions.publish(house.mia, house.harbour, wider, "A try.", terms=terms)
    mia = Walk(open_page(house.mia))
    mia.go(f"/charter/drafts/{draft.pk}/")
    mia.tap("Bring the draft onto it", role="link")
    mia.tap("Bring it onto version 2")
    mia.page.get_by_text("stands on version 2 now").wait_for()
    mia.go("/charter/harbour/versions/2/")
    mia.tap("Go back now")
    mia.sees("Who may decide what")
    assert charter_of(house.harbour).compiled.charter.grants[0].upto == 5000
    mia.go("/charter/harbour/compare/?old=1&new=2")
    mia.sees("Before and after")


@pytest.mark.parametrize(("size", "scheme"), [("phone", "light"), ("laptop", "dark")])
def test_a_fact_a_step_and_a_rule_for_them_without_a_line_of_yaml(house, open_page, size, scheme):
    draft = actions.begin_draft(house.mia, house.harbour, house.version.text, "Photos tell.")
    mia = Walk(open_page(house.mia, size=size, scheme=scheme))
    mia.go(f"/charter/drafts/{draft.pk}/words/")
    mia.tap(re.compile(r"Add one\s*:\s*fact"), role="link")
    mia.fill("What it is called", "Photo")
    mia.page.get_by_label("What is known of it").select_option("flag")
    mia.tap("Keep it")
    mia.page.get_by_text("The fact photo is new.").wait_for()
    mia.tap(re.compile(r"Add one\s*:\s*step"), role="link")
    mia.tap("Keep it")
    mia.sees("Give it a name.")
    mia.fill("What it is called", "first")
    mia.fill("Fair reviews that are needed when none says different", "34")
    mia.fill("The share of different that has to be ruled out, in percent", "10")
    mia.tap("Keep it")
    mia.page.get_by_text("The step first is new.").wait_for()
    mia.sees("34 fair reviews at 10 %")
    mia.go(f"/charter/drafts/{draft.pk}/new/grants/")
    mia.fill("Up to", "120")
    mia.fill("Why", "We can see it too.")
    mia.page.get_by_role("checkbox", name="Member", exact=True).check()
    mia.page.get_by_text("Only where …").click()
    mia.page.get_by_label("Photo").select_option("yes")
    mia.page.get_by_role("checkbox", name="First", exact=True).check()
    mia.tap("Keep it")
    mia.page.get_by_text("is new.").first.wait_for()
    draft.refresh_from_db()
    grant = read_charter_text(draft.text).charter.grants[-1]
    assert (grant.upto, dict(grant.when)["photo"].flag) == (12000, True)
    assert dict(grant.who)["step"].values == ("first",)
