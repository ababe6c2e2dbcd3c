"""The first run: a page that asks as little as it can."""

from __future__ import annotations

from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect
from django.urls import NoReverseMatch, reverse
from django.views.decorators.http import require_http_methods

from remit.core.errors import Changed, Refusal
from remit.core.form_errors import say_in
from remit.core.sent import sent_in
from remit.people.actions.beginning import begin, is_new, need_setup_code
from remit.people.actions.me import good_password
from remit.people.forms.ways_in import FirstRunForm
from remit.people.middleware import open_to_everybody
from remit.people.models import Member
from remit.people.setup_code import is_setup_code
from remit.people.signing_in import sign_in
from remit.people.views.answering import answer, refused, status_of


@open_to_everybody
@require_http_methods(["GET", "POST"])
def welcome(request: HttpRequest) -> HttpResponse:
    """Asks who begins, and makes the organisation, the team and the owner."""
    if not is_new():
        return redirect("/")
    code = request.GET.get("code", "")
    form = FirstRunForm(sent_in(request), initial={"code": code})
    if form.is_valid():
        said = form.beginning()
        try:
            need_setup_code(form.cleaned_data["code"])
            good_password(said.password, Member(name=said.name, email=said.email))
            membership = begin(said)
        except Changed as error:
            return refused(request, error, "people:sign-in")
        except Refusal as error:
            say_in(form, error)
        else:
            sign_in(request, membership.member, "first-run")
            return redirect(_charter_to_begin_with(membership.team.word))
    is_known = is_setup_code(form["code"].value() or "")
    return answer(
        request, "ways_in/welcome.html", {"form": form, "is_code_known": is_known}, status=status_of(form)
    )


def _charter_to_begin_with(team_word: str) -> str:
    """Where a charter is chosen: the next step."""
    for arguments in ((), (team_word,)):
        try:
            return reverse("charters:begin", args=arguments)
        except NoReverseMatch:
            continue
    return "/"
