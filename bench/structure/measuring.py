"""Opens the pages of the managing half again and again, as those of the desk are opened."""

from __future__ import annotations

import argparse
import json
from dataclasses import asdict

from bench.desk.measuring import large_tables, opened_as
from bench.desk.pinning import pin
from bench.structure.filling import Many, fill
from bench.structure.pages import pages
from remit.procedures.models import Procedure, Reading
from remit.work.models import Task


def main() -> None:
    """Fill the database, measure, and write what came out as JSON."""
    parser = argparse.ArgumentParser()
    for name in ("procedures", "confirmations", "tasks"):
        parser.add_argument(name, type=int)
    parser.add_argument("--rounds", type=int, default=2)
    parser.add_argument("--times", type=int, default=12)
    options = parser.parse_args()
    fill(Many(options.procedures, options.confirmations, options.tasks))
    pin()
    lines = opened_as(pages(), large_tables(), rounds=options.rounds, times=options.times)
    said = {
        "rows": f"{Procedure.objects.count():,} procedures, {Reading.objects.count():,} confirmations, "
        f"{Task.objects.count():,} tasks",
        "lines": [asdict(each) for each in lines],
    }
    print(json.dumps(said))


if __name__ == "__main__":
    main()
