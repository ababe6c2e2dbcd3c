"""A file that isn't what was written is refused before anything is touched."""

import io
import json
import zipfile
from contextlib import contextmanager
from dataclasses import replace

import pytest

from remit.core.clock import now
from remit.keeping.archive import Writing, opened_archive
from remit.keeping.filling import need_tables_of
from remit.keeping.manifest import FORMAT, Manifest, of_table
from remit.keeping.tables import known, tables_of
from remit_engine.errors import InputError

pytestmark = pytest.mark.once

PLACES = 400


def written(path, manifest=None, **said):
    """A small archive, and what it says about itself."""
    manifest = manifest or Manifest(
        version="0.1.0", made_at=now(), database="sqlite 3", migrations=(), columns={}, numbers={}
    )
    with path.open("w+b") as file, Writing(file) as writing:
        with writing.part(of_table("one")) as part:
            for number in range(2_000):
                part.write(json.dumps([number, f"row {number * 7919}"]).encode() + b"\n")
        with writing.part("uploads.tar", packed=False) as part:
            part.write(bytes(range(256)) * 40)
        whole = replace(manifest, parts=tuple(writing.parts), **said)
        writing.end(whole)
    return whole


@contextmanager
def refused(code):
    with pytest.raises(InputError) as caught:
        yield
    assert caught.value.code == code


def test_it_is_read_as_it_was_written(tmp_path):
    whole = written(tmp_path / "b.zip")
    with opened_archive(tmp_path / "b.zip") as archive:
        assert archive.manifest == whole
        with archive.part("uploads.tar") as stream:
            assert stream.read() == bytes(range(256)) * 40


def test_a_byte_that_was_changed_anywhere(tmp_path):
    written(tmp_path / "whole.zip")
    content = (tmp_path / "whole.zip").read_bytes()
    places = {
        *range(0, len(content), max(1, len(content) // PLACES)),
        *range(len(content) - 200, len(content)),
    }
    for place in sorted(places):
        damaged = bytearray(content)
        damaged[place] ^= 0x20
        (tmp_path / "b.zip").write_bytes(damaged)
        with pytest.raises(InputError, match=r"damaged|no backup"), opened_archive(tmp_path / "b.zip"):
            pass


@pytest.mark.parametrize("share", [0, 0.001, 0.3, 0.9, 0.9999])
def test_an_end_that_is_missing(tmp_path, share):
    written(tmp_path / "b.zip")
    content = (tmp_path / "b.zip").read_bytes()
    (tmp_path / "b.zip").write_bytes(content[: int(len(content) * share)])
    with refused("no-backup"), opened_archive(tmp_path / "b.zip"):
        pass


def test_something_behind_its_end(tmp_path):
    written(tmp_path / "b.zip")
    with (tmp_path / "b.zip").open("ab") as file:
        file.write(b"\n")
    with refused("no-backup"), opened_archive(tmp_path / "b.zip"):
        pass


def test_another_file(tmp_path):
    (tmp_path / "b.zip").write_bytes(b"PK" + bytes(10_000))
    with refused("no-backup"), opened_archive(tmp_path / "b.zip"):
        pass
    with refused("cannot-read"), opened_archive(tmp_path / "nothing.zip"):
        pass


def test_a_later_format(tmp_path):
    written(tmp_path / "b.zip", format=FORMAT + 1, version="9.0.0")
    with refused("newer-backup"), opened_archive(tmp_path / "b.zip"):
        pass


def test_migrations_of_a_newer_version():
    with refused("newer-tables"):
        tables_of([("people", "0001_initial"), ("people", "0042_hats")])


def test_tables_that_their_migrations_do_not_make(tmp_path):
    tables = tables_of(known())
    columns = {name: [column.name for column in table.columns] for name, table in tables.items()}
    manifest = Manifest(
        version="0.0.9",
        made_at=now(),
        database="sqlite 3",
        migrations=tuple(sorted(known())),
        columns=columns,
        numbers={},
    )
    assert need_tables_of(manifest) == tables
    columns["people_member"] = [*columns["people_member"], "hat"]
    with refused("other-tables"):
        need_tables_of(manifest)


def test_the_whole_is_a_zip_that_others_open(tmp_path):
    written(tmp_path / "b.zip")
    with zipfile.ZipFile(io.BytesIO((tmp_path / "b.zip").read_bytes())) as opened:
        assert opened.testzip() is None
        assert set(opened.namelist()) == {"tables/one.jsonl", "uploads.tar", "remit.json"}
