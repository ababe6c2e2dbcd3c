"""How quickly is each change of a charter with 500 rules answered on the screen?

    python -m bench.editing.run               the table goes to editing-speed.md
    python -m bench.editing.run --times 5     fewer times; the table is only printed

A manager edits a draft through the pages themselves, on SQLite in a file: each change is sent, and the page
that the browser is led to is opened. Both together are its answer, everything included that a server does but
for the network. The charter is that of the authority's bench, in the shape of 500 rules.
"""

from __future__ import annotations

import argparse
import os
import random
import statistics
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final
from urllib.parse import urlencode

from bench.authority.charters import Shape, made_charter
from bench.desk.run import machine
from remit_engine.charter.document import Grant
from remit_engine.charter.facts import ChoiceFact, OneOf
from remit_engine.charter.naming import charter_hash
from remit_engine.charter.writing import write_charter

if TYPE_CHECKING:
    from django.test import Client

PAGE: Final = Path(__file__).parents[2] / "docs" / "explanation" / "editing-speed.md"
MARK: Final = "<!-- tables -->"
RULES: Final = 500
SHAPE: Final = Shape(10, 8, 6, 16, 4)
AIM: Final = 300.0
"""Milliseconds in which a change is answered."""
_FOUND: Final = 302
_OK: Final = 200


@dataclass(frozen=True, slots=True)
class Answered:
    """How long one thing took, each time.

    Attributes:
        what: was done.
        is_change: whether something was changed, rather than only opened.
        times: milliseconds by the clock.
        worked: milliseconds that a core really worked for it.
    """

    what: str
    is_change: bool
    times: tuple[float, ...]
    worked: tuple[float, ...]


@dataclass(slots=True)
class Clock:
    """Times one thing again and again; the first time, in which everything is read anew, isn't counted."""

    times: list[float] = field(default_factory=list)
    worked: list[float] = field(default_factory=list)

    @contextmanager
    def running(self) -> Iterator[None]:
        """While it is done."""
        started, worked = time.perf_counter(), time.process_time()
        yield
        self.times.append((time.perf_counter() - started) * 1000)
        self.worked.append((time.process_time() - worked) * 1000)

    def read(self, what: str, *, is_change: bool) -> Answered:
        """What was measured."""
        return Answered(what, is_change, tuple(self.times[1:]), tuple(self.worked[1:]))


