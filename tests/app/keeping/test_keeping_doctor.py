"""The doctor names what is wrong and what to do, whatever it is, and never a secret."""

import json
import socket
import sqlite3

import pytest
from aiosmtpd.controller import Controller
from tests.app.keeping.place import TABLES
from tests.app.keeping.test_keeping_whole import WITH_UPLOADS

SECRET = "hunter2hunter2"  # noqa: S105 (nobody's)
SEAL = """
from remit.core.clock import now
from remit.core.sealing import seal
from remit.people.models import Member
from remit.remedies.models import Connection
Connection.objects.create(provider="stripe", account="Harbour", sealed_key=seal("sk_test_hunter2hunter2"),
    sealed_secret=seal("whsec"), ends_with="st_1", is_live=False, hook="h", made_by=Member.objects.first(),
    made_at=now(), looked_until=now(), trouble=sys.argv[1])
"""
LATE = """
from datetime import timedelta
from remit.core.clock import now
from remit.core.writing import write
from remit.jobs.models import Job, Worker
from remit.jobs.queue import later
with write():
    Job.objects.all().delete()
    later("remit.remedies.jobs.send", remedy=1, run_at=now() - timedelta(hours=3))
    job = later("remit.remedies.jobs.send", remedy=2)
    Job.objects.filter(pk=job.pk).update(needs_person_at=now())
"""
UNDO_A_ROW = """
from django.db import connection
with connection.cursor() as cursor:
    for statement in sys.argv[1:]:
        cursor.execute(statement)
"""


def found(place, *options, code=1, env=None):
    """What the doctor says, by what it is about."""
    said = place.remit("doctor", "--json", *options, code=code, env=env or {})
    assert SECRET not in said
    findings = [json.loads(line) for line in said.splitlines()]
    assert all(each["next_step"] for each in findings if each["health"] != "ok")
    return {each["what"]: each for each in findings}


def test_all_that_is_well(places, tmp_path):
    here = places("here", made=True)
    here.folder.chmod(0o700)
    here.remit("backup", tmp_path / "b.zip")
    said = found(here)
    wells = {
        "versions",
        "data folder",
        "disk",
        "secret key",
        "backup",
        "database",
        "uploads",
        "tables",
        "integrity",
        "record",
    }
    assert {what for what in wells if said[what]["health"] != "ok"} == set()
    assert said["workers"]["health"] == "wrong"


def test_keys_and_folder_that_others_read(places):
    here = places("here", made=True)
    (here.folder / "secret-key").chmod(0o644)
    here.folder.chmod(0o755)
    said = found(here, "--quick")
    assert said["secret key"]["health"] == "wrong"
    assert said["secret key"]["next_step"].startswith("chmod 600")
    assert said["data folder"]["health"] == "look"
    assert said["backup"]["health"] == "look"
    assert "record" not in said


def test_tables_that_are_missing(places):
    said = found(places("here"))
    assert said["tables"]["next_step"] == "Start remit work once."
    assert "jobs" not in said


@pytest.mark.parametrize("address", [f"postgresql://remit:{SECRET}@127.0.0.1:9/remit"])
def test_a_database_that_does_not_answer(places, address):
    said = found(places("here"), env={"DATABASE_URL": address})
    assert said["database"]["health"] == "wrong"
    assert "tables" not in said


def test_a_broken_file(places):
    here = places("here", sqlite=True)
    here.python(TABLES)
    with sqlite3.connect(here.folder / "remit.sqlite3") as database:
        database.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    with (here.folder / "remit.sqlite3").open("r+b") as file:
        file.seek(200 * 4096)
        file.write(b"\xff" * 40 * 4096)
    said = found(here)
    asked = [said[what]["health"] for what in ("database", "tables", "integrity") if what in said]
    assert "wrong" in asked


def test_late_jobs_and_given_up_ones(places):
    here = places("here", made=True)
    here.python(LATE)
    said = here.remit("doctor", "--quick", code=1)
    assert "1 job needs a person." in said
    assert "1 are late, the first by 3 hours." in said


