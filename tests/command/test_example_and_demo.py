"""`remit example` and `remit demo` as real processes."""

from pathlib import Path

import pytest

from remit.demo.log.approvals_log import TRUTH, WORLDS


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


def test_the_demo_makes_everything_and_names_the_report(remit, refused, tmp_path):
    shown = remit("demo", "--folder", "a/demo")
    assert shown.returncode == 0, shown.stderr
    assert shown.stdout.endswith("Open a/demo/report.html in a browser.\n")
    names = sorted(path.name for path in (tmp_path / "a" / "demo").iterdir())
    assert names == ["approvals.csv", "charter.yaml", "report.html", "report.left-out.csv"]
    assert "charter: Harbour Street" in (tmp_path / "a" / "demo" / "charter.yaml").read_text("utf-8")
    assert "--force" in refused("demo", "--folder", "a/demo")
    again = remit("demo", "--folder", "a/demo", "--force")
    assert again.returncode == 0
    assert again.stdout.endswith("Open a/demo/report.html in a browser.\n")


def test_a_draft_that_somebody_worked_on_stays(remit, made_log, tmp_path):
    assert remit("demo", "--log", made_log).returncode == 0
    [charter] = (tmp_path / "demo").glob("*-charter.yaml")
    charter.write_text("mine")
    shown = remit("demo", "--log", made_log, "--force")
    assert f"Kept: demo/{charter.name}" in shown.stdout
    assert charter.read_text() == "mine"


def test_a_changed_log_in_the_demo_folder_is_not_replaced(refused, tmp_path):
    (tmp_path / "demo").mkdir()
    (tmp_path / "demo" / "approvals.csv").write_text("mine")
    assert "approvals.csv is there already" in refused("demo")
    assert (tmp_path / "demo" / "approvals.csv").read_text() == "mine"


def test_the_demo_takes_a_log(remit, made_log, tmp_path):
    shown = remit("demo", "--log", made_log)
    assert shown.returncode == 0, shown.stderr
    assert f"{TRUTH.still_open}: the question isn't answered yet" in shown.stdout
    assert sorted(path.name for path in (tmp_path / "demo").iterdir()) == [
        f"{Path(made_log).stem}-{name}" for name in ("charter.yaml", "report.html", "report.left-out.csv")
    ]


def test_a_demo_folder_that_cannot_be(refused, tmp_path):
    (tmp_path / "demo").write_text("a file")
    assert "The folder demo can't be made" in refused("demo")
