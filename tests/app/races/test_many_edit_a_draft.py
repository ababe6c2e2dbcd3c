"""Managers edit one draft at the same moment, in threads and processes: nothing is lost, nothing is torn."""

import json

import pytest

SET_UP = """
from types import SimpleNamespace
from django.conf import settings
from tests.app.made_house import made_house
from remit.charters import actions
from remit.core.clock import now
from remit.core.writing import write

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
RULES = "".join(f'''
  # the grant {number}
  - id: grant-{number}
    who: {{role: member}}
    kind: refund
    upto: 10
    level: decide
    why: Because.
''' for number in range(12))
CHARTER = f'''charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back.
grants:{RULES}'''
with write():
    house = SimpleNamespace(**made_house(CHARTER, now()))
    actions.begin_draft(house.mia, house.harbour, CHARTER, "Wider.")
"""
EDIT = """
import json
from dataclasses import replace
from remit.charters import actions
from remit.charters.actions.drafting import Conflicts
from remit.charters.models import Draft, Revision
from remit.people.models import Member
from remit_engine import read_charter_text
from remit_engine.charter.editing import rule_of, with_rule
from remit_engine.charter.rewriting import rewrite_charter

PART, EACH, SAME = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3] == "same"
draft, who = Draft.objects.get(), Member.objects.get(word="mia" if PART % 2 else "ola")
connections.close_all()
while not Path("go").exists():
    pass
said = []

def edit(thread):
    try:
        seen = 1
        name = "grant-0" if SAME else f"grant-{PART * 4 + thread}"
        for number in range(EACH):
            text = Revision.objects.get(draft=draft, number=seen).text
            charter = read_charter_text(text).charter
            amount = 100_00 + 100 * (PART * 4 + thread) + number
            rule = replace(rule_of(charter, name), upto=amount)
            written = rewrite_charter(text, with_rule(charter, rule))
            seen = actions.save_draft(who, draft, seen, written).number
            said.append("kept")
    except Conflicts:
        said.append("asked")
    except Exception as error:
        said.append(repr(error))
    finally:
        connections.close_all()

threads = [threading.Thread(target=edit, args=(thread,)) for thread in range(4)]
for thread in threads: thread.start()
for thread in threads: thread.join()
print(json.dumps(said))
"""
CHECK = """
import json
from remit.charters.models import Draft, Revision
from remit.trail.verifying import verify_trail
from remit_engine import read_charter_text
draft = Draft.objects.get()
charter = read_charter_text(draft.text).charter
numbers = list(Revision.objects.order_by("number").values_list("number", flat=True))
print(json.dumps({
    "upto": [grant.upto for grant in charter.grants],
    "remarks": sum(f"# the grant {number}\\n" in draft.text for number in range(12)),
    "numbers": numbers == list(range(1, draft.revision + 1)),
    "revisions": len(numbers),
    "sound": verify_trail().broken is None,
}))
"""


def edited(remit, processes, each, how):
    remit.python(SET_UP)
    started = [remit.started_python(EDIT, part, each, how) for part in range(processes)]
    (remit.folder / "go").touch()
    printed = [process.communicate(timeout=600) for process in started]
    said = [word for out, _ in printed for word in json.loads(out.splitlines()[-1])]
    return said, json.loads(remit.python(CHECK).splitlines()[-1])


@pytest.mark.parametrize("processes", [1, 3])
def test_each_at_a_rule_of_their_own_loses_nothing(own_remit, processes):
    each = 4
    said, found = edited(own_remit, processes, each, "own")
    people = processes * 4
    assert said == ["kept"] * people * each
    left = [10_00] * (12 - people)
    assert found == {
        "upto": [100_00 + 100 * number + each - 1 for number in range(people)] + left,
        "remarks": 12,
        "numbers": True,
        "revisions": people * each + 1,
        "sound": True,
    }


def test_all_at_one_rule_are_asked_but_for_the_first(own_remit):
    said, found = edited(own_remit, 2, 1, "same")
    assert sorted(said) == ["asked"] * 7 + ["kept"]
    assert (found["revisions"], found["numbers"], found["sound"]) == (2, True, True)
