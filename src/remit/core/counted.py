"""How many rows there are, as a figure inside another query: several of them are asked for at once."""

from __future__ import annotations

from django.db.models import IntegerField, Subquery


class Counted(Subquery):
    """How many rows a query has that doesn't depend on the one around it; one with an end counts so far."""

    template = "(SELECT COUNT(*) FROM (%(subquery)s) counted)"
    output_field = IntegerField()
