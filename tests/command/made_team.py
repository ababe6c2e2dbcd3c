"""A team in a database of its own, for commands that work on one, and a way to ask that database."""

import shutil
import subprocess
import sys
import textwrap
from pathlib import Path

from real_process import environment

BEGIN = """\
from remit.people.actions.beginning import Beginning, begin
begin(Beginning(organisation="Keller & Sons", team="Harbour", name="Ola Keller", email="ola@example.org",
    password="long enough", time_zone="Europe/Berlin", currency="EUR"))
"""
COMPLAIN = """\
from remit.complaints.actions.customers import CustomerWords
from remit.complaints.actions.opening import open_complaint
from remit.people.models import Team
open_complaint(Team.objects.get(), text="The soup was cold.", channel="form",
    customer=CustomerWords(name="Jo Miller", email="jo@example.com"))
"""
_START = "from remit.command.application import start_application, set_up_tables; start_application()\n"


class MadeTeam:
    """Where the data are, as `env` for the commands; and Python in that application.

    Begun in a folder, or copied from the one of another.
    """

    def __init__(self, folder: Path, like: Path | None = None) -> None:
        # Whatever database the tests themselves run on, this one is in the folder.
        self.env = {
            "REMIT_DATA": str(folder),
            "DATABASE_URL": "",
            "DJANGO_SETTINGS_MODULE": "remit.config.settings",
        }
        if like is None:
            self.python("set_up_tables()\n" + BEGIN)
        else:
            shutil.copytree(like, folder)

    def python(self, program: str) -> str:
        """Run a program in it; returns what it prints."""
        done = subprocess.run(
            [sys.executable, "-c", _START + textwrap.dedent(program)],
            env=environment(**self.env),
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        return done.stdout.strip()
