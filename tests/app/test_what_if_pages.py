"""The pages of what if: figures that are the engine's, decisions behind each, and who may look."""

from datetime import timedelta

import pytest
from lxml import html
from tests.app.made_complaints import made_complaint, wants
from tests.app.made_decisions import drawn_from, made_history
from tests.app.made_house import joined, made_member
from tests.app.page_checks import assert_clean
from tests.app.test_charters_publishing import EXTENDING, ORGANISATION

from remit.approvals.vocabulary import End
from remit.charters.actions import begin_draft, publish
from remit.charters.models import Draft
from remit.complaints.actions.answering import Answer, answer
from remit.complaints.actions.deciding import decide
from remit.complaints.models import Decision
from remit.core import clock
from remit.core.errors import Refusal
from remit.insight.models import LookBack
from remit.insight.what_if import actions
from remit.insight.what_if.drafting import make_draft
from remit.insight.what_if.reading import read_as_of
from remit.jobs.models import Job
from remit.jobs.tasks import run
from remit.people.access import place_in
from remit.people.models import Role
from remit.trail.models import Entry
from remit_engine.charter import plain
from remit_engine.charter.levels import LEVELS_BY_WORD, Level
from remit_engine.charter.request import Request
from remit_engine.evidence.what_if import from_record

ADDRESS = "/charter/harbour/what-if/"
WIDER = ("upto: 80\n", "upto: 130\n")
NOT_APPROVED = {End.NO, End.OBJECTED, End.ANOTHER_AMOUNT, End.WITHDRAWN, End.EXPIRED}


def _sent(house, **other):
    day = clock.now().date()
    return {
        "of": "text",
        "text": house.version.text.replace(*WIDER),
        "since": (day - timedelta(days=300)).isoformat(),
        "until": (day + timedelta(days=1)).isoformat(),
        "mode": "as recorded",
        **other,
    }


def _looked(client, house, **other):
    response = client.post(ADDRESS, _sent(house, **other))
    assert response.status_code == 302, response.content.decode()
    return client.get(response.url)


def _figures(page):
    """What stands large on the page, by what stands below it."""
    tree = html.fromstring(page.content.decode())
    stats = tree.xpath("//div[contains(@class, 'figures')]/a")
    return {
        each.findtext("small"): (plain_spaces(each.findtext("b")), plain_spaces(each.xpath("string(span)")))
        for each in stats
    }


def plain_spaces(text):
    """Words that are kept on one line, as words."""
    return text.replace("\xa0", " ").strip()


def _asked(house, amount, end=End.YES, *, category="rude", hours=1):
    decision = decide(
        house.ana, made_complaint(house, category=category, paid=60000).number, wants("refund", amount)
    )
    with clock.at(clock.now() + timedelta(hours=hours)):
        answer(house.mia, decision.approval_id, Answer(how=end, why="Because."))
    return decision


def _by_hand(text):
    """What the formula says of every decision, one after the other: (decision, before, after, ending)."""
    charter = read_as_of(text, "EUR").compiled.charter
    for row in Decision.objects.select_related("approval__ending", "delegation").order_by("at", "id"):
        asked = row.verdict.get("of") or row.request
        after = plain.level(charter, Request.from_record({**asked, **_used(asked)}))
        said, before = LEVELS_BY_WORD[row.verdict["level"]], LEVELS_BY_WORD[row.level]
        most = LEVELS_BY_WORD[row.delegation.highest] if row.delegation else Level.DECIDE
        after = min(after, before if after < said else most) if after != said else before
        if row.delegation:  # the better of what was lent and of their own
            after = max(
                after, plain.level(charter, Request.from_record({**row.request, **_used(row.request)}))
            )
        ending = row.approval.ending.how if row.approval and row.approval.ended_at else ""
        yield row, before, after, ending


