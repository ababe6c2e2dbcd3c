"""Health, readiness and figures: for machines that know neither name nor password."""

import re
from datetime import timedelta

import pytest
from django.db import DatabaseError, connection
from django.test import Client
from prometheus_client.openmetrics.parser import text_string_to_metric_families as as_openmetrics
from prometheus_client.parser import text_string_to_metric_families as as_text
from tests.app.every_address import furnished

from remit.core import clock
from remit.core.clock import now
from remit.jobs.models import Job, Worker
from remit.keeping.places import note_last_backup
from remit.people.models import Member
from remit.watching import health, metrics, probes
from remit.watching.figures import MAIL_JOBS, figures
from remit.watching.health import Watch

KEY = "0123456789abcdefghijABCDEFGHIJ0123456789"


@pytest.fixture
def stranger(monkeypatch):
    """Somebody who comes by number and knows nothing; and every look is a new one."""
    monkeypatch.setattr(probes, "_watch", Watch(clock=iter(range(0, 10**6, 10)).__next__))
    monkeypatch.setattr(metrics, "_house", metrics._House())
    return Client(headers={"host": "10.20.30.40:8000"}, enforce_csrf_checks=True)


@pytest.fixture
def heard(db):
    """A worker that is alive."""
    return Worker.objects.create(name="somewhere-1", seen_at=now())


@pytest.mark.parametrize("path", ["/health", "/ready", "/metrics"])
def test_a_probe_is_answered_to_strangers_without_session_or_policy(db, stranger, settings, path):
    settings.METRICS_KEY = KEY
    response = stranger.get(path, headers={"authorization": f"Bearer {KEY}"})
    assert response.status_code == 200
    assert response.cookies == {}
    assert response["Cache-Control"] == "no-store"
    assert not {"Content-Security-Policy", "Location", "Vary"} & set(response.headers)
    assert stranger.head(path, headers={"authorization": f"Bearer {KEY}"}).status_code == 200
    assert stranger.post(path).status_code == 405


def test_all_other_addresses_are_still_only_for_known_names(db, stranger):
    for path in ("/", "/sign-in/", "/health/x", "/ready/"):
        assert stranger.get(path).status_code == 400


def test_health_asks_nothing(db, stranger, django_assert_num_queries):
    with django_assert_num_queries(0):
        assert stranger.get("/health").content == b"alive\n"


def test_ready_when_all_is_well(stranger, heard):
    response = stranger.get("/ready")
    assert (response.status_code, response.json()) == (200, {"ready": True, "failed": []})


def test_a_silent_worker_is_told_and_takes_no_server_away_unless_asked_for(stranger, db):
    assert stranger.get("/ready").json() == {"ready": True, "failed": ["worker"]}
    asked = stranger.get("/ready?worker=needed")
    assert (asked.status_code, asked.json()["ready"]) == (503, False)
    Worker.objects.create(name="somewhere-1", seen_at=now())
    assert stranger.get("/ready?worker=needed").status_code == 200


def test_not_being_ready_is_one_warning_of_ours_and_no_error_a_probe(stranger, db, caplog):
    for _ in range(3):
        assert stranger.get("/ready?worker=needed").status_code == 503
    loud = [(record.name, record.failed) for record in caplog.records if record.levelname != "INFO"]
    assert loud == [("remit.watching.health", ["worker"])]


def test_tables_of_another_version_are_not_ready(stranger, heard):
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO django_migrations (app, name, applied) VALUES ('x', '0009', %s)", [now()])
    response = stranger.get("/ready")
    assert (response.status_code, response.json()) == (503, {"ready": False, "failed": ["tables"]})


def test_a_disk_that_cannot_be_written_is_not_ready(stranger, heard, settings, tmp_path):
    settings.DATA = tmp_path / "gone"
    assert stranger.get("/ready").json() == {"ready": False, "failed": ["disk"]}


def test_a_database_that_is_away_is_not_ready_and_nothing_of_why_is_told(stranger, monkeypatch, settings, db):
    def away(*_):
        raise DatabaseError("password of remit@db is geheim")

    settings.METRICS_KEY = KEY
    with connection.execute_wrapper(away):
        response = stranger.get("/ready")
        figures_then = stranger.get("/metrics", headers={"authorization": f"Bearer {KEY}"}).content.decode()
    assert (response.status_code, response.json()) == (503, {"ready": False, "failed": ["database"]})
    assert "remit_database_up 0.0" in figures_then
    assert "remit_jobs" not in figures_then


def test_however_often_somebody_asks_it_is_looked_at_every_two_seconds(caplog):
    seconds, looked = [0.0], []
    answers = iter([frozenset(), frozenset({"disk"}), frozenset({"disk"}), frozenset()])

    def look():
        looked.append(seconds[0])
        return next(answers)

    watch = Watch(look, lambda: seconds[0])
    caplog.set_level("INFO", logger=health.__name__)
    told = []
    for at in (0, 0.5, 1.9, 2.0, 3.9, 4.1, 6.2):
        seconds[0] = at
        told.append(sorted(watch.failing()))
    assert looked == [0, 2.0, 4.1, 6.2]
    assert told == [[], [], [], ["disk"], ["disk"], ["disk"], []]
    assert [record.levelname for record in caplog.records] == ["WARNING", "INFO"]


