"""What is typed about changes and rollouts."""

from __future__ import annotations

import secrets
from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any, Final

from django import forms
from django.http import QueryDict

from remit.core.clock import today
from remit.core.typed_fields import day_field, line_field, near
from remit.core.why_form import WhyField
from remit.people.models import Team
from remit.rollouts.actions.planning import PlanWords
from remit.rollouts.begins import begins_word, read_begins
from remit.rollouts.models import Change, Start, monday_of
from remit.rollouts.origins import Origin
from remit.rollouts.vocabulary import LONGEST_NAME, LONGEST_STAMP, MOST_TEAMS, PRIMARY

_NOT_LOOKED_AT: Final = "-"
_BESIDE: Final = ""
_WEEK: Final = timedelta(days=7)
_MOST_APART: Final = 26


class AskForm(forms.Form):
    """Whether something worked: what it is called, and where else it began.

    Args:
        origin: what is asked about.
        sent: what came with the form; None where it was only opened.
    """

    stamp = forms.CharField(max_length=LONGEST_STAMP, widget=forms.HiddenInput)
    named = line_field("What it is called", "What is it called?", longest=LONGEST_NAME)
    use_required_attribute = False

    def __init__(self, origin: Origin, sent: QueryDict | None = None) -> None:
        begun = {"stamp": secrets.token_urlsafe(16), "named": origin.named}
        super().__init__(sent, initial=begun)
        self._teams: dict[str, int] = {}
        for team, found in origin.elsewhere.items():
            name = f"team-{team.word}"
            self._teams[name] = team.pk
            likely = origin.likely(team)
            choices = [(_BESIDE, "It hasn’t begun there: look at it beside")]
            choices += [(str(each.number), each.said) for each in found]
            choices += [(_NOT_LOOKED_AT, "Leave it out")]
            self.fields[name] = forms.ChoiceField(
                label=team.name,
                choices=choices,
                required=False,
                initial=str(likely) if likely else _BESIDE,
                error_messages={"invalid_choice": "That isn’t there any more. Choose again."},
            )

    @property
    def of_teams(self) -> list[forms.BoundField]:
        """The fields of the other teams."""
        return [self[name] for name in self._teams]

    @property
    def elsewhere(self) -> dict[int, int | None]:
        """By number of a team what began there; None for one that is looked at beside."""
        typed = {team: self.cleaned_data[name] for name, team in self._teams.items()}
        return {
            team: int(value) if value else None for team, value in typed.items() if value != _NOT_LOOKED_AT
        }


class PlanForm(forms.Form):
    """What a rollout is to be.

    Args:
        teams: that whoever plans manages.
        begins: what may begin, as choices.
        sent: what came with the form; None where it was only opened.
        planned: a rollout that is changed; None for a new one.
    """

    stamp = forms.CharField(max_length=LONGEST_STAMP, widget=forms.HiddenInput)
    revision = forms.IntegerField(required=False, min_value=0, max_value=10**6, widget=forms.HiddenInput)
    named = line_field("What we try", "What is it called?", longest=LONGEST_NAME)
    why = WhyField("A word why is needed: every team reads it.", label="Why do we try it?", beside=("named",))
    begins = forms.ChoiceField(
        label="What begins", error_messages={"invalid_choice": "That isn’t there any more. Choose again."}
    )
    teams = forms.MultipleChoiceField(
        label="Teams",
        widget=forms.CheckboxSelectMultiple,
        error_messages={"required": "Choose the teams.", "invalid_choice": "A team isn’t there any more."},
    )
    first_on = day_field("First start")
    apart = forms.IntegerField(
        label="Weeks from wave to wave",
        min_value=1,
        max_value=_MOST_APART,
        error_messages={"required": "How many weeks?", "invalid": "A whole number, please."},
    )
    each = forms.IntegerField(
        label="Teams of a wave",
        min_value=1,
        max_value=MOST_TEAMS,
        error_messages={"required": "How many at a time?", "invalid": "A whole number, please."},
    )
    primary = forms.ChoiceField(
        label="The outcome that decides",
        widget=forms.RadioSelect,
        choices=[(each.value, each.label) for each in PRIMARY],
        error_messages={"required": "Choose the outcome that decides."},
    )
    until = day_field("Last day that is looked at")
    use_required_attribute = False

    def __init__(
        self,
        teams: Sequence[Team],
        begins: Sequence[tuple[str, str]],
        sent: QueryDict | None = None,
        *,
        planned: tuple[Change, Sequence[Start]] | None = None,
    ) -> None:
        begun = _as_planned(*planned) if planned else _usual(teams)
        super().__init__(sent, initial=begun)
        self._zone = teams[0].time_zone if teams else "UTC"
        self.fields["begins"].choices = begins  # type: ignore[attr-defined]  # a field of choices
        self.fields["teams"].choices = [(str(each.pk), each.name) for each in teams]  # type: ignore[attr-defined]

    def clean_first_on(self) -> date | None:
        """A day that isn't far away."""
        return near(self.cleaned_data.get("first_on"), self._zone)

    def clean_until(self) -> date | None:
        """A day that isn't far away."""
        return near(self.cleaned_data.get("until"), self._zone)

    @property
    def words(self) -> PlanWords:
        """What was typed, as the actions take it."""
        typed = self.cleaned_data
        sort, origin = read_begins(typed["begins"])
        return PlanWords(
            named=typed["named"],
            why=typed["why"],
            sort=sort,
            origin=origin,
            teams=[int(each) for each in typed["teams"]],
            each=typed["each"],
            first_on=typed["first_on"],
            apart=typed["apart"],
            primary=typed["primary"],
            until=typed["until"],
        )


class BeganForm(forms.Form):
    """That a team has begun.

    Args:
        start: its turn.
        sent: what came with the form; None where it was only opened.
    """

    on = day_field("It began on")
    why = WhyField(label="Why not in the week that was drawn?")
    use_required_attribute = False

    def __init__(self, start: Start, sent: QueryDict | None = None) -> None:
        super().__init__(sent, initial={"on": today(start.team.time_zone)}, prefix=f"turn-{start.pk}")
        self.start = start


class GiveUpForm(forms.Form):
    """Why a rollout is given up."""

    why = WhyField("A word why is needed: whoever waits reads it.", label="Why it isn’t gone on with")
    use_required_attribute = False


def _usual(teams: Sequence[Team]) -> dict[str, Any]:
    zone = teams[0].time_zone if teams else "UTC"
    first = monday_of(today(zone)) + 2 * _WEEK
    waves = max(1, -(-len(teams) // 2))
    return {
        "stamp": secrets.token_urlsafe(16),
        "teams": [str(each.pk) for each in teams],
        "first_on": first,
        "apart": 3,
        "each": 2 if len(teams) > 5 else 1,  # noqa: PLR2004
        "primary": PRIMARY[0].value,
        "until": first + (3 * waves + 1) * _WEEK - timedelta(days=1),
    }


def _as_planned(change: Change, starts: Sequence[Start]) -> dict[str, Any]:
    plan = change.plan
    return {
        "stamp": change.stamp,
        "revision": plan.revision,
        "named": change.named,
        "why": change.why,
        "begins": begins_word(change),
        "teams": [str(start.team_id) for start in starts],
        "first_on": plan.first_on,
        "apart": plan.apart,
        "each": plan.each,
        "primary": plan.primary,
        "until": plan.until + timedelta(days=6),
    }
