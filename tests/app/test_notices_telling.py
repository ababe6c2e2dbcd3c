"""Members are told: one row each, the newest about the same, seen or settled, and nobody else's."""

from datetime import timedelta

import pytest

from remit.core import clock
from remit.core.errors import NotThere
from remit.core.writing import write
from remit.jobs.models import Job
from remit.notices.actions import Message, see, settle, tell
from remit.notices.models import Notice
from remit.notices.queries import A_PAGE, page_of
from remit.notices.sweeping import sweep

ASKED = Message(code="approval-asked", subject="approval:1", title="Ana asks for 60", address="/approvals/1/")


def _again(**changed):
    values = {name: getattr(ASKED, name) for name in ("code", "subject", "title", "address")}
    return Message(**(values | changed))


def test_each_is_told_once(house):
    tell([house.sam, house.mia, house.sam], ASKED)
    assert sorted(Notice.objects.values_list("member__word", flat=True)) == ["mia", "sam"]


def test_telling_nobody_is_nothing(house, django_assert_num_queries):
    with django_assert_num_queries(0):
        tell([], ASKED)


def test_without_a_channel_there_is_no_job(house):
    tell([house.sam], ASKED)
    assert not Job.objects.exists()


def test_the_newest_about_the_same_takes_the_place_of_the_one_not_seen(house):
    tell([house.sam], ASKED)
    tell([house.sam], _again(title="Ana asks for 70"))
    assert list(Notice.objects.values_list("title", flat=True)) == ["Ana asks for 70"]


def test_one_that_was_seen_stays(house):
    tell([house.sam], ASKED)
    see(house.sam, Notice.objects.get().pk)
    tell([house.sam], ASKED)
    assert Notice.objects.count() == 2


@pytest.mark.parametrize("other", [_again(code="approval-wider"), _again(subject="approval:2")])
def test_another_matter_stands_beside_it(house, other):
    tell([house.sam], ASKED)
    tell([house.sam], other)
    tell([house.mia], ASKED)
    assert Notice.objects.count() == 3


def test_what_is_settled_waits_for_nobody(house):
    tell([house.sam, house.mia], ASKED)
    tell([house.sam], _again(subject="approval:2"))
    settle("approval:1")
    assert list(Notice.objects.filter(seen_at=None).values_list("subject", flat=True)) == ["approval:2"]


def test_a_notice_dies_with_its_write(house):
    def fail():
        with write():
            tell([house.sam], ASKED)
            raise LookupError

    with pytest.raises(LookupError):
        fail()
    assert not Notice.objects.exists()


def test_somebody_elses_can_not_be_seen(house):
    tell([house.sam], ASKED)
    with pytest.raises(NotThere):
        see(house.ana, Notice.objects.get().pk)
    assert Notice.objects.get().seen_at is None


def test_old_ones_that_were_seen_are_forgotten(house, noon):
    tell([house.sam, house.mia], ASKED)
    see(house.sam, Notice.objects.get(member=house.sam).pk)
    with clock.at(noon + timedelta(days=91)):
        assert sweep() == 1
    assert Notice.objects.get().member == house.mia


class TestPages:
    @pytest.fixture
    def many(self, house, noon):
        for number in range(A_PAGE * 2 + 5):
            with clock.at(noon - timedelta(minutes=number // 2)):
                tell([house.sam], _again(code="a", subject=f"a:{number}", title=f"Number {number}"))
        return house

    def test_the_list_in_pages(self, many, signed_in):
        client = signed_in(many.sam)
        seen, address = [], "/notices/"
        while address:
            page = client.get(address).context["page"]
            seen += [notice.pk for notice in page.notices]
            address = f"/notices/?before={page.older_than}" if page.older_than else ""
        assert len(seen) == len(set(seen)) == A_PAGE * 2 + 5

    def test_takes_few_queries(self, many, signed_in, django_assert_max_num_queries):
        client = signed_in(many.sam)
        with django_assert_max_num_queries(12):
            client.get("/notices/")

    def test_somebody_elses_number_begins_anew(self, many):
        assert page_of(many.ana, Notice.objects.first().pk).notices == []

    @pytest.mark.parametrize("before", ["x", "-1", "9" * 30, "٣"])
    def test_bad_numbers_begin_anew(self, many, signed_in, before):
        assert signed_in(many.sam).get("/notices/", {"before": before}).status_code == 200


class TestOnTheScreen:
    def test_nothing_yet(self, house, signed_in):
        page = signed_in(house.ana).get("/notices/").content.decode()
        assert "Nothing waits for you" in page
        assert 'data-count="0"' in page
        assert "<c-" not in page

    def test_one_sees_one_s_own(self, house, signed_in):
        tell([house.sam], ASKED)
        assert "Ana asks for 60" in signed_in(house.sam).get("/notices/").content.decode()
        assert "Ana asks for 60" not in signed_in(house.eve).get("/notices/").content.decode()

    def test_opening_leads_there_and_marks_it(self, house, signed_in):
        tell([house.sam], ASKED)
        number = Notice.objects.get().pk
        for _ in range(2):
            answer = signed_in(house.sam).get(f"/notices/{number}/open/")
            assert (answer.status_code, answer.headers["Location"]) == (302, "/approvals/1/")
        assert Notice.objects.get().seen_at

    def test_opening_somebody_elses_is_not_there(self, house, signed_in):
        tell([house.sam], ASKED)
        assert signed_in(house.eve).get(f"/notices/{Notice.objects.get().pk}/open/").status_code == 404

    @pytest.mark.parametrize(
        "address", ["https://example.org/", "//example.org/", "javascript:alert(1)", "/\\e.org"]
    )
    def test_a_notice_never_leads_elsewhere(self, house, signed_in, address):
        tell([house.sam], _again(address=address))
        answer = signed_in(house.sam).get(f"/notices/{Notice.objects.get().pk}/open/")
        assert answer.headers["Location"] == "/notices/"

    def test_all_seen_spares_what_came_meanwhile(self, house, signed_in):
        tell([house.sam], ASKED)
        shown = Notice.objects.get().pk
        tell([house.sam], _again(subject="approval:2"))
        for _ in range(2):
            answer = signed_in(house.sam).post("/notices/seen/", {"upto": shown})
            assert answer.status_code == 302
        assert Notice.objects.get(seen_at=None).subject == "approval:2"

    def test_the_bell_counts(self, house, signed_in):
        tell([house.sam], ASKED)
        bell = signed_in(house.sam).get("/notices/bell/").content.decode()
        assert 'data-count="1"' in bell
        assert "<html" not in bell

    def test_the_bell_stops_counting(self, house, signed_in, noon):
        Notice.objects.bulk_create(
            Notice(member=house.sam, code="a", subject=str(n), title="t", address="/", created_at=noon)
            for n in range(150)
        )
        assert "99+" in signed_in(house.sam).get("/notices/bell/").content.decode()

    def test_the_bell_of_whoever_was_signed_out_is_silent(self, client, db):
        assert client.get("/notices/bell/").status_code == 204

    def test_htmx_gets_the_list_alone(self, house, signed_in):
        tell([house.sam], ASKED)
        part = signed_in(house.sam).get("/notices/", headers={"HX-Request": "true"}).content.decode()
        assert "Ana asks for 60" in part
        assert "<html" not in part

    def test_words_are_escaped(self, house, signed_in):
        tell([house.sam], _again(title="<b>bold</b>", body="<script>"))
        page = signed_in(house.sam).get("/notices/").content.decode()
        assert "&lt;b&gt;bold" in page
        assert "<script>" not in page
