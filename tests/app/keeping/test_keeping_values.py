"""Any value of any kind comes back as it was: restore(backup(x)) == x, on either database."""

import io
import uuid
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from decimal import Decimal

import pytest
from django.apps import apps
from django.db import connection, models, transaction
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.examples import examples

from remit.core.clock import now
from remit.keeping.archive import Writing, opened_archive
from remit.keeping.filling import _compare, _fill_table
from remit.keeping.manifest import Manifest, of_table
from remit.keeping.reading import rows_within
from remit.keeping.tables import Kind, _table, known, tables_of
from remit.keeping.values import line_of
from remit_engine.errors import InputError


def no_nul(text):
    return "\x00" not in text


TEXT = st.text(st.characters(exclude_categories=("Cs",)), max_size=60).filter(no_nul)
MOMENT = st.datetimes(datetime(1000, 1, 1), datetime(9999, 12, 30), timezones=st.just(UTC))
JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**60), 2**60) | TEXT,
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(TEXT, inner, max_size=4),
    max_leaves=12,
)
FIELDS = {
    "whole": (models.BigIntegerField(null=True), st.integers(-(2**63), 2**63 - 1)),
    "share": (models.FloatField(null=True), st.floats(allow_nan=False, allow_infinity=False)),
    "figure": (
        models.DecimalField(null=True, max_digits=12, decimal_places=2),
        st.integers(-(10**12) + 1, 10**12 - 1).map(lambda cents: Decimal(cents).scaleb(-2)),
    ),
    "text": (models.TextField(null=True), TEXT),
    "short": (models.CharField(null=True, max_length=60), TEXT),
    "is_so": (models.BooleanField(null=True), st.booleans()),
    "moment": (models.DateTimeField(null=True), MOMENT),
    "day": (models.DateField(null=True), st.dates()),
    "time": (models.TimeField(null=True), st.times()),
    "span": (models.DurationField(null=True), st.timedeltas(timedelta(days=-9999), timedelta(days=9999))),
    "json": (models.JSONField(null=True), JSON),
    "address": (models.GenericIPAddressField(null=True), st.ip_addresses().map(str)),
    "bytes": (models.BinaryField(null=True), st.binary(max_size=60)),
    "uuid": (models.UUIDField(null=True), st.uuids()),
}
ROWS = st.lists(
    st.fixed_dictionaries({name: st.none() | values for name, (_, values) in FIELDS.items()}), max_size=6
)


@pytest.fixture(scope="module")
def odd(django_db_setup, django_db_blocker):
    """A table with a column of every kind."""
    meta = type("Meta", (), {"app_label": "core", "db_table": f"odd_{uuid.uuid4().hex[:8]}"})
    fields = {name: field for name, (field, _) in FIELDS.items()}
    odd = type("Odd", (models.Model,), {**fields, "Meta": meta, "__module__": __name__})
    with django_db_blocker.unblock():
        with connection.schema_editor() as editor:
            editor.create_model(odd)
        yield odd
        with connection.schema_editor() as editor:
            editor.delete_model(odd)
    del apps.all_models["core"]["odd"]
    apps.clear_cache()


@contextmanager
def archive_of(path, table):
    """A backup of one table."""
    with path.open("w+b") as file, Writing(file) as writing:
        with writing.part(of_table(table.name)) as part:
            for row in rows_within(connection).rows(table):
                part.write(line_of(row))
        writing.end(
            Manifest(
                version="0",
                made_at=now(),
                database="",
                migrations=(),
                columns={},
                numbers={},
                parts=tuple(writing.parts),
            )
        )
    with opened_archive(path) as archive:
        yield archive


def all_of(odd):
    return list(odd.objects.order_by("pk").values())


def test_every_kind_is_tried(odd):
    assert {column.kind for column in _table(odd).columns} == set(Kind)


def test_any_rows(odd, tmp_path_factory, django_db_blocker):
    folder = tmp_path_factory.mktemp("any")
    table = _table(odd)

    @settings(max_examples=examples(100))
    @given(ROWS)
    def there_and_back(rows):
        odd.objects.all().delete()
        odd.objects.bulk_create([odd(**row) for row in rows])
        before = all_of(odd)
        with connection_in_one(), archive_of(folder / "b.zip", table) as archive:
            odd.objects.all().delete()
            _fill_table(archive, table)
            assert all_of(odd) == before
        with opened_archive(folder / "b.zip") as archive, connection_in_one():
            _compare(archive, table)

    with django_db_blocker.unblock():
        there_and_back()


@contextmanager
def connection_in_one():
    """On PostgreSQL reading a table needs a transaction, and on SQLite what is read has to be committed."""
    if connection.vendor == "sqlite":
        yield
        return
    with transaction.atomic():
        yield


@pytest.mark.skipif("connection.vendor == 'sqlite'", reason="SQLite holds it")
@pytest.mark.parametrize("row", ['[1,"a\\u0000b"', '[1,"half"'])
def test_what_postgresql_cannot_hold_is_named(odd, row, tmp_path, django_db_blocker):
    table = _table(odd)
    text, json = [
        (place, column.name) for place, column in enumerate(table.columns) if column.name in {"text", "json"}
    ]
    values = [None] * len(table.columns)
    values[0] = 17
    if "half" in row:
        values[json[0]] = '{"a": ["\\ud800"]}'
    else:
        values[text[0]] = "a\x00b"
    buffer = io.BytesIO(line_of(values))
    with django_db_blocker.unblock(), connection_in_one(), pytest.raises(InputError) as refused:
        _fill_table(_Given(buffer), table)
    assert refused.value.data["row"] == 17
    assert refused.value.data["column"] in {"text", "json"}


@pytest.mark.parametrize(
    ("written", "is_same"),
    [("2026-01-02 03:04:05.000000", True), ("2026-01-02 03:04:05.000001", False), ("yesterday", False)],
)
def test_a_moment_is_the_same_however_it_is_written(odd, written, is_same, django_db_blocker):
    """Django writes a whole second without a fraction; by hand somebody may write one."""
    table = _table(odd)
    names = [column.name for column in table.columns]
    with django_db_blocker.unblock():
        odd.objects.all().delete()
        odd.objects.create(moment=datetime(2026, 1, 2, 3, 4, 5, tzinfo=UTC))
        with connection_in_one():
            (row,) = rows_within(connection).rows(table)
            row[names.index("moment")] = written
            given = _Given(io.BytesIO(line_of(row)))
            if is_same:
                _compare(given, table)
            else:
                with pytest.raises(InputError, match="isn't the same"):
                    _compare(given, table)


class _Given:
    """An archive of one part."""

    def __init__(self, part):
        self._part = part

    @contextmanager
    def part(self, name):
        yield self._part


def test_every_column_of_every_table_has_a_kind():
    """A field of a new type is thought about before it can be lost."""
    tables = {name for name in tables_of(known()) if not name.startswith("odd_")}
    managed = {
        model._meta.db_table
        for model in apps.get_models(include_auto_created=True)
        if model._meta.managed and not model._meta.proxy and model.__name__ != "Odd"
    }
    assert tables == managed


def test_every_table_of_the_database_is_known(django_db_blocker, django_db_setup):
    ours, search = (
        {"django_migrations", "sqlite_sequence"},
        ("complaints_search", "complaints_customer_search"),
    )
    with django_db_blocker.unblock():
        there = {name for name in connection.introspection.table_names() if not name.startswith("odd_")}
    left = {name for name in there - set(tables_of(known())) - ours if not name.startswith(search)}
    assert left == set()
