"""Tables are made and brought forward by themselves: once, whoever starts, and never backwards."""

import json
import os
import signal

import pytest
from tests.app.races.real import Remit, own_database, wait_for

pytestmark = pytest.mark.slow  # processes of their own

APPLIED = "SELECT count(*) FROM django_migrations"
ACCOUNT = "SELECT version, done_at IS NOT NULL FROM watching_settingup ORDER BY id"

SET_UP = "from remit.command.application import set_up_tables; set_up_tables()"

# Ends the process by a kill when so many changes of the tables are done.
SET_UP_AND_DIE = """
import signal
from django.db.migrations.executor import MigrationExecutor

left, apply = [int(sys.argv[1])], MigrationExecutor.apply_migration

def counted(self, *arguments, **more):
    if not left[0]:
        os.kill(os.getpid(), signal.SIGKILL)
    left[0] -= 1
    return apply(self, *arguments, **more)

MigrationExecutor.apply_migration = counted
from remit.command.application import set_up_tables
set_up_tables()
"""

SAME_AS_NEW = """
from django.core.management import call_command
from remit.watching.tables import tables_now
call_command("makemigrations", "--check", "--dry-run", verbosity=0)
from remit.people.actions.beginning import Beginning, begin
begin(Beginning(organisation="Keller & Sons", team="Harbour", name="Ola Keller", email="ola@example.org",
    password="long enough", time_zone="Europe/Berlin", currency="EUR"))
print(tables_now().are_current)
"""

# Everything that stands in the database: tables, columns, their defaults, rules, indexes, guards.
SHAPE_ON_SQLITE = "SELECT type, name, tbl_name, sql FROM sqlite_master ORDER BY type, name"
SHAPE_ON_POSTGRESQL = """
SELECT 'column', c.relname, a.attnum || a.attname || format_type(a.atttypid, a.atttypmod) || a.attnotnull
  || a.attidentity::text || coalesce(pg_get_expr(d.adbin, d.adrelid), '')
  FROM pg_class c JOIN pg_attribute a ON a.attrelid = c.oid LEFT JOIN pg_attrdef d
  ON d.adrelid = c.oid AND d.adnum = a.attnum WHERE c.relnamespace = 'public'::regnamespace AND a.attnum > 0
UNION SELECT 'rule', conname, conrelid::regclass || pg_get_constraintdef(oid) FROM pg_constraint
  WHERE connamespace = 'public'::regnamespace
UNION SELECT 'index', indexname, indexdef FROM pg_indexes WHERE schemaname = 'public'
UNION SELECT 'guard', tgname, pg_get_triggerdef(oid) FROM pg_trigger WHERE NOT tgisinternal
ORDER BY 1, 2, 3
"""


def _says(lines):
    return [json.loads(line)["says"] for line in lines.splitlines() if line.startswith("{")]


def test_new_tables_are_those_that_every_change_by_itself_would_make(new_remit, tmp_path):
    shape = SHAPE_ON_POSTGRESQL if os.environ.get("DATABASE_URL") else SHAPE_ON_SQLITE
    quickly = new_remit()
    quickly.python(SET_UP)
    (tmp_path / "slowly").mkdir()
    with own_database() as (_, address):
        slowly = Remit(tmp_path / "slowly", address)
        slowly.python("from django.core.management import call_command; call_command('migrate', verbosity=0)")
        made = slowly.rows(shape)
    assert len(made) > 500
    assert quickly.rows(shape) == made


def test_several_that_start_at_once_set_them_up_once(new_remit):
    remit = new_remit()
    starters = [remit.started("work", "--once") for _ in range(4)]
    printed = [starter.communicate(timeout=600)[1] for starter in starters]
    assert [starter.returncode for starter in starters] == [0] * 4, printed
    assert sorted(_says(lines).count("The tables are set up.") for lines in printed) == [0, 0, 0, 1]
    assert remit.rows(ACCOUNT) == [("0.1.0", True)]
    before = remit.rows(APPLIED)
    assert remit.started("work", "--once").communicate(timeout=600)[1].count("set up") == 0
    assert remit.rows(APPLIED) == before


