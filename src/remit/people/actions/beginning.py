"""The first run: an organisation, a team and its owner where there was nobody."""

from __future__ import annotations

from dataclasses import dataclass

from remit.core.clock import now
from remit.core.errors import Changed, Refusal
from remit.core.writing import write
from remit.people.actions.duty import go_on_duty
from remit.people.models import Member, Membership, Organisation, Role, Team
from remit.people.naming import mail_address, tidy_name, word_for
from remit.people.setup_code import is_setup_code
from remit.people.vocabulary import OPENING_AT_THE_START, ROLES_AT_THE_START
from remit.trail.actions import record


@dataclass(frozen=True, slots=True, kw_only=True)
class Beginning:
    """What the first one says about themselves and their team.

    Attributes:
        team: its name; that of the organisation where it is empty.
    """

    organisation: str
    team: str
    name: str
    email: str
    password: str
    time_zone: str
    currency: str
    language: str = "en"


def is_new() -> bool:
    """Whether nobody began here yet."""
    return not Organisation.objects.exists()


def need_setup_code(typed: str) -> None:
    """Refuse whoever doesn't know the setup code.

    Raises:
        Refusal: it is another one.
    """
    if not is_setup_code(typed):
        raise Refusal(
            "wrong-setup-code",
            "This isn't the setup code of this Remit.",
            "On its machine, remit people begin prints a link that has it.",
            field="code",
        )


def begin(said: Beginning) -> Membership:
    """Make the organisation, its roles, a team, and its owner, who manages the team.

    Raises:
        Changed: somebody else was quicker.
        Refusal: the mail address is none.
    """
    email = mail_address(said.email)
    with write():
        if not is_new():
            raise Changed(
                "begun-already",
                "Somebody has set Remit up in the meantime.",
                "Sign in, or ask them to invite you.",
            )
        organisation = tidy_name(said.organisation)
        Organisation.objects.create(name=organisation, created_at=now())
        roles = {
            word: Role.objects.create(word=word, title=title, rank=rank)
            for word, title, rank in ROLES_AT_THE_START
        }
        name = tidy_name(said.team) or organisation
        team = Team.objects.create(
            word=word_for(name, (), "team"),
            name=name,
            time_zone=said.time_zone,
            currency=said.currency,
            language=said.language,
            opening=OPENING_AT_THE_START,
            created_at=now(),
        )
        owner = _owner(said, email)
        membership = Membership.objects.create(member=owner, team=team, role=roles["manager"], since=now())
        record("organisation-began", f"team:{team.word}", by=owner, team=team, words=organisation)
        go_on_duty(membership)
    return membership


def _owner(said: Beginning, email: str) -> Member:
    name = tidy_name(said.name)
    owner = Member(
        word=word_for(name, (), "member"),
        name=name,
        email=email or None,
        language=said.language,
        is_owner=True,
        joined_at=now(),
    )
    owner.set_password(said.password)
    owner.save()
    return owner
