"""Outputs appear all together or not at all, and never in place of something else."""

import os
import signal
import stat
import sys
from pathlib import Path

import pytest

from remit.command import files
from remit.command.files import Outputs, readable_file
from remit_engine.errors import InputError


def write(folder: Path, names: dict[str, bytes], **settings) -> None:
    with Outputs(**settings) as outputs:
        for name, content in names.items():
            outputs.plan(folder / name).write(content)
        outputs.publish()


def inside(folder: Path) -> dict[str, bytes]:
    return {path.name: path.read_bytes() for path in folder.iterdir() if path.is_file()}


def test_all_files_appear_and_nothing_else(tmp_path):
    write(tmp_path, {"a": b"one", "b": b"two"}, force=False)
    assert inside(tmp_path) == {"a": b"one", "b": b"two"}


def test_new_files_get_the_rights_that_new_files_get(tmp_path):
    (tmp_path / "plain").touch()
    write(tmp_path, {"a": b"one"}, force=False)
    modes = [stat.S_IMODE((tmp_path / name).stat().st_mode) for name in ("plain", "a")]
    assert modes[0] == modes[1]


def test_nothing_appears_before_the_end_nor_after_an_error(tmp_path):
    with pytest.raises(KeyError) as error, Outputs(force=False) as outputs:  # noqa: PT012
        outputs.plan(tmp_path / "a").write(b"one")
        assert inside(tmp_path) == {}
        raise KeyError
    assert inside(tmp_path) == {}
    assert error.value.__notes__ == [files.NOTHING_WRITTEN]


def test_what_is_there_stays_unless_forced(tmp_path):
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(InputError, match="--force"):
        write(tmp_path, {"a": b"new"}, force=False)
    assert inside(tmp_path) == {"a": b"old"}
    write(tmp_path, {"a": b"new"}, force=True)
    assert inside(tmp_path) == {"a": b"new"}


def test_a_file_that_came_meanwhile_stays_and_the_others_are_taken_back(tmp_path):
    with pytest.raises(InputError, match="there already"), Outputs(force=False) as outputs:  # noqa: PT012
        for name in ("a", "b", "c"):
            outputs.plan(tmp_path / name).write(b"new")
        (tmp_path / "b").write_bytes(b"theirs")
        outputs.publish()
    assert inside(tmp_path) == {"b": b"theirs"}


def test_when_the_last_replacement_fails_the_first_is_undone(tmp_path):
    (tmp_path / "a").write_bytes(b"old a")
    (tmp_path / "b").write_bytes(b"old b")
    with pytest.raises(InputError, match="can't write"), Outputs(force=True) as outputs:  # noqa: PT012
        outputs.plan(tmp_path / "a").write(b"new a")
        outputs.plan(tmp_path / "b").write(b"new b")
        (tmp_path / "b").unlink()
        (tmp_path / "b").mkdir()
        outputs.publish()
    assert inside(tmp_path) == {"a": b"old a"}


def test_a_link_is_followed_not_replaced(tmp_path):
    (tmp_path / "real").write_bytes(b"old")
    (tmp_path / "link").symlink_to("real")
    write(tmp_path, {"link": b"new"}, force=True)
    assert (tmp_path / "link").is_symlink()
    assert (tmp_path / "real").read_bytes() == b"new"


def test_an_input_is_never_replaced_by_whatever_name(tmp_path):
    (tmp_path / "log.csv").write_bytes(b"log")
    (tmp_path / "link.csv").symlink_to("log.csv")
    with pytest.raises(InputError, match="the file that is read"):
        write(tmp_path, {"link.csv": b"x"}, force=True, inputs=(tmp_path / "log.csv",))
    assert (tmp_path / "log.csv").read_bytes() == b"log"


@pytest.mark.parametrize(
    ("name", "words"),
    [
        (".", "is a folder"),
        ("missing/a", "There is no folder"),
        ("a/b", "There is no folder"),
        ("x" * 300, "can't write"),
        ("nul\0", "no file can be called that"),
    ],
)
def test_places_that_cannot_be(tmp_path, name, words):
    (tmp_path / "a").write_bytes(b"old")
    with pytest.raises(InputError, match=words):
        write(tmp_path, {name: b"x"}, force=True)
    assert inside(tmp_path) == {"a": b"old"}


def test_two_outputs_of_one_name(tmp_path):
    with pytest.raises(InputError, match="written twice"), Outputs(force=True) as outputs:  # noqa: PT012
        outputs.plan(tmp_path / "a")
        outputs.plan(tmp_path / "." / "a")


def test_a_dropped_file_does_not_appear(tmp_path):
    with Outputs(force=False) as outputs:
        outputs.plan(tmp_path / "a").write(b"one")
        dropped = outputs.plan(tmp_path / "b")
        outputs.drop(dropped)
        assert outputs.paths == (tmp_path / "a",)
        outputs.publish()
    assert inside(tmp_path) == {"a": b"one"}


def test_a_long_content_is_copied_whole(tmp_path):
    content = os.urandom(3_000_000)
    write(tmp_path, {"a": content}, force=False)
    assert (tmp_path / "a").read_bytes() == content


def test_ctrl_c_while_the_first_file_gets_its_name_waits_for_the_others(tmp_path):
    pressed = []

    def press_ctrl_c(frame, event, _):
        if event == "return" and frame.f_code.co_name == "_named_copy" and not pressed:
            pressed.append(inside(tmp_path))
            os.kill(os.getpid(), signal.SIGINT)

    sys.setprofile(press_ctrl_c)
    try:
        with pytest.raises(KeyboardInterrupt) as stopped:
            write(tmp_path, {"a": b"one", "b": b"two"}, force=False)
    finally:
        sys.setprofile(None)
    assert len(pressed) == 1
    assert inside(tmp_path) == {"a": b"one", "b": b"two"}
    assert not hasattr(stopped.value, "__notes__")
    with pytest.raises(KeyboardInterrupt):
        os.kill(os.getpid(), signal.SIGINT)


@pytest.mark.parametrize(
    ("name", "words"),
    [
        ("-", "can't read from a pipe"),
        ("none.csv", "There is no file"),
        (".", "is a folder"),
        ("/dev/null", "not an ordinary file"),
        ("nul\0", "There is no file"),
        ("", "is a folder"),
    ],
)
def test_what_cannot_be_read(name, words):
    with pytest.raises(InputError, match=words):
        readable_file(name)


def test_notes_are_only_left_where_something_was_to_be_written():
    with pytest.raises(KeyError) as error, Outputs(force=False):
        raise KeyError
    assert not hasattr(error.value, "__notes__")
