"""`remit example`, `remit demo` and `remit serve` as real processes."""

import re
import socket
import sqlite3
import urllib.request
from contextlib import closing

import pytest
from real_process import OnTerminal

from remit.demo.log.approvals_log import WORLDS


@pytest.mark.parametrize("world", WORLDS)
def test_every_world_can_be_written(remit, tmp_path, world):
    written = remit("example", "log.csv", "--world", world, "--rows", 100, "--seed", 3)
    assert written.returncode == 0, written.stderr
    assert written.stdout.startswith("Written: log.csv (")
    assert WORLDS[world].about in written.stdout
    assert (tmp_path / "log.csv").read_text("utf-8").count("\n") == pytest.approx(101, abs=5)


def test_help_names_every_world(remit):
    shown = " ".join(remit("example", "--help").stdout.replace("-\n", "-").split())
    assert all(world in shown.replace("- ", "-") for world in WORLDS)


def test_an_example_never_replaces_a_file_unasked(remit, refused, tmp_path):
    (tmp_path / "log.csv").write_text("theirs")
    assert "--force" in refused("example", "log.csv")
    assert (tmp_path / "log.csv").read_text() == "theirs"
    assert remit("example", "log.csv", "--force").returncode == 0
    assert (tmp_path / "log.csv").read_text("utf-8") != "theirs"


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("log.csv", "--world", "mars"), "is not one of"),
        (("log.csv", "--rows", "0"), "--rows"),
        (("log.csv", "--rows", "many"), "--rows"),
        (("log.csv", "--rows", str(10**12)), "can't have 1,000,000,000,000 rows"),
        (("log.csv", "--seed", "-1"), "--seed"),
        (("none/log.csv",), "There is no folder none"),
    ],
)
def test_examples_that_cannot_be(refused, tmp_path, arguments, words):
    assert words in refused("example", *arguments)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize("anew", [False, True])
def test_a_folder_with_somebodys_data_is_never_a_demo(refused, tmp_path, anew):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "remit.sqlite3").write_text("theirs")
    assert "holds a database that isn't of a demo" in refused("demo", *(["--anew"] if anew else []))
    assert (tmp_path / "demo" / "remit.sqlite3").read_text() == "theirs"


def test_a_demo_folder_that_cannot_be(refused, tmp_path):
    (tmp_path / "demo").write_text("a file")
    assert "The folder demo can't be used" in refused("demo")


def test_the_demo_is_served_and_is_there_again(remit, tmp_path):
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        with OnTerminal("demo", "--complaints", 20, "--port", port, folder=tmp_path, stdout_too=True) as demo:
            demo.wait_for("Ctrl-C ends it")
            assert f"Port {port} is busy" in " ".join(demo.lines)
            address = re.search(r"http://localhost:\d+/demo/", " ".join(demo.lines))[0]
            with urllib.request.urlopen(address, timeout=60) as page:  # noqa: S310 (our own address)
                assert "Ana Ruiz" in page.read().decode()
            assert demo.interrupt() == 0
    before = _complaints(tmp_path)
    assert before > 20
    with OnTerminal("demo", folder=tmp_path, stdout_too=True) as demo:
        demo.wait_for("Ctrl-C ends it")
        assert "Making" not in " ".join(demo.lines)
        assert demo.interrupt() == 0
    assert _complaints(tmp_path) == before
    page = tmp_path / "report.html"
    shown = remit("letgo", "--from-database", "--out", page, env={"REMIT_DATA": str(tmp_path / "demo")})
    assert shown.returncode == 0, shown.stderr
    assert "the database (approvals of Remit)" in shown.stdout
    assert "Segments were made by kind, role and category" in page.read_text(encoding="utf-8")


def test_what_only_reads_needs_tables(refused, tmp_path):
    assert "isn't set up for this version" in refused("verify", env={"REMIT_DATA": str(tmp_path / "none")})


def test_a_busy_port_is_said(refused, remit, tmp_path):
    data = {"REMIT_DATA": str(tmp_path / "data")}
    assert remit("work", "--once", env=data).returncode == 0
    with socket.create_server(("127.0.0.1", 0)) as busy:
        port = busy.getsockname()[1]
        assert f"port {port}: Address already in use" in refused("serve", "--port", port, env=data)


@pytest.mark.parametrize("arguments", [(), ("log.csv", "--from-database")])
def test_letgo_reads_a_file_or_the_database(refused, arguments):
    assert "--from-database" in refused("letgo", *arguments)


def _complaints(folder):
    with closing(sqlite3.connect(folder / "demo" / "remit.sqlite3")) as database:
        return database.execute("SELECT count(*) FROM complaints_complaint").fetchone()[0]
