"""Two servers and two workers, truly started at the same moment on an empty database; and they serve."""

import json
import socket

import pytest
import requests
from prometheus_client.parser import text_string_to_metric_families
from tests.app.races.real import wait_for

pytestmark = pytest.mark.slow  # processes of their own

KEY = "0123456789abcdefghijABCDEFGHIJ0123456789"
FIELDS = {
    "organisation": "Keller & Sons",
    "name": "Ola Keller",
    "email": "ola@example.org",
    "password": "correct horse battery",
    "currency": "EUR",
    "time_zone": "Europe/Berlin",
    "opens": "09:00",
    "closes": "22:00",
}
COUNT = "tests.app.races.tasks.count"
ADD = """
from remit.jobs.queue import later
from tests.app.races import tasks
for number in range(300):
    later(tasks.count, number=number)
"""


def _free_ports(count):
    sockets = [socket.create_server(("127.0.0.1", 0)) for _ in range(count)]
    ports = [each.getsockname()[1] for each in sockets]
    for each in sockets:
        each.close()
    return ports


def _answer(address):
    try:
        return requests.get(address, timeout=20)
    except requests.ConnectionError:
        return None


def _is_ready(address):
    answer = _answer(f"{address}/ready?worker=needed")
    return answer is not None and answer.status_code == 200


def _sent(session, address, fields):
    """A form, filled and sent as a browser would."""
    session.get(address, timeout=60)
    token = {"csrfmiddlewaretoken": session.cookies["csrftoken"]}
    return session.post(address, fields | token, timeout=60, headers={"referer": address})


def _figures(address):
    text = requests.get(f"{address}/metrics", headers={"authorization": f"Bearer {KEY}"}, timeout=60).text
    samples = [sample for family in text_string_to_metric_families(text) for sample in family.samples]
    return {(sample.name, *sorted(sample.labels.values())): sample.value for sample in samples}


@pytest.fixture
def town(new_remit):
    """Addresses of two servers of two processes each, and the four processes that were started at once."""
    remit = new_remit(REMIT_METRICS_KEY=KEY, REMIT_JOB_LEASE="20", REMIT_LOG="json")
    ports = _free_ports(2)
    servers = [remit.started("serve", "--port", str(port), "--workers", "2") for port in ports]
    workers = [remit.started("work") for _ in range(2)]
    addresses = [f"http://127.0.0.1:{port}" for port in ports]
    for address in addresses:
        wait_for(lambda at=address: _is_ready(at), seconds=600)
    return remit, addresses, servers + workers


def test_all_of_them_start_at_once_share_the_work_and_stop_when_told(town):
    remit, (first, second), processes = town
    assert requests.get(f"{first}/health", timeout=20, headers={"host": "10.0.0.9"}).text == "alive\n"
    browser = requests.Session()
    code = remit.python("from remit.people.setup_code import setup_code; print(setup_code())")
    begun = _sent(browser, f"{first}/welcome/", FIELDS | {"code": code})
    assert begun.status_code == 200, begun.text
    mine = browser.get(f"{second}/me/", timeout=60)
    assert (mine.status_code, "Ola Keller" in mine.text) == (200, True)
    remit.python(ADD)
    wait_for(lambda: len(_counted(remit)) >= 300, seconds=180)
    assert sorted(map(int, _counted(remit))) == list(range(300))
    figures = _figures(second)
    assert figures[("remit_workers",)] == 2
    assert figures[("remit_jobs_needing_a_person",)] == 0
    _every_process_is_counted(second)
    for process in processes:
        process.terminate()
    told = [process.communicate(timeout=600)[1] for process in processes]
    assert [process.returncode for process in processes] == [0] * 4, told
    lines = [json.loads(line) for part in told for line in part.splitlines()]
    assert [line["says"] for line in lines].count("The tables are set up.") == 1
    assert {line["level"] for line in lines if "failed" not in line} == {"info"}, lines
    done = [line["job"] for line in lines if line["says"] == "A job is done." and line["task"] == COUNT]
    assert len(done) == len(set(done)) == 300
    assert all("Ola" not in part and "ola@" not in part for part in told)


def _every_process_is_counted(address):
    """However the requests fall on its two processes, each answer has the sum of both."""
    before = _requests_of(address)
    for _ in range(20):
        requests.get(f"{address}/sign-in/", timeout=60)
    wait_for(lambda: _requests_of(address) == before + 20)


def _requests_of(address):
    return sum(
        value
        for (name, *labels), value in _figures(address).items()
        if name == "remit_request_seconds_count" and "people:sign-in" in labels
    )


def _counted(remit):
    file = remit.folder / "counted"
    return file.read_text().split() if file.exists() else []


def test_a_server_whose_tables_are_not_there_says_so_and_comes_back(new_remit):
    remit = new_remit(REMIT_LOG="json")
    (port,) = _free_ports(1)
    server = remit.started("serve", "--port", str(port), "--workers", "1")
    address = f"http://127.0.0.1:{port}"
    wait_for(lambda: _answer(f"{address}/ready"), seconds=180)
    remit.python("with connection.cursor() as it: it.execute('ALTER TABLE django_migrations RENAME TO away')")
    wait_for(lambda: _answer(f"{address}/ready").status_code == 503)
    assert _answer(f"{address}/ready").json()["failed"] == ["tables"]
    assert _answer(f"{address}/health").status_code == 200
    remit.python("with connection.cursor() as it: it.execute('ALTER TABLE away RENAME TO django_migrations')")
    wait_for(lambda: _answer(f"{address}/ready").status_code == 200)
    server.terminate()
    assert server.wait(600) == 0
