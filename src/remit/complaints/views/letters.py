"""The letters that leave by themselves, in a team's own words."""

from __future__ import annotations

from django.contrib import messages
from django.http import HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.urls import reverse
from django.views.decorators.http import require_http_methods, require_POST

from remit.complaints.actions.letter_wordings import forget_wording, keep_wording
from remit.complaints.forms.letters import LetterForm
from remit.complaints.letters import LANGUAGES, LETTERS, example_of, need_right_variables, wordings_of
from remit.core.errors import Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.sent import sent_in
from remit.people.access import Place, get_place_for, need_rank
from remit.people.looking import looking
from remit.people.middleware import not_at_the_counter
from remit.people.vocabulary import Rank


@require_http_methods(["GET", "POST"])
@not_at_the_counter
def letters(request: HttpRequest, team: str) -> HttpResponse:
    """What each letter says; a manager says it in other words, after a look at how it would be read."""
    place = get_place_for(looking(request), team)
    if request.method == "POST":
        need_rank(place, Rank.MANAGER, "choose the words of letters")
    form = LetterForm(sent_in(request), initial=_asked_for(request, place))
    preview = ""
    if form.is_valid():
        data = form.cleaned_data
        try:
            if request.POST.get("do") == "preview":
                need_right_variables(data["letter"], data["text"])
                preview = example_of(data["letter"], data["text"], data["language"], place.team)
            else:
                keep_wording(place, **data)
                title = LETTERS[data["letter"]].title
                messages.success(request, f"Kept: {title}, in {LANGUAGES[data['language']]}.")
                return redirect("complaints:letter-settings", team)
        except Refusal as refusal:
            say_in(form, refusal)
    said = wordings_of(place.team)
    context = {
        "place": place,
        "team": place.team,
        "form": form,
        "preview": preview,
        "preview_language": form["language"].value() if preview else "",
        "letters": [(word, each, said[word]) for word, each in LETTERS.items()],
        "languages": LANGUAGES,
    }
    status = UNPROCESSABLE if form.is_bound and form.errors else 200
    return render(request, "complaints/page/letter_settings.html", context, status=status)


@require_POST
@not_at_the_counter
def forget(request: HttpRequest, team: str) -> HttpResponse:
    """Say a letter as Remit says it again."""
    place = get_place_for(looking(request), team)
    forget_wording(place, letter=request.POST.get("letter", ""), language=request.POST.get("language", ""))
    messages.success(request, "Forgotten. It is said as Remit says it again.")
    return redirect(reverse("complaints:letter-settings", args=[team]))


def _asked_for(request: HttpRequest, place: Place) -> dict[str, object]:
    """The wording that was asked for by its address; of none what Remit says, to begin with."""
    letter = request.GET.get("letter", "")
    letter = letter if letter in LETTERS else next(iter(LETTERS))
    language = request.GET.get("language", "")
    there = next((each for each in wordings_of(place.team)[letter] if each.language == language), None)
    return {
        "letter": letter,
        "language": language if language in LANGUAGES else "en",
        "text": there.text if there else LETTERS[letter].english,
        "is_usual": there is not None and there.is_usual,
    }
