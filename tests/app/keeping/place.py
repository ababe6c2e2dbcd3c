"""A Remit in a folder of its own, and what is done with it at the command line."""

import json
import subprocess

from tests.app.races.real import REMIT, Remit

MADE = """
from datetime import timedelta
from types import SimpleNamespace
from django.conf import settings
from remit.command.application import set_up_tables
from remit.core.clock import now
settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
set_up_tables()
from remit.demo.making import Size, make_demo
make_demo(end=now(), size=Size(30, 5))
"""
TABLES = "from remit.command.application import set_up_tables; set_up_tables()"
EVERYTHING = """
import io, json
from remit.keeping.reading import snapshot
from remit.keeping.tables import Kind, tables_of
with snapshot() as there:
    tables = tables_of(there.applied())
    for table in tables.values():
        parsed = [place for place, column in enumerate(table.columns) if column.kind == Kind.JSON]
        rows = []
        for row in there.rows(table):
            for place in parsed:
                row[place] = None if row[place] is None else json.loads(row[place])
            rows.append(row)
        print(json.dumps([table.name, rows, there.last_number(table) if table.counts else 0]))
"""
LONGEST = 900.0
"""Seconds; a year of the demo is made and moved in them on a machine that has other things to do."""


class Place(Remit):
    """A Remit in a folder.

    Args:
        folder: for its data.
        database: address of a database of PostgreSQL, or "" for a file in the folder.
    """

    def __init__(self, folder, database):
        super().__init__(folder, database)
        self.database = database

    def python(self, program, *arguments):
        """Run a program here, and return what it printed."""
        process = self.started_python(program, *arguments)
        printed, complained = process.communicate(timeout=LONGEST)
        assert process.returncode == 0, complained
        return printed.strip()

    def remit(self, *arguments, code=0, **more):
        """Run `remit …` here, and return what it printed; it has to end with this code."""
        done = subprocess.run(
            [REMIT, *map(str, arguments)],
            cwd=self.folder,
            env=self.environment | more.pop("env", {}),
            text=True,
            capture_output=True,
            check=False,
            timeout=LONGEST,
            **more,
        )
        assert done.returncode == code, f"{done.returncode}\n{done.stdout}\n{done.stderr}"
        return done.stdout + done.stderr

    def refused(self, *arguments, **more):
        """Run `remit …` here, which refuses without a trace, and return its words in one line."""
        said = self.remit(*arguments, code=2, **more)
        assert "Traceback" not in said
        return " ".join(said.split())

    def everything(self):
        """Every row of every table, and the highest number given in it, by table; JSON as what it says."""
        lines = self.python(EVERYTHING).splitlines()
        return {name: (rows, last) for name, rows, last in map(json.loads, lines)}

    def is_whole(self):
        """Whether decisions, books and trail are right."""
        return all(
            "Every verdict is the same" in said or "books are right" in said or "trail is whole" in said
            for said in (self.remit("verify"), self.remit("reconcile"), self.remit("trail", "verify"))
        )


def address_of(server, name):
    """The address of another database on a server."""
    address, mark, question = server.partition("?")
    return f"{address.rsplit('/', 1)[0]}/{name}{mark}{question}"


def differing(one, other, *, but=()):
    """The tables that aren't the same in two places."""
    assert one.keys() == other.keys()
    return [name for name in one if name not in but and one[name] != other[name]]


def name_of(address):
    """The name of the database in an address; "" for none."""
    return address and address.partition("?")[0].rsplit("/", 1)[1]
