"""Drafts: several at once, edited by several people, on the board and as text; nothing is lost."""

import re
from urllib.parse import urlsplit

import pytest
from lxml import html
from tests.app.conftest import CHARTER
from tests.app.page_checks import assert_clean

from remit.charters import actions
from remit.charters.actions.drafting import Conflicts, base_of
from remit.charters.models import Comment, Draft, Revision
from remit.core import clock
from remit.core.errors import Changed, NotAllowed, NotThere, Refusal
from remit.notices.models import Notice
from remit.trail.models import Entry
from remit_engine import read_charter_text

WHY = "Late guests waited for a lead too often."
REMARKED = CHARTER.replace("grants:\n", "grants:\n  # what everybody may do\n")


def begun(house, text=REMARKED, by="mia", **more):
    return actions.begin_draft(getattr(house, by), house.harbour, text, WHY, **more)


def now_says(draft):
    return Draft.objects.get(pk=draft.pk).text


def limit(text, old, new):
    assert old in text
    return text.replace(old, new, 1)


def test_several_are_worked_on_at_once(house):
    one, other = begun(house, name="Wider"), begun(house, by="ola")
    assert (one.base, one.revision, one.title) == (house.version, 1, "Wider")
    assert other.title == f"Draft {other.pk}"
    actions.save_draft(house.mia, one, 1, limit(REMARKED, "upto: 50\n", "upto: 60\n"))
    assert "upto: 60" in now_says(one)
    assert now_says(other) == REMARKED
    assert [each.act for each in Entry.objects.order_by("number")] == [
        "draft-opened",
        "draft-opened",
        "draft-edited",
    ]


@pytest.mark.parametrize("who", ["ana", "sam"])
def test_whoever_is_no_manager_begins_none_and_edits_none(house, who):
    with pytest.raises(NotAllowed):
        begun(house, by=who)
    draft = begun(house)
    with pytest.raises(NotThere):
        actions.save_draft(getattr(house, who), draft, 1, CHARTER)
    actions.share_draft(house.mia, draft)
    with pytest.raises(NotAllowed):
        actions.save_draft(getattr(house, who), draft, 1, CHARTER)
    with pytest.raises(NotThere):
        actions.comment_on(house.eve, draft, "From elsewhere.")
    assert now_says(draft) == REMARKED


def test_every_edit_is_a_revision_and_any_can_be_gone_back_to(house):
    draft = begun(house)
    texts = [REMARKED]
    for number, amount in enumerate((60, 70, 80), 1):
        texts.append(limit(REMARKED, "upto: 50\n", f"upto: {amount}\n"))
        actions.save_draft(house.mia, draft, number, texts[-1])
    actions.restore_revision(house.ola, draft, 2)
    assert now_says(draft) == texts[1]
    assert [each.text for each in Revision.objects.filter(draft=draft)] == [*texts, texts[1]]
    assert [each.act for each in Revision.objects.filter(draft=draft)] == [
        "begun",
        *["edited"] * 3,
        "restored",
    ]
    assert "amount" in Revision.objects.get(draft=draft, number=2).said


def test_a_draft_that_another_part_of_the_house_opened_keeps_its_first_text(house):
    draft = Draft.objects.create(
        team=house.harbour, text=CHARTER, why=WHY, made_by=house.sam, made_at=house.version.published_at
    )
    assert base_of(draft) == house.version
    actions.save_draft(house.mia, draft, 1, limit(CHARTER, "upto: 50\n", "upto: 60\n"))
    assert next(each.text for each in Revision.objects.filter(draft=draft)) == CHARTER


def test_two_who_edit_different_rules_lose_nothing(house):
    draft = begun(house)
    actions.save_draft(house.mia, draft, 1, limit(REMARKED, "upto: 50\n", "upto: 60\n"))
    actions.save_draft(house.ola, draft, 1, limit(REMARKED, "most: 300", "most: 400"))
    text = now_says(draft)
    assert "upto: 60" in text
    assert "most: 400" in text
    assert "# what everybody may do" in text


