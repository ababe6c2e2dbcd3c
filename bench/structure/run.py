"""How fast are procedures, tasks and causes with years of them, on SQLite and on PostgreSQL?

python -m bench.structure.run                    both databases; the tables go to structure-speed.md
python -m bench.structure.run --on sqlite        one of them; the tables are only printed
python -m bench.structure.run --share 0.05       fewer rows; the tables are only printed
"""

from __future__ import annotations

import argparse
import json
import tempfile
from pathlib import Path
from typing import Final

from bench.desk.run import DATABASES, MARK, ROOT, database, machine
from bench.desk.tables import as_pages

PAGE: Final = ROOT / "docs" / "explanation" / "structure-speed.md"
MANY: Final = (300, 50_000, 200_000)
"""Procedures, confirmations, tasks."""


def main() -> None:
    """Measure, print, and keep the tables."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--on", choices=DATABASES, help="one database; both by default")
    parser.add_argument("--share", type=float, default=1, help="of the rows; the tables are only printed")
    parser.add_argument("--folder", type=Path, help="where everything is kept")
    options = parser.parse_args()
    many = [str(round(each * options.share)) for each in MANY]
    folder = options.folder or Path(tempfile.gettempdir(), f"remit-structure-{many[-1]}")
    folder.mkdir(parents=True, exist_ok=True)
    found = {}
    for name in [options.on] if options.on else DATABASES:
        with database(folder, name, 0) as place:
            said = json.loads(place.run("bench.structure.measuring", *many).splitlines()[-1])
        share = f" --share {options.share:g}" if options.share != 1 else ""
        command = f"python -m bench.structure.run --on {name}{share}"
        found[DATABASES[name]] = {"pages": {"found": said, "machine": machine(), "command": command}}
    text = as_pages(found) + "\n"
    print(text)
    if options.share == 1 and not options.on:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(f"{head}{MARK}\n\n{text}", encoding="utf-8")


if __name__ == "__main__":
    main()