@pytest.mark.parametrize("seed", range(20))
def test_on_made_histories_the_page_says_what_the_formula_says(house, noon, signed_in, seed):
    """Twenty histories through the real database and the real page, counted by hand from the rows."""
    made_history(house, drawn_from(seed), noon - timedelta(days=100), decisions=24, days=80)
    client = signed_in(house.mia)
    text = house.version.text.replace("upto: 50\n", "upto: 90\n").replace("upto: 400\n", "upto: 140\n")
    page = _looked(client, house, text=text)
    rows = list(_by_hand(text))
    avoided = [each for each in rows if each[1] == Level.ASK and each[2] >= Level.PROPOSE]
    freed = [
        each
        for each in rows
        if (each[1] < Level.PROPOSE <= each[2]) or (each[1] == Level.PROPOSE and each[2] >= Level.INFORM)
    ]
    through = [row for row, _, _, ending in freed if ending in NOT_APPROVED]
    added = [row for row, before, after, _ in rows if before >= Level.PROPOSE and after == Level.ASK]
    hours = sum(
        (row.approval.ended_at - row.approval.asked_at).total_seconds() // 1 / 3600
        for row, _, after, _ in avoided
        if after >= Level.INFORM and row.approval.ended_at
    )
    kept = from_record(LookBack.objects.get().answer)
    assert (kept.avoided.waiting.total if kept.avoided.waiting else 0) == pytest.approx(hours, abs=0.01)
    shown = _figures(page)
    asked = sum(before == Level.ASK for _, before, _, _ in rows)
    assert shown[f"of {asked} questions not asked"][0] == str(len(avoided))
    assert shown["out without a yes"][0] == f"EUR {_sum(row for row, *_ in avoided)}"
    figure, below = shown["not plainly approved, and let through"]
    assert figure == str(len(through))
    if through:
        assert below.startswith(f"EUR {_sum(through)}, ")
    assert shown.get("questions more", ("0",))[0] == str(len(added))
    for of, expected in (
        ("avoided", [row for row, *_ in avoided]),
        ("let-through", through),
        ("added", added),
    ):
        assert _listed(client, of) == [row.complaint.title for row in reversed(expected)], of


def _used(record):
    return {"used": {"weekly": record.get("used", {}).get("weekly", 0)}}


def _sum(rows):
    return f"{sum(row.value for row in rows) / 100:,.2f}"


def _listed(client, of):
    number = LookBack.objects.latest("pk").pk
    page = html.fromstring(client.get(f"{ADDRESS}{number}/decisions/?of={of}").content.decode())
    return [each.text_content() for each in page.xpath("//tbody//tr/th/a")]


def test_a_limit_that_would_be_another_one(house, noon, signed_in):
    for amount, end in ((6000, End.YES), (7000, End.NO), (9000, End.YES)):
        _asked(house, amount, end)
    client = signed_in(house.mia)
    page = _looked(client, house, of="limit", grant="fix-on-the-spot", upto="80")
    text = assert_clean(page)
    assert "fix-on-the-spot up to EUR 80" in text
    shown = _figures(page)
    assert shown["of 3 questions not asked"] == ("2", "1 of them approved")
    assert shown["of waiting less, by the clock"][0] == "2.0 h"
    assert shown["not plainly approved, and let through"][0] == "1"
    assert (
        "Had it been in force then, 2 questions would not have had to be asked, 2.0\xa0h of waiting" in text
    )
    tree = html.fromstring(text)
    assert len(tree.xpath("//svg[contains(@class, 'choice')]")) == 2  # for wide places and for narrow ones
    rows = [
        [cell.text_content().replace("\xa0", " ").strip() for cell in row]
        for row in tree.xpath("//section[contains(@class, 'choice-card')]//tbody/tr")
    ]
    assert [row[0] for row in rows] == ["EUR 50.00", "EUR 60.00", "EUR 70.00", "EUR 80.00", "EUR 90.00"]
    assert [row[1] for row in rows] == ["0", "1", "2", "2", "3"]
    assert [row[-1] for row in rows] == ["today", "", "", "looked at", ""]
    assert Entry.objects.filter(act="looked-back", subject="charter:harbour").count() == 1


