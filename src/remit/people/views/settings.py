"""Settings of teams, new teams, roles."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.views.decorators.http import require_http_methods, require_POST

from remit.core.errors import NotThere, Refusal
from remit.core.form_errors import say_in
from remit.core.sent import sent_in
from remit.people.access import get_place_for, need_owner, need_rank, teams_for
from remit.people.actions.teams import change_settings, make_team, remove_role, save_role
from remit.people.clocks import to_come_in
from remit.people.forms.opening import DAYS, typed_of
from remit.people.forms.team import NewTeamForm, RoleForm, SettingsForm
from remit.people.looking import looking
from remit.people.models import Role
from remit.people.money_given import has_given_money
from remit.people.queries import roles_with_counts
from remit.people.views.answering import answer, done, refused, status_of
from remit.people.vocabulary import Rank


@require_http_methods(["GET", "POST"])
def team_settings(request: HttpRequest, team: str) -> HttpResponse:
    """The settings of a team: managers change them, the others read them."""
    place = get_place_for(looking(request), team)
    if not place.is_manager and request.method == "GET":
        hours = [
            (title, [(begins, ends) for begins, ends in day if begins])
            for title, day in zip(DAYS, typed_of(place.team.opening), strict=True)
        ]
        return answer(request, "team/settings_read.html", {"place": place, "hours": hours})
    need_rank(place, Rank.MANAGER, "change the settings of the team")
    stays = has_given_money(place.team)
    form = SettingsForm(place.team, sent_in(request), currency_stays=stays)
    if form.is_valid():
        try:
            moved = change_settings(place, form.settings())
        except Refusal as error:
            if error.status != Refusal.status:
                raise
            say_in(form, error)
        else:
            with_it = f" On the new clock now: {', '.join(moved)}." if moved else ""
            return done(request, f"The settings are kept.{with_it}", "people:settings", team)
    values = {
        "place": place,
        "form": form,
        "currency_stays": stays,
        "to_come": ", ".join(to_come_in(place.team)),
    }
    return answer(request, "team/settings.html", values, status=status_of(form))


@require_http_methods(["GET", "POST"])
def new_team(request: HttpRequest) -> HttpResponse:
    """An owner makes a team."""
    me = looking(request)
    need_owner(me, "make a team")
    teams = teams_for(me)
    first = teams.first()
    usual = {"like": first, "time_zone": first.time_zone, "currency": first.currency} if first else {}
    form = NewTeamForm(teams, sent_in(request), initial=usual)
    if form.is_valid():
        said = form.cleaned_data
        try:
            made = make_team(
                me,
                said["name"],
                time_zone=said["time_zone"],
                currency=said["currency"],
                like=said["like"],
            )
        except Refusal as error:
            say_in(form, error)
        else:
            return done(request, f"{made} is there. Invite its people.", "people:team", made.word)
    return answer(request, "team/new_team.html", {"form": form}, status=status_of(form))


@require_http_methods(["GET", "POST"])
def roles(request: HttpRequest) -> HttpResponse:
    """The roles of the organisation; an owner adds one here."""
    me = looking(request)
    need_owner(me, "change the roles")
    form = RoleForm(sent_in(request))
    if form.is_valid():
        try:
            save_role(me, "", form.cleaned_data["title"], form.cleaned_data["rank"])
        except Refusal as error:
            say_in(form, error)
        else:
            return done(request, "The role is there.", "people:roles")
    values = {"form": form, "roles": roles_with_counts()}
    return answer(request, "team/roles.html", values, status=status_of(form))


@require_http_methods(["GET", "POST"])
def role(request: HttpRequest, word: str) -> HttpResponse:
    """One role: its title and rank."""
    me = looking(request)
    need_owner(me, "change the roles")
    found: Role | None = roles_with_counts().filter(word=word).first()
    if found is None:
        raise NotThere("role")
    form = RoleForm(sent_in(request), initial={"title": found.title, "rank": found.rank})
    if form.is_valid():
        try:
            save_role(me, word, form.cleaned_data["title"], form.cleaned_data["rank"])
        except Refusal as error:
            say_in(form, error)
        else:
            return done(request, "The role is kept.", "people:roles")
    return answer(request, "team/role.html", {"form": form, "role": found}, status=status_of(form))


@require_POST
def role_removal(request: HttpRequest, word: str) -> HttpResponse:
    """Removes a role that nobody ever had."""
    try:
        remove_role(looking(request), word)
    except Refusal as error:
        if error.status != Refusal.status:
            raise
        return refused(request, error, "people:roles")
    return done(request, "The role is gone.", "people:roles")
