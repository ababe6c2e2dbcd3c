"""What rows a database holds, to compare how they were made."""

from django.apps import apps
from django.core.management.color import no_style
from django.db import connection

KEPT_APART = {
    "complaints.complaint": {"link"},
    "trail.entry": {"words_hash", "previous_hash", "hash"},
    "trail.words": {"salt"},
    "remedies.storecredit": {"code"},
    "reviews.round": {"sealed_key"},
    "procedures.picture": {"file"},
}
"""Secrets and salts: drawn anew by each."""
NOT_ROWS_OF_A_STORY = {"jobs", "sessions", "contenttypes", "auth", "axes"}


def all_rows():
    """Every row of every table, as plain values, by table and identifier."""
    found = {}
    for model in apps.get_models():
        if model._meta.app_label in NOT_ROWS_OF_A_STORY:
            continue
        label = model._meta.label_lower
        names = [
            field.attname
            for field in model._meta.concrete_fields
            if field.attname not in KEPT_APART.get(label, ())
        ]
        found[label] = list(model._default_manager.order_by("pk").values(*names))
    return found


def begin_counting_anew():
    """Identifiers go on after the last row that is there, whatever rows there were before."""
    with connection.cursor() as cursor:
        if connection.vendor == "sqlite":
            for (table,) in cursor.execute("SELECT name FROM sqlite_sequence").fetchall():
                cursor.execute(f'SELECT coalesce(max(rowid), 0) FROM "{table}"')  # noqa: S608 (names of ours)
                (last,) = cursor.fetchone()
                cursor.execute("UPDATE sqlite_sequence SET seq = %s WHERE name = %s", [last, table])
            return
        for statement in connection.ops.sequence_reset_sql(no_style(), apps.get_models()):
            cursor.execute(statement)
