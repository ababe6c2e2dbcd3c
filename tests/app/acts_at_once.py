"""Acts that begin at the same moment, each in a thread and with a connection of its own."""

import threading

from django.db import connection

from remit.core import clock
from remit.core.clock import now
from remit.core.errors import Refusal


def at_once(*acts):
    """What came of acts that begin at the same moment: `done`, or the code of a refusal."""
    barrier, ended, moment = threading.Barrier(len(acts)), [], now()

    def run(act):
        barrier.wait()
        try:
            with clock.at(moment):
                act()
            ended.append("done")
        except Refusal as refusal:
            ended.append(refusal.code)
        finally:
            connection.close()

    threads = [threading.Thread(target=run, args=(act,)) for act in acts]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return sorted(ended)