def test_two_who_edit_the_same_are_asked_and_a_choice_is_kept(house):
    draft = begun(house)
    actions.save_draft(house.ola, draft, 1, limit(REMARKED, "upto: 50\n", "upto: 70\n"))
    mine = limit(limit(REMARKED, "upto: 50\n", "upto: 60\n"), "most: 300", "most: 400")
    with pytest.raises(Conflicts) as asked:
        actions.save_draft(house.mia, draft, 1, mine)
    assert (asked.value.theirs.made_by, len(asked.value.conflicts)) == (house.ola, 1)
    assert "upto: 70" in now_says(draft)
    mark = asked.value.conflicts[0].mark
    actions.save_draft(house.mia, draft, 1, mine, chosen={mark: "theirs"})
    charter = read_charter_text(now_says(draft)).charter
    assert (charter.grants[0].upto, charter.allowances[0].most) == (7000, 40000)


def test_a_draft_is_brought_onto_what_came_into_force_meanwhile(house):
    draft = begun(house, limit(REMARKED, "upto: 50\n", "upto: 60\n"))
    version = actions.publish(house.mia, house.harbour, limit(CHARTER, "most: 300", "most: 250"), WHY)
    actions.bring_forward(house.mia, draft)
    draft.refresh_from_db()
    charter = read_charter_text(draft.text).charter
    assert (charter.grants[0].upto, charter.allowances[0].most, draft.base) == (6000, 25000, version)
    assert "# what everybody may do" in draft.text
    same = begun(house, limit(draft.text, "upto: 60\n", "upto: 65\n"), base=version)
    actions.publish(house.mia, house.harbour, limit(draft.text, "upto: 60\n", "upto: 40\n"), WHY)
    with pytest.raises(Conflicts) as asked:
        actions.bring_forward(house.mia, same)
    mark = asked.value.conflicts[0].mark
    actions.bring_forward(house.mia, same, chosen={mark: "mine"})
    assert read_charter_text(now_says(same)).charter.grants[0].upto == 6500


def test_what_has_ended_is_read_only(house):
    draft = begun(house)
    actions.put_away(house.mia, draft)
    with pytest.raises(Changed):
        actions.save_draft(house.mia, draft, 1, CHARTER)
    assert now_says(draft) == REMARKED


def test_the_team_is_asked_once_and_talks(house):
    draft = begun(house)
    actions.share_draft(house.mia, draft)
    actions.share_draft(house.mia, draft)
    told = [notice.member.word for notice in Notice.objects.filter(code="draft-shared")]
    assert sorted(told) == ["ana", "ben", "ola", "sam"]
    comment = actions.comment_on(house.ana, draft, "60 would help on Fridays.", rule="fix-on-the-spot")
    assert [notice.member for notice in Notice.objects.filter(code="draft-commented")] == [house.mia]
    with pytest.raises(NotAllowed):
        actions.settle_comment(house.ben, draft, comment.pk)
    actions.settle_comment(house.mia, draft, comment.pk)
    assert Comment.objects.get().settled_by == house.mia
    with pytest.raises(Refusal):
        actions.comment_on(house.ana, draft, "  ")


@pytest.fixture
def desk(house, signed_in):
    """`desk(path, **typed)`: what Mia is shown, or what becomes of a form that she sends."""
    client = signed_in(house.mia)

    def at(path, data=None, **more):
        answer = client.get(path) if data is None and not more else client.post(path, data or more)
        if answer.status_code in {200, 409, 422}:
            assert_clean(answer)
        return answer

    return at


