"""What is typed around a big day: risks, money, the briefing, the look back, lent authority."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.db.models import QuerySet
from django.http import QueryDict

from remit.core.amount_field import AmountField
from remit.core.typed_fields import day_field, line_field, text_field, time_field
from remit.core.why_form import WhyField
from remit.events.models import BudgetLine, Event, Point, Question, Risk
from remit.events.vocabulary import LONGEST_TITLE, LONGEST_WORDS, MOST_POINT_MINUTES, Kept
from remit.people.actions.duty import moment_on
from remit.people.forms.fields import MemberField
from remit.people.models import Member
from remit_engine.charter.document import Charter
from remit_engine.charter.sentences import capital, readable


class RiskForm(forms.Form):
    """What may happen, and what is done then.

    Args:
        sent: what came with the form.
        risk: that is changed; None for a new one.
    """

    revision = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    title = line_field("What may happen", "Say what may happen.", longest=LONGEST_TITLE)
    then = text_field("What we do then", "What do you do then?", longest=LONGEST_WORDS)
    use_required_attribute = False

    def __init__(self, sent: QueryDict | None = None, *, risk: Risk | None = None) -> None:
        known = {name: getattr(risk, name) for name in ("title", "then", "revision")} if risk else {}
        super().__init__(sent, initial=known, auto_id=f"id_risk_{risk.pk}_%s" if risk else "id_risk_%s")


class BudgetForm(forms.Form):
    """A line of the budget.

    Args:
        currency: of the event.
        sent: what came with the form.
        line: that is changed; None for a new one.
    """

    revision = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    title = line_field("What for", "Say what the money is for.", longest=LONGEST_TITLE)
    use_required_attribute = False

    def __init__(
        self, currency: str, sent: QueryDict | None = None, *, line: BudgetLine | None = None
    ) -> None:
        known = (
            {name: getattr(line, name) for name in ("title", "planned", "spent", "revision")} if line else {}
        )
        super().__init__(sent, initial=known, auto_id=f"id_line_{line.pk}_%s" if line else "id_line_%s")
        self.fields["planned"] = AmountField(currency=currency, label="Planned", required=False)
        self.fields["spent"] = AmountField(currency=currency, label="Spent", required=False)

    def clean(self) -> dict[str, Any]:
        """What isn't typed is nothing."""
        typed = super().clean() or self.cleaned_data
        for name in ("planned", "spent"):
            if name in typed:
                typed[name] = typed[name] or 0
        return typed


class BriefingForm(forms.Form):
    """When it is talked through.

    Args:
        event: with its team at hand.
        sent: what came with the form.
    """

    day = day_field("Day")
    at = time_field("At")
    use_required_attribute = False

    def __init__(self, event: Event, sent: QueryDict | None = None) -> None:
        there = (event.briefing_at or event.starts_at or event.made_at).astimezone(event.zone)
        initial = {"day": there.date(), "at": there.time() if event.briefing_at else None}
        super().__init__(sent, initial=initial, auto_id="id_briefing_%s")
        self._event = event

    @property
    def moment(self) -> datetime:
        """On the wall clock of the team."""
        return moment_on(self._event, self.cleaned_data["day"], self.cleaned_data["at"])


class PointForm(forms.Form):
    """A point of the agenda.

    Args:
        tasks: numbers and titles of the tasks of the event.
        sent: what came with the form.
    """

    title = line_field("What we talk about", "Say what is talked about.", longest=LONGEST_TITLE)
    minutes = forms.IntegerField(
        label="Minutes",
        min_value=1,
        max_value=MOST_POINT_MINUTES,
        initial=3,
        error_messages={"required": "How long?"},
    )
    use_required_attribute = False

    def __init__(self, tasks: list[tuple[int, str]], sent: QueryDict | None = None) -> None:
        super().__init__(sent, auto_id="id_point_%s")
        self.fields["task"] = forms.TypedChoiceField(
            label="About the task",
            required=False,
            coerce=int,
            empty_value=None,
            choices=[("", "none in particular"), *tasks],
        )


class FloorForm(forms.Form):
    """Whose floor a point is, and what was said.

    Args:
        point: which.
        members: words and names of the team.
        sent: what came with the form.
    """

    revision = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    words = text_field("Notes", longest=LONGEST_WORDS)
    use_required_attribute = False

    def __init__(self, point: Point, members: list[tuple[str, str]], sent: QueryDict | None = None) -> None:
        initial = {
            "speaker": point.speaker.word if point.speaker else "",
            "words": point.words,
            "revision": point.revision,
        }
        super().__init__(sent, initial=initial, auto_id=f"id_floor_{point.pk}_%s")
        self.fields["speaker"] = forms.ChoiceField(
            label="Whose floor is it", required=False, choices=[("", "nobody's yet"), *members]
        )
        self.order_fields(["speaker", "words"])


class QuestionForm(forms.Form):
    """Something asked beforehand."""

    text = text_field("A question beforehand", "What would you like to know?", longest=LONGEST_WORDS)
    use_required_attribute = False


class AnswerForm(forms.Form):
    """An answer to what was asked beforehand.

    Args:
        question: which.
        sent: what came with the form.
    """

    revision = forms.IntegerField(required=False, min_value=1, max_value=1_000_000, widget=forms.HiddenInput)
    words = text_field("The answer", "What is the answer?", longest=LONGEST_WORDS)
    use_required_attribute = False

    def __init__(self, question: Question, sent: QueryDict | None = None) -> None:
        initial = {"words": question.answer, "revision": question.revision}
        super().__init__(sent, initial=initial, auto_id=f"id_answer_{question.pk}_%s")


class LessonForm(forms.Form):
    """A word of the look back.

    Args:
        members: of the team.
        sent: what came with the form.
    """

    kind = forms.ChoiceField(label="What is it", choices=Kept.choices, widget=forms.RadioSelect)
    text = text_field("In a sentence", "What stays of it?", longest=LONGEST_WORDS)
    use_required_attribute = False

    def __init__(self, members: QuerySet[Member], sent: QueryDict | None = None) -> None:
        super().__init__(sent, initial={"kind": Kept.KEPT})
        self.fields["to"] = MemberField(members, label="Thanks to", empty_label="everybody", required=False)


class LendForm(forms.Form):
    """Lending one's authority, or a part of it, for the day.

    Args:
        members: to whom it may be lent.
        charter: of the team: its kinds and its currency.
        sent: what came with the form.
    """

    why = WhyField("A word why is needed.", label="Why?")
    use_required_attribute = False

    def __init__(self, members: QuerySet[Member], charter: Charter, sent: QueryDict | None = None) -> None:
        super().__init__(sent, auto_id="id_lend_%s")
        self.fields["receivers"] = forms.ModelMultipleChoiceField[Member](
            members,
            to_field_name="word",
            label="To whom",
            widget=forms.CheckboxSelectMultiple,
            error_messages={
                "required": "Choose somebody.",
                "invalid_choice": "One of them isn't in the team any more.",
            },
        )
        self.fields["kinds"] = forms.MultipleChoiceField(
            label="Only these kinds",
            required=False,
            choices=[(kind, capital(readable(kind))) for kind in charter.all_kinds],
            widget=forms.CheckboxSelectMultiple,
        )
        self.fields["upto"] = AmountField(currency=charter.currency, label="Up to", required=False)
        self.order_fields(["receivers", "kinds", "upto", "why"])
