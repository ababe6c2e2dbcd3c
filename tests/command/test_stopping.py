"""Whatever ends the command early leaves nothing half written."""

import os
import resource
import shutil
import signal
import subprocess

import pytest
from real_process import REMIT, OnTerminal, environment

from remit.demo.log.approvals_log import make_log

OUTPUTS = ("--out", "report.html", "--draft", "charter.yaml")


@pytest.fixture(scope="module")
def long_log(tmp_path_factory):
    """A log that takes seconds to read."""
    path = tmp_path_factory.mktemp("long") / "long.csv"
    make_log(rows=600_000).write(path)
    return path


def test_ctrl_c_while_reading(long_log, tmp_path):
    with OnTerminal("letgo", long_log, *OUTPUTS, folder=tmp_path) as remit:
        remit.wait_for("Reading long.csv")
        assert remit.interrupt() == 130
    assert "remit: Stopped." in remit.seen
    assert "Nothing was written." in remit.seen
    assert "Traceback" not in remit.seen
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_leaves_what_was_there(long_log, tmp_path):
    (tmp_path / "report.html").write_text("theirs")
    with OnTerminal("letgo", long_log, *OUTPUTS, "--force", folder=tmp_path) as remit:
        remit.wait_for("Reading long.csv")
        assert remit.interrupt() == 130
    assert [path.name for path in tmp_path.iterdir()] == ["report.html"]
    assert (tmp_path / "report.html").read_text() == "theirs"


@pytest.mark.parametrize("how", [signal.SIGKILL, signal.SIGTERM])
def test_killed_while_reading(long_log, tmp_path, how):
    with OnTerminal("letgo", long_log, *OUTPUTS, folder=tmp_path) as remit:
        remit.wait_for("Reading long.csv")
        remit.process.send_signal(how)
        assert remit.end() == -how
    assert list(tmp_path.iterdir()) == []


def test_ctrl_c_while_loading(tmp_path, made_log):
    """A library that presses Ctrl-C when it is loaded."""
    library = tmp_path / "library" / "scipy"
    library.mkdir(parents=True)
    library.joinpath("__init__.py").write_text("import os, signal; os.kill(os.getpid(), signal.SIGINT)")
    stopped = subprocess.run(
        [REMIT, "letgo", made_log],
        env=environment(PYTHONPATH=str(library.parent)),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (stopped.returncode, stopped.stdout, stopped.stderr) == (130, "", "remit: Stopped.\n")


def no_large_files() -> None:
    resource.setrlimit(resource.RLIMIT_FSIZE, (4096, 4096))


def test_a_full_disk(refused, made_log, tmp_path):
    words = refused("letgo", made_log, *OUTPUTS, preexec_fn=no_large_files)
    assert "File too large" in words
    assert "Nothing was written." in words
    assert list(tmp_path.iterdir()) == []


def test_a_full_disk_behind_the_screen(made_log):
    with open("/dev/full", "w") as full:  # noqa: PTH123
        result = subprocess.run(
            [REMIT, "letgo", made_log, "--json"], stdout=full, stderr=subprocess.PIPE, text=True, check=False
        )
    assert result.returncode == 2
    assert result.stderr.startswith("remit: The system refused: No space left")


def test_a_reader_that_leaves_early_is_no_error(made_log, tmp_path):
    reader, writer = os.pipe()
    os.close(reader)
    result = subprocess.run(
        [REMIT, "letgo", made_log, "--out", tmp_path / "report.html"],
        stdout=writer,
        stderr=subprocess.PIPE,
        text=True,
        check=False,
    )
    os.close(writer)
    assert (result.returncode, result.stderr) == (0, "")
    assert (tmp_path / "report.html").exists()


def test_a_mistake_of_our_own_is_one_sentence(tmp_path, made_log):
    """A library that breaks when it is loaded."""
    library = tmp_path / "scipy"
    library.mkdir()
    library.joinpath("__init__.py").write_text("raise RuntimeError('EUR 42 of Mrs Ray')")
    command = [REMIT, "letgo", made_log, "--out", tmp_path / "report.html"]
    env = environment(PYTHONPATH=str(tmp_path))
    result = subprocess.run(command, env=env, capture_output=True, text=True, check=False)
    assert result.returncode == 1
    assert "a mistake of its own: RuntimeError (__init__.py, line 1)" in " ".join(result.stderr.split())
    assert "Traceback" not in result.stderr
    assert "Mrs Ray" not in result.stderr
    shown = subprocess.run([*command, "--debug"], env=env, capture_output=True, text=True, check=False)
    assert shown.returncode == 1
    assert "Mrs Ray" in shown.stderr
    shutil.rmtree(library)
    assert list(tmp_path.iterdir()) == []