@pytest.mark.parametrize("steps", [0, 1, 17])
def test_what_was_killed_in_the_middle_is_told_and_carried_on(new_remit, steps):
    remit = new_remit()
    killed = remit.started_python(SET_UP_AND_DIE, steps)
    killed.communicate(timeout=600)
    assert killed.returncode == -signal.SIGKILL
    if steps:
        assert remit.rows(APPLIED)[0][0] == steps
    told = remit.started("work", "--once").communicate(timeout=600)[1]
    assert any("was stopped in the middle" in line for line in _says(told)) == (steps > 0)
    assert "The tables are set up." in _says(told)
    assert remit.rows(ACCOUNT) == [("0.1.0", True)]
    assert remit.python(SAME_AS_NEW) == "True"


def test_what_was_killed_behind_the_last_change_is_ended(new_remit):
    remit = new_remit()
    remit.python(SET_UP)
    remit.python("from remit.watching.models import SettingUp; SettingUp.objects.update(done_at=None)")
    assert "was stopped in the middle" in remit.started("work", "--once").communicate(timeout=600)[1]
    assert remit.rows(ACCOUNT) == [("0.1.0", True)]


def test_a_database_of_a_newer_version_is_left_alone(new_remit):
    remit = new_remit()
    remit.python(SET_UP)
    remit.python(
        "from django.db.migrations.recorder import MigrationRecorder as R;"
        "from remit.watching.models import SettingUp; from remit.core.clock import now;"
        "R(connection).record_applied('jobs', '0007_priorities');"
        "SettingUp.objects.create(version='9.4.0', begun_at=now(), done_at=now())"
    )
    before = remit.rows(APPLIED)
    for command in ("serve", "verify"):
        process = remit.started(command)
        printed, told = process.communicate(timeout=600)
        told = " ".join(told.split())
        assert (process.returncode, printed) == (2, "")
        assert "was set up by Remit 9.4.0; this is Remit 0.1.0" in told
        assert "jobs 0007_priorities" in told
        assert "put back the backup" in told
    assert remit.rows(APPLIED) == before


def test_a_change_that_the_database_refuses_is_told_and_can_be_done_again(new_remit):
    remit = new_remit()
    remit.python("with connection.cursor() as it: it.execute('CREATE TABLE jobs_job (theirs integer)')")
    process = remit.started("work", "--once")
    told = " ".join(process.communicate(timeout=600)[1].split())
    assert process.returncode == 2
    assert "the database refused at jobs 0001_initial" in told
    assert "Traceback" not in told
    remit.python("with connection.cursor() as it: it.execute('DROP TABLE jobs_job')")
    assert remit.started("work", "--once").wait(600) == 0
    assert remit.python(SAME_AS_NEW) == "True"


@pytest.mark.skipif(not os.environ.get("DATABASE_URL"), reason="only a server of its own can be away")
def test_a_database_that_is_away_is_told_without_a_trace(new_remit):
    remit = new_remit(DATABASE_URL="postgresql://remit:geheim@127.0.0.1:9/remit")
    for command in ("serve", "verify"):
        process = remit.started(command)
        told = process.communicate(timeout=600)[1]
        assert process.returncode == 2
        assert "The database can't be reached just now" in " ".join(told.split())
        assert "Traceback" not in told
        assert "geheim" not in told


@pytest.mark.skipif(bool(os.environ.get("DATABASE_URL")), reason="only SQLite is a file")
@pytest.mark.parametrize("command", [("serve",), ("verify",), ("backup", "b.zip"), ("doctor", "--quick")])
def test_a_file_that_is_no_database_is_told_with_what_to_do(new_remit, command):
    remit = new_remit()
    diary = b"This is somebody's diary. " * 400
    (remit.folder / "remit.sqlite3").write_bytes(diary)
    told = " ".join("".join(remit.started(*command).communicate(timeout=600)).split())
    assert "file is not a database" in told
    assert "REMIT_DATA" in told
    assert "Traceback" not in told
    assert "mistake of its own" not in told
    assert (remit.folder / "remit.sqlite3").read_bytes() == diary
    assert not (remit.folder / "b.zip").exists()


def test_whoever_waits_for_the_tables_goes_on_when_their_maker_dies(new_remit):
    remit = new_remit()
    hold = (
        "from remit.watching.setting_up import _one_after_the_other as alone\n"
        "with alone():\n    Path('held').touch()\n    while True: pass\n"
    )
    holder = remit.started_python(hold)
    wait_for((remit.folder / "held").exists)
    waiting = remit.started("work", "--once")
    holder.kill()
    assert waiting.wait(600) == 0
    assert remit.rows(ACCOUNT) == [("0.1.0", True)]
