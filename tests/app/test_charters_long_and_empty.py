"""Charters with nothing there yet, and with very much: said plainly, and leafed through."""

import re
from datetime import timedelta

import pytest
from tests.app.conftest import CHARTER
from tests.app.page_checks import assert_clean

from remit.charters import actions
from remit.charters.models import Comment, Revision, Version
from remit.charters.views.reading import CASES_SHOWN
from remit.core.clock import now
from remit.core.paging import A_PAGE
from remit.notices.models import Notice

MANY = A_PAGE + 10
OF_A_SORT = """\
  - id: of-{place}
    who: {{role: member}}
    kind: [refund]
    when: {{category: {name}}}
    upto: {upto}
    level: decide
    why: Rule of {name}.
"""
RULE = """\
  - id: number-{number}
    who: {{role: member}}
    kind: [refund]
    when: {{order_age: "<= {number}"}}
    upto: {number}
    level: decide
    why: Rule {number} of very many.
"""


@pytest.fixture
def manager(house, signed_in):
    client = signed_in(house.mia)

    def page(path):
        return assert_clean(client.get(path))

    return page


def begun(house, text=CHARTER):
    return actions.begin_draft(house.mia, house.harbour, text, "Late guests waited too long.")


def test_versions_are_leafed_through_and_any_two_compared(house, manager):
    Version.objects.bulk_create(
        Version(
            team=house.harbour,
            number=number,
            name="Harbour Street",
            text=CHARTER,
            hash=house.version.hash,
            why=f"Attempt {number}.",
            published_by=house.mia,
            published_at=house.version.published_at + timedelta(minutes=number),
        )
        for number in range(2, MANY + 2)
    )
    first, second = (manager(f"/charter/harbour/versions/?page={page}") for page in (1, 2))
    assert (first.count("Attempt "), second.count("Attempt ")) == (A_PAGE, 10)
    assert ("How we begin." in first, "How we begin." in second) == (False, True)
    assert "Version 1 beside version 61" in manager("/charter/harbour/compare/?old=1&new=61")


def test_what_is_said_and_every_revision_are_leafed_through_the_newest_first(house, manager):
    draft = begun(house)
    Comment.objects.bulk_create(
        Comment(
            draft=draft,
            revision=1,
            text=f"Thought {number}, said.",
            made_by=house.ana,
            made_at=now() + timedelta(seconds=number),
        )
        for number in range(MANY)
    )
    Revision.objects.bulk_create(
        Revision(
            draft=draft,
            number=number + 2,
            text=CHARTER,
            act="board",
            said=f"Edit {number}, kept.",
            made_by=house.mia,
            made_at=now(),
        )
        for number in range(MANY)
    )
    for tab, word in (("talk", "Thought {}, said."), ("revisions", "Edit {}, kept.")):
        first, second = (manager(f"/charter/drafts/{draft.pk}/{tab}/?page={page}") for page in (1, 2))
        for number in (0, 9, 10, MANY - 1):
            there = word.format(number)
            assert (there in first, there in second) == (number >= 10, number < 10)


def test_a_notice_leads_to_what_was_said_however_much_was_said_since(house, signed_in, manager):
    draft = begun(house)
    first = actions.comment_on(house.ola, draft, "60 would help on Fridays.")
    address = Notice.objects.get(code="draft-commented", member=house.mia).address
    Comment.objects.bulk_create(
        Comment(draft=draft, revision=1, text="So it is.", made_by=house.ana, made_at=first.made_at)
        for _ in range(MANY)
    )
    assert f'id="comment-{first.pk}"' not in manager(f"/charter/drafts/{draft.pk}/talk/")
    there = manager(address)
    assert f'id="comment-{first.pk}"' in there
    assert "page 2" in there
    settled = signed_in(house.mia).post(f"/charter/drafts/{draft.pk}/talk/{first.pk}/settle/")
    assert settled.url == address
    for nonsense in ("?comment=0", "?comment=x", "?comment=99999999", f"?comment={first.pk}&page=1"):
        assert "So it is." in manager(f"/charter/drafts/{draft.pk}/talk/{nonsense}")


