"""Remit as it is served behind a proxy that ends TLS: cookies, hosts, what an error says. A real server."""

import http.client
import os
import re
import socket
import sqlite3
import subprocess
import sys
import urllib.parse
from contextlib import closing
from pathlib import Path

import pytest

REMIT = Path(sys.executable).with_name("remit")
HOST = "remit.example.org"
TLS = {"Host": HOST, "X-Forwarded-Proto": "https", "Referer": f"https://{HOST}/"}
BEGINNING = {
    "organisation": "Keller & Sons",
    "team": "Harbour Street",
    "name": "Ola Keller",
    "email": "ola@example.org",
    "password": "long enough, and odd",
    "time_zone": "Europe/Berlin",
    "currency": "EUR",
}


@pytest.fixture(scope="module")
def served(tmp_path_factory):
    """Folder of the data, and port, of a Remit whose address is https."""
    data = tmp_path_factory.mktemp("data")
    env = os.environ | {"REMIT_DATA": str(data), "REMIT_HOSTS": HOST, "REMIT_ADDRESS": f"https://{HOST}"}
    subprocess.run([REMIT, "work", "--once"], env=env, check=True, capture_output=True)
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    command = [REMIT, "serve", "--port", str(port), "--workers", "1"]
    with subprocess.Popen(command, env=env, stderr=subprocess.PIPE, text=True) as server:
        assert any("Remit is at" in line for line in server.stderr), "it ended before it answered"
        yield data, port
        server.terminate()


def asked(served, path, *, sent=None, cookies=None, **headers):
    """Status, headers as a list, and text of an answer."""
    with closing(http.client.HTTPConnection("127.0.0.1", served[1], timeout=60)) as connection:
        headers = TLS | headers
        if cookies:
            headers["Cookie"] = "; ".join(f"{name}={value}" for name, value in cookies.items())
        body = urllib.parse.urlencode(sent) if sent is not None else None
        if body is not None:
            headers["Content-Type"] = "application/x-www-form-urlencoded"
        connection.request("GET" if body is None else "POST", path, body, headers)
        answer = connection.getresponse()
        return answer.status, answer.headers, answer.read().decode()


def set_by(headers):
    """Cookies of an answer: the value, and the rest in lower case, of each."""
    said = (each.partition(";") for each in headers.get_all("Set-Cookie", ()))
    return {pair.partition("=")[0]: (pair.partition("=")[2], rest.lower()) for pair, _, rest in said}


@pytest.fixture(scope="module")
def began(served):
    """The cookies of the owner, as each was set, after the first run."""
    env = os.environ | {"REMIT_DATA": str(served[0]), "REMIT_ADDRESS": f"https://{HOST}"}
    begin = subprocess.run([REMIT, "people", "begin"], env=env, check=True, capture_output=True, text=True)
    link = begin.stdout.strip()
    assert link.startswith(f"https://{HOST}/welcome/?code=")
    _, headers, page = asked(served, link.removeprefix(f"https://{HOST}"))
    token = re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1]
    cookies = set_by(headers)
    sent = BEGINNING | {"code": link.partition("=")[2], "csrfmiddlewaretoken": token}
    status, headers, page = asked(
        served, "/welcome/", sent=sent, cookies={"csrftoken": cookies["csrftoken"][0]}
    )
    assert status == 302, page
    return cookies | set_by(headers)


def test_behind_https_cookies_and_browsers_stay_there(served, began):
    assert {"csrftoken", "sessionid"} <= began.keys()
    for name, (_, rest) in began.items():
        assert "secure" in rest, name
        assert "samesite=lax" in rest, name
    assert "httponly" in began["sessionid"][1]
    _, headers, _ = asked(served, "/sign-in/")
    assert headers["Strict-Transport-Security"] == "max-age=31536000"
    assert asked(served, "/sign-in/", **{"X-Forwarded-Proto": "http"})[1]["Strict-Transport-Security"] is None


@pytest.mark.parametrize(
    "host", ["evil.example", f"{HOST}.evil.example", f"evil@{HOST}", f"{HOST}, evil.example"]
)
def test_a_made_up_host_is_refused(served, host):
    status, headers, page = asked(served, "/sign-in/forgotten/", Host=host)
    assert status == 400
    assert "evil" not in page
    assert not headers.get_all("Set-Cookie")
    status, headers, page = asked(served, "/sign-in/forgotten/", **{"X-Forwarded-Host": host})
    assert status in {200, 302}
    assert "evil" not in page + str(headers)


def test_an_error_says_nothing_of_the_inside(served, began):
    data, _ = served
    cookies = {name: value for name, (value, _) in began.items()}
    assert asked(served, "/customers/", cookies=cookies)[0] == 200
    with closing(sqlite3.connect(data / "remit.sqlite3", timeout=30)) as database:
        database.execute("PRAGMA foreign_keys=OFF")
        database.execute("ALTER TABLE complaints_customer RENAME TO put_aside")
        database.commit()
        status, headers, page = asked(served, "/customers/?q=SecretWord", cookies=cookies)
        database.execute("ALTER TABLE put_aside RENAME TO complaints_customer")
        database.commit()
    assert status == 503
    inside = (
        "Traceback",
        "OperationalError",
        "sqlite",
        "SecretWord",
        "complaints_",
        str(data),
        "Ola",
        "django",
    )
    assert [words for words in inside if words.lower() in page.lower()] == []
    assert "no-store" in headers["Cache-Control"]
    assert (data / "secret-key").read_text("ascii").strip() not in page


def tried(served, number, forwarded):
    """The status after a wrong password for somebody, with what is said of where it comes from."""
    _, headers, page = asked(served, "/sign-in/")
    sent = {
        "csrfmiddlewaretoken": re.search(r'name="csrfmiddlewaretoken" value="(\w+)"', page)[1],
        "username": f"name{number}@example.org",
        "password": "wrong",
    }
    cookies = {"csrftoken": set_by(headers)["csrftoken"][0]}
    return asked(served, "/sign-in/", sent=sent, cookies=cookies, **{"X-Forwarded-For": forwarded})[0]


def test_what_a_browser_says_of_where_it_is_changes_nothing(served, began):
    """The proxy writes the last address; what the browser wrote before it makes it nobody else."""
    found = [tried(served, number, f"203.0.113.{number}, 198.51.100.7") for number in range(41)]
    assert found == [422] * 40 + [429]
    assert tried(served, 41, "198.51.100.7, 198.51.100.8") == 422
