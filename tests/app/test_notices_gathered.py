"""Many notices of one kind stand as one that opens; what is counted, paged and marked stays exact."""

import re
from datetime import timedelta

import pytest

from remit.core import clock
from remit.core.vocabularies import vocabularies
from remit.notices.actions import Message, see, tell
from remit.notices.models import Notice
from remit.notices.queries import A_PAGE, GATHERED_FROM, page_of


def told(house, noon, number, *, code="approval-asked", after=0, is_urgent=True):
    """Sam is told so many things, one a minute."""
    for each in range(number):
        with clock.at(noon + timedelta(minutes=after + each)):
            message = Message(
                code=code,
                subject=f"{code}:{after}-{each}",
                title=f"{code} {each}",
                address=f"/approvals/{each}/",
                is_urgent=is_urgent,
            )
            tell([house.sam], message)


def test_few_stand_alone(house, noon):
    told(house, noon, GATHERED_FROM - 1)
    page = page_of(house.sam)
    assert (page.gathered, len(page.notices)) == ([], GATHERED_FROM - 1)


def test_many_stand_as_one_with_their_number(house, noon, signed_in):
    told(house, noon, 7)
    told(house, noon, 1, code="complaint-came-in")
    page = page_of(house.sam)
    [gathered] = page.gathered
    assert gathered.words == "7 approvals wait for you"
    assert [notice.title for notice in gathered.notices] == [f"approval-asked {n}" for n in range(6, -1, -1)]
    assert [notice.title for notice in page.notices] == ["complaint-came-in 0"]
    assert page.unseen == 8
    html = signed_in(house.sam).get("/notices/").content.decode()
    assert "8 not seen yet" in html
    assert len(re.findall(r'id="notice-\d+"', html)) == 8
    assert 'href="/approvals/"' in html


def test_what_was_seen_stands_alone(house, noon):
    told(house, noon, 4)
    see(house.sam, Notice.objects.first().pk)
    page = page_of(house.sam)
    assert page.gathered[0].words == "3 approvals wait for you"
    assert len(page.notices) == 1


def test_a_kind_without_words_is_not_gathered(house, noon):
    told(house, noon, 5, code="nameless")
    assert page_of(house.sam).gathered == []


def test_a_gathered_one_stands_on_no_other_page(house, noon):
    told(house, noon, A_PAGE + 5, code="nameless")
    told(house, noon, 4, after=-100)
    first = page_of(house.sam)
    second = page_of(house.sam, first.older_than)
    assert len(first.gathered[0].notices) == 4
    assert not second.gathered
    shown = [notice.pk for notice in (*first.gathered[0].notices, *first.notices, *second.notices)]
    assert sorted(shown) == sorted(Notice.objects.values_list("pk", flat=True))


def test_more_than_are_counted_stay_within_reach(house, noon):
    told(house, noon, 104)
    first = page_of(house.sam)
    assert len(first.gathered[0].notices) == 100
    assert len(first.notices) == 4
    assert first.unseen == 100


def test_marking_all_marks_the_gathered_ones(house, noon, signed_in):
    told(house, noon, 5)
    client = signed_in(house.sam)
    client.post("/notices/seen/", {"upto": page_of(house.sam).newest})
    assert not Notice.objects.filter(seen_at=None).exists()


def test_a_customer_waits_for_one_of_them(house, noon):
    told(house, noon, 3, is_urgent=False)
    assert not page_of(house.sam).gathered[0].is_urgent
    told(house, noon, 1, after=9)
    assert page_of(house.sam).gathered[0].is_urgent


@pytest.mark.parametrize(
    ("words", "address"),
    [each for of_app in vocabularies() for each in getattr(of_app, "GATHERED", {}).values()],
)
def test_each_kind_counts_and_leads_to_a_list(house, signed_in, words, address):
    assert words.format(count=3).count("3") == 1
    assert signed_in(house.sam).get(address).status_code == 200
