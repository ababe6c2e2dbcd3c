"""What was given to a customer uses the allowance of the record that stays when two are merged."""

import pytest
from tests.app.made_complaints import made_complaint, wants
from tests.app.made_house import made_house

from remit.complaints.actions.customers import merge_customers, part_customers
from remit.complaints.actions.deciding import decide, undo
from remit.complaints.models import Customer
from remit.core.clock import now

CHARTER = """
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back.
grants:
  - id: fix
    who: {role: member}
    kind: refund
    upto: 100
    level: decide
    why: A small refund costs less than a lost guest.
  - id: manager
    who: {role: manager}
    level: decide
    why: Somebody has to be able to.
allowances:
  - id: twice
    per: customer
    period: ever
    most: {count: 2}
    beyond: ask
    why: The third time somebody should look.
"""


@pytest.fixture
def ana(db, noon):
    return made_house(CHARTER, noon)


def given(house, customer):
    class House:
        harbour = house["harbour"]

    return decide(house["ana"], made_complaint(House, customer=customer).number, wants("refund", 1000))


def test_merged_they_share_and_parted_they_dont(ana):
    one, other = (
        Customer.objects.create(name=name, team=ana["harbour"], created_at=now()) for name in ("Jo", "Joe")
    )
    given(ana, one)
    last = given(ana, other)
    merge = merge_customers(ana["ana"], one, other)
    assert given(ana, one).level == "ask"
    undo(ana["ana"], last.pk)
    assert given(ana, one).level == "decide"
    part_customers(ana["ana"], merge)
    assert given(ana, other).level == "decide"