@pytest.mark.parametrize(
    "given", ["", "Bearer", "Bearer nothing", f"Basic {KEY}", KEY, f"Bearer {KEY}x", "Bearer ü"]
)
def test_figures_need_the_key(db, stranger, settings, given):
    settings.METRICS_KEY = KEY
    response = stranger.get("/metrics", headers={"authorization": given})
    assert response.status_code == 401
    assert b"remit_" not in response.content


def test_without_a_key_there_are_no_figures(db, stranger, settings):
    settings.METRICS_KEY = ""
    assert stranger.get("/metrics", headers={"authorization": "Bearer "}).status_code == 404


def _read(client, settings, **headers):
    settings.METRICS_KEY = KEY
    response = client.get("/metrics", headers={"authorization": f"Bearer {KEY}"} | headers)
    parse = as_openmetrics if "openmetrics" in response["Content-Type"] else as_text
    text = response.content.decode()
    return {
        (sample.name, *sorted(sample.labels.items())): sample.value
        for family in parse(text)
        for sample in family.samples
    }, text


@pytest.mark.parametrize("accept", ["text/plain", "application/openmetrics-text; version=1.0.0"])
def test_figures_are_what_is_in_the_tables(house, stranger, settings, accept):
    def job(task, **more):
        return Job.objects.create(**{"task": task, "run_at": now(), "created_at": now()} | more)

    Job.objects.all().delete()
    mail = min(MAIL_JOBS)
    late = now().replace(hour=0)
    job(mail)
    job(mail, worker="w", lease_until=now())
    job(mail, run_at=now().replace(year=now().year + 1))
    job("remit.remedies.jobs.send", needs_person_at=now(), last_error="geheim")
    job("remit.remedies.jobs.send", finished_at=now())
    job("remit.upkeep.jobs.x", run_at=late)
    Worker.objects.create(name="somewhere-1", seen_at=now())
    seen, text = _read(stranger, settings, accept=accept)
    kinds = {(key[1][1], key[2][1]): value for key, value in seen.items() if key[0] == "remit_jobs"}
    assert kinds == {
        (mail, "due"): 1,
        (mail, "in_hand"): 1,
        (mail, "later"): 1,
        ("remit.remedies.jobs.send", "needs_person"): 1,
        ("remit.upkeep.jobs.x", "due"): 1,
    }
    assert seen[("remit_jobs_needing_a_person",)] == 1
    assert seen[("remit_mails_waiting",)] == 2
    assert seen[("remit_oldest_due_job_age_seconds",)] == (now() - late).total_seconds()
    assert seen[("remit_workers",)] == 1
    assert seen[("remit_worker_heard_age_seconds",)] == 0
    assert seen[("remit_database_size_bytes",)] > 100_000
    assert seen[("remit_disk_free_bytes",)] > 0
    assert seen[("remit_database_up",)] == 1
    assert "geheim" not in text


def test_requests_are_counted_by_route_and_never_by_address(house, stranger, settings, client):
    settings.METRICS_KEY = KEY
    for path in ("/c/geheimgeheimgeheim/", "/nowhere/geheim/", "/sign-in/"):
        client.get(path)
    client.generic("GEHEIM", "/sign-in/")
    seen, text = _read(stranger, settings)
    counted = {
        tuple(value for _, value in key[1:]) for key in seen if key[0] == "remit_request_seconds_count"
    }
    assert {
        ("GET", "people:sign-in", "200"),
        ("GET", "complaints:customer-page", "404"),
        ("GET", "none", "404"),
    } <= counted
    assert ("other", "people:sign-in", "405") in counted
    assert "geheim" not in text.lower()


def test_no_figure_knows_a_person_or_a_word_of_one(house, stranger, settings, client):
    furnished(house)
    client.force_login(house.ana, backend="remit.people.signing_in.MailAndPassword")
    client.get("/complaints/")
    _, text = _read(stranger, settings)
    known = {word for member in Member.objects.all() for word in (member.name, member.email) if word}
    assert [word for word in [*known, "Harbour", "dinner"] if word in text] == []
    assert re.findall(r"[\w.]+@[\w.]+", text) == []


def test_figures_ask_few_questions(house, django_assert_max_num_queries):
    furnished(house)
    with django_assert_max_num_queries(5):
        list(figures())


def test_how_old_the_last_backup_is(db, settings, tmp_path):
    settings.DATA = tmp_path
    assert "remit_backup_age_seconds" not in {each.name for each in figures()}
    moment = now()
    note_last_backup(moment - timedelta(hours=30), tmp_path / "b.zip", 9)
    with clock.at(moment):
        assert {each.name: each.value for each in figures()}["remit_backup_age_seconds"] == 108_000
