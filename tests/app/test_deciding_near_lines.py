"""Amounts just under a line, again and again: a reason to talk, for those whom it concerns alone."""

from datetime import timedelta

import pytest
from tests.app.made_complaints import made_complaint, wants

from remit.complaints import near_lines
from remit.complaints.actions.deciding import decide, undo, withdraw
from remit.complaints.models import Decision
from remit.core import clock

THIRD = "Marked to be looked at together: the third amount just under a line in 30 days."


def just_under(house, *, member=None, value=4900, **more):
    """The rude one's line for deciding alone is at 50.00."""
    complaint = made_complaint(house, category="rude", **more)
    return decide(member or house.ana, complaint.number, wants("refund", value))


@pytest.fixture
def third(house, noon):
    """The third one's complaint."""
    just_under(house)
    just_under(house)
    return just_under(house).complaint


def page(client, complaint, part=""):
    return client.get(f"/complaints/{complaint.number}/{part}").content.decode()


class TestTheRule:
    def test_the_third_in_thirty_days_is_marked(self, house, noon):
        made = [just_under(house) for _ in range(4)]
        assert [each.near_lines for each in made] == [1, 2, 3, 4]
        assert near_lines.marked(2) == ""
        assert near_lines.marked(3) == THIRD
        assert "amount number 11 just" in near_lines.marked(11)

    def test_an_amount_that_remit_offered_never_is(self, house, noon):
        made = [just_under(house, value=5000) for _ in range(5)]
        assert {each.near_lines for each in made} == {0}
        assert all(each.was_offered for each in made)

    def test_what_the_customer_asked_for_and_all_that_was_paid_never_are(self, house, noon):
        all_of_it = just_under(house, paid=4900)
        sought = made_complaint(house, category="rude", paid=8000)
        sought.sought_kind, sought.sought_amount = "refund", 4900
        sought.save()
        as_asked = decide(house.ana, sought.number, wants("refund", 4900))
        assert (all_of_it.near_lines, as_asked.near_lines) == (0, 0)

    @pytest.mark.parametrize(("value", "is_near"), [(4750, False), (4751, True), (4999, True), (5001, False)])
    def test_just_under_is_the_last_twentieth(self, house, noon, value, is_near):
        assert just_under(house, value=value).is_near_line is is_near

    def test_after_thirty_days_they_are_forgotten(self, house, noon):
        just_under(house)
        just_under(house)
        with clock.at(noon + timedelta(days=30)):
            assert just_under(house).near_lines == 1

    def test_colleagues_are_counted_apart(self, house, noon):
        just_under(house)
        just_under(house)
        assert just_under(house, member=house.ben).near_lines == 1

    def test_what_was_undone_or_withdrawn_counts_for_nothing(self, house, noon):
        undo(house.ana, just_under(house).pk)
        late = made_complaint(house, category="late", paid=40000)
        question = decide(house.ana, late.number, wants("refund", 19500))
        assert question.is_near_line
        withdraw(house.ana, question.approval)
        assert just_under(house).near_lines == 1


class TestWhoSeesIt:
    @pytest.mark.parametrize(
        ("who", "sees"), [("ana", True), ("sam", True), ("mia", True), ("ola", True), ("ben", False)]
    )
    def test_the_one_who_decided_and_those_who_lead(self, house, signed_in, third, who, sees):
        client = signed_in(getattr(house, who))
        assert (THIRD in page(client, third)) is sees
        assert ("nothing is held against anybody" in page(client, third)) is sees
        assert (THIRD in page(client, third, "timeline/")) is sees
        assert (third.said in client.get("/complaints/?tab=all&look=together").content.decode()) is sees

    def test_another_team_sees_nothing(self, house, signed_in, third):
        client = signed_in(house.eve)
        assert client.get(f"/complaints/{third.number}/").status_code == 404
        assert third.said not in client.get("/complaints/?tab=all&look=together").content.decode()

    def test_what_isnt_marked_says_nothing(self, house, signed_in, noon):
        first = just_under(house).complaint
        assert "looked at together" not in page(signed_in(house.sam), first)

    def test_undone_it_is_marked_no_more(self, house, signed_in, third):
        undo(house.ana, Decision.objects.get(complaint=third).pk)
        client = signed_in(house.sam)
        assert THIRD not in page(client, third)
        assert THIRD not in page(client, third, "timeline/")
        assert third.said not in client.get("/complaints/?tab=all&look=together").content.decode()


class TestTheList:
    def test_it_is_a_filter_like_the_others(self, house, signed_in, third):
        other = made_complaint(house, title="Something else")
        body = signed_in(house.sam).get("/complaints/?tab=all&look=together").content.decode()
        assert (third.said in body, other.said in body) == (True, False)
        assert "nothing is held against anybody" in body
        assert 'href="/complaints/?tab=all"' in body
        rows = b"".join(signed_in(house.sam).get("/complaints/export.csv?tab=all&look=together")).decode()
        assert (third.said in rows, other.said in rows) == (True, False)

    def test_an_unknown_word_narrows_nothing(self, house, signed_in, third):
        body = signed_in(house.ben).get("/complaints/?tab=all&look=elsewhere").content.decode()
        assert third.said in body
