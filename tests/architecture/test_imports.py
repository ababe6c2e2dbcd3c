"""The arrows between packages hold, and the contract that keeps them can say no."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest
from repository import ROOT

LINT_IMPORTS = Path(sys.executable).with_name("lint-imports")


def _linted(root: Path) -> subprocess.CompletedProcess[str]:
    """The import contracts of the project in `root`, checked on the sources in `root`."""
    return subprocess.run(
        [LINT_IMPORTS, "--no-cache", "--config", root / "pyproject.toml"],
        cwd=root / "src",
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )


def test_the_contracts_hold():
    linted = _linted(ROOT)
    assert linted.returncode == 0, linted.stdout + linted.stderr


@pytest.mark.parametrize(
    ("module", "imported"),
    [
        ("remit_engine/money.py", "remit.command"),
        ("remit_engine/history/table.py", "remit_engine.evidence"),
        ("remit_engine/evidence/bounds.py", "remit_engine.report"),
        ("remit_engine/limits.py", "remit_engine.history"),
        ("remit_engine/report/__init__.py", "urllib.request"),
    ],
)
def test_an_arrow_the_wrong_way_is_found(tmp_path, module, imported):
    shutil.copy(ROOT / "pyproject.toml", tmp_path)
    shutil.copytree(ROOT / "src", tmp_path / "src", ignore=shutil.ignore_patterns("__pycache__"))
    with (tmp_path / "src" / module).open("a", encoding="utf-8") as source:
        source.write(f"\nimport {imported}\n")
    linted = _linted(tmp_path)
    assert linted.returncode == 1, linted.stdout + linted.stderr
    assert "BROKEN" in linted.stdout
