"""What was decided recomputes: after newer charters, other roles, in another process; a change shows."""

import json
import subprocess
import sys
import textwrap
from datetime import timedelta

import pytest
from tests.app.conftest import CHARTER
from tests.app.made_complaints import made_complaint, wants

from remit.charters import actions
from remit.charters.models import Version
from remit.command.verifying import verify
from remit.complaints.actions.deciding import decide
from remit.complaints.models import Decision
from remit.complaints.verifying import Verified, verify_decisions
from remit.people.models import Membership, Role

LEVELS = ("decide", "inform", "propose", "ask")


@pytest.fixture
def decided(house):
    """A decision of each level, one of them on lent authority."""
    actions.lend(
        house.sam,
        house.harbour,
        receiver=house.ben,
        until=house.version.published_at.date() + timedelta(days=310),
        why="At the sea.",
        highest="inform",
    )
    wishes = [
        (house.ana, 4200),
        (house.ana, 7500),
        (house.ana, 15000),
        (house.ana, 30000),
        (house.ben, 39900),
    ]
    return [
        decide(who, made_complaint(house, paid=50000).number, wants("refund", value, letter="We are sorry."))
        for who, value in wishes
    ]


def found():
    verified = Verified()
    return list(verify_decisions(verified)), verified


def test_every_level_recomputes(decided):
    assert tuple(each.level for each in decided[:4]) == LEVELS
    lent = decided[4]
    assert (lent.level, lent.on_authority_of.word) == ("inform", "sam")
    different, verified = found()
    assert (different, verified.decisions, verified.versions) == ([], 5, 1)


def test_it_recomputes_after_newer_charters_and_other_roles(house, decided):
    actions.publish(house.mia, house.harbour, CHARTER.replace("upto: 50\n", "upto: 10\n"), "Tighter.")
    Membership.objects.filter(member=house.ana).update(
        role=Role.objects.get(word="manager"), step_given="first"
    )
    Membership.objects.filter(member__in=[house.ben, house.sam]).update(until=house.version.published_at)
    assert found()[0] == []
    again = decide(house.ana, made_complaint(house).number, wants("refund", 9000, letter="Sorry."))
    assert again.charter.number == 2
    different, verified = found()
    assert (different, verified.versions) == ([], 2)


OTHER_PROCESS = """
    import json, sys
    import remit_engine as remit
    kept = json.load(sys.stdin)
    charter = remit.compile_charter(remit.read_charter_text(kept["text"]).charter)
    assert charter.hash == kept["hash"]
    for each in kept["decisions"]:
        verdict = each["verdict"]
        asked = verdict.pop("of", None) or each["request"]
        assert charter.verdict(remit.Request.from_record(asked)).as_record() == verdict
    print("same")
"""


def test_it_recomputes_in_another_process_without_the_application(house, decided):
    kept = {
        "text": house.version.text,
        "hash": house.version.hash,
        "decisions": list(Decision.objects.values("request", "verdict")),
    }
    ended = subprocess.run(
        [sys.executable, "-c", textwrap.dedent(OTHER_PROCESS)],
        input=json.dumps(kept),
        capture_output=True,
        text=True,
        check=False,
    )
    assert (ended.stdout.strip(), ended.stderr) == ("same", "")


@pytest.mark.parametrize(
    ("change", "why"),
    [
        ({"verdict": {"level": "decide"}}, "The verdict is another one."),
        ({"level": "decide"}, "carried out as decide, and the verdict gives ask"),
        ({"level": "anything"}, "carried out as anything"),
        ({"value": 999_900}, "Its value is 999900, and another one was judged."),
        ({"kind": "credit"}, "Its kind is credit, and another one was judged."),
        ({"request": {"kind": "refund", "colour": "red"}}, "can't be judged"),
        ({"request": {"kind": "refund", "amount": "much"}}, "can't be judged"),
    ],
)
def test_each_that_was_changed_is_told_with_both_verdicts(decided, change, why):
    asked = decided[3]
    values = {name: (asked.verdict | value) if name == "verdict" else value for name, value in change.items()}
    Decision.objects.filter(pk=asked.pk).update(**values)
    different, verified = found()
    assert [(each.decision, each.complaint) for each in different] == [(asked.pk, asked.complaint.number)]
    assert why in different[0].why
    assert different[0].recorded["level"] == (change.get("verdict") or asked.verdict)["level"]
    assert verified.decisions == 5


def test_a_version_whose_text_is_another_is_told(house, decided):
    other = Version.objects.create(
        team=house.hill,
        number=1,
        name="Hill",
        text=CHARTER,
        hash="0" * 64,
        why="Slipped in.",
        published_by=house.ola,
        published_at=house.version.published_at,
    )
    Decision.objects.filter(pk=decided[0].pk).update(charter=other)
    (different,), _ = found()
    assert different.why == "The text of version 1 of Hill Road is not the one that was published."


def test_the_command_says_it_and_ends_with_one(decided, capsys):
    verify(as_json=False)
    assert capsys.readouterr().out == "Every verdict is the same: 5 decisions under 1 version of charters.\n"
    Decision.objects.filter(pk=decided[0].pk).update(level="propose", verdict={"level": "ask"})
    with pytest.raises(BaseException, match="1"):
        verify(as_json=False)
    out = capsys.readouterr().out
    assert f"Decision {decided[0].pk} on C-2001, by ana" in out
    assert '"level": "ask"' in out
    assert '"level": "decide"' in out
    assert out.endswith("1 of 5 decisions under 1 version of charters differs.\n")
    with pytest.raises(BaseException, match="1"):
        verify(as_json=True)
    assert json.loads(capsys.readouterr().out)["decision"] == decided[0].pk


def test_nothing_decided_yet(house, capsys):
    verify(as_json=False)
    assert capsys.readouterr().out == "No decision is recorded yet.\n"
