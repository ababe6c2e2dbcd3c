"""Somebody who is named in every table in which people write, whatever rows there are."""

from django.db import models
from tests.app.privacy.marked import holding, text_columns
from tests.app.privacy.test_privacy_columns import columns_of

from remit.core.writing import write
from remit.privacy.reach import OF_ONE_CUSTOMER
from remit.trail.actions import record
from remit.trail.models import Entry

NAME, MAIL = "Jonah Harker", "jonah@harker.example"


def named_everywhere(member):
    """One text of every column that is looked through names them, and the trail of all that a team can do.

    Args:
        member: who says so.

    Returns:
        the columns that name them now.
    """
    named = f"So {NAME} ({MAIL}) wants it."
    for column, (model, field) in text_columns().items():
        if column not in columns_of("traces") or isinstance(field, (models.JSONField, models.FileField)):
            continue
        rows = model._default_manager
        first = rows.exclude(**{field.name: ""}).order_by("pk").values_list("pk", flat=True)[:1]
        rows.filter(pk__in=list(first)).update(**{field.name: named[: field.max_length]})
    kinds = {f"{subject.partition(':')[0]}:" for subject in Entry.objects.values_list("subject", flat=True)}
    with write():
        for kind in sorted(kinds - set(OF_ONE_CUSTOMER)):
            record("said", f"{kind}1000", by=member, words=named)
    return holding(NAME)
