"""Settings are looked at before anything starts: all that is wrong at once, and how to mend it."""

import os
import re
import subprocess
import sys
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.config.checking import check_environment, problems
from remit.config.names import is_of_somebody_else
from remit.config.values import CHECKS, host_of
from remit_engine.errors import InputError

pytestmark = pytest.mark.once

ROOT = Path(__file__).parents[3]
REMIT = Path(sys.executable).with_name("remit")
GOOD_KEY = "0123456789abcdefghijABCDEFGHIJ0123456789"


@pytest.fixture
def wrong(tmp_path):
    """`wrong(**settings)`: names of what is wrong, in a folder that can be written."""

    def look(**settings):
        return [each.name for each in problems({"REMIT_DATA": str(tmp_path)} | settings)]

    return look


@pytest.mark.parametrize(
    "settings",
    [
        {},
        {"DATABASE_URL": "postgresql://remit:geheim@db.example.org:5432/remit"},
        {"DATABASE_URL": "postgresql://postgres:@/postgres?host=/tmp/somewhere"},
        {"DATABASE_URL": "postgresql://u:p@h/d?sslmode=require&application_name=remit&currentSchema=desk"},
        {"DATABASE_URL": "postgresql://u:p@h/d?connect_timeout=3&server_side_binding=false&service=desk"},
        {"REMIT_ADDRESS": "https://remit.example.org"},
        {"REMIT_ADDRESS": "https://remit.example.org:8443/"},
        {"REMIT_ADDRESS": "http://localhost:8000"},
        {"REMIT_ADDRESS": "https://remit.example.org", "REMIT_HOSTS": "10.0.0.7, remit.example.org"},
        {"REMIT_ADDRESS": "https://a.example.org", "REMIT_HOSTS": ".example.org"},
        {"REMIT_ADDRESS": "https://[2001:db8::1]", "REMIT_HOSTS": "[2001:db8::1]"},
        {"REMIT_ADDRESS": "https://remit.example.org", "REMIT_HOSTS": "*"},
        {"REMIT_HOSTS": ""},
        {"REMIT_MAIL": "smtp://ana%40example.org:a%2Fb@mail.example.org:587?tls=yes"},
        {"REMIT_MAIL": "smtps://mail.example.org"},
        {"REMIT_MAIL_FROM": "Harbour Street <remit@example.org>"},
        {"REMIT_SECRET_KEY": GOOD_KEY, "REMIT_METRICS_KEY": GOOD_KEY},
        {"REMIT_PROXIES": "10.0.0.2, 172.16.0.0/12, fd00::/8"},
        {"REMIT_PROXIES": "none"},
        {"REMIT_JOB_LEASE": "1.5"},
        {"REMIT_OIDC_ISSUER": "https://id.example.org", "REMIT_OIDC_CLIENT": "x", "REMIT_OIDC_SECRET": "y"},
        {"REMIT_OIDC_ISSUER": "http://localhost:8080", "REMIT_OIDC_CLIENT": "x", "REMIT_OIDC_SECRET": "y"},
        {"REMIT_LOG": "json"},
        {"REMIT_DEMO": "1", "REMIT_DEBUG": "0"},
        {"REMIT_SERVICE_HOST": "10.0.0.1", "REMIT_PORT_8000_TCP_ADDR": "10.0.0.1", "REMIT_PORT": "tcp://x"},
        {"REMIT_TEST_STRIPE_KEY": "x"},
    ],
)
def test_what_is_right_is_let_be(wrong, settings):
    assert wrong(**settings) == []


