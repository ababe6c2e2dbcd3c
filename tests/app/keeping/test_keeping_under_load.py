"""A backup that is taken while several processes decide and give is one moment of it, and right."""

import json

import pytest
from tests.app.races.real import wait_for
from tests.app.races.test_many_decide_at_once import SET_UP

PROCESSES = 4
BACKUPS = 3
ON_AND_ON = """
import secrets
from types import SimpleNamespace
from remit.complaints.actions.deciding import Intent, decide
from remit.complaints.models import Attachment
from remit.core.errors import Refusal
from remit.core.writing import write
from remit.people.models import Member, Team
from remit.remedies.actions.handing_over import settle
from tests.app.made_complaints import made_complaint
from django.core.files.base import ContentFile
from remit.complaints.models import Message
from remit.complaints.vocabulary import MessageForm
from remit.core.clock import now

part = int(sys.argv[1])
mia, harbour = Member.objects.get(word="mia"), Team.objects.get(word="harbour")
done = 0
while not Path("stop").exists():
    with write():
        complaint = made_complaint(SimpleNamespace(harbour=harbour), title=f"{part}-{done}", paid=100_000)
        message = Message.objects.create(complaint=complaint, form=MessageForm.AUTOMATIC, text="x", at=now())
        kept = Attachment(message=message, name="a.png", media_type="image/png", size=9)
        kept.file.save(f"{secrets.token_hex(16)}.png", ContentFile(os.urandom(20_000)), save=False)
        kept.save()
    for kind in ("credit", "refund"):
        try:
            decision = decide(mia, complaint.number, Intent(kind=kind, value=4000, key=secrets.token_hex(8)))
            if decision.remedy and kind == "credit":
                settle(decision.remedy, None)
        except Refusal:
            pass
    done += 1
print(done)
"""
UPLOADS_ARE_THERE = """
from remit.complaints.models import Attachment
files = [each.file for each in Attachment.objects.all()]
print(all(file.storage.exists(file.name) for file in files), len(files))
"""
TABLES = "from remit.command.application import set_up_tables; set_up_tables()"
DECISIONS = "SELECT count(*) FROM complaints_decision"


@pytest.mark.slow
def test_under_load(places, tmp_path):
    here = places("here")
    here.python(TABLES)
    here.python(SET_UP)
    writers = [here.started_python(ON_AND_ON, part) for part in range(PROCESSES)]
    wait_for(lambda: here.rows(DECISIONS)[0][0] > PROCESSES)
    written = []
    for number in range(BACKUPS):
        before = here.rows(DECISIONS)[0][0]
        made = json.loads(here.remit("backup", tmp_path / f"{number}.zip", "--json"))
        assert made["uploads_missing"] == 0
        written.append(here.rows(DECISIONS)[0][0] - before)
    (here.folder / "stop").touch()
    done = [process.communicate(timeout=600) for process in writers]
    assert all(int(printed or -1) > 0 for printed, _ in done), done
    assert min(written) > 0, "nobody wrote while it was taken"
    for number in range(BACKUPS):
        there = places(f"there-{number}")
        said = there.remit("restore", tmp_path / f"{number}.zip")
        assert "the books are right, and the trail is whole" in said
        are_there, count = there.python(UPLOADS_ARE_THERE).split()
        assert are_there == "True"
        assert int(count) > 0
        assert there.is_whole()
