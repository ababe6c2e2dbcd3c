"""What a server needs: the page about installing is followed word by word, and the rest is read."""

import json
import os
import re
import shlex
import shutil
import subprocess
import sys

import pytest
from ruamel.yaml import YAML
from tests.app.running.beginning import SIGNED_IN
from tests.app.running.deployed import ROOT, printed_by, program, typed_on

from remit.config.checking import problems
from remit.core.clock import now
from remit.keeping.places import note_last_backup
from remit.watching.figures import figures

DEPLOY = ROOT / "deploy"
INSTALL = ROOT / "docs" / "how-to" / "install.md"
UNITS = sorted([*DEPLOY.glob("*.service"), *DEPLOY.glob("*.timer")])
DATABASE = {"DATABASE_URL", "REMIT_DATA"}
slow = pytest.mark.slow
once = pytest.mark.once


@once
@slow
def test_the_page_about_installing_is_followed_word_by_word(tmp_path):
    needed = ["unshare", "caddy", "curl", "setpriv", "useradd", "ip", "git"]
    missing = [name for name in needed if shutil.which(name, path="/usr/sbin:/usr/bin:/sbin:/bin") is None]
    if (
        os.geteuid()
        or missing
        or subprocess.run(["unshare", "--mount", "--net", "true"], check=False).returncode
    ):
        pytest.skip(
            f"no world of one's own can be made here (as root, with {', '.join(missing) or 'unshare'})"
        )
    commands = list(typed_on(INSTALL, since="", until="## PostgreSQL"))
    printed = tmp_path / "printed"
    then = f'cd {ROOT}; {sys.executable} -m tests.app.running.beginning {printed} "$trusted"\n'
    script = program(tmp_path, [command for command, _ in commands], source=ROOT, then=then)
    tmp_path.chmod(0o755)
    with printed.open("w") as output:
        ended = subprocess.run(
            ["unshare", "--mount", "--propagation", "private", "bash", "-c", script],
            stdout=output,
            stderr=subprocess.PIPE,
            text=True,
            check=False,
            cwd="/",
            timeout=600,
            env={name: value for name, value in os.environ.items() if name not in DATABASE},
        )
    logs = "\n".join(f"{file.name}: {file.read_text()[-3000:]}" for file in tmp_path.glob("*.log"))
    if "No matching distribution" in ended.stderr or "Could not find a version" in ended.stderr:
        pytest.skip("no package can be had here: the page could only be followed up to pip")
    assert ended.returncode == 0, f"{printed.read_text()}\n{ended.stderr[-3000:]}\n{logs}"
    outputs = printed_by(printed.read_text())
    for number, (command, shown) in enumerate(commands):
        assert not shown or outputs[number] == shown, command
    assert outputs[len(commands) - 1][-1] == SIGNED_IN
    assert '"route": "none"' not in logs
    assert "Traceback" not in logs


@pytest.mark.parametrize("unit", UNITS, ids=lambda unit: unit.name)
def test_a_unit_is_one_that_systemd_takes_and_finds_safe(unit):
    if shutil.which("systemd-analyze") is None:
        pytest.skip("systemd isn't here to judge it")
    looked = subprocess.run(["systemd-analyze", "verify", unit], capture_output=True, text=True, check=False)
    found = [line for line in looked.stderr.splitlines() if unit.name in line and "/opt/remit" not in line]
    assert found == []
    if unit.suffix == ".timer":
        return
    safe = subprocess.run(
        ["systemd-analyze", "security", "--offline=yes", "--threshold=15", unit],
        capture_output=True,
        text=True,
        check=False,
    )
    assert safe.returncode == 0, safe.stdout[-300:]


def test_the_example_of_settings_is_right(tmp_path):
    lines = (DEPLOY / "remit.env").read_text(encoding="utf-8").splitlines()
    given = dict(line.split("=", 1) for line in lines if line and not line.startswith("#"))
    assert problems(given | {"REMIT_DATA": str(tmp_path)}) == []
    commented = dict(line[1:].split("=", 1) for line in lines if re.match(r"#[A-Z_]+=", line))
    assert problems(given | commented | {"REMIT_DATA": str(tmp_path)}) == []


@slow
def test_the_proxy_takes_its_file():
    if shutil.which("caddy") is None:
        pytest.skip("caddy isn't here to read it")
    command = ["caddy", "validate", "--adapter", "caddyfile", "--config", DEPLOY / "Caddyfile"]
    read = subprocess.run(command, capture_output=True, text=True, check=False)
    assert read.returncode == 0, read.stderr


def _container_steps():
    """Instruction and words of each line of the Containerfile, continued lines joined."""
    text = (DEPLOY / "Containerfile").read_text(encoding="utf-8").replace("\\\n", " ")
    lines = [line for line in text.splitlines() if line.strip() and not line.startswith("#")]
    return [tuple(line.split(None, 1)) for line in lines]