@pytest.mark.parametrize(
    ("name", "value", "words"),
    [
        ("DATABASE_URL", "mysql://u:geheim@h/d", "mysql:// is no database that Remit works with"),
        ("DATABASE_URL", "postgresql://u:geheim@h", "names no database"),
        ("DATABASE_URL", "postgresql://u:geheim@h:port/d", "can't be read"),
        ("DATABASE_URL", "geheim", "can't be read"),
        ("DATABASE_URL", "sqlite:///geheim", "always the file in REMIT_DATA"),
        ("DATABASE_URL", "postgresql://u:geheim@h/d?ssl_mode=require", "no option called ssl_mode"),
        ("DATABASE_URL", "postgresql://u:geheim@h/d?sslmode=require&pool=true", "no option called pool"),
        ("DATABASE_URL", "postgresql://u:p@h/d?it-is-geheim=1", "no option of such a name"),
        ("REMIT_ADDRESS", "remit.example.org", "can't be read"),
        ("REMIT_ADDRESS", "http://remit.example.org", "Without https"),
        ("REMIT_ADDRESS", "https://example.org/remit", "a name of its own"),
        ("REMIT_ADDRESS", "https://ana:geheim@example.org", "a name of its own"),
        ("REMIT_ADDRESS", "https://example.org?x=1", "a name of its own"),
        ("REMIT_HOSTS", " , ", "names no host"),
        ("REMIT_HOSTS", "https://remit.example.org", "no name of a host"),
        ("REMIT_HOSTS", "remit.example.org:8000", "no name of a host"),
        ("REMIT_MAIL", "mail.example.org", "can't be read as a mail server"),
        ("REMIT_MAIL", "smtp://ana:geheim@mail.example.org:many", "can't be read as a mail server"),
        ("REMIT_MAIL", "smtp://ana:geheim@", "can't be read as a mail server"),
        ("REMIT_MAIL", "smtp://ana:geheim@mail.example.org?tsl=yes", "tls=yes"),
        ("REMIT_MAIL", "smtp://ana:geheim@mail.example.org?tls=perhaps", "tls=yes"),
        ("REMIT_MAIL_FROM", "remit", "no mail address"),
        ("REMIT_MAIL_REPLY_TO", "us@", "no mail address"),
        ("REMIT_SECRET_KEY", "geheim", "easily guessed"),
        ("REMIT_SECRET_KEY", "ab" * 40, "easily guessed"),
        ("REMIT_METRICS_KEY", "geheim", "easily guessed"),
        ("REMIT_PROXIES", "proxy.example.org", "addresses of proxies"),
        ("REMIT_PROXIES", "10.0.0.1/8", "addresses of proxies"),
        ("REMIT_JOB_LEASE", "a minute", "no number"),
        ("REMIT_JOB_LEASE", "nan", "no number"),
        ("REMIT_JOB_LEASE", "-5", "no number"),
        ("REMIT_OIDC_ISSUER", "http://id.example.org/geheim", "Without https"),
        ("REMIT_OIDC_ISSUER", "https://id.example.org", "REMIT_OIDC_CLIENT and REMIT_OIDC_SECRET"),
        ("REMIT_OIDC_SECRET", "geheim", "without REMIT_OIDC_ISSUER and REMIT_OIDC_CLIENT"),
        ("REMIT_STRIPE", "api.stripe.com", "can't be read as an address"),
        ("REMIT_LOG", "xml", "json or text"),
        ("REMIT_DEMO", "true", "on or off"),
        ("REMIT_DEBUG", "yes", "on or off"),
        ("REMIT_PUSH_INSIDE", "2", "on or off"),
        ("REMIT_ADRESS", "https://example.org", "Did you mean REMIT_ADDRESS?"),
        ("REMIT_MAILFROM", "x", "Did you mean REMIT_MAIL_FROM?"),
        ("REMIT_QQQ", "x", "Take it out"),
    ],
)
def test_what_is_wrong_is_told_without_what_is_secret(tmp_path, name, value, words):
    with pytest.raises(InputError) as refused:
        check_environment({"REMIT_DATA": str(tmp_path), name: value})
    assert refused.value.data["settings"] == [name]
    assert words in str(refused.value)
    assert "geheim" not in str(refused.value)


def test_settings_that_do_not_go_together(wrong):
    public = {"REMIT_ADDRESS": "https://remit.example.org"}
    assert wrong(**public, REMIT_HOSTS="www.example.org,.example.com") == ["REMIT_HOSTS"]
    assert wrong(**public, REMIT_DEBUG="1") == ["REMIT_DEBUG"]


