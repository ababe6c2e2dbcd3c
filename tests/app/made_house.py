"""Makes a team with people and a charter, row by row."""

from datetime import timedelta

from remit.charters.models import Version
from remit.core.clock import now
from remit.people.models import Duty, Member, Membership, Organisation, Role, Team
from remit.people.signing_in import PROVED
from remit.people.vocabulary import ROLES_AT_THE_START
from remit_engine import compile_charter, read_charter_text

PEOPLE = (
    ("ana", "Ana Ruiz", "member"),
    ("ben", "Ben Okafor", "member"),
    ("sam", "Sam Lindqvist", "lead"),
    ("mia", "Mia Keller", "manager"),
)
ALL_DAY = [[[0, 1440]]] * 7


def made_house(charter, moment):
    """Rows by name: harbour, hill (teams), ana, ben, sam, mia, ola, eve (members), version."""
    Organisation.objects.create(name="Keller & Sons", created_at=moment)
    roles = {
        word: Role.objects.create(word=word, title=title, rank=rank)
        for word, title, rank in ROLES_AT_THE_START
    }
    made = {
        word: Team.objects.create(
            word=word,
            name=name,
            time_zone="Europe/Berlin",
            currency="EUR",
            opening=ALL_DAY,
            created_at=moment,
        )
        for word, name in (("harbour", "Harbour Street"), ("hill", "Hill Road"))
    }
    for word, name, role in PEOPLE:
        made[word] = made_member(word, name, moment)
        joined(made[word], made["harbour"], roles[role], moment)
    made["ola"] = made_member("ola", "Ola Keller", moment, is_owner=True)
    joined(made["ola"], made["harbour"], roles["manager"], moment)
    made["eve"] = made_member("eve", "Eve Hill", moment)
    joined(made["eve"], made["hill"], roles["member"], moment)
    made["version"] = Version.objects.create(
        team=made["harbour"],
        number=1,
        name="Harbour Street",
        text=charter,
        hash=compile_charter(read_charter_text(charter).charter).hash,
        why="How we begin.",
        published_by=made["ola"],
        published_at=moment - timedelta(days=300),
    )
    return made


def made_member(word, name, moment, *, is_owner=False):
    """Somebody with a mail address and a password."""
    member = Member(
        word=word,
        name=name,
        email=f"{word}@example.org",
        is_owner=is_owner,
        joined_at=moment - timedelta(days=300),
    )
    member.set_password("long enough")
    member.save()
    return member


def joined(member, team, role, moment):
    """Their membership, with a shift that is running."""
    membership = Membership.objects.create(member=member, team=team, role=role, since=member.joined_at)
    Duty.objects.create(
        membership=membership,
        starts_at=moment - timedelta(hours=2),
        ends_at=moment + timedelta(hours=8),
        is_planned=True,
    )
    return membership


def signed_in_here(client, member):
    """A test client in which somebody signed in just now, so that nobody asks whether it is still them."""
    client.force_login(member, backend="remit.people.signing_in.MailAndPassword")
    session = client.session
    session[PROVED] = now().timestamp()
    session.save()
    return client
