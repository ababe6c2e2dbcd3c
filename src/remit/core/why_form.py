"""The why, which is never empty: the same field wherever one is asked for, and the form of a why alone.

A why that says nothing (see `hollow_why`) is pointed out while it is typed: `why.js` asks at `why-hint`. It
is pointed out beside the field, too, whenever a page shows it, so without scripts as well. Where the field is
told to, it comes back once after sending; who was told already, or sends it again as it stands, means it.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from typing import Any, Final

from django import forms
from django.core.exceptions import ValidationError
from django.urls import reverse
from django.utils.html import format_html
from django.utils.safestring import SafeString

from remit.core.hollow_why import hollow

LONGEST_WHY: Final = 1000
_TOLD: Final = "-told"
"""Behind the name of the field: it was pointed out already."""


class WhyInput(forms.Textarea):
    """Where a why is typed, with a place for the hint below it.

    Args:
        beside: names of the fields of the same form that it should explain.
        rows: lines that are seen at once.

    Attributes:
        was_told: whether it was pointed out before this was sent that it says nothing.
        is_told: whether it is pointed out now.
        explained: what stands in the fields beside it.
    """

    def __init__(self, *, beside: Iterable[str] = (), rows: int = 2) -> None:
        super().__init__(attrs={"rows": rows, "dir": "auto"})
        self.beside = tuple(beside)
        self.was_told = self.is_told = False
        self.explained: tuple[str, ...] = ()

    def value_from_datadict(self, data: Mapping[str, Any], files: Any, name: str) -> Any:  # noqa: ANN401
        """What was typed; what stands beside it is kept for the field."""
        self.was_told = bool(data.get(f"{name}{_TOLD}"))
        self.explained = tuple(str(data.get(each, "")) for each in self._names_beside(name))
        return super().value_from_datadict(data, files, name)

    def render(
        self,
        name: str,
        value: Any,  # noqa: ANN401 (as Django has it)
        attrs: Any = None,  # noqa: ANN401
        renderer: Any = None,  # noqa: ANN401
    ) -> SafeString:
        """The text area, what was said before, and the place of the hint."""
        asks = {"data-why-hint": reverse("why-hint"), "data-beside": " ".join(self._names_beside(name))}
        area = super().render(name, value, {**(attrs or {}), **asks}, renderer)
        found = hollow(value, beside=self.explained) if isinstance(value, str) and value.strip() else None
        told = format_html('<input type="hidden" name="{}{}" value="1">', name, _TOLD)
        return format_html(
            '{}{}<p class="why-hint small" role="status">{}</p>',
            area,
            told if found or self.was_told else "",
            # What came back says it as an error already.
            found.value if found and not self.is_told else "",
        )

    def _names_beside(self, name: str) -> list[str]:
        prefix = name[: name.rfind("-") + 1]
        return [prefix + each for each in self.beside]


class WhyField(forms.CharField):
    """One or two sentences.

    Args:
        needed: what is said where nothing was written; "" where it may be left empty.
        label: above it.
        longest: characters that it may have.
        beside: names of the fields of the same form that it should explain.
        rows: lines that are seen at once.
        asks_once: whether one that says nothing comes back after sending, once.
        help_text: below it.
    """

    def __init__(
        self,
        needed: str = "",
        *,
        label: str = "Why",
        longest: int = LONGEST_WHY,
        beside: Iterable[str] = (),
        rows: int = 2,
        asks_once: bool = False,
        help_text: str = "",
    ) -> None:
        super().__init__(
            label=label,
            max_length=longest,
            required=bool(needed),
            widget=WhyInput(beside=beside, rows=rows),
            error_messages={"required": needed} if needed else None,
            help_text=help_text,
        )
        self.asks_once = asks_once

    def clean(self, value: Any) -> Any:  # noqa: ANN401 (as Django has it)
        """The why; one that says nothing comes back once.

        Raises:
            ValidationError: there is none; or it says nothing, and nobody was told yet.
        """
        why = super().clean(value)
        widget = self.widget
        if self.asks_once and isinstance(widget, WhyInput) and not widget.was_told:
            found = hollow(why, beside=widget.explained) if why else None
            if found is not None:
                widget.is_told = True
                raise ValidationError(f"{found.value} Or send it again as it stands.", code="hollow")
        return why


class WhyForm(forms.Form):
    """A word why."""

    why = WhyField("A word why is needed.", label="Why?")
