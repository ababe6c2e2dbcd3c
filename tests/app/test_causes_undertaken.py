"""What is undertaken about a cause: tasks and steps, kept with it, and whether it went down since."""

from datetime import timedelta

import pytest
from tests.app.made_complaints import made_complaint
from tests.app.procedures.made_procedures import LATE, made_procedure, otherwise
from tests.app.work.made_work import words

from remit.complaints.models import Complaint, Tag
from remit.core import clock
from remit.core.clock import now
from remit.core.errors import NotThere, Refusal
from remit.insight.causes.counting import Cause, Sort
from remit.insight.causes.undertaking import undertake_step, undertake_task
from remit.insight.models import Undertaking
from remit.people.access import place_in
from remit.procedures.actions.drafting import save
from remit.procedures.actions.publishing import hand_in, publish
from remit.procedures.models import Draft
from remit.work.actions import ending

pytestmark = pytest.mark.django_db
CAUSE = Cause(Sort.CATEGORY, "late")
LATE_PAGE, TASK, STEP = (
    "/causes/about/late/",
    "/causes/task/harbour/about/late/",
    "/causes/step/harbour/about/late/",
)


def come(house, weeks, *, late, cold=6, team=None):
    """So many complaints in each of some weeks, counted back from now."""
    first = made_complaint(house, team=team)
    long_ago = now() - timedelta(days=900)
    Complaint.objects.filter(pk=first.pk).update(opened_at=long_ago, last_at=long_ago)
    rows = []
    for back in weeks:
        moment = now() - timedelta(weeks=back)
        for category in ("late",) * late + ("cold",) * cold:
            row = Complaint(
                **{field.attname: getattr(first, field.attname) for field in Complaint._meta.concrete_fields}
            )
            row.pk, row.number, row.link = None, first.number + len(rows) + 1, f"{first.link[:30]}{len(rows)}"
            row.category, row.opened_at, row.last_at = category, moment, moment
            rows.append(row)
    Complaint.objects.bulk_create(rows)


def undertaken(house, who=None, back=0, **said):
    """A task about it, written down some weeks ago."""
    with clock.at(now() - timedelta(weeks=back)):
        place = place_in(who or house.mia, house.harbour)
        return undertake_task(place, CAUSE, words(**said), stamp=f"about-{back}-{said.get('title', '')}")


def done(house, back, title="Ask the kitchen"):
    """A task about it that was done so many weeks ago, picked two weeks before."""
    task = undertaken(house, back=back + 2, title=title)
    with clock.at(now() - timedelta(weeks=back)):
        ending.do(house.mia, task.pk)
    return task


def page(client, path=LATE_PAGE):
    return client.get(path).content.decode()


class TestTasks:
    def test_it_is_written_down_with_the_figures_as_why_and_stands_on_the_page_of_its_cause(
        self, house, signed_in
    ):
        come(house, range(1, 15), late=2)
        client = signed_in(house.ana)
        assert "Nothing yet." in page(client)
        form = client.get(TASK)
        assert "“late”: 8 complaints in the newest 4 weeks, where 8 would be usual." in form.content.decode()
        sent = {
            "stamp": form.context["form"]["stamp"].value(),
            "title": "Ask the kitchen",
            "why": "Who cooks knows why.",
        }
        first = client.post(TASK, sent)
        again = client.post(TASK, sent)
        assert first.url == again.url
        assert Undertaking.objects.get().task.title == "Ask the kitchen"
        told = page(client)
        assert "Ask the kitchen" in told
        assert "free to take" in told

    def test_what_was_typed_is_kept_beside_what_is_missing(self, house, signed_in):
        come(house, range(1, 3), late=1)
        answer = signed_in(house.ana).post(TASK, {"stamp": "a", "title": "Ask the kitchen", "why": ""})
        assert answer.status_code == 422
        assert "Ask the kitchen" in answer.content.decode()
        assert not Undertaking.objects.exists()

    def test_how_far_it_is(self, house, signed_in):
        come(house, range(1, 3), late=1)
        task = undertaken(house)
        ending.close(house.mia, task.pk, "It was the oven.")
        assert "closed without doing it" in page(signed_in(house.ana))

    def test_another_team_neither_sees_it_nor_writes_it_down_there(self, house, signed_in):
        come(house, range(1, 3), late=1)
        come(house, range(1, 3), late=1, team=house.hill)
        undertaken(house, title="Ask the kitchen")
        assert "Ask the kitchen" not in page(signed_in(house.eve))
        assert signed_in(house.eve).get(TASK).status_code == 404
        assert signed_in(house.ana).get(TASK.replace("late/", "never/")).status_code == 404

    def test_a_cause_with_any_word_leads_there_too(self, house, signed_in):
        come(house, range(1, 2), late=0, cold=1)
        tag = Tag.objects.create(team=house.harbour, word="a/b c")
        tag.complaints.add(Complaint.objects.get(category="cold"))
        client = signed_in(house.ana)
        assert 'href="/causes/task/harbour/tag/a/b%20c/"' in page(client, "/causes/tag/a/b%20c/")
        assert client.get("/causes/task/harbour/tag/a/b%20c/").status_code == 200
        assert client.get("/causes/task/harbour/where/harbour/").status_code == 200


