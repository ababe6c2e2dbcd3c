"""Help fits 80 columns, answers at once, and the reference page says the same."""

import os
import re
import shutil
import subprocess
import sys
from importlib import metadata
from pathlib import Path

import pytest
from real_process import environment

from remit.command.charter import SUB_COMMANDS as CHARTER_COMMANDS
from remit.command.mail import SUB_COMMANDS as MAIL_COMMANDS
from remit.command.people import SUB_COMMANDS as PEOPLE_COMMANDS
from remit.command.program import SUB_COMMANDS
from remit.command.trail import SUB_COMMANDS as TRAIL_COMMANDS

REFERENCE = Path(__file__).parents[2] / "docs" / "reference" / "command.md"
HELPS = [
    "remit --help",
    *(f"remit {name} --help" for name in SUB_COMMANDS),
    *(f"remit charter {name} --help" for name in CHARTER_COMMANDS),
    *(f"remit mail {name} --help" for name in MAIL_COMMANDS),
    *(f"remit people {name} --help" for name in PEOPLE_COMMANDS),
    *(f"remit trail {name} --help" for name in TRAIL_COMMANDS),
]


@pytest.mark.parametrize("line", HELPS)
@pytest.mark.parametrize("columns", ["80", "200"])
def test_help_fits_80_columns(remit, line, columns):
    shown = remit(*line.split()[1:], env={"COLUMNS": columns})
    assert shown.returncode == 0
    assert shown.stderr == ""
    assert max(map(len, shown.stdout.splitlines())) <= 80
    assert "Examples:" in shown.stdout


def test_help_fits_a_narrow_terminal(remit):
    assert remit("letgo", "--help", env={"COLUMNS": "40"}).returncode == 0


@pytest.mark.parametrize("line", HELPS)
def test_the_reference_says_what_help_says(remit, line):
    blocks = dict(
        re.findall(r"```console\n\$ (remit[^\n]*)\n(.*?)```", REFERENCE.read_text("utf-8"), re.DOTALL)
    )
    assert blocks.get(line) == remit(*line.split()[1:]).stdout, f"paste what `{line}` prints"


@pytest.mark.parametrize("line", HELPS)
def test_help_does_not_load_the_engine(line):
    arguments = line.split()[1:]
    program = f"import sys; from remit.command.program import run; run({arguments}); print(*sys.modules)"
    loaded = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=True)
    assert {"numpy", "pyarrow", "remit_engine"}.isdisjoint(loaded.stdout.splitlines()[-1].split())


def test_without_a_word_remit_shows_its_help(remit):
    shown = remit()
    assert (shown.returncode, shown.stderr) == (0, "")
    assert shown.stdout == remit("--help").stdout


def test_a_mistyped_command(refused):
    assert "No such command 'letgoo'" in refused("letgoo", "log.csv")


def test_version(remit):
    assert remit("--version").stdout == f"remit {metadata.version('remit')}\n"


@pytest.mark.parametrize("shell", ["bash", "zsh", "fish"])
def test_completion_scripts_speak_of_remit(remit, shell):
    script = remit("completion", shell)
    assert script.returncode == 0
    assert f"_REMIT_COMPLETE={shell}_complete" in script.stdout


@pytest.mark.parametrize(("shell", "check"), [("bash", "-n"), ("zsh", "-n"), ("fish", "--no-execute")])
def test_completion_scripts_are_valid(remit, shell, check, tmp_path):
    script = tmp_path / "script"
    script.write_text(remit("completion", shell).stdout)
    if shutil.which(shell) is None:
        pytest.skip(f"{shell} is not installed")
    read = subprocess.run([shell, check, script], capture_output=True, check=False)
    assert read.returncode == 0, read.stderr


def test_completion_completes_in_bash(remit, tmp_path):
    (tmp_path / "source").write_text(remit("completion", "bash").stdout)
    ask = """
        source ./source
        COMP_WORDS=(remit letgo --tol); COMP_CWORD=2
        _remit_completion remit; echo "${COMPREPLY[@]}"
    """
    path = f"{Path(sys.executable).parent}{os.pathsep}{os.environ['PATH']}"
    shown = subprocess.run(
        ["bash", "-c", ask],
        cwd=tmp_path,
        env=environment(PATH=path),
        capture_output=True,
        text=True,
        check=True,
    )
    assert shown.stdout.split() == ["--tolerance"]
