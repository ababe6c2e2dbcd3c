"""Approvals that nobody looked at are recognised; people are never taken for machines."""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from remit_engine.history import Mapping, read_history
from remit_engine.history.automatic import duration, is_machine


@pytest.mark.parametrize(
    "name",
    ["batch_00", "System", "SYSTEM USER", "workflow-bot", "Auto", "svc-approve", "rule 17", "Scheduler",
     "Service Account", "bot3", "RPA01", "Automatisch"],
)  # fmt: skip
def test_machines(name):
    assert is_machine(name)


@pytest.mark.parametrize(
    "name",
    ["user_003", "Botella", "Job de Vries", "Otto", "Service Desk Lead", "Abbott",
     "manager 4", "A. Systema"],
)  # fmt: skip
def test_people(name):
    assert not is_machine(name)


def test_told_patterns():
    assert is_machine("JOB_77", ("job_*",))
    assert not is_machine("JOBST", ("job_*",))


@pytest.mark.parametrize(
    ("seconds", "words"), [(3600, "1 hour"), (172_800, "48 hours"), (5400, "1 hour 30 minutes")]
)
def test_durations_in_words(seconds, words):
    assert duration(seconds) == words


def log(tmp_path, waits, by=""):
    start = datetime(2024, 1, 1, 9)
    rows = ["case,amount,decision,requested at,decided at,approved by"]
    for case, wait in enumerate(waits):
        asked = start + timedelta(minutes=37 * case)
        rows.append(f"{case},10,approved,{asked},{asked + wait},{by}")
    path = tmp_path / "log.csv"
    path.write_text("\n".join(rows) + "\n")
    return read_history(path)


ODD = [timedelta(minutes=11 * each + 3, seconds=each) for each in range(60)]


def test_a_pile_of_equal_waits_without_a_person_is_a_timeout(tmp_path):
    reading = log(tmp_path, ODD + [timedelta(hours=48)] * 25)
    assert reading.account.automatic == (("nobody named, after exactly 48 hours", 25),)
    assert reading.history.automatic.tolist() == [False] * 60 + [True] * 25


def test_not_when_a_person_is_named(tmp_path):
    assert not log(tmp_path, ODD + [timedelta(hours=48)] * 25, by="Ana").history.automatic.any()


def test_not_when_the_source_rounds_to_hours(tmp_path):
    waits = [timedelta(hours=1 + each % 6) for each in range(120)]
    assert not log(tmp_path, waits).history.automatic.any()


def test_words_and_batch_users(tmp_path):
    path = tmp_path / "log.csv"
    path.write_text(
        "case,amount,decision,approved by\n1,10,auto-approved,\n2,10,approved,batch_01\n"
        "3,10,approved,Ana\n4,10,declined,batch_01\n5,10,approved,NIGHT\n"
    )
    reading = read_history(path, mapping=Mapping(automatic=("night*",)))
    assert reading.history.automatic.tolist() == [True, True, False, True, True]
    assert reading.account.automatic == (
        ("an answer word that says so", 1),
        ("answered by batch_01", 1),
        ("answered by NIGHT", 1),
    )
