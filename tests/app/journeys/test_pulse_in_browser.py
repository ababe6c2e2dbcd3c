"""The pulse in a browser: a rhythm is chosen, it is answered with one thumb, shown, and answered in turn."""

import re
from datetime import timedelta

import pytest
from tests.app.journeys.walking import Walk
from tests.app.pulse.made_pulse import colleagues, put_in, results

from remit.core.clock import at, now
from remit.pulse.actions.closing import close_due
from remit.pulse.actions.opening import open_due
from remit.pulse.models import Box, Rhythm, Wave

TEAM = "/pulse/harbour/"
STICKS_OUT = """() => [...document.querySelectorAll(".card")]
    .filter(card => card.scrollWidth > card.clientWidth).map(card => card.textContent)"""


@pytest.mark.parametrize(("size", "scheme"), [("phone", "dark"), ("laptop", "light")])
def test_every_page_is_readable(house, open_page, size, scheme):
    wave = results(house, 3, people=12, words=["The fridge again.", "Thank you."], replies=False)
    Rhythm.objects.update(next_on=now().date())
    ana, mia = (Walk(open_page(each, size=size, scheme=scheme)) for each in (house.ana, house.mia))
    ana.go("/pulse/").go(TEAM).go(wave.address)
    mia.go(TEAM).go(f"{wave.address}reply/")
    assert mia.page.evaluate(STICKS_OUT) == []
    mia.go(f"{TEAM}rhythm/")


def test_chosen_answered_shown_and_answered(house, open_page):
    colleagues(house, 12)
    mia = Walk(open_page(house.mia))
    mia.go(TEAM)
    mia.tap("Choose a rhythm", role="link")
    mia.page.get_by_text("every two weeks").click()
    mia.fill("A sentence of your own", "We have what we need to do it well.")
    mia.tap("Keep it")
    mia.sees("The next wave")
    with at(now() + timedelta(hours=9)):
        assert open_due() == 1  # its day has come, and nine in the morning is over

    ana = Walk(open_page(house.ana, size="phone"))
    ana.go("/")
    ana.tap("How is it going in Harbour Street?", role="link")
    ana.look()
    for group in ana.page.get_by_role("group").filter(has=ana.page.get_by_role("radio")).all():
        group.get_by_role("radio", name=re.compile("mostly")).check(force=True)
    ana.fill("Anything else?", "The list at the pass helps.")
    ana.tap("Send it")
    ana.sees("You have answered.")
    wave = Wave.objects.get()
    assert Box.objects.get().counts[""]["clear"] == [0, 0, 0, 1, 0]
    assert len(ana.steps) <= 3

    put_in(wave, {"": {key: [0, 1, 2, 6, 3] for key, _ in wave.items}})
    Wave.objects.update(closes_at=now() - timedelta(seconds=1))
    assert close_due() == 1
    mia.go(TEAM).sees("Nobody said yet what is done about it")
    mia.tap("Say what is done", role="link")
    mia.fill("What we do about it", "The list hangs at both doors.")
    mia.fill("Why that", "Half of you enter at the back.")
    mia.tap("Say it")
    mia.sees("The list hangs at both doors.")
    ana.go(TEAM).sees("The list hangs at both doors.")
