"""Rules of a charter hang on objectives: one click from a verdict to what the rule is for."""

import pytest
from tests.app.made_complaints import made_complaint, wants
from tests.app.page_checks import assert_clean
from tests.app.purpose.made_objectives import made_objective, made_vision
from tests.app.purpose.test_purpose_pages import words

from remit.complaints.actions.deciding import decide
from remit.core.errors import Changed
from remit.people.access import place_in
from remit.purpose.actions.objectives import close_objective
from remit.purpose.actions.rules import hang_rule
from remit.purpose.models import RuleHung
from remit.reviews.actions.asking import want_look
from remit.trail.models import Entry

pytestmark = pytest.mark.django_db
RULE = "/charter/harbour/rules/fix-on-the-spot/"


def test_a_manager_hangs_a_rule_on_an_objective_and_everybody_reads_what_it_is_for(house, signed_in):
    made_vision(house)
    objective = made_objective(house)
    client = signed_in(house.mia)
    assert "hangs on no objective yet" in assert_clean(client.get(RULE))
    for _ in range(2):  # a second click
        assert client.post(f"{RULE}objective/", {"objective": objective.key}).url == RULE
    page = words(assert_clean(signed_in(house.ana).get(RULE)))
    assert (
        "This rule is there so that guests wait less for an answer , "
        "so that every guest leaves wanting to come back ."
    ) in page
    assert "On which objective" not in page
    hung = words(assert_clean(signed_in(house.ana).get(objective.address)))
    assert "Rules of the charter Fix on the spot" in hung
    assert signed_in(house.sam).post(f"{RULE}objective/", {"objective": ""}).status_code == 403
    assert signed_in(house.mia).post(f"{RULE}objective/", {"objective": ""}).status_code == 302
    assert not RuleHung.objects.exists()
    acts = Entry.objects.filter(subject="charter:harbour").order_by("pk").values_list("act", flat=True)
    assert list(acts) == ["rule-hung", "rule-taken-off"]


def test_a_rule_that_is_in_force_no_more_says_so_and_can_be_taken_off(house, signed_in):
    hang_rule(place_in(house.mia, house.harbour), "of-last-summer", made_objective(house))
    gone = "/charter/harbour/rules/of-last-summer/"
    assert "no such rule any more" in assert_clean(signed_in(house.ana).get(gone))
    assert signed_in(house.mia).post(f"{gone}objective/", {"objective": ""}).status_code == 302
    assert signed_in(house.ana).get(gone).status_code == 404


def test_a_verdict_leads_to_what_its_rule_is_for(house, signed_in):
    complaint = made_complaint(house, paid=30000)
    client = signed_in(house.ana)
    page = client.get(f"/complaints/{complaint.number}/make-it-right/?kind=refund&value=30")
    assert f'href="{RULE}"' in assert_clean(page)
    assert client.get(RULE).status_code == 200
    assert f'href="{RULE}"' in assert_clean(client.get("/charter/harbour/"))


def test_a_question_and_a_look_at_a_decision_say_what_their_rules_are_for(house, signed_in):
    made_vision(house)
    place = place_in(house.mia, house.harbour)
    hang_rule(place, "larger-ones", made_objective(house))
    hang_rule(place, "lead", made_objective(house, "fewer-questions", title="nobody waits for a signature"))
    proposed = decide(house.ana, made_complaint(house, paid=90000).number, wants("refund", 12000))
    by_lead = decide(house.sam, made_complaint(house, paid=90000).number, wants("refund", 20000))
    looked_at = want_look(house.sam, by_lead.pk, colleague="mia").reviews.get()

    client = signed_in(house.mia)
    question = assert_clean(client.get(f"/approvals/{proposed.approval_id}/"))
    assert 'href="/charter/harbour/rules/larger-ones/"' in question
    assert "“Larger ones” is there so that guests wait less for an answer , so that every" in words(question)
    page = words(assert_clean(client.get(f"/reviews/{looked_at.pk}/")))
    assert "“Lead” is there so that nobody waits for a signature , so that every guest" in page


def test_what_is_no_rule_or_closed_is_refused(house, signed_in):
    objective = made_objective(house)
    client = signed_in(house.mia)
    assert client.get("/charter/harbour/rules/no-such-rule/").status_code == 404
    assert client.post("/charter/harbour/rules/no-such-rule/objective/", {}).status_code == 404
    answer = client.post(f"{RULE}objective/", {"objective": "elsewhere"})
    assert answer.status_code == 422
    assert "Choose another one" in assert_clean(answer)
    assert signed_in(house.eve).get(RULE).status_code == 404
    place = place_in(house.mia, house.harbour)
    close_objective(place, objective, outcome="reached", came="Within the hour.", why="It is a habit now.")
    with pytest.raises(Changed):
        hang_rule(place, "fix-on-the-spot", objective)
