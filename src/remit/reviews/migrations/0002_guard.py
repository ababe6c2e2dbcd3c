"""What was drawn and what was said is written once; see the tables for the few changes that are let through."""

from __future__ import annotations

from typing import ClassVar

from django.db import migrations

from remit.core.guards import Guard

_KEPT_OF_A_ROUND = (
    "team_id",
    "week",
    "starts_at",
    "ends_at",
    "each",
    "budget",
    "expected",
    "formula",
    "commitment",
    "opened_at",
)
_KEPT_OF_A_LOT = (
    "round_id",
    "decision_id",
    "member_id",
    "stake",
    "chance_fair",
    "chance_risk",
    "chance",
    "drawn_fair",
    "drawn_risk",
    "place",
    "is_double",
)


def _same(*columns: str) -> str:
    return " AND ".join(f'NEW."{column}" = OLD."{column}"' for column in columns)


class Migration(migrations.Migration):
    dependencies: ClassVar = [("reviews", "0001_initial")]
    operations: ClassVar = [
        Guard(
            "round",
            unless=f"{_same(*_KEPT_OF_A_ROUND)} AND (OLD.drawn_at IS NULL OR (NEW.drawn_at = OLD.drawn_at "
            "AND NEW.key = OLD.key AND NEW.sealed_key = OLD.sealed_key))",
        ),
        Guard("lot", unless=f"{_same(*_KEPT_OF_A_LOT)} AND OLD.given_up_at IS NULL"),
        Guard(
            "opinion",
            unless=f"{_same('review_id', 'outcome', 'at')} AND NEW.why = '(erased)' "
            "AND (NEW.better = OLD.better OR NEW.better = '(erased)')",
        ),
    ]