def test_a_draft_is_chosen_by_its_number(house, noon, signed_in):
    _asked(house, 6000)
    text = house.version.text.replace("upto: 50\n", "upto: 60\n")
    draft = Draft.objects.create(
        team=house.harbour, text=text, why="Sixty is enough.", made_by=house.mia, made_at=noon
    )
    client = signed_in(house.mia)
    chosen = client.get(f"/charter/drafts/{draft.pk}/what-if/", follow=True)
    assert chosen.redirect_chain[0][0] == f"{ADDRESS}?draft={draft.pk}"
    form = html.fromstring(assert_clean(chosen))
    assert form.xpath("//input[@name='of'][@checked]/@value") == ["draft"]
    assert "Sixty is enough." in form.xpath("string(//select[@name='draft']/option[@selected])")
    page = _looked(client, house, of="draft", draft=str(draft.pk))
    assert "the draft of 23 November 2026" in assert_clean(page)
    assert _figures(page)["of 1 questions not asked"][0] == "1"
    draft.delete()
    assert client.get(f"{ADDRESS}{LookBack.objects.get().pk}/").status_code == 200


def test_a_draft_of_the_organisation_is_replayed_in_a_team_that_extends_it(house, noon, signed_in):
    client = signed_in(house.ola)
    nowhere = begin_draft(house.ola, None, ORGANISATION, "Everywhere.", name="For all")
    assert "extends the organisation" in client.get(f"/charter/drafts/{nowhere.pk}/what-if/").content.decode()
    publish(house.ola, None, ORGANISATION, "Everywhere.")
    publish(house.ola, house.harbour, EXTENDING, "Ours, on top.", seconded_by=house.mia)
    for amount in (1500, 2500, 4500):
        decide(house.ana, made_complaint(house, paid=60000).number, wants("refund", amount))
    text = ORGANISATION.replace("upto: 20", "upto: 30")
    draft = begin_draft(house.ola, None, text, "A little more.", name="Thirty")
    chosen = client.get(f"/charter/drafts/{draft.pk}/what-if/", follow=True)
    assert chosen.redirect_chain[0][0] == f"{ADDRESS}?draft={draft.pk}"
    assert "Thirty, of the organisation, " in assert_clean(chosen)
    page = _looked(client, house, of="draft", draft=str(draft.pk), teams=["harbour"])
    shown = assert_clean(page)
    assert "the organisation’s draft Thirty" in shown
    assert _figures(page)["of 2 questions not asked"][0] == "1"
    begun = LookBack.objects.get()
    assert (begun.text, begun.above_text) == (EXTENDING, text)
    assert f"/charter/drafts/{draft.pk}/" in shown
    with pytest.raises(Refusal):
        make_draft(place_in(house.ola, house.harbour), begun, "Why not.")
    assert f'value="{draft.pk}"' not in signed_in(house.mia).get(ADDRESS).content.decode()


def test_too_little_data_is_said_and_nothing_is_guessed(house, noon, signed_in):
    _asked(house, 6000)
    text = assert_clean(_looked(signed_in(house.mia), house, of="limit", grant="fix-on-the-spot", upto="80"))
    assert "8 more whole weeks of decisions, and something can be said" in text
    assert "Scenarios" not in text
    assert "Nothing is shown by role" in text  # there are four people here
    assert "Requests that were never made" in text


def test_by_role_once_there_are_five_people_of_each(house, noon, signed_in):
    for number in range(8):
        role = Role.objects.get(word="member" if number < 3 else "lead")
        joined(made_member(f"p{number}", f"Person {number}", noon), house.harbour, role, noon)
    for word in ("ana", "ben", "p0", "p1", "p2", "sam", "p3", "p4", "p5", "p6", "p7"):
        member = house.harbour.memberships.get(member__word=word).member
        decide(member, made_complaint(house, category="rude", paid=60000).number, wants("refund", 4900))
    text = assert_clean(
        _looked(signed_in(house.mia), house, text=house.version.text.replace("upto: 50\n", "upto: 40\n"))
    )
    tree = html.fromstring(text)
    table = tree.xpath("//h2[text()='By role']/following-sibling::div//tbody/tr")
    assert [[cell.text_content().strip() for cell in row][:4] for row in table] == [
        ["Member", "5", "0", "5"],
        ["Lead", "6", "0", "0"],
    ]


