"""The people of a team: who is there, as what; one member's page; leaving and returning."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import reverse
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.core.errors import NotThere, Refusal
from remit.core.sent import sent_in
from remit.people.access import (
    Place,
    get_membership_for,
    get_place_for,
    highest_rank_of,
    memberships_for,
    need_rank,
    roles_within,
    teams_for,
)
from remit.people.actions.factors import has_factor
from remit.people.actions.members import (
    change_role,
    end_owner,
    former_members,
    leave,
    make_owner,
    return_to,
)
from remit.people.forms.team import RoleChoiceForm
from remit.people.looking import looking
from remit.people.models import Member, Membership
from remit.people.queries import open_invitations, people_on, with_duty
from remit.people.signing_in import local_address
from remit.people.views.answering import answer, done, refused, status_of
from remit.people.vocabulary import Rank


@require_GET
def people(request: HttpRequest) -> HttpResponse:
    """Leads to the team of whoever looks; with several, to a choice."""
    return _to_a_team(request, "people:team", "People")


@require_GET
def settings(request: HttpRequest) -> HttpResponse:
    """Leads to the settings of the team of whoever looks; with several, to a choice."""
    return _to_a_team(request, "people:settings", "Team settings")


def _to_a_team(request: HttpRequest, name: str, title: str) -> HttpResponse:
    member = looking(request)
    teams = list(teams_for(member))
    if len(teams) == 1:
        return redirect(name, teams[0].word)
    ways = [(team, reverse(name, args=(team.word,))) for team in teams]
    return answer(request, "team/choose.html", {"choices": ways, "title": title, "is_owner": member.is_owner})


@require_GET
def team_people(request: HttpRequest, team: str) -> HttpResponse:
    """Who is in a team, as what, and who is on duty; leads see more."""
    place = get_place_for(looking(request), team)
    values = {
        "place": place,
        "people": people_on(place),
        "teams": teams_for(place.member).exclude(pk=place.team.pk),
        "invitations": open_invitations(place) if place.is_lead else [],
        "former": former_members(place) if place.is_manager else [],
    }
    return answer(request, "team/people.html", values)


@require_http_methods(["GET", "POST"])
def member(request: HttpRequest, team: str, word: str) -> HttpResponse:
    """One member, as a lead sees them; a manager changes their role here."""
    place = get_place_for(looking(request), team)
    membership = get_membership_for(place, word)
    if membership.member_id == place.member.pk:
        return redirect("people:me")
    need_rank(place, Rank.LEAD, "see more of a member")
    form = RoleChoiceForm(roles_within(place), sent_in(request), initial={"role": membership.role.word})
    if form.is_valid():
        try:
            change_role(place, word, form.cleaned_data["role"])
        except Refusal as error:
            if error.status != Refusal.status:
                raise
            form.add_error("role", str(error))
        else:
            role = form.cleaned_data["role"]
            return done(request, f"{membership.member} is {role} now.", "people:member", team, word)
    values = _values(place, membership) | {"form": form}
    return answer(request, "team/member.html", values, status=status_of(form))


def _values(place: Place, membership: Membership) -> dict[str, object]:
    shown = next(iter(with_duty(memberships_for(place).filter(pk=membership.pk))), None)
    return {
        "place": place,
        "membership": membership,
        "shown": shown,
        "may_change": place.is_manager and membership.rank <= place.rank,
        "has_factor": place.member.is_owner and has_factor(membership.member),
        "may_link": not membership.member.is_software and highest_rank_of(membership.member) < place.rank,
    }


@require_http_methods(["GET", "POST"])
def departure(request: HttpRequest, team: str, word: str) -> HttpResponse:
    """Asks once more, then ends somebody's place in a team."""
    place = get_place_for(looking(request), team)
    membership = get_membership_for(place, word)
    is_me = membership.member_id == place.member.pk
    if not is_me:
        need_rank(place, Rank.MANAGER, "take somebody out of the team")
    values: dict[str, object] = {"place": place, "membership": membership, "is_me": is_me}
    if request.method == "POST":
        try:
            leave(place, word)
        except Refusal as error:
            if error.status != Refusal.status:
                raise
            return answer(request, "team/departure.html", values | {"error": error}, status=error.status)
        if is_me:
            return done(request, f"You left {place.team}.", "/")
        return done(request, f"{membership.member} left the team.", "people:team", team)
    return answer(request, "team/departure.html", values)


@require_http_methods(["GET", "POST"])
def come_back(request: HttpRequest, team: str, word: str) -> HttpResponse:
    """Brings somebody back who left the team."""
    place = get_place_for(looking(request), team)
    need_rank(place, Rank.MANAGER, "bring somebody back")
    former = next((each for each in former_members(place) if each.member.word == word), None)
    if former is None:
        if request.method == "POST" and get_membership_for(place, word):
            return redirect("people:team", team)
        raise NotThere("member")
    form = RoleChoiceForm(roles_within(place), sent_in(request), initial={"role": former.role.word})
    if form.is_valid():
        return_to(place, word, form.cleaned_data["role"])
        return done(request, f"{former.member} is back.", "people:team", team)
    values = {"place": place, "former": former, "form": form}
    return answer(request, "team/come_back.html", values, status=status_of(form))


@require_POST
def ownership(request: HttpRequest, word: str) -> HttpResponse:
    """An owner makes somebody an owner, or ends that."""
    me: Member = looking(request)
    after = local_address(request.POST.get("next"), reverse("people:people"))
    try:
        if request.POST.get("owner") == "yes":
            make_owner(me, word)
        else:
            end_owner(me, word)
    except Refusal as error:
        if error.status != Refusal.status:
            raise
        return refused(request, error, after)
    return done(request, "Done.", after)