def main() -> None:
    """Measure, print, and keep the table."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--times", type=int, help="how often; the table is only printed")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="remit-editing-") as folder:
        os.environ |= {"REMIT_DATA": folder, "DJANGO_SETTINGS_MODULE": "remit.config.settings"}
        os.environ.pop("DATABASE_URL", None)
        found = measured(options.times or 30)
    text = as_markdown(found)
    print(text)
    if options.times is None:
        head = PAGE.read_text(encoding="utf-8").split(MARK)[0]
        PAGE.write_text(f"{head}{MARK}\n\n{text}", encoding="utf-8")


def measured(times: int) -> list[Answered]:
    """Everything, so many times each."""
    from django.conf import settings  # noqa: PLC0415
    from django.test.utils import setup_test_environment  # noqa: PLC0415

    import remit.config.wsgi  # noqa: F401, PLC0415 (all is loaded before the first page, as in a server)
    from remit.command.application import set_up_tables  # noqa: PLC0415

    settings.ALLOWED_HOSTS = ["*"]
    setup_test_environment()
    set_up_tables()
    return Editing(times).all_of_it()


class Editing:
    """A manager before a draft of a large charter.

    Args:
        times: how often each thing is done.
    """

    def __init__(self, times: int) -> None:
        from remit.charters.actions import begin_draft  # noqa: PLC0415

        self.times = times
        self.charter = made_charter(RULES, shape=SHAPE)
        manager, team = _people(write_charter(self.charter), charter_hash(self.charter))
        self.draft = begin_draft(manager, team, write_charter(self.charter), "To be measured.")
        self.client = _signed_in(manager)
        self.at = f"/charter/drafts/{self.draft.pk}/"
        self.random = random.Random(7)  # noqa: S311 (made data, not a secret)

    def all_of_it(self) -> list[Answered]:
        """Changes first, then pages that are only opened."""
        cell = f"{self.at}cell/?kind=refund&role=role+1&step=none"
        return [
            self.taken("A limit, on the page of its cell", self.limit),
            self.taken("A rule, in its form", self.rule),
            self.taken("A rule more", self.rule_more),
            self.taken("A rule duplicated", self.duplicate),
            self.taken("A value of a fact more", self.value_more),
            self.taken("A line, in the YAML", self.line),
            self.taken("A limit, while somebody else changed another one", self.limit_beside_another),
            self.opened("A cell", cell),
            self.opened("The board: the usual case of each kind", self.at),
            self.opened("The board: one kind in full", f"{self.at}?kind=refund"),
            self.opened("Sentences", f"{self.at}sentences/"),
            self.opened("Checks, and who gains or loses what", f"{self.at}publish/", anew=True),
        ]

    def taken(self, what: str, change: Callable[[], tuple[str, dict[str, Any]]]) -> Answered:
        """A change: sent, and the page opened that it leads to."""
        clock = Clock()
        for _ in range(self.times + 1):
            path, typed = change()
            with clock.running():
                answer = self.client.post(path, typed)
                if answer.status_code != _FOUND:
                    raise SystemExit(f"{what}: {answer.status_code}")
                self._open(answer["Location"])
        return clock.read(what, is_change=True)

    def opened(self, what: str, path: str, *, anew: bool = False) -> Answered:
        """A page that is only opened; `anew`: each time after another change of the draft."""
        clock = Clock()
        for _ in range(self.times + 1):
            if anew:
                self.client.post(*self.limit())
            with clock.running():
                self._open(path)
        return clock.read(what, is_change=False)

    def _open(self, path: str) -> None:
        answer = self.client.get(path)
        if answer.status_code != _OK:
            raise SystemExit(f"{path}: {answer.status_code}")

    def _revision(self) -> int:
        self.draft.refresh_from_db()
        return self.draft.revision

    def limit(self) -> tuple[str, dict[str, Any]]:
        """Another limit for a rule."""
        grant = self.random.choice(self.charter.grants)
        role, kind = self._whose(grant)
        cell = urlencode({"kind": kind, "role": role, "step": "none"})
        typed = {"level": grant.level.word, "limit": str(self.random.randint(10, 900)), "cell": cell}
        return f"{self.at}rules/{grant.id}/limit/", typed | {"seen": self._revision()}

    def limit_beside_another(self) -> tuple[str, dict[str, Any]]:
        """Somebody else is quicker, at another rule: both are merged."""
        seen = self._revision()
        path, typed = self.limit()
        other = path
        while other == path:
            other, more = self.limit()
        self.client.post(other, more)
        return path, typed | {"seen": seen}

    def rule(self) -> tuple[str, dict[str, Any]]:
        """Another why and limit for a rule, in its form."""
        grant = self.random.choice(self.charter.grants)
        return f"{self.at}rules/{grant.id}/", self._typed(grant) | {"act": "save"}

    def rule_more(self) -> tuple[str, dict[str, Any]]:
        """A new grant."""
        grant = self.random.choice(self.charter.grants)
        return f"{self.at}new/grants/", self._typed(grant) | {"act": "save"}

    def _typed(self, grant: Grant) -> dict[str, Any]:
        """What is sent of the form of a rule for the same people and kinds as another one."""
        role, kind = self._whose(grant)
        return {
            "seen": self._revision(),
            "level": grant.level.word,
            "upto": str(self.random.randint(10, 900)),
            "role": [role],
            "kind": [kind],
            "why": f"Because {self.random.randint(1, 10**6)}.",
            "cell": urlencode({"kind": kind, "role": role, "step": "none"}),
        }

    @staticmethod
    def _whose(grant: Grant) -> tuple[str, str]:
        """The cell that a grant belongs to."""
        role = dict(grant.who)["role"]
        assert isinstance(role, OneOf)  # noqa: S101 -- said for the type checker
        return role.values[0], grant.kinds[0]

    def duplicate(self) -> tuple[str, dict[str, Any]]:
        """A rule once more."""
        grant = self.random.choice(self.charter.grants)
        return f"{self.at}rules/{grant.id}/", {"act": "duplicate", "seen": self._revision()}

    def value_more(self) -> tuple[str, dict[str, Any]]:
        """One more word that a fact can be: every rule has to be read under it."""
        fact = next(each for each in self.charter.facts if isinstance(each, ChoiceFact))
        words = [*fact.values, f"word {self.random.randint(1, 10**6)}"]
        typed = {
            "word": fact.name,
            "name": fact.name,
            "type": "choice",
            "values": "\n".join(words),
            "after": "",
        }
        return f"{self.at}words/facts/", typed | {"seen": self._revision()}

    def line(self) -> tuple[str, dict[str, Any]]:
        """One line of the text."""
        seen = self._revision()
        lines = self.draft.text.splitlines(keepends=True)
        place = self.random.choice([n for n, line in enumerate(lines) if line.startswith("    upto: ")])
        lines[place] = f"    upto: {self.random.randint(10, 900)}\n"
        return f"{self.at}text/", {"seen": seen, "text": "".join(lines)}


def _people(text: str, hash_: str) -> tuple[Any, Any]:
    """A manager and their team, with a charter in force."""
    from remit.charters.models import Version  # noqa: PLC0415
    from remit.core.clock import now  # noqa: PLC0415
    from remit.people.models import Member, Membership, Organisation, Role, Team  # noqa: PLC0415
    from remit.people.vocabulary import Rank  # noqa: PLC0415

    Organisation.objects.get_or_create(name="Bench", defaults={"created_at": now()})
    role, _ = Role.objects.get_or_create(word="manager", defaults={"title": "Manager", "rank": Rank.MANAGER})
    team = Team.objects.create(word="bench", name="Bench", currency="EUR", created_at=now())
    manager = Member(word="mia", name="Mia Keller", email="mia@example.org", joined_at=now())
    manager.set_unusable_password()
    manager.save()
    Membership.objects.create(member=manager, team=team, role=role, since=now())
    Version.objects.create(
        team=team,
        number=1,
        name="Bench",
        text=text,
        hash=hash_,
        why="How it begins.",
        published_by=manager,
        published_at=now(),
    )
    return manager, team


def _signed_in(member: Any) -> Client:  # noqa: ANN401 (a member, of models that aren't there yet)
    from django.test import Client  # noqa: PLC0415

    from remit.core.clock import now  # noqa: PLC0415
    from remit.people.signing_in import PROVED  # noqa: PLC0415

    client = Client()
    client.force_login(member, backend="remit.people.signing_in.MailAndPassword")
    session = client.session
    session[PROVED] = now().timestamp()
    session.save()
    return client


def as_markdown(found: list[Answered]) -> str:
    """The table."""
    lines = [
        f"{machine()}.",
        "",
        "| what | core ms, median | of twenty the slowest | by the clock, median | aim | |",
        "| --- | ---: | ---: | ---: | ---: | --- |",
    ]
    for each in found:
        slow = statistics.quantiles(each.worked, n=20)[-1]
        aim = f"≤ {AIM:.0f} ms" if each.is_change else ""
        reached = ("reached" if slow <= AIM else "**missed**") if each.is_change else ""
        middle, clock = statistics.median(each.worked), statistics.median(each.times)
        lines.append(f"| {each.what} | {middle:.0f} | {slow:.0f} | {clock:.0f} | {aim} | {reached} |")
    return "\n".join([*lines, ""])


if __name__ == "__main__":
    main()
