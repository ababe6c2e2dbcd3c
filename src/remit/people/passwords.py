"""Mail and password at the door, and how many wrong ones may be tried.

One name from one place is the guard's (django-axes). Counted here is what goes around it: one password tried
on many names, and many places that try one name. In a browser where somebody was in before, they aren't shut
out by what strangers try elsewhere.
"""

from __future__ import annotations

from django.contrib.auth import authenticate
from django.http import HttpRequest

from remit.core.origin import origin_of_browser
from remit.people.browsers import is_known_here
from remit.people.limits import give_back, take
from remit.people.models import Member
from remit.people.signing_in import member_of_mail


def member_by_password(request: HttpRequest, name: str, password: str) -> Member | None:
    """Who it is, by mail and password; None for nobody.

    Args:
        request: of the browser.
        name: the mail address as it is kept.
        password: as typed.

    Raises:
        TooOften: too many wrong ones came from there, or for this name; it says for how long to wait.
    """
    counted = [("password-from", origin_of_browser(request))]
    known = member_of_mail(name)
    if known is None or not is_known_here(request, known):
        counted.append(("password-of", name))
    for kind, who in counted:
        take(kind, who)
    member = authenticate(request, username=name, password=password)
    if not isinstance(member, Member):
        return None
    for kind, who in counted:
        give_back(kind, who)
    return member