def test_the_sentences_of_a_large_draft_are_leafed_through_and_a_rule_is_found(house, manager):
    grants = "".join(RULE.format(number=number) for number in range(1, MANY))
    draft = begun(house, CHARTER.replace("grants:\n", f"grants:\n{grants}"))
    sentences = f"/charter/drafts/{draft.pk}/sentences/"
    assert manager(sentences).count('<li id="rule-') == A_PAGE
    assert 'id="rule-number-55"' not in manager(sentences)
    assert 'id="rule-number-55"' in manager(f"{sentences}?rule=number-55")
    assert 'id="rule-weekly"' in manager(f"{sentences}?page=2")
    for nonsense in ("?rule=nobody", "?page=x", "?page=99"):
        manager(f"{sentences}{nonsense}")
    actions.comment_on(house.mia, draft, "This one?", rule="number-55")
    assert f"{sentences}?rule=number-55#rule-number-55" in manager(f"/charter/drafts/{draft.pk}/talk/")


def test_a_large_charter_is_read_kind_by_kind_and_page_by_page(house, manager):
    grants = "".join(RULE.format(number=number) for number in range(1, MANY))
    text = CHARTER.replace("grants:\n", f"grants:\n{grants}")
    actions.publish(house.mia, house.harbour, text, "Every age has its own limit.", seconded_by=house.ola)
    whole = manager("/charter/harbour/")
    assert "All, the usual case" in whole
    assert "everything else" not in whole
    first, later = (f"/charter/harbour/rules/number-{number}/" for number in (1, 55))
    assert (first in whole, later in whole) == (True, False)
    assert "?grants=2#sentences" in whole
    assert later in manager("/charter/harbour/?grants=2")
    one = manager("/charter/harbour/?kind=refund")
    assert 'aria-current="true">Refund</a>' in one
    assert "everything else" in one
    assert "everything else" not in manager("/charter/harbour/?kind=nothing")


def test_one_kind_of_a_large_charter_is_leafed_through_case_by_case(house, manager):
    names = [f"sort {number}" for number in range(1, MANY)]
    grants = "".join(
        OF_A_SORT.format(name=name, place=place, upto=100 + place) for place, name in enumerate(names)
    )
    text = CHARTER.replace("grants:\n", f"grants:\n{grants}").replace("rude]", f"rude, {', '.join(names)}]")
    actions.publish(house.mia, house.harbour, text, "Each sort has its own limit.", seconded_by=house.ola)
    draft = begun(house, text)
    for path in ("/charter/harbour/?kind=refund", f"/charter/drafts/{draft.pk}/?kind=refund"):
        shown = []
        for number in range(1, 6):
            board = manager(f"{path}&cases={number}").split('<table class="board')[1].split("</table>")[0]
            heads = re.findall(r'<th scope="row">(.*?)</th>', board, re.DOTALL)
            assert len(heads) <= CASES_SHOWN
            shown += [about for head in heads for about in re.findall(r'quiet">(.*?)</span>', head)]
        assert shown == [*names, "late or cold", "everything else"]
    assert "Page 2" not in manager("/charter/harbour/")


def test_a_charter_of_usual_size_is_shown_at_once(house, manager):
    page = manager("/charter/harbour/")
    assert "the usual case" not in page
    assert "More rules" not in page


def test_with_one_version_there_is_nothing_to_compare(house, signed_in, manager):
    one = manager("/charter/harbour/compare/")
    assert "There is one version so far" in one
    assert "<select" not in one
    none = assert_clean(signed_in(house.ola).get("/charter/hill/compare/"))
    assert "Nothing published yet" in none
    assert "<select" not in none


def test_a_draft_before_the_first_charter_begins_empty_and_says_so(house, signed_in):
    page = assert_clean(signed_in(house.ola).get("/charter/hill/drafts/"))
    assert "it starts empty" in page
    assert "what is in force" not in page


def test_without_a_charter_nothing_can_be_let_go_and_its_page_is_one_click_away(house, signed_in, manager):
    page = assert_clean(signed_in(house.ola).get("/let-go/hill/"))
    assert "Hill Road has no charter yet" in page
    assert "Look now" not in page
    assert 'href="/charter/hill/"' in page
    there = manager("/let-go/harbour/")
    assert "Look now" in there
    assert "no charter" not in there
