"""Fifty members decide at the same moment: no allowance is overspent, no order, and the books are right."""

import json

SET_UP = """
from datetime import timedelta
from tests.app.made_house import made_house, joined, made_member
from tests.app.made_complaints import made_complaint
from remit.core.clock import now
from remit.people.models import Role, Team
from types import SimpleNamespace
from django.conf import settings
from remit.core.writing import write

settings.PASSWORD_HASHERS = ["django.contrib.auth.hashers.MD5PasswordHasher"]
CHARTER = '''
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back.
grants:
  - id: fix-on-the-spot
    who: {role: member}
    kind: [refund, credit]
    upto: 2000
    level: decide
    why: A small refund costs less than a lost guest.
  - id: manager
    who: {role: manager}
    upto: 5000
    level: decide
    why: Somebody has to be able to.
allowances:
  - id: house
    kind: [credit]
    per: team
    period: week
    most: 1000
    beyond: ask
    why: A bad week should be seen.
'''
with write():
    house = SimpleNamespace(**made_house(CHARTER, now()))
    for number in range(50):
        member = made_member(f"m{number}", f"Member {number}", now())
        joined(member, house.harbour, Role.objects.get(word="member"), now())
        made_complaint(house, title=f"Complaint {number}")
    made_complaint(house, title="The order of all", paid=100_000)
"""
ALL_AT_ONCE = """
connections.close_all()
while not Path("go").exists():
    pass
said = []

def once(member):
    try:
        said.append(act(member))
    except Refusal as refusal:
        said.append(refusal.code)
    except Exception as error:
        said.append(repr(error))
    finally:
        connections.close_all()

threads = [threading.Thread(target=once, args=(member,)) for member in members]
for thread in threads: thread.start()
for thread in threads: thread.join()
import json
print(json.dumps(said))
"""
DECIDE = (
    """
import secrets
from remit.complaints.actions.deciding import Intent, decide
from remit.complaints.models import Complaint
from remit.core.errors import Refusal
from remit.people.models import Member

PART, PARTS, KIND, ONE_ORDER = int(sys.argv[1]), int(sys.argv[2]), sys.argv[3], sys.argv[4] == "one"
members = list(Member.objects.filter(word__regex="^m[0-9]+$").order_by("id"))[PART::PARTS]
numbers = list(Complaint.objects.order_by("number").values_list("number", flat=True))

def act(member):
    number = numbers[-1] if ONE_ORDER else numbers[int(member.word[1:])]
    return decide(member, number, Intent(kind=KIND, value=4000, key=secrets.token_hex(8))).level
"""
    + ALL_AT_ONCE
)
CHECK = """
from remit.ledger.reconciling import differences
from remit.remedies.models import Remedy
from remit.trail.verifying import verify_trail
from django.db.models import Sum
import json
total = Remedy.objects.aggregate(total=Sum("value"))["total"]
print(json.dumps([total, [str(each) for each in differences()], verify_trail().broken]))
"""
CREDIT_OF_100 = """
from tests.app.made_complaints import made_complaint
from remit.complaints.actions.deciding import Intent, decide
from remit.complaints.models import Complaint
from remit.people.models import Member
from remit.remedies.actions.handing_over import settle
import secrets
complaint = Complaint.objects.order_by("-number").first()
wish = Intent(kind="credit", value=10_000, key=secrets.token_hex(8))
settle(decide(Member.objects.get(word="mia"), complaint.number, wish).remedy, None)
"""
TAKE_IN = (
    """
from remit.core.errors import Refusal
from remit.people.models import Member
from remit.remedies.actions.handing_over import redeem
from remit.remedies.models import StoreCredit
credit, members = StoreCredit.objects.get(), list(Member.objects.filter(word__regex="^m[0-9]$"))

def act(member):
    redeem(credit, 700, member)
    return "taken"
"""
    + ALL_AT_ONCE
)
TAKE_IN_AT_THE_END = (
    """
from datetime import timedelta
from remit.core import clock
from remit.core.errors import Refusal
from remit.people.models import Member
from remit.remedies.actions.credit_ends import enter_ended
from remit.remedies.actions.handing_over import redeem
from remit.remedies.models import StoreCredit
credit, members = StoreCredit.objects.get(), list(Member.objects.filter(word__regex="^m[0-9]$"))
over = clock.now() + timedelta(days=3)

def act(member):
    if member.pk % 2:
        redeem(credit, 700, member)
        return "taken"
    with clock.at(over):
        return "ended" if enter_ended() else "nothing to end"
"""
    + ALL_AT_ONCE
)
PROCESSES = 5


def _at_once(remit, program, *arguments):
    """What some processes print that run it at the same moment, sorted; then the total, and what is wrong."""
    started = [remit.started_python(program, part, *arguments) for part in range(PROCESSES)]
    (remit.folder / "go").touch()
    printed = [process.communicate(timeout=600) for process in started]
    words = [word for out, wrong in printed for word in json.loads(out or json.dumps([wrong]))]
    return sorted(words), json.loads(remit.python(CHECK))


def _decided(remit, kind, order):
    remit.python(SET_UP)
    return _at_once(remit, DECIDE, PROCESSES, kind, order)


def test_an_allowance_of_the_team_is_not_overspent(own_remit):
    levels, (total, wrong, broken) = _decided(own_remit, "credit", "each")
    assert levels == ["ask"] * 25 + ["decide"] * 25
    assert (total, wrong, broken) == (100_000, [], None)


def test_an_order_is_not_overspent(own_remit):
    levels, (total, wrong, broken) = _decided(own_remit, "refund", "one")
    assert levels == ["decide"] * 25 + ["more-than-paid"] * 25
    assert (total, wrong, broken) == (100_000, [], None)


def test_a_credit_is_not_used_beyond_what_it_is_worth(own_remit):
    own_remit.python(SET_UP)
    own_remit.python(CREDIT_OF_100)
    codes, (total, wrong, broken) = _at_once(own_remit, TAKE_IN)
    assert codes == ["credit-used"] * 36 + ["taken"] * 14
    assert (total, wrong, broken) == (10_000, [], None)
    assert own_remit.rows('SELECT "left" FROM remedies_storecredit') == [(200,)]


def test_a_credit_is_used_or_ends_and_never_both(own_remit):
    own_remit.python(SET_UP)
    own_remit.python(
        f"{CREDIT_OF_100}\nfrom remit.remedies.models import StoreCredit\n"
        # The last day has to last, whatever the hour is where the team is.
        "from datetime import timedelta\nfrom remit.core.clock import today\n"
        "StoreCredit.objects.update(last_day=today('UTC') + timedelta(days=1))"
    )
    codes, (total, wrong, broken) = _at_once(own_remit, TAKE_IN_AT_THE_END)
    assert set(codes) <= {"taken", "ended", "nothing to end", "credit-used"}
    assert codes.count("ended") == 1
    assert (total, wrong, broken) == (10_000, [], None)
    (unused,) = own_remit.rows("SELECT amount FROM remedies_event WHERE what = 'ended-1'")
    assert unused == (10_000 - 700 * codes.count("taken"),)
    assert own_remit.rows('SELECT "left" FROM remedies_storecredit') == [(0,)]
