"""What `remit people link` does and says."""

from __future__ import annotations

import click
from django.conf import settings
from django.db.models import Q
from django.urls import reverse

from remit.core.shown import visible
from remit.people.actions.joining import make_link_at_the_command_line
from remit.people.models import Member
from remit.people.vocabulary import PERSONAL_LINK_HOURS
from remit_engine.errors import InputError
from remit_engine.nearest import nearest

_HERE = "http://localhost:8000"


def link(who: str) -> None:
    """Print a link that signs somebody in.

    Raises:
        InputError: nobody is called that.
        Refusal: they have left, or are software.
    """
    member = _member(who)
    secret = make_link_at_the_command_line(member)
    click.echo(
        f"It signs in {visible(member.name)}, once, within {PERSONAL_LINK_HOURS} hours. The trail says so.",
        err=True,
    )
    show_link(reverse("people:link", args=(secret,)))


def show_link(path: str) -> None:
    """Print where a path leads, alone on standard output; and say beside it where the address is guessed."""
    click.echo(f"{settings.ADDRESS or _HERE}{path}")
    if not settings.ADDRESS:
        click.echo(
            f"REMIT_ADDRESS isn't set: put the address of your Remit in place of {_HERE}, "
            "if it is another one.",
            err=True,
        )


def _member(who: str) -> Member:
    typed = who.strip()
    people = Member.objects.filter(is_software=False)
    member = people.filter(Q(email=typed.lower()) | Q(word=typed)).first()
    if member is None:
        known = [each for pair in people.values_list("word", "email") for each in pair if each]
        near = nearest(typed, known)
        raise InputError(
            "no-such-member",
            f"Nobody here is called {typed!r}.",
            f"Did you mean {near}?" if near else "Give the mail address that they sign in with.",
        )
    return member
