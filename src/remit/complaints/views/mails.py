"""Mail to a team: what was set aside, and the whole of one."""

from __future__ import annotations

from django.contrib import messages
from django.db.models import Count
from django.http import FileResponse, HttpRequest, HttpResponse
from django.shortcuts import redirect, render
from django.views.decorators.http import require_GET, require_http_methods, require_POST

from remit.complaints.access import mails_for, mails_set_aside_for
from remit.complaints.actions.mail_set_aside import (
    MOST_AT_ONCE,
    leave_all_aside,
    leave_aside,
    leave_some_aside,
    make_complaint_of,
)
from remit.core.errors import Changed, Gone, NotThere
from remit.core.harmless import harmless
from remit.core.sent import number_in
from remit.people.looking import looking

PAGE = 25


@require_GET
def set_aside(request: HttpRequest) -> HttpResponse:
    """Mail that may be a complaint after all: why it was set aside, and what can be done with it."""
    mails = mails_set_aside_for(looking(request))
    before = request.GET.get("before", "")
    if before.isdecimal() and len(before) < 18:  # noqa: PLR2004 (what fits into a column)
        mails = mails.filter(pk__lt=int(before))
    rows = list(mails.order_by("-id")[: PAGE + 1])
    values = {
        "count": mails_set_aside_for(looking(request)).count(),
        "mails": rows[:PAGE],
        "before": rows[PAGE - 1].pk if len(rows) > PAGE else "",
        "is_first": not before,
        "teams": {each.mailbox.team_id for each in rows if each.mailbox},
    }
    return render(request, "complaints/mails/aside.html", values)


@require_POST
def make_complaint(request: HttpRequest, number: int) -> HttpResponse:
    """Make a complaint of one; a second click says that somebody did."""
    try:
        complaint = make_complaint_of(looking(request), number)
    except Changed as error:
        messages.info(request, error.wrong)
        return redirect("complaints:mail-aside")
    messages.success(request, f"It is {complaint.said} now.")
    return redirect("complaints:complaint", complaint.number)


@require_POST
def leave(request: HttpRequest, number: int) -> HttpResponse:
    """Leave one; a second click says that somebody looked at it already."""
    try:
        leave_aside(looking(request), number)
    except Changed as error:
        messages.info(request, error.wrong)
    else:
        messages.success(request, "Left as it is.")
    return redirect("complaints:mail-aside")


@require_http_methods(["GET", "POST"])
def leave_many(request: HttpRequest) -> HttpResponse:
    """Leave those that were ticked by one press, or all until one: after a look at how many these are."""
    member = looking(request)
    until = number_in(request.POST.get("until") or request.GET.get("until"))
    if request.method == "GET":
        return _how_many(request, until or 0)
    if until is not None:
        left = leave_all_aside(member, until)
    else:
        ticked = [number_in(each) for each in request.POST.getlist("number")[:MOST_AT_ONCE]]
        left = leave_some_aside(member, [each for each in ticked if each is not None])
    if left:
        messages.success(request, f"Left as {'it is' if left == 1 else 'they are'}: {left:,}.")
    else:
        messages.info(request, "None was left: none was ticked, or somebody looked at them already.")
    return redirect("complaints:mail-aside")


def _how_many(request: HttpRequest, until: int) -> HttpResponse:
    mails = mails_set_aside_for(looking(request)).filter(pk__lte=until).order_by()
    teams = dict(mails.values_list("mailbox__team__name").annotate(many=Count("pk")))
    if not teams:
        return redirect("complaints:mail-aside")
    values = {"count": sum(teams.values()), "teams": sorted(teams), "until": until}
    return render(request, "complaints/mails/leave_all.html", values)


@require_GET
def whole(request: HttpRequest, number: int) -> FileResponse:
    """The whole of a mail, as it came, to be opened in a mail program."""
    mail = mails_for(looking(request)).filter(pk=number).exclude(raw="").first()
    if mail is None:
        raise NotThere("mail")
    try:
        content = mail.raw.open("rb")
    except FileNotFoundError:
        raise Gone(
            "file-gone",
            "The whole mail isn't there any more.",
            "What was taken in of it still is. Ask whoever sent it to send it again.",
        ) from None
    return harmless(content, name=f"mail-{mail.pk}.eml", media_type="message/rfc822", as_attachment=True)
