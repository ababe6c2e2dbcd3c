"""The whole suite, in two halves side by side: `python tests/whole.py`; with `quick` its short tests.

One half is everything that needs no database; the other is the application, on SQLite and then on a real
PostgreSQL. What the second half prints comes when the first has ended, so that both can be read.

The short tests leave out what is marked, and PostgreSQL. They look at new examples, the whole suite at the
same ones each time.
"""

import subprocess
import sys
import tempfile
from pathlib import Path

ROOT = Path(__file__).parents[1]
PYTEST = [sys.executable, "-m", "pytest"]
STEADY = "--hypothesis-profile=steady"
SHORT = ["-m", "not full and not browser and not slow"]
WITHOUT_DATABASE = ["tests", "--ignore=tests/app"]
APPLICATION = {
    "The application on SQLite": [*PYTEST, STEADY, "tests/app"],
    "The application on PostgreSQL": [
        sys.executable,
        "tests/app/on_postgres.py",
        STEADY,
        "-m",
        "not browser",
        "tests/app",
    ],
}
QUICK_APPLICATION = {
    "The application on SQLite": [*PYTEST, *SHORT, "tests/app"],
    "The pages of the documentation": [*PYTEST, *SHORT, "tests/docs"],
}
"""The pages are tested here too, so that both halves take as long."""


def main(*, quick):
    """Run both halves; the code is 0 when everything passed."""
    with tempfile.TemporaryFile("w+", encoding="utf-8") as printed:
        application = subprocess.Popen(
            [sys.executable, __file__, "application", *(["quick"] if quick else [])],
            cwd=ROOT,
            stdout=printed,
            stderr=subprocess.STDOUT,
        )
        try:
            how = [*SHORT, "--ignore=tests/docs"] if quick else [STEADY]
            command = [*PYTEST, *how, *WITHOUT_DATABASE]
            without_database = subprocess.run(command, cwd=ROOT, check=False).returncode
            with_database = application.wait()
        finally:
            application.kill()
        printed.seek(0)
        sys.stdout.write(printed.read())
    return without_database or with_database


def application(*, quick):
    """The half with the databases, one after the other."""
    codes = []
    for name, command in (QUICK_APPLICATION if quick else APPLICATION).items():
        sys.stdout.write(f"\n{name}\n")
        sys.stdout.flush()
        codes.append(subprocess.run(command, cwd=ROOT, check=False).returncode)
    return max(codes)


if __name__ == "__main__":
    half = application if "application" in sys.argv[1:] else main
    sys.exit(half(quick="quick" in sys.argv[1:]))
