"""`remit letgo` as people use it: what it says, what it writes, and what it refuses in which words."""

import csv
import json
import re
from pathlib import Path

import pytest
from real_process import OnTerminal

HEADER = "asked,answered,kind,amount,decision\n"
COLOUR = re.compile(r"\x1b\[[\d;]*?(3\d|4\d|9\d)[\d;]*m")


def row(number: int, *, amount: str = "12.50", decision: str = "approved") -> str:
    day = f"2026-{number % 12 + 1:02d}-{number % 28 + 1:02d}"
    return f"{day} 10:{number % 60:02d}:{number // 60 % 60:02d},{day} 12:00:00,refund,{amount},{decision}\n"


def rows(count: int, **settings: str) -> str:
    return "".join(row(number, **settings) for number in range(count))


@pytest.fixture
def log(tmp_path):
    """Write a log into the folder in which the command runs."""

    def write(content: str | bytes, name: str = "log.csv") -> str:
        data = content if isinstance(content, bytes) else content.encode()
        (tmp_path / name).write_bytes(data)
        return name

    return write


def test_the_answer_in_the_terminal_writes_nothing(remit, made_log, tmp_path):
    answer = remit("letgo", made_log)
    assert answer.returncode == 0
    assert answer.stderr == ""
    assert "EUR 120" in answer.stdout
    assert "13 left out" in answer.stdout
    assert "the row can't be read" in answer.stdout
    assert list(tmp_path.iterdir()) == []


def test_piped_output_is_plain_and_of_one_width(remit, made_log):
    answers = {remit("letgo", made_log, env={"COLUMNS": width}).stdout for width in ("40", "80", "200")}
    (answer,) = answers
    assert "\x1b" not in answer
    assert max(map(len, answer.splitlines())) <= 88


def test_a_report_a_list_of_left_out_rows_and_a_draft(remit, made_log, tmp_path):
    answer = remit("letgo", made_log, "--out", "report.html", "--draft", "charter.yaml")
    assert answer.returncode == 0
    written = [line.removeprefix("Written: ") for line in answer.stdout.splitlines()[-3:]]
    assert sorted(written) == sorted(path.name for path in tmp_path.iterdir())
    assert sorted(written) == ["charter.yaml", "report.html", "report.left-out.csv"]
    assert (tmp_path / "report.html").read_text("utf-8").startswith("<!doctype html>")
    assert "upto: 120" in (tmp_path / "charter.yaml").read_text("utf-8")
    with (tmp_path / "report.left-out.csv").open(encoding="utf-8-sig", newline="") as file:
        left_out = list(csv.DictReader(file))
    assert len(left_out) == 13
    lines = made_log.read_text("utf-8").splitlines()
    for entry in left_out:
        assert entry["reason"].endswith(".")
        assert entry["text"][:9] == lines[int(entry["line"]) - 1][:9]


def test_json_is_all_there_is_on_stdout(remit, made_log, tmp_path):
    answer = remit("letgo", made_log, "--json", "--out", "report.html")
    assert json.loads(answer.stdout)["settings"]["tolerance"] == 0.03
    assert "Written: report.html" in answer.stderr
    assert (tmp_path / "report.html").exists()


def test_options_reach_the_answer(remit, made_log):
    answer = remit(
        "letgo", made_log, "--json", "--tolerance", "5 %", "--confidence", "0.9", "--segment", "kind",
        "--hours", "Mon-Sun 11-23", "--promise", "pooled", "--currency", "eur", "--zone", "europe/berlin",
        "--map", "kind=Category",
    )  # fmt: skip
    assert answer.returncode == 0, answer.stderr
    settings = json.loads(answer.stdout)["settings"]
    assert settings["tolerance"] == 0.05
    assert settings["confidence"] == 0.9
    assert settings["segment_by"] == ["kind"]
    assert settings["promise"] == "pooled"
    assert settings["working_days"] == [0, 1, 2, 3, 4, 5, 6]
    assert settings["working_hours"] == [11.0, 23.0]


def test_a_mapping_file_and_what_is_typed_over_it(remit, log):
    log("Fall;Betrag;Status\n" + "".join(f"{number};12,50;freigegeben\n" for number in range(300)))
    log("columns: {amount: Betrag, answer: Status}\n", "mapping.yaml")
    answer = remit("letgo", "log.csv", "--map", "mapping.yaml", "--map", "decimal=comma", "--json")
    assert answer.returncode == 0, answer.stderr