def form_of(page, action=None):
    """What a form of a page sends, by the end of its address; without one, what goes to the page itself."""
    tree = html.fromstring(page.content.decode())
    fits = (
        (lambda form: (form.get("action") or "").endswith(action))
        if action
        else (lambda form: not form.get("action"))
    )
    form = next(each for each in tree.forms if each.method == "POST" and fits(each))
    sent = {}
    for name, value in form.form_values():
        sent.setdefault(name, []).append(value)
    return sent


def test_begun_on_its_page_from_what_is_in_force(house, desk):
    answer = desk("/charter/harbour/drafts/", name="Summer", why=WHY)
    draft = Draft.objects.get()
    assert urlsplit(answer.url).path == f"/charter/drafts/{draft.pk}/"
    assert (draft.text, draft.base, draft.name) == (CHARTER, house.version, "Summer")
    assert desk("/charter/harbour/drafts/", name="x", why=" ").status_code == 422


def test_very_many_drafts_are_shown_page_by_page(house, desk):
    first = begun(house, name="The first")
    Draft.objects.bulk_create(
        Draft(
            team=house.harbour,
            text=CHARTER,
            why=WHY,
            made_by=house.mia,
            made_at=clock.now(),
            name=f"Number {n}",
        )
        for n in range(50)
    )
    page = desk("/charter/harbour/drafts/").content.decode()
    assert "1–20 of 51" in page
    assert "The first" not in page
    assert "The first" in desk("/charter/harbour/drafts/?page=3").content.decode()
    assert desk("/charter/harbour/drafts/?page=nowhere").status_code == 200
    charter = desk("/charter/harbour/").content.decode()
    assert charter.count("See what it changes") == 3
    assert first.title not in charter


PAGES = (
    *("", "sentences/", "text/", "talk/", "revisions/", "revisions/1/", "about/", "forward/"),
    *("cell/?kind=refund&role=member&step=none", "rules/late-is-ours/", "rules/old-orders/", "rules/weekly/"),
    *("new/grants/", "new/guardrails/", "new/allowances/"),
)


@pytest.mark.parametrize("page", PAGES)
def test_every_view_of_it_is_clean(house, desk, page):
    draft = begun(house)
    answer = desk(f"/charter/drafts/{draft.pk}/{page}")
    assert answer.status_code == 200


def test_a_limit_is_changed_in_a_cell(house, desk):
    draft = begun(house)
    cell = f"/charter/drafts/{draft.pk}/cell/?kind=refund&role=member&step=none"
    typed = form_of(desk(cell), "/rules/fix-on-the-spot/limit/") | {"limit": "60", "level": "inform"}
    answer = desk(f"/charter/drafts/{draft.pk}/rules/fix-on-the-spot/limit/", typed)
    assert answer.url == cell
    expected = limit(REMARKED, "upto: 50\n    level: decide", "upto: 60\n    level: inform")
    assert now_says(draft) == expected
    assert "Before: decide up to 50" in desk(cell).content.decode()
    wrong = desk(f"/charter/drafts/{draft.pk}/rules/fix-on-the-spot/limit/", typed | {"limit": "a lot"})
    assert wrong.status_code == 422
    assert 'value="a lot"' in wrong.content.decode()
    desk(f"/charter/drafts/{draft.pk}/rules/fix-on-the-spot/limit/", typed | {"seen": "2"})
    assert "Nothing was changed" in desk(cell).content.decode()


def test_the_form_of_a_rule_changes_what_was_typed_and_nothing_else(house, desk):
    draft = begun(house)
    path = f"/charter/drafts/{draft.pk}/rules/late-is-ours/"
    typed = form_of(desk(path))
    assert desk(path, typed).status_code == 302
    assert now_says(draft) == REMARKED
    assert Revision.objects.count() == 1
    desk(path, typed | {"act": "save", "why": "It is our fault.", "fact-order_age-at_most": "3"})
    expected = limit(REMARKED, "why: Lateness is our fault, never the guest's.", "why: It is our fault.")
    narrowed = '{category: [late, cold], order_age: "<= 3"}'
    before = "{category: [late, cold]}\n    upto: 80"
    expected = limit(expected, f"when: {before}", f"when: {narrowed}\n    upto: 80")
    assert now_says(draft) == expected


