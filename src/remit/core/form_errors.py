"""What stands in the way of an act, said in the form that asked for it."""

from __future__ import annotations

from django import forms

from remit.core.errors import NotAllowed, NotThere, Refusal
from remit_engine.errors import RemitError


def say_in(form: forms.BaseForm, error: RemitError) -> None:
    """Say an error beside the field that it is about, or above the form where it is about none.

    Raises:
        NotAllowed, NotThere: those have a page of their own.
    """
    if isinstance(error, (NotAllowed, NotThere)):
        raise error
    field = error.field if isinstance(error, Refusal) else ""
    form.add_error(field if field in form.fields else None, str(error))
