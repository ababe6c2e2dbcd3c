"""What is typed on the pages about letting go."""

from __future__ import annotations

from typing import Any, Final

from django import forms

from remit.core.why_form import WhyForm
from remit.findings.vocabulary import AboutPeople

TOLERANCES: Final = (("0.01", "1 %"), ("0.02", "2 %"), ("0.03", "3 %"), ("0.05", "5 %"), ("0.1", "10 %"))
CONFIDENCES: Final = (("0.9", "9 times in 10"), ("0.95", "19 times in 20"), ("0.99", "99 times in 100"))


class WatchForm(WhyForm):
    """What is watched: the tolerance, how sure, and the fact that makes segments.

    Args:
        facts: names of the facts of the charter that hold words.
    """

    tolerance = forms.ChoiceField(
        label="You accept that so many would have been declined", choices=TOLERANCES
    )
    confidence = forms.ChoiceField(label="What is said shall be right", choices=CONFIDENCES)
    split_by = forms.ChoiceField(label="Segments of their own for each", required=False)
    field_order = ("tolerance", "confidence", "split_by", "why")

    def __init__(self, *arguments: Any, facts: tuple[str, ...] = (), **settings: Any) -> None:  # noqa: ANN401
        super().__init__(*arguments, **settings)
        names = [("", "kind and role alone"), *((name, name.replace("_", " ")) for name in facts)]
        field = self.fields["split_by"]
        assert isinstance(field, forms.ChoiceField)  # noqa: S101 (declared above)
        field.choices = names


class PeopleForm(WhyForm):
    """Who is shown what stands out about somebody."""

    shown_to = forms.ChoiceField(
        label="What stands out about somebody is shown to", choices=AboutPeople.choices
    )
    field_order = ("shown_to", "why")