def test_a_provider_whose_key_another_secret_sealed(places):
    here = places("here", made=True)
    here.python(SEAL, "")
    assert found(here, "--quick")["provider Harbour"]["health"] == "ok"
    said = found(here, "--quick", env={"REMIT_SECRET_KEY": SECRET})
    assert "another secret key" in said["provider Harbour"]["words"]
    assert said["secret key"]["health"] == "ok"


def test_a_record_that_was_changed_and_a_file_that_is_gone(places):
    here = places("here", made=True)
    here.python(WITH_UPLOADS)
    next(path for path in (here.folder / "uploads").rglob("*") if path.is_file()).unlink()
    place = ' ON "trail_entry"' if here.database else ""
    here.python(
        UNDO_A_ROW,
        f'DROP TRIGGER "guard_trail_entry_update"{place}',
        "UPDATE trail_entry SET act = 'x' WHERE number = 9",
    )
    said = found(here)
    assert said["record"]["words"].startswith("Entry 9 of the trail")
    assert said["uploads"]["health"] == "wrong"
    assert said["uploads"]["words"].startswith("1 of ")


class _Kept:
    def __init__(self):
        self.mails = []

    async def handle_DATA(self, server, session, envelope):  # noqa: N802 (its name)
        self.mails.append(envelope.rcpt_tos)
        return "250 OK"

    async def handle_MAIL(self, server, session, envelope, address, options):  # noqa: N802 (its own)
        if address.endswith("@elsewhere.example"):
            return "553 not an address of yours"
        envelope.mail_from = address
        return "250 OK"


def test_the_mail_server(places):
    here = places("here", made=True)
    kept = _Kept()
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    server = Controller(kept, hostname="127.0.0.1", port=port)
    server.start()
    try:
        env = {"REMIT_MAIL": f"smtp://127.0.0.1:{port}"}
        assert (
            found(here, "--quick", env=env)["mail"]["words"] == "The mail server answers and lets Remit in."
        )
        assert kept.mails == []
        found(here, "--quick", "--mail-to", "ola@example.org", env=env)
        assert kept.mails == [["ola@example.org"]]
        said = found(here, "--quick", env=env | {"REMIT_MAIL_FROM": "Remit <remit@elsewhere.example>"})
        assert said["mail"]["health"] == "ok"
        assert said["mail sender"]["health"] == "wrong"
        assert "not an address of yours (553)" in said["mail sender"]["words"]
        assert "mail sender" not in found(here, "--quick", env=env | {"REMIT_MAIL_FROM": "desk@here.example"})
    finally:
        server.stop()
    said = found(here, "--quick", env={"REMIT_MAIL": f"smtp://ola:{SECRET}@127.0.0.1:{port}"})
    assert said["mail"]["health"] == "wrong"


def test_settings_that_do_not_fit_each_other(places):
    here = places("here", made=True)
    env = {"REMIT_ADDRESS": "https://nowhere.invalid", "REMIT_HOSTS": "localhost"}
    said = found(here, "--quick", env=env)
    assert "REMIT_HOSTS doesn't name nowhere.invalid" in said["settings"]["words"]
    assert said["address"]["words"] == "The name nowhere.invalid isn't known."


def test_names_by_a_pattern_a_sender_that_is_nobody_and_a_directory_that_is_silent(places):
    here = places("here", made=True)
    env = {"REMIT_ADDRESS": "https://remit.nowhere.invalid", "REMIT_HOSTS": ".nowhere.invalid"}
    env |= {"REMIT_OIDC_ISSUER": "http://localhost:9", "REMIT_OIDC_CLIENT": "x", "REMIT_OIDC_SECRET": SECRET}
    said = found(here, "--quick", env=env | {"REMIT_MAIL": "smtp://127.0.0.1:9"})
    assert said["settings"]["health"] == "ok"
    assert "remit@localhost" in said["mail sender"]["words"]
    assert said["directory"]["words"] == "Your company's directory doesn't answer."
