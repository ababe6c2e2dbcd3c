"""What a running Remit keeps (its database, its secret key, uploads) is never part of the repository."""

import re
import subprocess
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
KEPT = re.compile(r"(^|/)(secret-key|remit-data/|uploads/)|\.sqlite3(-wal|-shm|\.lock)?$|\.pem$|(^|/)\.env$")


def test_no_key_and_no_database_is_committed():
    listed = subprocess.run(["git", "ls-files"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("this is no clone: nothing says what is committed")
    assert [path for path in listed.stdout.splitlines() if KEPT.search(path)] == []
