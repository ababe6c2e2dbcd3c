"""The public form of a team, its printable code, and the files that came with what was said."""

from __future__ import annotations

import segno
from django.http import FileResponse, HttpRequest, HttpResponse, HttpResponseRedirect
from django.shortcuts import render
from django.urls import reverse
from django.utils.safestring import mark_safe
from django.views.decorators.csrf import csrf_exempt
from django.views.decorators.http import require_GET, require_http_methods

from remit.complaints.access import attachments_for, get_complaint_by_token
from remit.complaints.actions.telling import take_in_form
from remit.complaints.attachments import gone
from remit.complaints.forms.opening import TellingForm
from remit.complaints.models import Attachment
from remit.complaints.stamps import origin_of, signed_stamp
from remit.core.errors import NotThere, Refusal
from remit.core.form_errors import say_in
from remit.core.form_page import UNPROCESSABLE
from remit.core.harmless import harmless
from remit.core.pages import address_of
from remit.core.sent import sent_in
from remit.people.access import get_place_for
from remit.people.looking import looking
from remit.people.middleware import open_to_everybody
from remit.people.models import Team


@open_to_everybody
@csrf_exempt  # its stamp is what makes it good once; a customer has no session to be misused
@require_http_methods(["GET", "POST"])
def tell(request: HttpRequest, team: str) -> HttpResponse:
    """A customer tells a team what went wrong."""
    where = _open_team(team)
    form = TellingForm(sent_in(request), request.FILES or None, initial={"stamp": signed_stamp(where)})
    if request.method == "POST" and form.is_valid():
        try:
            complaint = take_in_form(where, form.words, origin=origin_of(request))
        except Refusal as refusal:
            say_in(form, refusal)
        else:
            address = reverse("complaints:told", args=[where.word, complaint.token])
            # What is known of them from before is none of the page's business: nobody showed who they are.
            gave_mail = bool(form.words.customer.email)
            return HttpResponseRedirect(f"{address}?by=mail" if gave_mail else address)
    context = {"form": form, "team": where, "has_files": bool(request.FILES), "stamp": signed_stamp(where)}
    return render(
        request, "complaints/public_form/tell.html", context, status=UNPROCESSABLE if form.errors else 200
    )


@open_to_everybody
@require_GET
def told(request: HttpRequest, team: str, token: str) -> HttpResponse:
    """It has arrived: its number, and where it goes on."""
    complaint = get_complaint_by_token(token)
    if complaint.team.word != team:
        raise NotThere
    gave_mail = request.GET.get("by") == "mail"
    context = {"complaint": complaint, "team": complaint.team, "gave_mail": gave_mail}
    response = render(request, "complaints/public_form/told.html", context)
    response["Referrer-Policy"] = "no-referrer"
    return response


@require_GET
def code_for_the_wall(request: HttpRequest, team: str) -> HttpResponse:
    """A page to print and hang up: the code that leads to the public form."""
    where = get_place_for(looking(request), team).team
    path = reverse("complaints:tell", args=[where.word])
    address = address_of(request, path)
    drawn = segno.make(address, error="m").svg_inline(
        omitsize=True, svgclass="code", lineclass="code-line", border=2, title="Code that leads to the form"
    )
    context = {"team": where, "address": address, "code": mark_safe(drawn)}  # noqa: S308 (drawn by segno)  # nosec B308
    return render(request, "complaints/public_form/code.html", context)


@require_GET
def attachment(request: HttpRequest, number: int) -> HttpResponse | FileResponse:
    """A file that came with a complaint of one's teams."""
    found = attachments_for(looking(request)).filter(pk=number).first()
    return served(found)


def served(found: Attachment | None) -> FileResponse:
    """A file, so that nothing in it can act: pictures are shown, all else is downloaded.

    Raises:
        NotThere: there is none.
        Gone: it isn't in its place any more.
    """
    if found is None:
        raise NotThere("file")
    try:
        content = found.file.open("rb")
    except FileNotFoundError:
        raise gone(found) from None
    is_picture = found.media_type.startswith("image/")
    return harmless(content, name=found.name, media_type=found.media_type, as_attachment=not is_picture)


def _open_team(word: str) -> Team:
    """The team of a public form.

    Raises:
        NotThere: there is none, or it closed.
    """
    team = Team.objects.filter(word=word, closed_at=None).first()
    if team is None:
        raise NotThere("team")
    return team
