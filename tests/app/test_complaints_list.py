"""The list: tabs, filters, pages, views, many at once, export."""

import csv
import io
from datetime import timedelta

import pytest
from django.db import connection
from django.test.utils import CaptureQueriesContext
from django.urls import reverse

from remit.complaints.actions.closing import close_complaint
from remit.complaints.actions.customers import CustomerWords
from remit.complaints.actions.handling import take_up
from remit.complaints.actions.opening import open_complaint
from remit.complaints.filters import Filters, Tab
from remit.complaints.models import Complaint, SavedView, Tag
from remit.complaints.queries import listing
from remit.complaints.queries.listing import PAGE, listed
from remit.complaints.vocabulary import Channel
from remit.core import clock

LIST = "/complaints/"


def opened(house, text="Cold dinner.", team=None, **told):
    told = {"channel": Channel.COUNTER, "by": None} | told
    return open_complaint(team or house.harbour, text=text, **told)


def numbers(member, **filters):
    return [row.number for row in listed(member, Filters(**filters)).rows]


def some_rows(house, count, **fields):
    moment = clock.now()
    Complaint.objects.bulk_create(
        Complaint(
            number=10_000 + i,
            link=f"t{i}",
            team=house.harbour if i % 3 else house.hill,
            title=f"Cold {i}",
            channel=Channel.PHONE,
            opened_at=moment - timedelta(minutes=i),
            last_at=moment - timedelta(minutes=i // 4),
            reply_due_at=moment + timedelta(minutes=i // 5),
            **fields,
        )
        for i in range(count)
    )


def test_each_tab_has_what_it_says(house):
    mine = opened(house, by=house.ana, assignee=house.ana)
    bens = opened(house, by=house.ben, assignee=house.ben)
    free = opened(house)
    closed = opened(house)
    close_complaint(house.sam, closed, "made-right", "Done.")
    Complaint.objects.filter(pk=bens.pk).update(reply_due_at=clock.now() + timedelta(hours=9))
    assert numbers(house.ana, tab=Tab.MINE) == [mine.number]
    assert numbers(house.ana, tab=Tab.UNASSIGNED) == [free.number]
    assert set(numbers(house.ana, tab=Tab.DUE)) == {mine.number, free.number}
    assert set(numbers(house.ana)) == {mine.number, bens.number, free.number}
    assert numbers(house.ana, tab=Tab.CLOSED) == [closed.number]
    assert len(numbers(house.ana, tab=Tab.ALL)) == 4


def test_another_team_sees_nothing_of_it(house, signed_in):
    opened(house, text="Cold dinner at the harbour.")
    assert numbers(house.eve, tab=Tab.ALL) == []
    page = signed_in(house.eve).get(LIST).content.decode()
    assert "harbour" not in page
    assert "No complaint yet" in page
    assert listed(house.eve, Filters(team="harbour", tab=Tab.ALL)).rows == []


def test_filters_narrow(house):
    late = opened(house, category="late", severity=3, channel=Channel.PHONE)
    cold = opened(house, category="cold", by=house.ben, assignee=house.ben)
    tag = Tag.objects.create(team=house.harbour, word="wedding")
    tag.complaints.add(cold)
    assert numbers(house.ana, category="late") == [late.number]
    assert numbers(house.ana, severity="3") == [late.number]
    assert numbers(house.ana, channel="phone") == [late.number]
    assert numbers(house.ana, assignee="ben") == [cold.number]
    assert numbers(house.ana, assignee="nobody") == [late.number]
    assert numbers(house.ana, tag="wedding") == [cold.number]
    today = clock.today("Europe/Berlin")
    assert len(numbers(house.ana, since=today, until=today)) == 2
    assert numbers(house.ana, until=today - timedelta(days=1)) == []
    assert numbers(house.ana, since=today + timedelta(days=1)) == []


@pytest.mark.parametrize("tab", [Tab.OPEN, Tab.DUE, Tab.MINE, Tab.ALL])
def test_pages_show_everything_once_in_order(house, tab):
    some_rows(house, 3 * PAGE + 7, assignee=house.ana)
    member = house.ola  # sees both teams
    whole, after = [], ""
    while True:
        page = listed(member, Filters(tab=tab, after=after))
        whole += [row.number for row in page.rows]
        after = page.after
        if not after:
            break
    expected = Complaint.objects.filter(assignee=house.ana)
    if tab is Tab.MINE:
        assert whole == []  # they are ana's
        return
    if tab is Tab.DUE:
        ordered = expected.filter(due_at__lte=clock.now() + timedelta(hours=1)).order_by("due_at", "id")
    else:
        ordered = expected.order_by("-last_at", "-id")
    assert whole == list(ordered.values_list("number", flat=True))


@pytest.mark.parametrize("few", [0, 12, 2000])
@pytest.mark.parametrize("who", ["ana", "ola"])
def test_a_tag_narrows_the_same_whether_few_have_it_or_many(house, monkeypatch, who, few):
    monkeypatch.setattr(listing, "_FEW", few)  # one team has it 20 times, the other 10
    some_rows(house, 60)
    tags = {team: Tag.objects.create(team=team, word="rain") for team in (house.harbour, house.hill)}
    Tag.objects.create(team=house.hill, word="wedding")
    rows = list(Complaint.objects.select_related("team").order_by("-last_at", "-id"))
    marked = [row for row in rows if row.number % 2]
    for row in marked:
        tags[row.team].complaints.add(row)
    seen = {house.harbour.pk, house.hill.pk} if who == "ola" else {house.harbour.pk}
    member = getattr(house, who)
    assert numbers(member, tag="rain", tab=Tab.ALL) == [row.number for row in marked if row.team_id in seen]
    assert numbers(member, tag="rain", tab=Tab.MINE) == []
    assert numbers(member, tag="wedding", tab=Tab.ALL) == numbers(member, tag="snow", tab=Tab.ALL) == []


def test_my_pages_go_on_past_those_without_a_deadline(house):
    some_rows(house, 2 * PAGE, assignee=house.ana)
    Complaint.objects.filter(number__gte=10_060).update(reply_due_at=None)
    first = listed(house.ana, Filters(tab=Tab.MINE))
    second = listed(house.ana, Filters(tab=Tab.MINE, after=first.after))
    seen = [row.number for row in (*first.rows, *second.rows)]
    assert len(seen) == len(set(seen)) == Complaint.objects.filter(team=house.harbour).count()


def test_a_broken_page_address_is_the_first_page(house):
    opened(house)
    for after in ("x", "2026-01-01~1", "~", "2026-01-01T00:00:00~1"):
        assert len(numbers(house.ana, after=after)) == 1


def test_the_page_asks_the_database_at_most_twelve_times_at_any_size(house, signed_in):
    some_rows(house, 3 * PAGE)
    client = signed_in(house.ana)
    client.get(LIST)
    for query in ("", "?tab=due", "?q=cold", "?tab=waiting", "?category=late&tag=x&since=2026-01-01"):
        with CaptureQueriesContext(
            connection,
        ) as asked:
            assert client.get(LIST + query).status_code == 200
        assert len(asked) <= 12, [each["sql"][:120] for each in asked]
    client = signed_in(house.ola)
    with CaptureQueriesContext(connection) as asked:
        client.get(LIST)
    assert len(asked) <= 12, [each["sql"][:120] for each in asked]


def test_the_list_is_read_from_an_index(house):
    some_rows(house, 30)
    with CaptureQueriesContext(connection) as asked:
        listed(house.ana, Filters())
    question = next(each["sql"] for each in asked if "LIMIT 51" in each["sql"])
    if connection.vendor == "sqlite":
        with connection.cursor() as cursor:
            cursor.execute(f"EXPLAIN QUERY PLAN {question}")
            plan = " ".join(row[3] for row in cursor.fetchall())
        assert "complaints_open" in plan
        assert "SCAN complaints_complaint" not in plan


def test_empty_lists_say_what_to_do(house, signed_in):
    client = signed_in(house.ana)
    assert "No complaint yet" in client.get(LIST).content.decode()
    opened(house, by=house.ben, assignee=house.ben)
    assert "Nothing of yours is open" in client.get(LIST + "?tab=mine").content.decode()
    assert "in somebody" in client.get(LIST + "?tab=unassigned").content.decode()
    assert "Nothing fits" in client.get(LIST + "?category=nonsense").content.decode()
    assert "at least three letters" in client.get(LIST + "?q=ab").content.decode()


def test_what_can_not_be_understood_is_no_filter(house, signed_in):
    opened(house)
    answer = signed_in(house.ana).get(LIST + "?tab=nonsense&severity=9&channel=x&since=never&after=zz")
    assert answer.status_code == 200
    assert "Cold dinner" in answer.content.decode()


def test_a_view_is_kept_and_forgotten(house, signed_in):
    opened(house)
    client = signed_in(house.ana)
    answer = client.post(
        "/complaints/views/", {"title": " late  ones ", "here": "tab=due&category=late&evil=1"}
    )
    assert answer.status_code == 302
    view = SavedView.objects.get()
    assert (view.title, view.query) == ("late ones", "tab=due&category=late")
    assert "late ones" in client.get(LIST).content.decode()
    client.post("/complaints/views/", {"title": "late ones", "here": "tab=mine"})
    assert SavedView.objects.get().query == "tab=mine"
    assert signed_in(house.ben).post(f"/complaints/views/{view.pk}/forget/").status_code == 302
    assert SavedView.objects.filter(pk=view.pk).exists()
    client = signed_in(house.ana)
    assert client.post(f"/complaints/views/{view.pk}/forget/").status_code == 302
    assert client.post(f"/complaints/views/{view.pk}/forget/").status_code == 302
    assert not SavedView.objects.exists()


def test_a_view_without_a_name_is_refused(house, signed_in):
    opened(house)
    answer = signed_in(house.ana).post("/complaints/views/", {"title": " ", "here": "tab=due"})
    assert answer.status_code == 422
    assert "has no name" in answer.content.decode()


def test_many_are_taken_up_and_what_was_not_says_why(house, signed_in):
    free = [opened(house) for _ in range(3)]
    bens = opened(house, by=house.ben, assignee=house.ben)
    chosen = [each.number for each in (*free, bens)]
    answer = signed_in(house.ana).post("/complaints/many/", {"number": chosen, "act": "take"})
    page = answer.content.decode()
    assert "3 done, 1 not." in page
    assert bens.said in page
    assert "Ben Okafor" in page
    assert Complaint.objects.filter(assignee=house.ana).count() == 3


def test_many_are_given_tagged_and_closed(house, signed_in):
    rows = [opened(house) for _ in range(2)]
    chosen = {"number": [each.number for each in rows]}
    client = signed_in(house.sam)
    gives = {"act": "give", "receiver": "ben", "give_why": "You know them."}
    assert client.post("/complaints/many/", chosen | gives).status_code == 302
    assert Complaint.objects.filter(assignee=house.ben).count() == 2
    client.post("/complaints/many/", chosen | {"act": "tag", "tag": "terrace"})
    client.post("/complaints/many/", chosen | {"act": "tag", "tag": "rain"})
    assert {tag.word for tag in rows[0].tags.all()} == {"terrace", "rain"}
    closes = {"act": "close", "reason": "made-right", "close_why": "All called."}
    assert client.post("/complaints/many/", chosen | closes).status_code == 302
    assert not Complaint.objects.filter(closed_at=None).exists()


def test_many_of_another_team_are_passed_over_in_silence(house, signed_in):
    there = opened(house, team=house.hill)
    answer = signed_in(house.ana).post("/complaints/many/", {"number": [there.number], "act": "take"})
    assert answer.status_code in {200, 302}
    assert there.said not in answer.content.decode()
    there.refresh_from_db()
    assert there.assignee is None


@pytest.mark.parametrize(
    ("typed", "said"),
    [
        ({"act": "take"}, "No complaint was chosen"),
        ({"number": ["2001"], "act": ""}, "Nothing was chosen to be done"),
        ({"number": ["2001"], "act": "give", "give_why": "Because."}, "Nobody was chosen"),
        ({"number": ["2001"], "act": "tag", "tag": " "}, "There is no tag"),
    ],
)
def test_what_is_incomplete_is_said_and_what_was_typed_stays(house, signed_in, typed, said):
    opened(house)
    answer = signed_in(house.ana).post("/complaints/many/", typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert said in page
    assert typed.get("give_why", "") in page


def test_what_cannot_be_closed_stays_open_and_says_why(house, signed_in):
    mine = opened(house)
    answer = signed_in(house.ana).post(
        "/complaints/many/", {"number": [mine.number], "act": "close", "reason": "nonsense"}
    )
    assert "0 done, 1 not." in answer.content.decode()
    mine.refresh_from_db()
    assert mine.closed_at is None


def test_new_ones_are_said(house, signed_in):
    first = opened(house)
    ask = reverse("complaints:new-ones")
    client = signed_in(house.ana)
    assert client.get(ask, {"since": first.number}).content.decode().strip() == ""
    opened(house)
    opened(house)
    opened(house, team=house.hill)
    assert "<b>2 new</b>" in client.get(ask, {"since": first.number}).content.decode()
    assert client.get(ask, {"since": "x"}).status_code == 200


def test_the_export_has_what_is_seen_and_no_formula(house, signed_in):
    opened(
        house,
        text="=HYPERLINK(evil)",
        category="late",
        customer=CustomerWords(name="+1 Jo", email="jo@example.org"),
    )
    opened(house, text="Other.", category="cold")
    opened(house, text="There.", team=house.hill, category="late")
    answer = signed_in(house.ana).get(reverse("complaints:export"), {"category": "late"})
    assert answer["Content-Type"].startswith("text/csv")
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    assert [row["title"] for row in rows] == ["'=HYPERLINK(evil)"]
    assert rows[0]["customer"] == "'+1 Jo"


def test_the_export_goes_on_past_a_page(house, signed_in):
    some_rows(house, 1600)
    answer = signed_in(house.ola).get(reverse("complaints:export"), {"tab": "all"})
    text = b"".join(answer.streaming_content).decode("utf-8-sig")
    assert len(list(csv.DictReader(io.StringIO(text)))) == 1600


def test_who_has_it_is_shown(house, signed_in):
    free = opened(house)
    take_up(house.ben, free)
    assert "Ben Okafor has it" in signed_in(house.ana).get(LIST).content.decode()


def test_nobody_signed_in_sees_a_door(client, house):
    for address in (LIST, "/complaints/new/", "/customers/", "/complaints/import/", "/complaints/export.csv"):
        answer = client.get(address)
        assert answer.status_code == 302
        assert "next=" in answer["Location"]


def test_filters_are_an_address_and_back():
    from django.http import QueryDict  # noqa: PLC0415

    filters = Filters.of(QueryDict("tab=due&category=late&q=cold+soup&since=2026-11-01&tag=%23x"))
    assert Filters.of(QueryDict(filters.query)) == filters
    assert Filters.of(QueryDict("q=soup")).tab is Tab.ALL
    assert Filters.of(QueryDict("")).query == ""
