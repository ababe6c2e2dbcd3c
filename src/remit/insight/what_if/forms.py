"""The form of what if: which charter, over which decisions."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any, Final

from django import forms

from remit.charters.in_force import InForce
from remit.charters.models import Draft
from remit.core.amount_field import AmountField
from remit.insight.what_if.actions import Wanted
from remit.insight.what_if.reading import own_limits, with_limit
from remit.insight.what_if.vocabulary import MODE_WORDS, Of
from remit.people.models import Team
from remit_engine.limits import CHARTER_BYTES
from remit_engine.modes import Mode
from remit_engine.money import written

_YEAR: Final = timedelta(days=364)
_NAMED: Final = 200
_REASON: Final = 60
"""So much of why a draft was made stands in the list."""


class _Day(forms.DateField):
    """A day, in the browser's own field."""

    widget = forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class LookForm(forms.Form):
    """Which charter, over which decisions.

    Args:
        team: whose charter.
        in_force: that of the team.
        drafts: that are worked on.
        teams: that the one who looks manages.
        today: on the wall clock of the team.
    """

    use_required_attribute = False  # what belongs to another choice isn't needed

    of = forms.ChoiceField(label="Which charter", widget=forms.RadioSelect, choices=Of.choices)
    draft = forms.ChoiceField(label="Draft", error_messages={"required": "Choose a draft."})
    grant = forms.ChoiceField(label="Grant", error_messages={"required": "Choose a grant."})
    text = forms.CharField(
        label="The charter, in YAML",
        error_messages={"required": "Write the charter."},
        max_length=CHARTER_BYTES,
        strip=False,
        widget=forms.Textarea(attrs={"rows": 14, "spellcheck": "false", "class": "code", "wrap": "off"}),
    )
    since = _Day(label="From", error_messages={"required": "Say the first day."})
    until = _Day(label="Until", error_messages={"required": "Say the last day."})
    mode = forms.ChoiceField(
        label="Totals of allowances",
        required=False,
        choices=[("", "whichever the record allows"), *((mode.value, MODE_WORDS[mode]) for mode in Mode)],
    )

    def __init__(
        self,
        *arguments: Any,  # noqa: ANN401 (Django's own)
        team: Team,
        in_force: InForce,
        drafts: Iterable[Draft],
        teams: Sequence[Team],
        today: date,
        **settings: Any,  # noqa: ANN401
    ) -> None:
        self._team, self._in_force, self._teams = team, in_force, teams
        self._drafts = {str(draft.pk): draft for draft in drafts}
        self._limits = {grant.id: grant for grant in own_limits(in_force.compiled.charter)}
        settings["initial"] = self._at_first(today) | settings.get("initial", {})
        super().__init__(*arguments, **settings)
        currency = in_force.compiled.charter.currency
        self.fields["of"].choices = [  # type: ignore[attr-defined]  # a field of choices
            (of.value, of.label) for of in Of if self._offers(of)
        ]
        self.fields["draft"].choices = [  # type: ignore[attr-defined]
            (number, _said(draft)) for number, draft in self._drafts.items()
        ]
        self.fields["grant"].choices = [  # type: ignore[attr-defined]
            (grant.id, f"{grant.id}: {grant.level.word} up to {written(grant.upto or 0, currency)}")
            for grant in self._limits.values()
        ]
        self.fields["upto"] = AmountField(
            currency=currency, label="Up to", error_messages={"required": "Say which limit it would be."}
        )
        for of, names in _BELONGS.items():  # nothing that has to be there is called optional
            for name in names:
                self.fields[name].required = not self.is_bound or self.data.get("of") == of
        if len(teams) > 1:
            self.fields["teams"] = forms.MultipleChoiceField(
                label="Decisions of",
                widget=forms.CheckboxSelectMultiple,
                choices=[(each.word, each.name) for each in teams],
                error_messages={"required": "Choose at least one team."},
            )

    def _offers(self, of: Of) -> bool:
        return {Of.DRAFT: bool(self._drafts), Of.LIMIT: bool(self._limits)}.get(of, True)

    def _at_first(self, today: date) -> dict[str, Any]:
        of = next(of for of in (Of.DRAFT, Of.LIMIT, Of.TEXT) if self._offers(of))
        return {
            "of": of,
            "text": self._in_force.version.text,
            "since": today - _YEAR,
            "until": today,
            "teams": [self._team.word],
        }

    def clean(self) -> dict[str, Any]:
        """The period has to have a day."""
        typed: dict[str, Any] = super().clean() or self.cleaned_data
        since, until = typed.get("since"), typed.get("until")
        if since and until and until < since:
            self.add_error("until", "The last day lies before the first.")
        return typed

    @property
    def wanted(self) -> Wanted:
        """What is to be looked at, once everything is right."""
        typed = self.cleaned_data
        of, draft, named, above_text = Of(typed["of"]), None, "another text", ""
        if of is Of.DRAFT:
            draft = self._drafts[typed["draft"]]
            text, named = draft.text, f"the draft {_named(draft)}"
            if draft.team_id is None:
                text, above_text = self._in_force.version.text, draft.text
                named = f"the organisation’s draft {_named(draft)}"
        elif of is Of.LIMIT:
            text = with_limit(self._in_force, typed["grant"], typed["upto"])
            limit = written(typed["upto"], self._in_force.compiled.charter.currency)
            named = f"{typed['grant']} up to {limit}"
        else:
            text = typed["text"]
        chosen = set(typed.get("teams") or [self._team.word])
        return Wanted(
            of=of,
            named=named[:_NAMED],
            text=text,
            above_text=above_text,
            draft=draft,
            teams=[team for team in self._teams if team.word in chosen] or [self._team],
            since=typed["since"],
            until=typed["until"],
            mode=Mode(typed["mode"]) if typed["mode"] else None,
        )


_BELONGS: Final = {Of.DRAFT: ("draft",), Of.LIMIT: ("grant", "upto"), Of.TEXT: ("text",)}
"""Fields that are needed for a choice, and for no other."""


def _named(draft: Draft) -> str:
    return draft.name or f"of {draft.made_at:%-d %B %Y}"


def _said(draft: Draft) -> str:
    whose = "" if draft.team_id else "of the organisation, "
    called = f"{draft.name}, " if draft.name else ""
    words = f"{called}{whose}{draft.made_at:%-d %b %Y}, by {draft.made_by.name}"
    why = draft.why if len(draft.why) <= _REASON else f"{draft.why[:_REASON].rstrip()}…"
    return f"{words}: {why}" if why else words