def test_two_mapping_files(refused, log):
    log(HEADER + rows(100))
    log("columns: {amount: amount}\n", "one.yaml")
    log("columns: {amount: amount}\n", "two.yml")
    assert "two mapping files" in refused("letgo", "log.csv", "--map", "one.yaml", "--map", "two.yml")


def test_a_tenth_of_broken_rows_still_makes_a_report(remit, log, tmp_path):
    log(
        HEADER
        + "".join(row(number, amount="lots" if number % 10 == 3 else "12.50") for number in range(1000))
    )
    answer = remit("letgo", "log.csv", "--out", "report.html")
    assert answer.returncode == 0, answer.stderr
    with (tmp_path / "report.left-out.csv").open(encoding="utf-8-sig", newline="") as file:
        left_out = list(csv.DictReader(file))
    assert [int(entry["line"]) for entry in left_out] == [number + 2 for number in range(3, 1000, 10)]
    assert all("lots" in entry["reason"] for entry in left_out)


def test_no_left_out_rows_no_file_but_an_older_one_is_replaced(remit, log, tmp_path):
    log(HEADER + rows(300))
    assert remit("letgo", "log.csv", "--out", "report.html").returncode == 0
    older = tmp_path / "report.left-out.csv"
    assert not older.exists()
    older.write_text("of another run")
    assert "report.left-out.csv" in remit("letgo", "log.csv", "--out", "report.html", "--force").stdout
    assert older.read_text("utf-8-sig") == "line,reason,text\n"


USABLE = HEADER + rows(300)
BAD_LOGS = {
    "empty": ("", "empty"),
    "only a header": (HEADER, "no row"),
    "a binary": (bytes(range(256)) * 64, "not"),
    "two amounts": (
        "decision,requested amount,claimed amount\n"
        + "".join(f"approved,{n}.50,{n + 3}.75\n" for n in range(200)),
        '--map "amount=claimed amount"',
    ),
    "two currencies": (
        "decision,amount,currency\n" + "approved,12.50,EUR\n" * 100 + "approved,12.50,USD\n" * 100,
        "currenc",
    ),
    "dates in two orders": (
        "asked,answered,amount,decision\n"
        + "".join(f"{day}/02/2026 10:00,{day}/02/2026 12:00,12.50,approved\n" for day in range(13, 28))
        + "".join(f"02/{day}/2026 10:00,02/{day}/2026 12:00,12.50,approved\n" for day in range(13, 28)),
        "order",
    ),
    "answers before questions": (
        "asked,answered,amount,decision\n"
        + "".join(f"2026-02-{d:02d} 10:00,2026-02-{d - 1:02d} 10:00,{d}.50,approved\n" for d in range(2, 28)),
        "before",
    ),
    "no amount": ("kind,decision\n" + "refund,approved\n" * 100, "--map amount="),
    "no answer": ("kind,amount\n" + "refund,12.50\n" * 100, "--map answer="),
}