class TestAfterwards:
    def test_it_says_that_it_went_down_and_claims_no_more(self, house, signed_in):
        come(house, range(8, 30), late=6)
        come(house, range(1, 8), late=1)
        done(house, back=8)
        told = page(signed_in(house.ana))
        assert "1 a week in the 7 whole weeks since, 6 a week in the 17 whole weeks before." in told
        assert "It went down: beside all complaints these are fewer than noise explains." in told
        assert "doesn’t say that it went down because of it" in told
        assert told.count('class="was-done"') == 1

    @pytest.mark.parametrize(
        ("back", "late", "says"),
        [
            (8, 3, "noise may well explain"),
            (8, 9, "It went up"),
            (2, 3, "Too early to say more"),
            (0, 3, "No whole week has passed since."),
            (24, 3, "weeks before are counted: too few"),
        ],
    )
    def test_or_what_else_there_is_to_say(self, house, signed_in, back, late, says):
        come(house, range(8, 30), late=3)
        come(house, range(1, 8), late=late)
        done(house, back=back)
        assert says in page(signed_in(house.ana))

    def test_over_several_teams_it_leads_to_the_one(self, house, signed_in):
        come(house, range(1, 20), late=2)
        come(house, range(1, 3), late=1, team=house.hill)
        done(house, back=6)
        client = signed_in(house.ola)
        told = page(client)
        assert "Did it go down in Harbour Street?" in told
        assert "whole weeks since" not in told
        assert "whole weeks since" in page(client, f"{LATE_PAGE}?team=harbour")


class TestLongAgo:
    def test_a_task_leads_back_to_its_cause_and_its_page_stays_when_nobody_complains(self, house, signed_in):
        come(house, range(60, 84), late=6)
        come(house, range(48, 60), late=1)
        come(house, range(1, 8), late=0)
        task = done(house, back=60)
        Complaint.objects.filter(category="late", opened_at__gt=now() - timedelta(weeks=53)).delete()
        client = signed_in(house.ana)
        back = page(client, f"/tasks/{task.pk}/")
        assert f'href="{LATE_PAGE}?team=harbour"' in back
        assert "Cause of complaints" in back
        told = page(client, f"{LATE_PAGE}?team=harbour")
        assert "Nobody complained of it in the 52 whole weeks before this one." in told
        assert "Ask the kitchen" in told
        assert "It went down:" in told
        assert "6 a week in the" in told
        assert "A step of a procedure" not in told
        assert f'href="{LATE_PAGE}"' in page(client, "/causes/")
        assert client.get("/causes/about/never/").status_code == 404
        assert client.get("/causes/part/x/").status_code == 404
        assert signed_in(house.eve).get(LATE_PAGE).status_code == 404
        assert "any more" not in page(signed_in(house.eve), "/causes/")

    def test_where_nobody_complains_of_anything_what_was_done_is_shown_all_the_same(self, house, signed_in):
        undertaken(house)
        told = page(signed_in(house.ana))
        assert "Ask" not in told
        assert "free to take" in told
        assert "Nobody complains of it any more" in page(signed_in(house.ana), "/causes/")


class TestSteps:
    def test_a_members_is_a_proposal_that_others_see_once_it_is_handed_in(self, house, signed_in):
        come(house, range(1, 3), late=1)
        procedure = made_procedure(house.sam)
        client = signed_in(house.ana)
        chosen = client.get(STEP).content.decode()
        assert "Tell the guest at ten minutes" in chosen
        answer = client.post(STEP, {"step": f"{procedure.pk}:b2"})
        draft = Draft.objects.get(ended_at=None)
        assert answer.url == f"/procedures/drafts/{draft.pk}/#step-b2"
        assert client.post(STEP, {"step": f"{procedure.pk}:b2"}).url == answer.url
        assert Undertaking.objects.count() == 1
        assert "Offer something now, in “When an order is late”" in page(client)
        assert "Offer something now" not in page(signed_in(house.mia))
        hand_in(house.ana, draft.pk, draft.revision, "Three in a week.")
        assert "Ana proposes it" in page(signed_in(house.mia))

    def test_published_it_is_done(self, house, signed_in):
        come(house, range(1, 3), late=1)
        procedure = made_procedure(house.sam)
        draft = undertake_step(place_in(house.sam, house.harbour), CAUSE, procedure.pk, "b2")
        save(house.sam, draft.pk, draft.revision, otherwise(LATE, "b2", text="Bread."))
        publish(house.sam, draft.pk, 2, why="Three in a week.")
        told = page(signed_in(house.ben))
        assert "published as version 2" in told
        assert f"/procedures/{procedure.pk}/versions/2/" in told

    def test_what_isnt_there_is_refused(self, house, signed_in):
        come(house, range(1, 3), late=1)
        procedure = made_procedure(house.sam)
        place = place_in(house.sam, house.harbour)
        with pytest.raises(Refusal, match="isn't there any more"):
            undertake_step(place, CAUSE, procedure.pk, "zz")
        with pytest.raises(NotThere):
            undertake_step(place_in(house.ola, house.hill), CAUSE, procedure.pk, "b2")
        for step in ("", "x", f"{procedure.pk}", "99999999999999999999:b2"):
            assert signed_in(house.ana).post(STEP, {"step": step}).status_code in {404, 409}
        assert not Undertaking.objects.exists()

    def test_procedures_are_found_and_those_with_the_cause_stand_first(self, house, signed_in):
        come(house, range(1, 3), late=1)
        client = signed_in(house.ana)
        assert "has no procedures yet" in client.get(STEP).content.decode()
        made_procedure(house.sam)
        assert "Nothing found" in client.get(f"{STEP}?q=xyz").content.decode()
        assert "When an order is late" in client.get(f"{STEP}?q=guest").content.decode()
