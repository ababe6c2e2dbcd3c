"""The container, built and run as the page about installing says: where an engine is there, and works."""

import json
import os
import shlex
import shutil
import subprocess
import uuid

import pytest
from tests.app.races.real import wait_for
from tests.app.running.beginning import Browser
from tests.app.running.deployed import ROOT, typed_on

pytestmark = [pytest.mark.slow, pytest.mark.once]

CONTAINERFILE = ROOT / "deploy" / "Containerfile"
INSTALL = ROOT / "docs" / "how-to" / "install.md"
IMAGE = "localhost/remit-tested"
LONGEST = 1500
"""Seconds; packages are fetched, on a slow machine that has other things to do."""


def _engine(*arguments, **options):
    return subprocess.run(
        ["podman", *arguments], capture_output=True, text=True, timeout=LONGEST, check=False, **options
    )


def _need_engine():
    """Skip, saying so, where no container can be run here, or nothing to build on can be had."""
    if shutil.which("podman") is None:
        pytest.skip("podman isn't here to build it")
    lines = CONTAINERFILE.read_text(encoding="utf-8").splitlines()
    base = next(line.split()[1] for line in lines if line.startswith("FROM "))
    if _engine("image", "exists", base).returncode and _engine("pull", "--quiet", base).returncode:
        pytest.skip(f"{base} can't be had here")
    tried = _engine("run", "--rm", base, "true")
    if tried.returncode:
        pytest.skip(f"podman can't run a container here: {tried.stderr.strip()[-200:]}")


class Town:
    """The containers of the page, under names and at a port of their own.

    Args:
        mark: that their names begin with.
        port: at which the pages are.
        settings: file of what is set.
    """

    def __init__(self, mark, port, settings):
        self.serve, self.work, self.data = (f"{mark}-{name}" for name in ("serve", "work", "data"))
        self.port = port
        self.address = f"http://127.0.0.1:{port}"
        self._words = {
            "remit-serve": self.serve,
            "remit-work": self.work,
            "remit-data:/data": f"{self.data}:/data",
            "127.0.0.1:8000:8000": f"127.0.0.1:{port}:8000",
            "/etc/remit/remit.env": str(settings),
        }

    def typed(self, command):
        """What a command of the page prints."""
        words = [self._words.get(word, word) for word in shlex.split(command)]
        if words[1] in {"build", "run"}:
            words[words.index("remit")] = IMAGE
        if words[0] == "curl":
            words[-1] = words[-1].replace("http://127.0.0.1:8000", self.address)
        done = subprocess.run(words, cwd=ROOT, capture_output=True, text=True, timeout=LONGEST, check=False)
        if "No matching distribution" in done.stderr or "Could not find a version" in done.stderr:
            pytest.skip("no package can be had in a container here")
        assert done.returncode == 0, f"{command}\n{done.stdout[-2000:]}\n{done.stderr[-2000:]}\n{self.logs()}"
        return done.stdout

    def logs(self):
        """What both wrote."""
        written = [_engine("logs", each) for each in (self.serve, self.work)]
        return "".join(each.stdout + each.stderr for each in written)

    def said(self, name, what):
        """What the engine says about a container."""
        return _engine("inspect", name, "--format", what).stdout.strip()

    def end(self):
        """Take everything away."""
        _engine("rm", "--force", "--time", "0", self.serve, self.work)
        _engine("volume", "rm", "--force", self.data)


@pytest.fixture
def town(tmp_path):
    """A town that isn't built yet; it trusts the network of containers, where its proxy would be."""
    _need_engine()
    settings = tmp_path / "remit.env"
    written = (ROOT / "deploy" / "remit.env").read_text(encoding="utf-8")
    settings.write_text(f"{written}\nREMIT_PROXIES=10.0.0.0/8\n", encoding="utf-8")
    port = 20000 + os.getpid() % 20000
    town = Town(f"remit-{uuid.uuid4().hex[:8]}", port, settings)
    try:
        yield town
    finally:
        town.end()


def test_the_page_is_followed_and_what_runs_is_well_keeps_its_data_and_stops(town):
    printed = ""
    for command, shown in typed_on(INSTALL, since="## In a container", until="## Then"):
        printed = town.typed(command)
        assert not shown or printed.splitlines() == shown, command
    _has_no_rights(town)
    browser = Browser(town.address)
    browser.begin(printed.strip())
    assert browser.is_signed_in()
    _stops_when_told(town)
    for name in (town.serve, town.work):
        assert _engine("start", name).returncode == 0
    wait_for(lambda: not _engine("healthcheck", "run", town.serve).returncode)
    assert browser.is_signed_in()
    assert "Traceback" not in town.logs()
    assert '"level": "error"' not in town.logs()


def _has_no_rights(town):
    for name in (town.serve, town.work):
        status = _engine("exec", name, "cat", "/proc/1/status").stdout
        lines = dict(line.split(":\t", 1) for line in status.splitlines() if ":\t" in line)
        assert lines["Uid"].split() == lines["Gid"].split() == ["10001"] * 4
        assert int(lines["CapEff"], 16) == 0
    assert _engine("exec", town.serve, "touch", "/opt/remit/lib/mine").returncode != 0
    assert _engine("exec", town.serve, "stat", "--format", "%a %U", "/data").stdout == "700 remit\n"
    assert json.loads(town.said(town.serve, "{{json .Config.Healthcheck.Test}}"))[0] == "CMD"
    assert town.said(town.work, "{{.Config.StopTimeout}}") == "120"


def _stops_when_told(town):
    """With SIGTERM alone: killed after it, the code would be 137."""
    for name in (town.serve, town.work):
        assert _engine("stop", name).returncode == 0
        assert town.said(name, "{{.State.ExitCode}}") == "0", town.logs()
