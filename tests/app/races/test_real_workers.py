"""Real workers: killed, frozen, stopped, and several at once."""

import signal

from tests.app.races.real import Remit, wait_for

ADD = """
from remit.jobs.queue import later
from tests.app.races import tasks
for number in range(int(sys.argv[2])):
    later(getattr(tasks, sys.argv[1]), **({"number": number} if sys.argv[1] != "come_back" else {}))
"""
WORKER = """
from remit.command.worker import work
from tests.app.races import tasks
work(once="once" in sys.argv)
"""


HUNG = "SELECT attempts, finished_at, lease_until FROM jobs_job WHERE task LIKE '%hang_once'"
OPEN = "SELECT count(*) FROM jobs_job WHERE finished_at IS NULL"


def _patient(remit, seconds):
    """Its workers lose a job only after so many seconds: a slow machine may keep them from their work."""
    remit.environment["REMIT_JOB_LEASE"] = str(seconds)


def _freeze(remit, worker):
    """Stop a worker where it isn't writing: what it holds locked would stay locked for all."""

    def is_frozen():
        worker.send_signal(signal.SIGSTOP)
        if remit.is_nobody_writing():
            return True
        worker.send_signal(signal.SIGCONT)
        return False

    wait_for(is_frozen)


def _lines(remit, name):
    file = remit.folder / name
    return file.read_text().splitlines() if file.exists() else []


def test_two_workers_drain_five_hundred_jobs_with_exactly_as_many_effects(own_remit):
    _patient(own_remit, 60)
    own_remit.python(ADD, "count", 500)
    workers = [own_remit.started_python(WORKER, "once") for _ in range(2)]
    worked = [worker.communicate(timeout=600)[1] for worker in workers]
    assert all(worker.returncode == 0 for worker in workers), worked
    assert sorted(map(int, _lines(own_remit, "counted"))) == list(range(500))
    assert own_remit.rows(OPEN) == [(0,)]
    assert own_remit.rows("SELECT count(*) FROM jobs_worker") == [(0,)]


def test_what_a_killed_worker_had_in_hand_is_taken_over(own_remit):
    own_remit.python(ADD, "hang_once", 1)
    first = own_remit.started_python(WORKER)
    wait_for(lambda: _lines(own_remit, "hung"))
    first.kill()
    first.communicate()
    second = own_remit.started_python(WORKER)
    assert wait_for(lambda: _lines(own_remit, "finished")) == [f"{second.pid} 0"]
    wait_for(lambda: own_remit.rows(OPEN) == [(0,)])


def test_a_frozen_worker_that_wakes_up_can_not_end_what_another_took_over(own_remit):
    own_remit.python(ADD, "hang_once", 1)
    frozen = own_remit.started_python(WORKER)
    wait_for(lambda: _lines(own_remit, "hung"))
    _freeze(own_remit, frozen)
    second = own_remit.started_python(WORKER)
    wait_for(lambda: own_remit.rows(HUNG)[0][1])
    before = own_remit.rows(HUNG)
    (own_remit.folder / "free").touch()
    frozen.send_signal(signal.SIGCONT)
    wait_for(lambda: len(_lines(own_remit, "finished")) > 1)
    frozen.terminate()
    assert "Stopped." in frozen.communicate(timeout=600)[1]
    assert own_remit.rows(HUNG) == before
    assert before[0][0] == 2
    assert second.poll() is None


def test_a_long_job_is_not_taken_from_a_worker_that_is_alive(own_remit):
    _patient(own_remit, 4)  # and it is renewed four times in them
    own_remit.python(ADD, "hang_once", 1)
    first = own_remit.started_python(WORKER)
    wait_for(lambda: _lines(own_remit, "hung"))
    own_remit.started_python(WORKER)
    leases = set()
    wait_for(lambda: leases.add(own_remit.rows(HUNG)[0][2]) or len(leases) > 8)
    (own_remit.folder / "free").touch()
    assert wait_for(lambda: _lines(own_remit, "finished")) == [f"{first.pid} 0"]


def test_a_worker_that_is_told_to_stop_ends_the_job_in_hand(own_remit):
    own_remit.python(ADD, "hang_once", 1)
    own_remit.python(ADD, "count", 5)
    worker = own_remit.started_python(WORKER)
    wait_for(lambda: _lines(own_remit, "hung"))
    worker.terminate()
    (own_remit.folder / "free").touch()
    assert "Stopped." in worker.communicate(timeout=600)[1]
    assert worker.returncode == 0
    assert _lines(own_remit, "finished") == [f"{worker.pid} 0"]
    assert _lines(own_remit, "counted") == []
    assert own_remit.rows("SELECT count(*) FROM jobs_worker") == [(0,)]


def test_a_worker_that_is_told_to_stop_gives_a_long_job_back(own_remit):
    _patient(own_remit, 60)  # nobody takes it over: it is there to be taken
    own_remit.python(ADD, "hang_once", 1)
    hurried = f"from remit.command import worker; worker.LONGEST_STOP = 0.1\n{WORKER}"
    first = own_remit.started_python(hurried)
    wait_for(lambda: _lines(own_remit, "hung"))
    first.terminate()
    assert "Stopped." in first.communicate(timeout=600)[1]
    assert first.returncode == 0
    assert own_remit.rows(HUNG) == [(0, None, None)]
    second = own_remit.started_python(WORKER)
    assert wait_for(lambda: _lines(own_remit, "finished")) == [f"{second.pid} 0"]


def test_told_twice_it_stops_at_once(own_remit):
    own_remit.python(ADD, "hang_once", 1)
    worker = own_remit.started_python(WORKER)
    wait_for(lambda: _lines(own_remit, "hung"))
    worker.terminate()

    def is_over():
        worker.terminate()
        return worker.poll() is not None

    wait_for(is_over)
    assert worker.returncode == -signal.SIGTERM
    assert _lines(own_remit, "finished") == []


def test_the_schedule_is_not_doubled_by_two_workers(own_remit):
    _patient(own_remit, 60)
    workers = [own_remit.started_python(WORKER) for _ in range(2)]
    wait_for(lambda: _lines(own_remit, "came-back"))
    own_remit.python(ADD, "count", 1)
    wait_for(lambda: _lines(own_remit, "counted"))
    for worker in workers:
        worker.terminate()
        worker.communicate(timeout=600)
    assert len(_lines(own_remit, "came-back")) == 1


def test_the_command_works_what_is_due(own_remit):
    printed = own_remit.started("work", "--once").communicate(timeout=600)[1]
    assert "worked." in printed
    assert own_remit.rows("SELECT count(*) > 0, count(finished_at) - count(*) FROM jobs_job") == [(1, 0)]


def test_a_worker_sets_up_a_new_database(tmp_path):
    remit = Remit(tmp_path)
    worker = remit.started("work")
    assert "The tables are set up" in worker.stderr.readline()
    assert "works the jobs" in worker.stderr.readline()
    worker.terminate()
    worker.communicate(timeout=600)
    assert worker.returncode == 0
