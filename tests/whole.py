"""The whole suite, in two halves side by side: `python tests/whole.py`.

One half is everything that needs no database; the other is the application, on SQLite and then on a real
PostgreSQL. What the second half prints comes when the first has ended, so that both can be read.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
STEADY = "--hypothesis-profile=steady"
PYTEST = [sys.executable, "-m", "pytest", STEADY]
WITHOUT_DATABASE = [*PYTEST, "tests", "--ignore=tests/app"]
APPLICATION = (
    [*PYTEST, "tests/app"],
    [sys.executable, "tests/app/on_postgres.py", STEADY, "-m", "not browser", "tests/app"],
)


def main():
    """Run both halves; the code is 0 when everything passed."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as printed:
        application = subprocess.Popen(
            [sys.executable, __file__, "application"], cwd=ROOT, stdout=printed, stderr=subprocess.STDOUT
        )
        try:
            without_database = subprocess.run(WITHOUT_DATABASE, cwd=ROOT, check=False).returncode
            with_database = application.wait()
        finally:
            application.kill()
        printed.seek(0)
        sys.stdout.write(printed.read())
    return without_database or with_database


def application():
    """The half with the databases, one after the other."""
    codes = []
    for name, command in zip(("SQLite", "PostgreSQL"), APPLICATION, strict=True):
        sys.stdout.write(f"\nThe application on {name}\n")
        sys.stdout.flush()
        codes.append(subprocess.run(command, cwd=ROOT, check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    sys.exit(application() if sys.argv[1:] == ["application"] else main())
