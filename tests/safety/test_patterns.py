"""No pattern of Remit takes more than a bounded number of steps on any text (ReDoS).

regexploit reads each pattern out of the sources and works out how many of its repeats can share the same
letters: one in another is exponential, three side by side cubic. What it finds takes a
cube of the length, or more. Nothing is timed.
"""

import re
import subprocess
import sys
from pathlib import Path

SOURCES = sorted((Path(__file__).parents[2] / "src").rglob("*.py"))


def looked_through(*files):
    """How many patterns were looked at, and those that explode."""
    command = [Path(sys.executable).with_name("regexploit-py"), *files]
    ran = subprocess.run(command, capture_output=True, text=True, check=True)
    return int(re.search(r"Processed (\d+) regexes", ran.stdout)[1]), re.findall(r"Pattern: (.*)", ran.stdout)


def test_no_pattern_explodes():
    seen, exploding = looked_through(*SOURCES)
    assert exploding == []
    assert seen > 100, "as many as there are by now"


def test_one_that_explodes_is_found(tmp_path):
    file = tmp_path / "made.py"
    file.write_text('import re\nA = re.compile(r"(a+)+$x")\nB: str = re.compile(r"\\s*\\s*\\s*b")\n')
    assert looked_through(file)[1] == ["(a+)+$x", r"\s*\s*\s*b"]