def test_the_container_has_no_rights_and_says_whether_it_is_well():
    steps = _container_steps()
    named = dict(steps[[name for name, _ in steps].index("FROM", 1) :])
    assert named["USER"] == "remit"
    assert json.loads(named["ENTRYPOINT"]) == ["remit"]
    assert json.loads(named["CMD"])[0] == "serve"
    assert "http://127.0.0.1:8000/health" in named["HEALTHCHECK"]
    copied = [
        part
        for name, words in steps
        if name == "COPY" and "--from" not in words
        for part in words.split()[:-1]
    ]
    assert [part for part in copied if not (ROOT / part).exists()] == []


@once
@slow
def test_the_steps_of_the_container_build_a_remit_that_runs(tmp_path):
    """In a bare folder; test_container.py has them done by an engine, where there is one."""
    stage = _container_steps()[1:]
    stage = stage[: [name for name, _ in stage].index("FROM")]
    bare = tmp_path / "build"
    (tmp_path / "bin").mkdir()
    (tmp_path / "bin" / "python").symlink_to(sys.executable)
    for name, words in stage:
        _done(name, words, bare, tmp_path)
    remit = tmp_path / "opt/remit/bin/remit"
    assert subprocess.run([remit, "--version"], capture_output=True, check=True).stdout == b"remit 0.1.0\n"
    refused = subprocess.run(
        [remit, "serve"],
        env={"REMIT_LOG": "xml", "REMIT_DATA": str(tmp_path / "data")},
        capture_output=True,
        check=False,
    )
    assert refused.returncode == 2
    assert b"REMIT_LOG" in refused.stderr


def _done(name, words, bare, tmp_path):
    """One step of the first stage, below a folder in place of the root of a container."""
    if name == "WORKDIR":
        bare.mkdir()
    elif name == "COPY":
        *sources, target = words.split()
        for source in sources:
            into = bare / target / source if target.endswith("/") else bare / target
            into.parent.mkdir(parents=True, exist_ok=True)
            (shutil.copytree if (ROOT / source).is_dir() else shutil.copy)(ROOT / source, into)
    elif name == "RUN":
        command = shlex.split(words.replace("/opt/remit", str(tmp_path / "opt/remit")))
        path = f"{tmp_path / 'bin'}:{os.environ['PATH']}"
        ran = subprocess.run(
            command, cwd=bare, env=os.environ | {"PATH": path}, capture_output=True, text=True, check=False
        )
        if "No matching distribution" in ran.stderr:
            pytest.skip("no package can be had here")
        assert ran.returncode == 0, ran.stderr[-2000:]
    else:
        raise AssertionError(f"a step that this test doesn't know: {name}")


def test_every_alarm_asks_for_figures_that_there_are_and_is_explained(db, settings, tmp_path):
    settings.DATA = tmp_path
    note_last_backup(now(), tmp_path / "b.zip", 9)
    known = {figure.name for figure in figures()} | {
        "up",
        "remit_database_up",
        "remit_worker_heard_age_seconds",
    }
    known |= {f"remit_request_seconds_{part}" for part in ("count", "bucket", "sum")}
    page = (ROOT / "docs/how-to/watch.md").read_text(encoding="utf-8")
    rules = YAML(typ="safe").load((DEPLOY / "alarms.yaml").read_text(encoding="utf-8"))["groups"][0]["rules"]
    for rule in rules:
        assert set(re.findall(r"\bremit_\w+|\bup\b", rule["expr"])) <= known, rule["alert"]
    assert re.findall(r"^### (Remit\w+)$", page, re.MULTILINE) == [rule["alert"] for rule in rules]


def test_what_cannot_be_kept_rings_as_what_breaks():
    text = (DEPLOY / "alarms.yaml").read_text(encoding="utf-8")
    (rule,) = re.findall(r"alert: RemitErrors\n +expr: (.*)", text)
    asked = re.search(r'status=~"([^"]+)"', rule)[1]
    assert [status for status in range(200, 600) if re.fullmatch(asked, str(status))] == [500, 503]


def test_the_backup_is_made_with_the_settings_of_the_services_where_the_page_makes_its_folder():
    unit, serve = ((DEPLOY / f"remit-{name}.service").read_text("utf-8") for name in ("backup", "serve"))
    same = r"^(User|Group|Environment|EnvironmentFile|WorkingDirectory|UMask)=.*$"
    both = [re.finditer(same, each, re.MULTILINE) for each in (unit, serve)]
    of_backup, of_serve = ({found[0] for found in each} for each in both)
    assert of_backup == of_serve
    starts = r"^ExecStart=(\S+) backup (\S+) --keep 14$"
    program, folder = re.search(starts, unit, re.MULTILINE).groups()
    assert f"ReadWritePaths={folder}\n" in unit
    assert f"install -d -m 0700 -o remit -g remit {folder}\n" in INSTALL.read_text("utf-8")
    assert f"ExecStart={program} serve" in serve
