"""What a form field shows: label, control, hint and errors, tied together for those who can't see them."""

from __future__ import annotations

from typing import Any

from django.forms import BoundField, CheckboxInput, RadioSelect, Select


def field_values(
    field: BoundField,
    *,
    hint: str = "",
    label: str = "",
    looks: str = "",
    start: str = "",
    end: str = "",
    needed: str = "",
) -> dict[str, Any]:
    """Values for the template of a field.

    Args:
        field: of a form.
        hint: below the control; "" for the help text of the form.
        label: above it; "" for that of the form.
        looks: of a group of choices: `seg` (side by side, joined) or `list`; of others: `big` for an amount.
        start: words before the control and joined to it, such as a currency.
        end: words behind it.
        needed: `later` where a draft may be kept without it, and nothing more: it isn't called optional.
    """
    hint = hint or str(field.help_text)
    name = field.auto_id or field.html_name
    described_by = " ".join(
        part for part in (f"{name}_hint" if hint else "", f"{name}_error" if field.errors else "") if part
    )
    shape = _shape(field)
    attributes: dict[str, str | bool] = {}
    if described_by and shape != "group":
        attributes["aria-describedby"] = described_by
    return {
        "id": name,
        "widget": field.as_widget(attrs=attributes),
        "is_hidden": field.is_hidden,
        "shape": shape,
        "looks": looks or _usual_looks(field),
        "label": label or field.label,
        "hint": hint,
        "errors": list(field.errors),
        "described_by": described_by,
        "optional": not (field.field.required or needed or field.is_hidden),
        "start": start,
        "end": end,
    }


def _shape(field: BoundField) -> str:
    if isinstance(field.field.widget, CheckboxInput):
        return "check"
    return "group" if field.use_fieldset else "line"


def _usual_looks(field: BoundField) -> str:
    widget = field.field.widget
    if isinstance(widget, RadioSelect):
        return "seg"
    if field.use_fieldset:
        return "list"
    return "select" if isinstance(widget, Select) else ""
