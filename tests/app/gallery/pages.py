"""A page with every part in every state, for tests and for looking at."""

from datetime import timedelta

from django import forms
from django.contrib import messages
from django.http import HttpResponse
from django.shortcuts import redirect, render
from django.urls import include, path

from remit.config import urls as real_urls
from remit.config.urls import urlpatterns as real
from remit.core import clock
from remit.core.errors import Changed, NotThere
from remit.people.middleware import open_to_everybody

KINDS = (("refund", "Refund"), ("credit", "Credit"), ("replacement", "Replace"), ("apology", "Apology"))
CATEGORIES = (("", "Choose one"), ("late", "Late delivery"), ("cold", "Cold food"), ("billing", "Billing"))
LADDERS = {
    "usual": ([("decide", 5000), ("inform", 8000), ("propose", 20000), ("ask", None)], {"at": 4200}),
    "at an end": ([("decide", 5000), ("inform", 8000), ("propose", 20000), ("ask", None)], {"at": 20000}),
    "beyond": ([("decide", 5000), ("inform", 8000), ("ask", None)], {"at": 99_000}),
    "given already": ([("decide", 5000), ("inform", 8000), ("ask", None)], {"start": 3000, "at": 6050}),
    "much given": ([("inform", 8000), ("ask", None)], {"start": 7900}),
    "five": (
        [("decide", 900), ("inform", 1000), ("propose", 1100), ("ask", 1_250_000), ("never", None)],
        {"at": 950},
    ),
    "one": ([("ask", None)], {"at": 4250}),
    "two": ([("decide", 123_456_700), ("never", None)], {"at": 0}),
}


class Remedy(forms.Form):
    """One control of each kind."""

    kind = forms.ChoiceField(label="What to give", choices=KINDS, widget=forms.RadioSelect)
    amount = forms.CharField(label="Amount", widget=forms.TextInput(attrs={"inputmode": "decimal"}))
    category = forms.ChoiceField(label="What went wrong", choices=CATEGORIES)
    words = forms.CharField(label="What happened", widget=forms.Textarea, required=False)
    day = forms.DateField(label="Until", widget=forms.DateInput(attrs={"type": "date"}))
    picture = forms.FileField(label="Picture", required=False)
    told = forms.BooleanField(label="The guest was told", required=False)
    ways = forms.MultipleChoiceField(
        label="How to say it",
        choices=(("mail", "By mail"), ("call", "By telephone")),
        widget=forms.CheckboxSelectMultiple,
    )
    closed = forms.CharField(label="Order", disabled=True, initial="118-204", required=False)


@open_to_everybody
def gallery(request):
    """Every part; what was typed is kept where it is wrong."""
    form = Remedy(request.POST or None, initial={"kind": "refund", "amount": "42.00"})
    if request.method == "POST" and form.is_valid():
        messages.success(request, "Given.")
        return redirect("gallery")
    if form.is_bound:
        form.add_error(None, "Somebody gave 30.00 in the meantime. Look at what is left, and try again.")
    now = clock.now()
    values = {
        "form": form,
        "past": now - timedelta(minutes=12),
        "soon": now + timedelta(minutes=48),
        "near": now + timedelta(minutes=8),
        "late": now - timedelta(minutes=5),
        "ladders": [(name, rungs, options) for name, (rungs, options) in LADDERS.items()],
        "waiting_for_me": 3,
    }
    return render(request, "gallery.html", values, status=422 if form.is_bound else 200)


@open_to_everybody
def say(request):
    """Leads to the gallery with one message of each kind."""
    messages.success(request, "42.00 is on its way back to Ana.")
    messages.info(request, "Sam was told.")
    messages.warning(request, "The guest has no mail address.")
    messages.error(request, "That file is too large.")
    return redirect("gallery")


@open_to_everybody
def broken(_request):
    """An error that nobody foresaw."""
    raise ZeroDivisionError


@open_to_everybody
def gone(_request):
    """Something that isn't there."""
    raise NotThere("complaint")


@open_to_everybody
def changed(_request):
    """Somebody else was quicker."""
    raise Changed("changed", "Ben decided this a moment ago.", "Look at what he gave before you give more.")


def closed(_request):
    """A page for members."""
    return HttpResponse("")


# Names of pages for the navigation, where the real ones aren't there.
WAYS = {
    "today": ("today",),
    "complaints": ("list",),
    "approvals": ("list",),
    "remedies": ("to-hand-over",),
    "charters": ("charter", "delegations"),
    "people": ("people", "team-settings", "sign-out", "sign-in"),
}
STAND_INS = [
    path(f"{app}/", include(([path(f"{name}/", closed, name=name) for name in names], app), namespace=app))
    for app, names in WAYS.items()
    if app not in {getattr(each, "namespace", None) for each in real}
]

urlpatterns = [
    path("gallery/", gallery, name="gallery"),
    path("gallery/say/", say),
    path("gallery/broken/", broken),
    path("gallery/gone/", gone),
    path("gallery/changed/", changed),
    path("gallery/closed/", closed),
    *real,
    *STAND_INS,
]
handler404 = real_urls.handler404
handler403 = real_urls.handler403
handler500 = real_urls.handler500