def test_a_key_that_everybody_reads_or_that_was_cut_off(wrong, tmp_path):
    key = tmp_path / "secret-key"
    key.write_text(GOOD_KEY)
    key.chmod(0o644)
    assert wrong() == ["REMIT_DATA"]
    assert wrong(REMIT_SECRET_KEY=GOOD_KEY) == []
    key.chmod(0o600)
    assert wrong() == []
    key.write_text("")
    assert wrong() == ["REMIT_DATA"]


def test_a_folder_that_cannot_be_written(tmp_path):
    (tmp_path / "file").write_text("theirs")
    (told,) = problems({"REMIT_DATA": str(tmp_path / "file")})
    assert "File exists" in told.wrong
    (told,) = problems({"REMIT_DATA": "/proc/remit"})
    assert told.name == "REMIT_DATA"


def test_a_disk_that_can_only_be_read(tmp_path):
    if (
        os.geteuid()
        or subprocess.run(["mount", "-t", "tmpfs", "-o", "ro", "x", tmp_path], check=False).returncode
    ):
        pytest.skip("a disk that can only be read can't be had here")
    try:
        (told,) = problems({"REMIT_DATA": str(tmp_path)})
        assert "Read-only file system" in told.wrong
    finally:
        subprocess.run(["umount", tmp_path], check=True)


@pytest.mark.parametrize("command", [("serve",), ("work",), ("verify",), ("trail", "verify")])
def test_every_command_tells_all_of_them_at_once_and_nothing_is_started(tmp_path, command):
    wrong = {"REMIT_ADDRESS": "https://a.org/b", "REMIT_JOB_LEASE": "soon", "REMIT_HOTS": "x"}
    data = tmp_path / "data"
    told = subprocess.run(
        [REMIT, *command],
        env=os.environ | wrong | {"REMIT_DATA": str(data)},
        cwd=tmp_path,
        capture_output=True,
        text=True,
        check=False,
    )
    assert (told.returncode, told.stdout) == (2, "")
    assert "Traceback" not in told.stderr
    assert told.stderr.startswith("remit: 3 settings are wrong, so nothing was started:")
    for name in wrong:
        assert f"{name}: " in told.stderr
    assert list(data.iterdir()) == []


@given(st.dictionaries(st.sampled_from(sorted(CHECKS.keys() - {"REMIT_DATA"})), st.text()))
def test_whatever_stands_there_is_judged_and_breaks_nothing(settings):
    found = problems(settings | {"REMIT_DATA": os.environ["REMIT_DATA"]})
    assert {each.name for each in found} <= settings.keys() | {"REMIT_DATA"}


def test_every_setting_of_the_sources_is_checked_and_explained():
    pattern = re.compile(r"(?<![_\w])(?:REMIT_[A-Z]+(?:_[A-Z]+)*|DATABASE_URL)\b")
    used = {
        name
        for path in (ROOT / "src" / "remit").rglob("*.py")
        for name in pattern.findall(path.read_text(encoding="utf-8"))
        if not is_of_somebody_else(name)
    }
    reference = (ROOT / "docs" / "reference" / "settings.md").read_text(encoding="utf-8")
    explained = set(re.findall(r"^\| `([A-Z_]+)` \|", reference, re.MULTILINE))
    assert used - CHECKS.keys() - {"REMIT_TEST_", "REMIT_"} == set(), "add it to remit.config.values.CHECKS"
    assert explained == CHECKS.keys(), "docs/reference/settings.md has every setting"


@pytest.mark.parametrize(
    ("address", "host"),
    [
        ("https://a.org:8443/", "a.org"),
        ("https://[2001:db8::1]:8", "[2001:db8::1]"),
        ("nothing", ""),
        ("", ""),
    ],
)
def test_the_host_of_an_address(address, host):
    assert host_of(address) == host
