"""Databases of released versions: kept when a version is released, brought forward by the tests ever after.

    python -m tests.upgrades.kept

writes `<version>.sqlite.gz` beside this file, with a small demo in it. There is no released version yet,
so there is none of them: until then the tables of the present are the first entry, made anew by the test.
Kept are files of SQLite alone: the package that brings PostgreSQL for the tests has no pg_dump that fits its
server.
"""

import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from pathlib import Path

FOLDER = Path(__file__).parent

FILL = """
import django
django.setup()
from remit.command.application import set_up_tables
set_up_tables()
from remit.core.clock import now
from remit.demo.making import Size, make_demo
make_demo(end=now(), size=Size(40, 6), told=lambda *_: None)
"""


def kept_versions():
    """Versions of which a database is kept."""
    return sorted(path.name.removesuffix(".sqlite.gz") for path in FOLDER.glob("*.sqlite.gz"))


def keep(file, folder):
    """Write the database of a folder into a file, whole, though somebody may be writing."""
    with tempfile.TemporaryDirectory() as beside:
        whole = Path(beside) / "whole"
        with closing(sqlite3.connect(folder / "remit.sqlite3")) as database:
            database.execute("VACUUM INTO ?", [str(whole)])
        file.write_bytes(gzip.compress(whole.read_bytes(), mtime=0))


def bring_back(file, folder):
    """The opposite: into an empty folder."""
    (folder / "remit.sqlite3").write_bytes(gzip.decompress(file.read_bytes()))


def main():
    """Keep the present version."""
    from remit.watching.tables import this_version  # noqa: PLC0415 (reading it needs no settings)

    with tempfile.TemporaryDirectory() as folder:
        where = {"REMIT_DATA": folder, "DATABASE_URL": "", "DJANGO_SETTINGS_MODULE": "remit.config.settings"}
        subprocess.run([sys.executable, "-c", FILL], env=os.environ | where, check=True)
        keep(FOLDER / f"{this_version()}.sqlite.gz", Path(folder))


if __name__ == "__main__":
    main()
