"""Whether it is still the one who signed in: asked before acts that matter, with what was typed kept."""

from __future__ import annotations

from collections.abc import Callable
from functools import wraps

from django.http import HttpRequest, HttpResponse
from django.http.response import HttpResponseBase
from django.views.decorators.cache import never_cache
from django.views.decorators.debug import sensitive_post_parameters

from remit.core.clock import now
from remit.core.errors import Refusal
from remit.core.form_errors import say_in
from remit.people.actions.factors import show_code
from remit.people.forms.factors import ProofForm
from remit.people.limits import forget, take
from remit.people.looking import looking
from remit.people.models import AppCode, Member
from remit.people.signing_in import PROVED
from remit.people.views.answering import answer
from remit.people.vocabulary import PROOF_MINUTES

ViewFunction = Callable[..., HttpResponseBase]
_ASKED = 403
_LEFT_OUT = ("csrfmiddlewaretoken", "proof")


def asks_again(view: ViewFunction) -> ViewFunction:
    """Marks a view whose forms matter: whoever signed in a while ago shows again that it is them.

    The form that was sent comes back inside the question, and goes on with the answer to where it was sent.
    """
    return asks_again_where(lambda _: True)(view)


def asks_again_where(matters: Callable[[HttpRequest], bool]) -> Callable[[ViewFunction], ViewFunction]:
    """Marks a view of whose forms only some matter.

    Args:
        matters: whether what was sent does.
    """
    return lambda view: _asking(view, matters)


def _asking(view: ViewFunction, matters: Callable[[HttpRequest], bool]) -> ViewFunction:
    @never_cache
    @sensitive_post_parameters()
    @wraps(view)
    def asked(request: HttpRequest, *arguments: object, **named: object) -> HttpResponseBase:
        if request.method in {"GET", "HEAD"} or is_proved(request) or not matters(request):
            return view(request, *arguments, **named)
        member = looking(request)
        form = ProofForm(request.POST if "proof" in request.POST else None, member=member)
        if form.is_valid():
            try:
                _prove(member, form.cleaned_data["proof"])
            except Refusal as error:
                say_in(form, error)
            else:
                request.session[PROVED] = now().timestamp()
                return view(request, *arguments, **named)
        return _question(request, member, form)

    return asked


def is_proved(request: HttpRequest) -> bool:
    """Whether somebody showed who they are a short while ago."""
    return now().timestamp() - float(request.session.get(PROVED, 0)) <= PROOF_MINUTES * 60


def _prove(member: Member, typed: str) -> None:
    take("proof", member.word, field="proof")
    if member.has_usable_password():
        if not member.check_password(typed):
            raise Refusal("proof-wrong", "That isn't your password.", "Try again.", field="proof")
    else:
        _prove_by_code(member, typed)
    forget("proof", member.word)


def _prove_by_code(member: Member, typed: str) -> None:
    try:
        show_code(member, typed)
    except Refusal as error:
        raise Refusal(error.code, error.wrong, error.next_step, field="proof") from error


def _question(request: HttpRequest, member: Member, form: ProofForm) -> HttpResponse:
    kept = [
        (name, value) for name, values in request.POST.lists() if name not in _LEFT_OUT for value in values
    ]
    can_prove = member.has_usable_password() or AppCode.objects.filter(member=member).exists()
    values = {"form": form, "kept": kept, "can_prove": can_prove, "minutes": PROOF_MINUTES}
    return answer(request, "me/still_you.html", values, status=_ASKED)
