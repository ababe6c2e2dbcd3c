"""A Remit of its own for tests with real processes: a folder, its database, and a Python that works in it."""

import fcntl
import os
import signal
import sqlite3
import subprocess
import sys
import textwrap
import time
import uuid
from contextlib import closing, contextmanager
from pathlib import Path

import psycopg

REMIT = Path(sys.executable).with_name("remit")
ROOT = Path(__file__).parents[3]
START = """
import sys, os, threading
from pathlib import Path
from remit.command.application import start_application
start_application()
from django.db import connection, connections
"""
IN_A_TRANSACTION = """
SELECT count(*) FROM pg_stat_activity
WHERE datname = current_database() AND pid <> pg_backend_pid() AND state <> 'idle'
"""
LONGEST = 300.0
"""Seconds; nothing takes so long, but on a slow machine that has other things to do much takes long."""
SERVER = os.environ.get("DATABASE_URL", "")


class Remit:
    """A Remit in a folder: tables made, processes started in it, all of them ended behind the test.

    Args:
        folder: for its data.
        database: address of a database of its own on PostgreSQL, or "" for a file in the folder.
        settings: more variables of the environment.
    """

    def __init__(self, folder, database="", **settings):
        self.folder = folder
        self.environment = {
            **{name: value for name, value in os.environ.items() if name != "DATABASE_URL"},
            "DJANGO_SETTINGS_MODULE": "remit.config.settings",
            "REMIT_DATA": str(folder),
            "REMIT_JOB_LEASE": "1",
            "PYTHONPATH": str(ROOT),
            **({"DATABASE_URL": database} if database else {}),
            **settings,
        }
        self._database = database
        self._started = []

    def rows(self, question):
        """What its database answers to a question in SQL."""
        if self._database:
            with psycopg.connect(self._database, autocommit=True) as reader:
                return reader.execute(question).fetchall()
        reader = sqlite3.connect(self.folder / "remit.sqlite3", timeout=20)
        try:
            return reader.execute(question).fetchall()
        finally:
            reader.close()

    def is_nobody_writing(self):
        """Whether no other process is in the middle of a transaction now."""
        if self._database:
            return self.rows(IN_A_TRANSACTION) == [(0,)]
        file = self.folder / "remit.sqlite3"
        try:
            with closing(sqlite3.connect(file, timeout=0)) as writer, Path(f"{file}.lock").open("a") as turn:
                fcntl.flock(turn, fcntl.LOCK_EX | fcntl.LOCK_NB)
                writer.execute("BEGIN IMMEDIATE")
        except (sqlite3.OperationalError, BlockingIOError):
            return False
        return True

    def python(self, program, *arguments):
        """Run a program in this Remit, and return what it printed."""
        process = self.started_python(program, *arguments)
        printed, complained = process.communicate(timeout=LONGEST)
        assert process.returncode == 0, complained
        return printed.strip()

    def started_python(self, program, *arguments):
        """A program in this Remit, as a process that runs."""
        text = START + textwrap.dedent(program)
        return self._start([sys.executable, "-c", text, *map(str, arguments)])

    def started(self, *arguments):
        """`remit …` in this Remit, as a process that runs."""
        return self._start([REMIT, *arguments])

    def end_all(self):
        """End what still runs."""
        for process in self._started:
            if process.poll() is None:
                process.send_signal(signal.SIGCONT)
                process.kill()
            process.communicate()

    def _start(self, command):
        process = subprocess.Popen(
            command,
            cwd=self.folder,
            env=self.environment,
            text=True,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
        )
        self._started.append(process)
        return process


@contextmanager
def own_database(template="template0"):
    """Name and address of a new database on the PostgreSQL of the tests, dropped afterwards.

    Both are "" on SQLite: there the database is a file in the folder.
    """
    if not SERVER:
        yield "", ""
        return
    name = f"race_{uuid.uuid4().hex[:12]}"
    address, mark, question = SERVER.partition("?")
    with psycopg.connect(SERVER, autocommit=True) as server:
        server.execute(f"CREATE DATABASE {name} TEMPLATE {template}")
        try:
            yield name, f"{address.rsplit('/', 1)[0]}/{name}{mark}{question}"
        finally:
            server.execute(f"DROP DATABASE {name} WITH (FORCE)")


def wait_for(state, *, seconds=LONGEST):
    """Wait until a question has an answer that is true, and return it."""
    end = time.monotonic() + seconds
    while True:
        found = state()
        if found:
            return found
        assert time.monotonic() < end, "it never happened"
        time.sleep(0.02)
