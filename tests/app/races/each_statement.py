"""An act killed at its first statement to the database, at its second, until a life ends by itself.

The processes are real ones (forks), the kill is SIGKILL. Imported by programs with a Remit of their own.
"""

import os
import signal
import traceback

from django.db import connection, connections

from remit.core import clock

MOST = 2_000


class Killed:
    """Kills its process at the statement that it may not send any more."""

    def __init__(self, left):
        self.left = left

    def __call__(self, execute, sql, params, many, context):
        self.left -= 1
        if self.left == 0:
            os.kill(os.getpid(), signal.SIGKILL)
        return execute(sql, params, many, context)


def lives_for(statements, moment, act):
    """Whether an act comes to its end in a process of its own that lives for so many statements."""
    connections.close_all()
    child = os.fork()
    if child == 0:
        status = 1
        try:
            with clock.at(moment), connection.execute_wrapper(Killed(statements)):
                act()
            status = 0
        except BaseException:  # noqa: BLE001 (it is shown, and the process ends)
            traceback.print_exc()
        finally:
            os._exit(status)
    _, status = os.waitpid(child, 0)
    if os.WIFEXITED(status) and os.WEXITSTATUS(status):
        raise RuntimeError("it ended by an error of its own")
    return not os.WIFSIGNALED(status)


def killed_at_each(moment, act, wrong, *, stride=1):
    """Kill an act at each of its statements, or at every so many-th.

    Args:
        moment: of the clock.
        act: what is done; the same again and again.
        wrong: what isn't as it should be after each life, in words.

    Returns:
        how many lives were killed, and what was wrong.
    """
    found = []
    killed = 0
    for statements in range(1, MOST, stride):
        is_through = lives_for(statements, moment, act)
        found += [f"at statement {statements}: {each}" for each in wrong()]
        if is_through or found:
            return {"killed": killed, "wrong": found}
        killed += 1
    return {"killed": killed, "wrong": ["it never came to its end"]}
