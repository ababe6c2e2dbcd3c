"""What a team says often, and whether it asks its customers how it went."""

from __future__ import annotations

from django.contrib import messages
from django.forms import Form
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_http_methods, require_POST

from remit.complaints.actions.rating import set_rating
from remit.complaints.actions.saved_replies import forget_reply, keep_reply
from remit.complaints.forms.rating import RatingSettingForm, SavedReplyForm
from remit.complaints.models import RatingSetting, SavedReply
from remit.complaints.queries.choices import categories_of
from remit.complaints.replies import VARIABLES
from remit.core.errors import NotThere, Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import Place, get_place_for, need_rank
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank

_FORM = ["GET", "POST"]


@require_http_methods(_FORM)
@not_at_the_counter
def replies(request: HttpRequest, team: str) -> HttpResponse:
    """The saved replies of a team; a lead keeps another one."""
    place = get_place_for(looking(request), team)
    if request.method == "POST":
        need_rank(place, Rank.LEAD, "keep replies for the team")
    form = SavedReplyForm(sent_in(request), categories=categories_of(place.team))
    if _kept(place, form):
        messages.success(request, "Kept. Everybody in the team finds it when they answer.")
        return redirect("complaints:reply-settings", team)
    return _page(request, place, form, None)


@require_http_methods(_FORM)
@not_at_the_counter
def reply(request: HttpRequest, team: str, reply_id: int) -> HttpResponse:
    """One of them, changed by a lead."""
    place = get_place_for(looking(request), team)
    if request.method == "POST":
        need_rank(place, Rank.LEAD, "keep replies for the team")
    saved = SavedReply.objects.filter(team=place.team, pk=reply_id).first()
    if saved is None:
        raise NotThere("saved reply")
    now = {"title": saved.title, "text": saved.text, "category": saved.category}
    form = SavedReplyForm(sent_in(request), categories=categories_of(place.team), initial=now)
    if _kept(place, form, reply_id):
        return redirect("complaints:reply-settings", team)
    return _page(request, place, form, saved)


@require_POST
@not_at_the_counter
def forget(request: HttpRequest, team: str, reply_id: int) -> HttpResponse:
    """Forget one of them."""
    forget_reply(get_place_for(looking(request), team), reply_id)
    return redirect("complaints:reply-settings", team)


@require_http_methods(_FORM)
@not_at_the_counter
def rating(request: HttpRequest, team: str) -> HttpResponse:
    """Whether customers are asked how it went, and when: a manager chooses."""
    place = get_place_for(looking(request), team)
    if request.method == "POST":
        need_rank(place, Rank.MANAGER, "choose whether customers are asked")
    setting = RatingSetting.objects.filter(team=place.team).first() or RatingSetting(team=place.team)
    now = {"asks": setting.asks, "after_hours": setting.after_hours}
    form = RatingSettingForm(sent_in(request), initial=now)
    if form.is_valid():
        try:
            set_rating(place, asks=form.cleaned_data["asks"], after_hours=form.cleaned_data["after_hours"])
        except Refusal as refusal:
            say_in(form, refusal)
        else:
            messages.success(request, "Saved. It holds for what is closed from now on.")
            return redirect("complaints:rating-settings", team)
    context = {"place": place, "team": place.team, "form": form, "setting": setting}
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "complaints/page/rating_setting.html", context, status=status)


def _kept(place: Place, form: Form, reply_id: int | None = None) -> bool:
    if not form.is_bound or not form.is_valid():
        return False
    data = form.cleaned_data
    try:
        keep_reply(
            place, title=data["title"], text=data["text"], category=data["category"], reply_id=reply_id
        )
    except Refusal as refusal:
        say_in(form, refusal)
        return False
    return True


def _page(request: HttpRequest, place: Place, form: Form, saved: SavedReply | None) -> HttpResponse:
    context = {
        "place": place,
        "team": place.team,
        "form": form,
        "saved": saved,
        "replies": place.team.saved_replies.all(),
        "variables": VARIABLES,
    }
    status = UNPROCESSABLE if form.is_bound else 200
    return render(request, "complaints/page/reply_settings.html", context, status=status)