@pytest.mark.parametrize("name", BAD_LOGS)
def test_logs_that_cannot_be_used(refused, log, tmp_path, name):
    content, words = BAD_LOGS[name]
    log(content)
    assert words in refused("letgo", "log.csv", "--out", "report.html", "--draft", "charter.yaml")
    assert [path.name for path in tmp_path.iterdir()] == ["log.csv"]


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ((), "Name a log, or say --from-database"),
        (("none.csv",), "There is no file none.csv"),
        (("-",), "can't read from a pipe"),
        ((".",), "is a folder"),
        (("log.csv", "--out", "."), "is a folder"),
        (("log.csv", "--out", "none/report.html"), "There is no folder none"),
        (("log.csv", "--out", "log.csv", "--force"), "the file that is read"),
        (("log.csv", "--out", "same", "--draft", "same"), "written twice"),
        (("log.csv", "--out", "a.html", "--draft", "a.left-out.csv"), "written twice"),
        (("log.csv", "--out", "theirs.html"), "is there already"),
        (("log.csv", "--draft", "theirs.html"), "is there already"),
        (("log.csv", "--out", "other.html"), "other.left-out.csv is there already"),
        (("log.csv", "--tolerance", "3"), "may be read in two ways"),
        (("log.csv", "--tolerance", "70 %"), "out of range"),
        (("log.csv", "--confidence", "100%"), "out of range"),
        (("log.csv", "--hours", "always"), "is not working time"),
        (("log.csv", "--zone", "Mars"), "is not a time zone"),
        (("log.csv", "--currency", "€"), "is not a currency"),
        (("log.csv", "--segment", "kind,"), "empty name"),
        (("log.csv", "--segment", "weather"), "weather"),
        (("log.csv", "--map", "amount"), "--map amount"),
        (("log.csv", "--map", "amount=nothing"), "nothing"),
        (("log.csv", "--map", "none.yaml"), "There is no file none.yaml"),
        (("log.csv", "--what"), "No such option"),
        (("log.csv", "two.csv"), "unexpected extra argument"),
    ],
)
def test_what_is_typed_wrongly(refused, log, tmp_path, arguments, words):
    log(USABLE)
    log("theirs", "theirs.html")
    log("theirs", "other.left-out.csv")
    before = {path.name: path.read_bytes() for path in tmp_path.iterdir()}
    assert words in refused("letgo", *arguments)
    assert {path.name: path.read_bytes() for path in tmp_path.iterdir()} == before


@pytest.mark.skipif(not Path("/proc/self").exists(), reason="a folder that nobody may write into needs Linux")
def test_a_folder_that_cannot_be_written_into(refused, made_log):
    assert "Remit can't write /proc/report.html" in refused("letgo", made_log, "--out", "/proc/report.html")


def test_outputs_are_checked_before_the_log_is_read(refused, log):
    log("this is no log at all")
    log("theirs", "theirs.html")
    assert "theirs.html is there already" in refused("letgo", "log.csv", "--out", "theirs.html")


def test_signs_that_would_steer_the_terminal_are_not_repeated(remit, log):
    name = log("x", "a\x1b[2Jb.csv")
    shown = remit("letgo", name)
    assert shown.returncode == 2
    assert "\x1b" not in shown.stderr


@pytest.mark.parametrize("encoding", ["latin-1", "ascii", "utf-8"])
def test_consoles_of_any_encoding(remit, made_log, encoding):
    answer = remit("letgo", made_log, env={"PYTHONIOENCODING": encoding, "PYTHONUTF8": "0"}, errors="replace")
    assert answer.returncode == 0, answer.stderr
    assert "EUR 120" in answer.stdout


def test_colour_on_a_terminal_unless_unwanted(made_log, tmp_path):
    shown = {}
    for no_colour in ("", "1"):
        with OnTerminal("letgo", made_log, folder=tmp_path, stdout_too=True, NO_COLOR=no_colour) as remit:
            assert remit.end() == 0
            shown[no_colour] = remit.seen
    assert COLOUR.search(shown[""])
    assert not COLOUR.search(shown["1"].partition("What you")[2])


@pytest.mark.parametrize("columns", ["30", "60", "300"])
def test_terminals_of_any_width(made_log, tmp_path, columns):
    with OnTerminal("letgo", made_log, folder=tmp_path, stdout_too=True, COLUMNS=columns) as remit:
        assert remit.end() == 0


def test_progress_on_a_terminal_only(remit, made_log, tmp_path):
    assert remit("letgo", made_log).stderr == ""
    with OnTerminal("letgo", made_log, folder=tmp_path) as on_terminal:
        on_terminal.wait_for("approvals.csv")
        assert on_terminal.process.stdout.read().startswith(b"What you")
        assert on_terminal.end() == 0


def test_the_same_file_under_a_strange_name(remit, made_log, tmp_path):
    name = b"fran\xe7ais [bold].csv"
    (tmp_path / "report").mkdir()
    with open(str(tmp_path).encode() + b"/" + name, "wb") as file:  # noqa: PTH123 (a name of broken bytes)
        file.write(made_log.read_bytes())
    (found,) = (path for path in tmp_path.iterdir() if path.suffix == ".csv")
    answer = remit("letgo", found.name, "--out", "report/a.html", "--draft", "report/a.yaml")
    assert answer.returncode == 0, answer.stderr
    assert (tmp_path / "report" / "a.html").read_text("utf-8")
