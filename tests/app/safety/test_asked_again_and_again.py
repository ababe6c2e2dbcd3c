"""What anybody may ask for as often as they like does little: one mail, one line in the record."""

from datetime import timedelta

from django.core import mail
from tests.app.test_people_sign_in import WRONG, sign_in

from remit.core import clock
from remit.jobs.inline import run_due_jobs
from remit.trail.models import Entry


def test_a_mailbox_is_not_filled_with_links(house, client, settings, noon):
    settings.MAIL = "smtp://localhost"
    settings.EMAIL_BACKEND = "django.core.mail.backends.locmem.EmailBackend"
    for minutes in (0, 1, 6):
        with clock.at(noon + timedelta(minutes=minutes)):
            answer = client.post("/sign-in/forgotten/", {"email": "ana@example.org"})
            assert answer["Location"] == "/sign-in/forgotten/sent/", "it answers everybody alike"
            run_due_jobs()
    for address in ("ana@example.org", "nobody@example.org"):
        with clock.at(noon + timedelta(minutes=7)):
            tried = [client.post("/sign-in/forgotten/", {"email": address}).status_code for _ in range(9)]
            run_due_jobs()
        assert tried[-1] == 429, "whoever it is, nobody asks on and on"
    assert [each.to for each in mail.outbox] == [["ana@example.org"]] * 2
    assert Entry.objects.filter(act="password-forgotten").count() == 2


def test_guessing_fills_no_record(house, client):
    before = Entry.objects.count()
    for _ in range(10):
        sign_in(client, password=WRONG)
    assert Entry.objects.count() == before
