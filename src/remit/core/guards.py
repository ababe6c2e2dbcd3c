"""Guards: triggers of the database that refuse to change or delete what is only ever written.

A guard is an operation of a migration. It stands in the database itself, so it also holds for a loose
`queryset.update()` and for a hand in a database shell. SQLite drops the triggers of a table that a later
migration makes anew: that migration has to guard it again, and a test looks whether every guard stands.
"""

from __future__ import annotations

from typing import Final

from django.db.backends.base.schema import BaseDatabaseSchemaEditor
from django.db.migrations.operations.base import Operation
from django.db.migrations.state import ProjectState

_FUNCTION: Final = "remit_guard"
_ON_POSTGRESQL: Final = f"""\
CREATE OR REPLACE FUNCTION {_FUNCTION}() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
  RAISE EXCEPTION '% is written once: % refused', TG_TABLE_NAME, lower(TG_OP)
    USING ERRCODE = 'integrity_constraint_violation';
END $$"""


class Guard(Operation):
    """Guards the table of a model: no row is deleted, and none is changed.

    Args:
        model: its name, without the app.
        unless: the one change that is let through, as a condition of SQL over OLD and NEW that SQLite and
            PostgreSQL both understand; "" for none.
    """

    reduces_to_sql = True
    reversible = True

    def __init__(self, model: str, unless: str = "") -> None:
        self.model = model
        self.unless = unless

    def state_forwards(self, app_label: str, state: ProjectState) -> None:
        """The models stay what they are."""

    def database_forwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,  # noqa: ARG002 (Django hands it over)
        to_state: ProjectState,
    ) -> None:
        """Put the triggers up."""
        table = _table(to_state, app_label, self.model)
        if schema_editor.connection.vendor == "postgresql":
            schema_editor.execute(_ON_POSTGRESQL, params=None)
        for statement in _statements(schema_editor.connection.vendor, table, self.unless):
            schema_editor.execute(statement, params=None)

    def database_backwards(
        self,
        app_label: str,
        schema_editor: BaseDatabaseSchemaEditor,
        from_state: ProjectState,
        to_state: ProjectState,  # noqa: ARG002 (Django hands it over)
    ) -> None:
        """Take the triggers down."""
        table = _table(from_state, app_label, self.model)
        on_table = f' ON "{table}"' if schema_editor.connection.vendor == "postgresql" else ""
        for act in ("update", "delete"):
            schema_editor.execute(f'DROP TRIGGER "{guard_name(table, act)}"{on_table}')

    def describe(self) -> str:
        """What the migration shows."""
        return f"Guard {self.model} against changes"


def guard_name(table: str, act: str) -> str:
    """What the trigger is called that refuses `update` or `delete` of a table."""
    return f"guard_{table}_{act}"


def _table(state: ProjectState, app_label: str, model: str) -> str:
    return str(state.apps.get_model(app_label, model)._meta.db_table)  # noqa: SLF001 (Django documents it)


def _statements(vendor: str, table: str, unless: str) -> tuple[str, str]:
    when = f" WHEN (NOT ({unless}))" if unless else ""
    return (_trigger(vendor, table, "update", when), _trigger(vendor, table, "delete", ""))


def _trigger(vendor: str, table: str, act: str, when: str) -> str:
    head = f'CREATE TRIGGER "{guard_name(table, act)}" BEFORE {act.upper()} ON "{table}" FOR EACH ROW{when}'
    if vendor == "postgresql":
        return f"{head} EXECUTE FUNCTION {_FUNCTION}()"
    return f"{head} BEGIN SELECT RAISE(ABORT, '{table} is written once: {act} refused'); END"
