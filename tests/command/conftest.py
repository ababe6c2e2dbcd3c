"""The installed command as a real process."""

import subprocess
from collections.abc import Callable
from pathlib import Path

import pytest
from real_process import REMIT, environment

Run = Callable[..., subprocess.CompletedProcess[str]]


@pytest.fixture
def remit(tmp_path) -> Run:
    """Run `remit` with arguments in a folder of its own."""

    def run(*arguments: object, **settings: object) -> subprocess.CompletedProcess[str]:
        env = environment(**settings.pop("env", {}))
        return subprocess.run(
            [REMIT, *map(str, arguments)],
            cwd=tmp_path,
            env=env,
            text=True,
            encoding="utf-8",
            capture_output=True,
            check=False,
            timeout=600,
            **settings,
        )

    return run


@pytest.fixture
def refused(remit) -> Callable[..., str]:
    """Run `remit`, expect it to refuse with exit code 2 and without a trace, and return its words."""

    def run(*arguments: object, **settings: object) -> str:
        result = remit(*arguments, **settings)
        assert result.returncode == 2, result.stderr
        assert result.stdout == ""
        assert "Traceback" not in result.stderr
        assert result.stderr.startswith("remit: ")
        return " ".join(result.stderr.split())

    return run


@pytest.fixture(scope="session")
def made_log(tmp_path_factory) -> Path:
    """The made log, as `remit example` writes it."""
    path = tmp_path_factory.mktemp("made") / "approvals.csv"
    subprocess.run([REMIT, "example", path], check=True, capture_output=True)
    return path
