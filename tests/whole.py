"""The whole suite on all cores: `python tests/whole.py`; short tests with `quick`, all at length with `full`.

First everything, with the application on SQLite; then the application on a real PostgreSQL. Each run shares
its tests out to several processes, and what failed in any of them is named last.

The short tests leave out what is marked, and PostgreSQL. They look at new examples, the whole suite at the
same ones each time. At full length each property has three times as many, processes are killed at each of
their steps and not at every third, and what is marked `full` is there, too: hours, for a release.
"""

import os
import re
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
MOST = 4
"""Processes; more of them would want more memory than a small machine has."""
SHORT = ("-m", "not browser and not slow", "tests")
AGAIN = {"full": "not browser and not once", "steady": "not browser and not once and not alike"}
"""What is done on PostgreSQL too: whatever asks the database, except in a browser."""
QUICK = {"The short tests": ("-m", "pytest", *SHORT)}
FAILED = re.compile(
    r"^(?:\x1b\[[0-9;]*m)*(?:(?:FAILED|ERROR)\b.*|=+ .*\d+ (?:passed|failed|error).*)$", re.MULTILINE
)
"""The lines of pytest's summary that tell which tests failed, and how many there were."""


def processes():
    """How many processes test at the same time: one more than there are cores, as many a test waits."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    return min(MOST, cores + 1)


def whole(profile):
    """Everything by name, with as many examples as a profile has."""
    chosen = f"--hypothesis-profile={profile}"
    return {
        "Everything, on SQLite": ("-m", "pytest", chosen, "tests"),
        "The application on PostgreSQL": (
            "tests/app/on_postgres.py",
            chosen,
            "-m",
            AGAIN[profile],
            "tests/app",
        ),
    }


def main(length):
    """Run everything; the code is 0 when all passed."""
    codes, told = [], []
    for name, command in (QUICK if length == "quick" else whole(length)).items():
        sys.stdout.write(f"\n{name}\n")
        sys.stdout.flush()
        code, printed = run([sys.executable, *command, "-n", str(processes()), "--dist", "worksteal"])
        codes.append(code)
        told += [f"{name}:", *FAILED.findall(printed)]
    sys.stdout.write("\n".join(["", *told, ""]))
    return max(codes)


def run(command):
    """Run a command and show what it prints; its code, and what it printed."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    printed = bytearray()
    with subprocess.Popen([*command, *colour], cwd=ROOT, env=around(), stdout=subprocess.PIPE) as process:
        while part := process.stdout.read1():
            printed += part
            sys.stdout.buffer.write(part)
            sys.stdout.flush()
    return process.returncode, printed.decode(errors="replace")


def around():
    """The environment of the tests: this one, but Python keeps what it compiled, even if told not to.

    Hundreds of processes are started, and each would compile all of Remit anew, a
    quarter of its first second; each process that runs tests would compile all of their assertions, too.
    """
    return {name: value for name, value in os.environ.items() if name != "PYTHONDONTWRITEBYTECODE"}


if __name__ == "__main__":
    sys.exit(main(sys.argv[1] if sys.argv[1:] else "steady"))
