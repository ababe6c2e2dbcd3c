"""What stands in the way of an act, said in the form that asked for it."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

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


def is_done(form: forms.BaseForm, act: Callable[..., object]) -> bool:
    """Whether what a form asks for was done; what stands in the way is said in the form.

    Args:
        form: with what was sent, or with nothing.
        act: what is done, with what was typed by the names of the fields.

    Raises:
        NotAllowed, NotThere: those have a page of their own.
    """
    if not form.is_valid():
        return False
    typed: dict[str, Any] = form.cleaned_data
    try:
        act(**typed)
    except RemitError as error:
        say_in(form, error)
        return False
    return True
