"""The backup of every night, as the unit of systemd and the crontab of the page make it, and nothing else."""

import re
import shlex
import subprocess

from tests.app.races.real import REMIT, ROOT

from remit.keeping.places import backups_in

UNIT = ROOT / "deploy" / "remit-backup.service"
PAGE = ROOT / "docs" / "how-to" / "back-up.md"
OF_CRON = {"PATH": "/usr/bin:/bin", "HOME": "/", "LANG": "C.UTF-8"}
"""What cron and systemd give to what they start."""


def by_systemd():
    """The command of the unit, and what it sets; what it reads from a file isn't there."""
    text = UNIT.read_text("utf-8")
    sets = dict(line.split("=", 1) for line in re.findall(r"^Environment=(.*)$", text, re.MULTILINE))
    return re.search(r"^ExecStart=(.*)$", text, re.MULTILINE)[1], sets


def by_cron():
    """The command of the crontab on the page, and what it sets."""
    (table,) = re.findall(r"^```text\n(.*?)^```", PAGE.read_text("utf-8"), re.MULTILINE | re.DOTALL)
    *sets, entry = table.splitlines()
    minute, hour, *_, command = entry.split(None, 5)
    assert (minute, hour) == ("0", "2")
    assert "%" not in command, "cron makes a line break of it"
    return command, dict(line.split("=", 1) for line in sets)


def test_it_is_made_where_nothing_but_what_stands_there_is_known(places, tmp_path):
    here = places("here", made=True)
    noted = here.folder / "last-backup.json"
    for number, (command, sets) in enumerate((by_systemd(), by_cron())):
        folder = tmp_path / f"backups-{number}"
        folder.mkdir()
        assert sets["REMIT_DATA"].startswith("/")
        database = {"DATABASE_URL": here.database} if here.database else {}
        program, verb, where, *more = shlex.split(command)
        assert (program, verb, where.startswith("/")) == ("/opt/remit/bin/remit", "backup", True)
        noted.unlink(missing_ok=True)
        made = subprocess.run(
            ["/bin/sh", "-c", shlex.join([str(REMIT), verb, str(folder), *more])],
            env=OF_CRON | database | {"REMIT_DATA": str(here.folder)},
            cwd="/",
            capture_output=True,
            text=True,
            check=False,
        )
        assert made.returncode == 0, made.stderr
        assert len(backups_in(folder)) == 1
        assert noted.exists(), "the alarm would ring all the same"
