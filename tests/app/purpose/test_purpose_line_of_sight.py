"""From anything that hangs on an objective to the vision: a sentence, and the way there."""

import pytest
from tests.app.page_checks import assert_clean
from tests.app.purpose.made_objectives import made_objective, made_vision

from remit.core.errors import NotThere
from remit.purpose.access import get_objective_for, objectives_for, open_objectives_for
from remit.purpose.clauses import clause
from remit.purpose.hanging import MOST_SHOWN, Hanging, hangs_here, hung_on
from remit.purpose.line_of_sight import line_of_sight
from remit.purpose.models import Closing
from remit.purpose.objective_field import ObjectiveField

pytestmark = pytest.mark.django_db

CLAUSES = {
    "So that every guest is heard.": "every guest is heard",
    "  so   that\nGuests wait less ": "guests wait less",
    "I can sleep at night": "I can sleep at night",
    "I'm asked less": "I'm asked less",
    "A guest is never alone": "a guest is never alone",
    "VIPs are greeted by name": "VIPs are greeted by name",
    "iPads are charged": "iPads are charged",
    "Österreich is served, too": "österreich is served, too",
    "4.6 of 5 guests return": "4.6 of 5 guests return",
    "so that": "so that",
    "": "",
}


@pytest.mark.parametrize(("said", "kept"), CLAUSES.items(), ids=range(len(CLAUSES)))
def test_a_clause_is_kept_as_it_stands_after_so_that(said, kept):
    assert clause(said) == kept
    assert clause(clause(said)) == kept


def test_it_reads_as_a_sentence_and_leads_there(house, django_assert_num_queries):
    vision, objective = made_vision(house), made_objective(house)
    objective.team = house.harbour
    with django_assert_num_queries(1):
        sight = line_of_sight(objective, doing="You answer within the hour")
    assert sight.sentence == (
        "You answer within the hour so that guests wait less for an answer, "
        "so that every guest leaves wanting to come back."
    )
    assert [step.address for step in sight.steps] == [
        "/purpose/harbour/objectives/quick-answers/",
        "/purpose/harbour/",
    ]
    with django_assert_num_queries(0):
        assert line_of_sight(objective, vision=vision).sentence.startswith("You do this so that guests")


def test_without_a_vision_it_ends_at_the_objective(house):
    sight = line_of_sight(made_objective(house))
    assert sight.sentence == "You do this so that guests wait less for an answer."


def test_the_newest_version_of_the_vision_holds(house):
    made_vision(house)
    made_vision(house, "nobody leaves unheard")
    assert line_of_sight(made_objective(house)).sentence.endswith(", so that nobody leaves unheard.")


def test_who_is_elsewhere_sees_nothing(house):
    objective = made_objective(house)
    assert get_objective_for(house.ana, objective.ref) == objective
    assert list(objectives_for(house.ana, house.harbour)) == [objective]
    assert list(objectives_for(house.eve, house.harbour)) == []
    for ref in (objective.ref, "harbour", "", "harbour/none", "hill/quick-answers", "/"):
        with pytest.raises(NotThere):
            get_objective_for(house.eve, ref)


def closed(house, objective):
    Closing.objects.create(
        objective=objective, outcome="reached", came="Answers within the hour.", why="It is a habit now.",
        by=house.mia, at=objective.opened_at,
    )  # fmt: skip
    return get_objective_for(house.mia, objective.ref)


def test_a_thing_is_hung_on_an_open_objective_and_stays_on_a_closed_one(house):
    first = closed(house, made_objective(house))
    second = made_objective(house, "fewer-questions", title="members ask less")
    assert list(open_objectives_for(house.ana, house.harbour)) == [second]
    field = ObjectiveField(house.ana, house.harbour)
    assert field.clean("fewer-questions") == second
    assert field.clean("") is None
    with pytest.raises(Exception, match="isn't open any more"):
        field.clean("quick-answers")
    staying = ObjectiveField(house.ana, house.harbour, current=first, required=True)
    assert staying.clean("quick-answers") == first
    with pytest.raises(Exception, match="Choose the objective"):
        staying.clean("")


def test_what_hangs_on_it_is_listed_kind_by_kind_and_no_further_than_a_page(house, monkeypatch, signed_in):
    monkeypatch.setattr("remit.purpose.hanging._looks", {})
    objective = made_objective(house)
    hangs_here("Songs", lambda _member, _objective: ())
    hangs_here("Lists", lambda _member, one: (Hanging(f"{one} {n}", "/") for n in range(MOST_SHOWN + 5)))
    [lists] = hung_on(house.ana, objective)
    assert (lists.kind, len(lists.things), lists.has_more) == ("Lists", MOST_SHOWN, True)
    page = assert_clean(signed_in(house.ana).get(objective.address))
    assert "Guests wait less for an answer 19" in page
    assert "wait less for an answer 20" not in page


def test_members_read_the_purpose_of_their_team(house, signed_in):
    made_vision(house)
    made_objective(house)
    client = signed_in(house.ana)
    assert client.get("/purpose/").url == "/purpose/harbour/"
    page = assert_clean(client.get("/purpose/harbour/"))
    assert "Every guest leaves wanting to come back" in page
    assert "Guests wait less for an answer" in page
    assert signed_in(house.eve).get("/purpose/harbour/").status_code == 404
