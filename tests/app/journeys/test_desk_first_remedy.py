"""From an empty database to the first remedy, on a phone: every tap and every field is counted."""

import re

import pytest
from tests.app.journeys.walking import Walk

from remit.charters.models import Version
from remit.complaints.models import Decision
from remit.people.setup_code import setup_code
from remit.remedies.models import Remedy

MOST = 11


@pytest.mark.django_db(transaction=True)
def test_first_run_to_first_remedy_takes_at_most_eleven_taps_and_fields(open_page):
    walk = Walk(open_page(size="phone"))
    walk.go(f"/welcome/?code={setup_code()}")
    walk.fill("Organisation", "Keller & Sons")
    walk.fill("Your name", "Ola Keller")
    walk.fill("Mail", "ola@example.org")
    walk.fill("Password", "four plain words here")
    walk.tap("Begin")
    walk.sees("Who may decide what?")
    walk.tap("Begin with this one")
    walk.sees("Version 1 is in force")
    walk.sees("Nothing waits for you.")
    walk.tap("Write one down", role="link")
    walk.page.wait_for_url("**/complaints/new/**")
    walk.look()
    walk.fill("What happened?", "The soup was cold, and nobody came.")
    walk.tap("Open it")
    walk.sees("is open.")
    walk.fill("Amount", "12")
    walk.page.get_by_text("You decide").wait_for()
    walk.look()
    walk.tap(re.compile(r"\b12\.00 now"))
    walk.sees("Done:")
    assert len(walk.steps) <= MOST, "\n".join(walk.steps)
    assert (Version.objects.count(), Decision.objects.count()) == (1, 1)
    assert Remedy.objects.get().value == 1200