def test_what_is_wrong_with_a_rule_is_said_beside_its_field_and_nothing_typed_is_lost(house, desk):
    draft = begun(house)
    path = f"/charter/drafts/{draft.pk}/rules/late-is-ours/"
    typed = form_of(desk(path)) | {"act": "save", "why": " ", "objections": "soon", "say": "We are so sorry."}
    answer = desk(path, typed)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "We are so sorry." in page
    assert "Say in a sentence what the rule is for" in page
    answer = desk(path, typed | {"why": WHY})
    assert answer.status_code == 422
    assert (
        re.search(r'id="id_objections[^"]*error', answer.content.decode())
        or "soon" in answer.content.decode()
    )
    assert now_says(draft) == REMARKED


def test_rules_are_added_duplicated_cut_in_two_and_taken_out(house, desk):
    draft = begun(house)
    root = f"/charter/drafts/{draft.pk}/"
    typed = form_of(desk(f"{root}new/grants/?kind=credit&role=lead")) | {
        "level": "decide", "upto": "90", "why": "A credit comes back.", "act": "save",
    }  # fmt: skip
    desk(f"{root}new/grants/", typed)
    charter = read_charter_text(now_says(draft)).charter
    added = charter.grants[-1]
    assert (added.upto, added.kinds, dict(added.who)["role"].values) == (9000, ("credit",), ("lead",))
    desk(f"{root}rules/late-is-ours/", seen=2, act="duplicate")
    desk(f"{root}rules/old-orders/", seen=3, act="remove")
    desk(f"{root}rules/fix-on-the-spot/", seen=4, act="apart", role="lead", kind="refund")
    charter = read_charter_text(now_says(draft)).charter
    assert [each.id for each in charter.grants][:5] == [
        "fix-on-the-spot", "fix-on-the-spot-2", "fix-on-the-spot-3", "late-is-ours", "late-is-ours-2",
    ]  # fmt: skip
    assert [each.id for each in charter.guardrails] == ["billing-is-accounts"]
    assert "# what everybody may do" in now_says(draft)


def test_the_text_is_edited_with_mistakes_beside_their_lines(house, desk):
    draft = begun(house)
    path = f"/charter/drafts/{draft.pk}/text/"
    wrong = limit(REMARKED, "level: decide", "level: decied")
    answer = desk(path, seen=1, text=wrong)
    page = answer.content.decode()
    assert answer.status_code == 422
    assert "Did you mean decide?" in page
    assert "level: decied" in page
    assert (
        desk(path, seen=1, text=limit(REMARKED, "upto: 50\n", "upto: 60\n").replace("\n", "\r\n")).status_code
        == 302
    )
    assert now_says(draft) == limit(REMARKED, "upto: 50\n", "upto: 60\n")


def test_the_second_of_two_sees_both_and_chooses(house, desk):
    draft = begun(house)
    actions.save_draft(house.ola, draft, 1, limit(REMARKED, "upto: 50\n", "upto: 70\n"))
    path = f"/charter/drafts/{draft.pk}/rules/fix-on-the-spot/limit/"
    typed = {"seen": 1, "level": "decide", "limit": "60", "cell": "kind=refund&role=member&step=none"}
    answer = desk(path, typed)
    page = answer.content.decode()
    assert answer.status_code == 409
    assert "Ola Keller changed the same" in page
    assert "up to EUR 60" in page.replace("60.00", "60") or "up to 60" in page
    assert "up to 70" in page
    kept = form_of(answer)
    mark = re.search(r'name="(choose-\w+)"', page)[1]
    assert desk(path, kept | {mark: "mine"}).status_code == 302
    assert read_charter_text(now_says(draft)).charter.grants[0].upto == 6000