@pytest.mark.parametrize(
    ("field", "other", "words"),
    [
        ("text", {"text": "charter: x\nno: 5"}, "Line "),
        ("text", {"text": ""}, "Write the charter."),
        ("text", {"text": "charter: X\ncurrency: USD\nwhy: w\ngrants: []\n"}, "USD"),
        ("until", {"until": "2020-01-01"}, "before the first"),
        ("since", {"since": "2020-01-01", "until": "2020-02-01"}, "Nothing was decided"),
        ("upto", {"of": "limit", "grant": "fix-on-the-spot", "upto": ""}, "Say which limit"),
    ],
)
@pytest.mark.usefixtures("noon")
def test_what_is_wrong_stands_beside_its_field(house, signed_in, field, other, words):
    _asked(house, 6000)
    response = signed_in(house.mia).post(ADDRESS, _sent(house, **other))
    assert response.status_code == 422
    tree = html.fromstring(assert_clean(response))
    (control,) = tree.xpath(f"//*[@name='{field}'][@aria-invalid='true']")
    beside = " ".join(
        tree.get_element_by_id(each).text_content() for each in control.get("aria-describedby").split()
    )
    assert words in beside
    assert not LookBack.objects.exists()


@pytest.mark.usefixtures("noon")
def test_before_the_first_decision_it_says_so_and_keeps_what_was_typed(house, signed_in):
    response = signed_in(house.mia).post(
        ADDRESS, _sent(house, of="limit", grant="fix-on-the-spot", upto="83")
    )
    page = assert_clean(response)
    assert response.status_code == 422
    assert "Nothing was decided here so far." in page
    assert 'value="83"' in page
    assert not LookBack.objects.exists()


def test_decisions_of_other_teams_are_looked_at_only_by_who_manages_them(house, noon, signed_in):
    _asked(house, 6000)
    client = signed_in(house.ola)
    page = _looked(client, house, teams=["harbour", "hill"])
    number = LookBack.objects.get().pk
    assert page.status_code == 200
    mia = signed_in(house.mia)
    assert mia.get(f"{ADDRESS}{number}/").status_code == 404
    assert mia.get(f"{ADDRESS}{number}/decisions/").status_code == 404
    assert f"{ADDRESS}{number}/" not in mia.get(ADDRESS).content.decode()
    assert signed_in(house.sam).get(ADDRESS).status_code == 403
    assert signed_in(house.eve).get(ADDRESS).status_code == 404


def test_the_decisions_behind_a_figure_come_in_pages(house, noon, signed_in, monkeypatch):
    monkeypatch.setattr("remit.insight.what_if.views._PAGE", 2)
    made = [_asked(house, 6000 + number) for number in range(5)]
    client = signed_in(house.mia)
    _looked(client, house, of="limit", grant="fix-on-the-spot", upto="80")
    address = f"{ADDRESS}{LookBack.objects.get().pk}/decisions/?of=avoided"
    seen, pages = [], 0
    while address:
        page = html.fromstring(assert_clean(client.get(address)))
        seen += [
            each.text_content().replace("\xa0", " ")
            for each in page.xpath("//tbody/tr/td[@data-label='amount']")
        ]
        after = page.xpath("//nav[@class='pager']/a[contains(., 'Earlier')]/@href")
        address, pages = (address.split("?", maxsplit=1)[0] + after[0]) if after else "", pages + 1
    assert pages == 3
    assert seen == [f"EUR {each.value / 100:.2f}" for each in reversed(made)]
    beyond = client.get(f"{ADDRESS}{LookBack.objects.get().pk}/decisions/?of=avoided&page=99")
    assert beyond.status_code == 200
    strange = client.get(f"{ADDRESS}{LookBack.objects.get().pk}/decisions/?of=x&page=x&segment=99&before=z")
    assert "None." in assert_clean(strange)


