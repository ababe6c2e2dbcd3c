"""`remit mail` as a mail server runs it: a mail on standard input, an exit code of sysexits.h."""

import os
import resource

import pytest
from made_team import COMPLAIN, MadeTeam

MAIL = "From: Jo <jo@example.com>\nMessage-ID: <{number}@there>\nSubject: Re: Soup (C-2001)\n\nStill cold.\n"


@pytest.fixture(scope="module")
def made(tmp_path_factory):
    team = MadeTeam(tmp_path_factory.mktemp("team"))
    team.python(COMPLAIN)
    return team


def test_a_mail_is_counted_once_however_often_it_comes(remit, made):
    for number in (1, 1, 2):
        taken = remit("mail", "receive", input=MAIL.format(number=number), env=made.env)
        assert (taken.returncode, taken.stdout, taken.stderr) == (0, "", "")
    assert remit("mail", "receive", input="From: x@example.com\n\n", env=made.env).returncode == 0
    counted = remit("mail", "counted", env=made.env)
    assert counted.returncode == 0
    assert [line for line in counted.stdout.splitlines() if not line.startswith("      0 ")] == [
        "      2  an answer of a customer, to an address that nobody reads",
        "      1  about nothing that is known here",
    ]
    backs = "from remit.complaints.models import Complaint; print(Complaint.objects.get().mails_back)"
    assert made.python(backs) == "2"


@pytest.mark.parametrize("text", ["", "Hello, I am no mail.\n"])
def test_no_mail_is_refused_for_good(remit, made, text):
    refused = remit("mail", "receive", input=text, env=made.env)
    assert refused.returncode == os.EX_DATAERR
    assert "This is no mail" in refused.stderr
    assert refused.stdout == ""


def test_of_a_mail_over_40_mb_the_head_is_taken_in_little_memory(remit, made, tmp_path):
    with (tmp_path / "mail.eml").open("wb") as file:
        file.write(b"From: jo@example.com\n\n")
        file.truncate(400 * 1024 * 1024)
    with (tmp_path / "mail.eml").open("rb") as file:
        taken = remit("mail", "receive", stdin=file, env=made.env, preexec_fn=_with_little_memory)
    assert (taken.returncode, taken.stdout, taken.stderr) == (os.EX_OK, "", "")


def _with_little_memory():
    resource.setrlimit(resource.RLIMIT_DATA, (380 * 1024 * 1024,) * 2)


@pytest.mark.parametrize(
    ("env", "words"),
    [
        ({"REMIT_DATA": "nothing-yet"}, "isn't set up"),
        ({"DATABASE_URL": "postgres://nobody@127.0.0.1:1/none"}, "can't be reached just now"),
        ({"DATABASE_URL": "nonsense"}, ""),
        ({"REMIT_DATA": "/dev/null/data"}, ""),
    ],
)
def test_what_may_be_better_later_is_for_the_mail_server_to_try_again(remit, made, env, words):
    later = remit("mail", "receive", input=MAIL.format(number=3), env=made.env | env)
    assert later.returncode == os.EX_TEMPFAIL
    assert words in " ".join(later.stderr.split())
    assert "Traceback" not in later.stderr
    assert later.stderr.startswith("remit: ")


def test_a_trace_is_shown_when_asked_for(remit, made):
    broken = made.env | {"DATABASE_URL": "nonsense"}
    shown = remit("mail", "receive", "--debug", input=MAIL.format(number=4), env=broken)
    assert shown.returncode == os.EX_TEMPFAIL
    assert "Traceback" in shown.stderr


@pytest.mark.parametrize("days", ["0", "91", "x"])
def test_days_that_cannot_be(refused, made, days):
    assert "--days" in refused("mail", "counted", "--days", days, env=made.env)
