"""A worker looks back over many decisions, and writes down how far it is while others write, too."""

LOOK = """
from datetime import timedelta
from types import SimpleNamespace
from django.conf import settings
from tests.app.conftest import CHARTER
from tests.app.made_complaints import made_complaint, wants
from tests.app.made_house import made_house
from remit.complaints.actions.deciding import decide
from remit.core.clock import now
from remit.core.writing import write
from remit.insight.models import LookBack
from remit.insight.what_if import actions, history
from remit.insight.what_if.vocabulary import Of
from remit.people.access import place_in
from remit.people.models import Member

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
with write():
    house = SimpleNamespace(**made_house(CHARTER, now() - timedelta(hours=1)))
for amount in range(6):
    decide(house.ana, made_complaint(house, category="rude").number, wants("refund", 1000 + amount))
actions.AT_ONCE_UP_TO, actions._STEP, history._CHUNK = 0, 1, 2
day = now().date()
begun = actions.look_back(place_in(house.mia, house.harbour), actions.Wanted(
    of=Of.TEXT, named="another text", text=CHARTER, teams=[house.harbour],
    since=day - timedelta(days=3), until=day + timedelta(days=1),
))
write_down, seen = actions._Steps.read, []

def others_write():
    with write():
        Member.objects.filter(word="ben").update(name="Ben")
    connections.close_all()

def while_others_write(steps, rows):
    other = threading.Thread(target=others_write)
    other.start()
    other.join()
    write_down(steps, rows)
    seen.append(LookBack.objects.get().done)

actions._Steps.read = while_others_write
actions.look_on(begun.pk)
begun.refresh_from_db()
print(seen, begun.answer is not None, begun.failed)
"""


def test_how_far_it_is_is_written_down_while_others_write(own_remit):
    assert own_remit.python(LOOK).splitlines()[-1] == "[2, 4, 6] True"
