"""Tickets and follow-ups with the texts of the complaints and messages that Remit was measured with."""

from __future__ import annotations

import os
from typing import Final

from django.contrib.auth import get_user_model
from django.core.management import call_command
from django.db import connection
from helpdesk.models import FollowUp, Queue, Ticket, UserSettings

_FIRST: Final = (
    "(SELECT m.text FROM {remit}complaints_message m WHERE m.complaint_id = c.id ORDER BY m.at LIMIT 1)"
)
_TICKETS: Final = """
    SELECT c.id, c.title, c.team_id, c.opened_at, c.last_at, k.email, c.assignee_id,
        CASE WHEN c.closed_at IS NULL THEN 1 ELSE 4 END, {no}, {first}, NULL, 4 - c.severity, c.due_at,
        NULL, substr(c.link, 1, 36), NULL, NULL
    FROM {remit}complaints_complaint c LEFT JOIN {remit}complaints_customer k ON k.id = c.customer_id
"""
_TICKET_COLUMNS: Final = (
    "id, title, queue_id, created, modified, submitter_email, assigned_to_id, status, on_hold, description, "
    "resolution, priority, due_date, last_escalation, secret_key, kbitem_id, merged_to_id"
)
_FOLLOWUPS: Final = """
    SELECT m.id, m.complaint_id, m.at, 'Comment', m.text,
        CASE WHEN m.form IN ('note', 'question', 'advice') THEN {no} ELSE {yes} END, m.author_id,
        NULL, NULL, NULL
    FROM {remit}complaints_message m
"""
_FOLLOWUP_COLUMNS: Final = (
    "id, ticket_id, date, title, comment, public, user_id, new_status, message_id, time_spent"
)


def fill(source: str) -> None:
    """Take over what stands in the database of Remit, unless that was done.

    Args:
        source: its file, or its address.
    """
    call_command("migrate", verbosity=0)
    if Ticket.objects.exists():
        return
    if connection.vendor == "sqlite":
        _from_file(source)
    else:
        _from_server(source)
    with connection.cursor() as cursor:
        cursor.execute("ANALYZE" if connection.vendor == "sqlite" else "VACUUM ANALYZE")


def _people(members: list[tuple[int, str]], teams: list[tuple[int, str, str]]) -> None:
    users = get_user_model()
    users.objects.bulk_create(
        users(
            pk=pk,
            username=f"{word}-{pk}",
            email=f"{word}@example.org",
            is_staff=True,
            is_superuser=word == "ola",
        )
        for pk, word in members
    )
    Queue.objects.bulk_create(
        Queue(pk=pk, title=name, slug=word, allow_public_submission=True) for pk, word, name in teams
    )
    UserSettings.objects.bulk_create(UserSettings(user=user) for user in users.objects.all())


def _from_file(source: str) -> None:
    with connection.cursor() as cursor:
        cursor.execute("PRAGMA foreign_keys=OFF")
        cursor.execute("PRAGMA synchronous=OFF")
        cursor.execute(f"ATTACH '{source}' AS remit")
        cursor.execute("SELECT id, word FROM remit.people_member")
        members = cursor.fetchall()
        cursor.execute("SELECT id, word, name FROM remit.people_team")
        _people(members, cursor.fetchall())
        words = {"remit": "remit.", "no": "0", "yes": "1"}
        words["first"] = _FIRST.format(**words)
        cursor.execute(f"INSERT INTO helpdesk_ticket ({_TICKET_COLUMNS}) {_TICKETS.format(**words)}")
        cursor.execute(f"INSERT INTO helpdesk_followup ({_FOLLOWUP_COLUMNS}) {_FOLLOWUPS.format(**words)}")
        cursor.execute("DETACH remit")


def _from_server(source: str) -> None:
    import psycopg  # noqa: PLC0415 (only there where it is needed)

    words = {"remit": "", "no": "false", "yes": "true"}
    words["first"] = _FIRST.format(**words)
    with psycopg.connect(source) as remit, connection.cursor() as cursor:
        _people(
            remit.execute("SELECT id, word FROM people_member").fetchall(),
            remit.execute("SELECT id, word, name FROM people_team").fetchall(),
        )
        cursor.execute("SET session_replication_role = replica")
        for table, columns, rows in (
            (Ticket, _TICKET_COLUMNS, _TICKETS),
            (FollowUp, _FOLLOWUP_COLUMNS, _FOLLOWUPS),
        ):
            name = table._meta.db_table  # noqa: SLF001
            with (
                remit.cursor().copy(f"COPY ({rows.format(**words)}) TO STDOUT") as read,
                cursor.copy(f"COPY {name} ({columns}) FROM STDIN") as written,
            ):
                for part in read:
                    written.write(part)
        cursor.execute("SET session_replication_role = DEFAULT")


def source() -> str:
    """The database of Remit, as the environment says it."""
    return os.environ["HELPDESK_SOURCE"]