# ---------------------------------------------------------------- what takes long


@pytest.fixture
def takes_long(monkeypatch):
    monkeypatch.setattr(actions, "AT_ONCE_UP_TO", 0)
    monkeypatch.setattr(actions, "_STEP", 1)
    monkeypatch.setattr("remit.insight.what_if.history._CHUNK", 2)


def _worked():
    """What a worker does."""
    for job in Job.objects.filter(task="remit.insight.what_if.jobs.look_back"):
        run(job)


@pytest.mark.usefixtures("takes_long")
def test_what_takes_long_is_worked_on_and_can_be_come_back_to(house, noon, signed_in):
    for _ in range(5):
        _asked(house, 6000)
    client = signed_in(house.mia)
    page = _looked(client, house, of="limit", grant="fix-on-the-spot", upto="80")
    assert "0 of 5 decisions read" in assert_clean(page)
    begun = LookBack.objects.get()
    state = client.get(f"{ADDRESS}{begun.pk}/state/")
    assert "HX-Refresh" not in state
    assert "at work" in client.get(ADDRESS).content.decode()
    _worked()
    assert client.get(f"{ADDRESS}{begun.pk}/state/")["HX-Refresh"] == "true"
    assert _figures(client.get(f"{ADDRESS}{begun.pk}/"))["of 5 questions not asked"][0] == "5"


@pytest.mark.usefixtures("takes_long")
def test_what_takes_long_can_be_stopped_while_it_runs(house, noon, signed_in, monkeypatch):
    for _ in range(5):
        _asked(house, 6000)
    client = signed_in(house.mia)
    _looked(client, house, of="limit", grant="fix-on-the-spot", upto="80")
    begun = LookBack.objects.get()
    told = []
    write_down = actions._Steps.read

    def stopped_after_two(steps, rows):
        told.append(rows)
        write_down(steps, rows)
        if rows == 2:
            client.post(f"{ADDRESS}{begun.pk}/stop/")

    monkeypatch.setattr(actions._Steps, "read", stopped_after_two)
    _worked()
    begun.refresh_from_db()
    assert told == [2, 4]
    assert begun.done == 2
    assert begun.answer is None
    assert "Stopped" in assert_clean(client.get(f"{ADDRESS}{begun.pk}/"))
    actions.look_on(begun.pk)
    begun.refresh_from_db()
    assert begun.answer is None
    assert client.post(f"{ADDRESS}{begun.pk}/stop/").status_code == 302  # a second click does no harm
    assert Entry.objects.filter(act="look-back-cancelled").count() == 1


@pytest.mark.usefixtures("takes_long")
def test_a_text_that_is_none_any_more_is_said(house, noon, signed_in):
    _asked(house, 6000)
    client = signed_in(house.mia)
    _looked(client, house)
    LookBack.objects.update(text="charter: broken")
    _worked()
    page = assert_clean(client.get(f"{ADDRESS}{LookBack.objects.get().pk}/"))
    assert "It could not be looked at" in page


def test_an_answer_of_another_form_is_looked_at_anew(house, noon, signed_in):
    _asked(house, 6000)
    client = signed_in(house.mia)
    _looked(client, house)
    begun = LookBack.objects.get()
    begun.answer["version"] = 0
    begun.save()
    assert "Look once more" in assert_clean(client.get(f"{ADDRESS}{begun.pk}/"))


def test_looking_asks_the_database_as_often_however_much_there_is(
    house, noon, signed_in, django_assert_max_num_queries
):
    client = signed_in(house.mia)
    for number in range(12):
        _asked(house, 6000 + number)
        if number in {0, 11}:
            with django_assert_max_num_queries(24):
                client.post(ADDRESS, _sent(house))
