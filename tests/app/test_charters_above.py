"""Drafts above and below: those of the organisation, and what the board of a team says comes from it."""

import pytest
from django.db import DatabaseError, transaction
from tests.app.page_checks import assert_clean
from tests.app.test_charters_publishing import EXTENDING, ORGANISATION

from remit.charters import actions
from remit.charters.access import get_draft
from remit.charters.models import Draft, Revision, Version
from remit.charters.queries.drafting import board_of_draft, opened
from remit.core.clock import now
from remit.core.errors import NotThere

WHY = "What holds everywhere."
OURS = EXTENDING.replace("Hill Road", "Harbour Street")


@pytest.fixture
def extending(house):
    """The organisation has a charter, and Harbour Street extends it."""
    actions.publish(house.ola, None, ORGANISATION, WHY)
    actions.publish(house.ola, house.harbour, OURS, WHY, seconded_by=house.mia)
    return house


def test_the_board_says_what_comes_from_above_and_what_is_local(extending):
    draft = actions.begin_draft(extending.mia, extending.harbour, OURS, WHY)
    shown = board_of_draft(opened(get_draft(extending.mia, draft.pk)))
    said = {
        (kind, each.cell.column.role): each.from_above
        for row in shown.rows
        for kind in row.row.kinds
        for each in row.cells
    }
    assert (said["refund", "member"], said["apology", "member"], said["credit", "member"]) == (
        "same",
        "same",
        "local",
    )


def test_rules_from_above_are_shown_and_not_changed(extending, signed_in):
    draft = actions.begin_draft(extending.mia, extending.harbour, OURS, WHY)
    client = signed_in(extending.mia)
    page = assert_clean(client.get(f"/charter/drafts/{draft.pk}/cell/?kind=refund&role=member&step=none"))
    assert "It comes from the organisation’s charter" in page
    assert client.get(f"/charter/drafts/{draft.pk}/rules/member-here/").status_code == 404
    assert client.get(f"/charter/drafts/{draft.pk}/rules/ours/").status_code == 200
    assert "of the organisation" in assert_clean(client.get(f"/charter/drafts/{draft.pk}/"))


def test_the_organisation_s_is_drafted_on_the_same_pages_and_published_everywhere(extending, signed_in):
    with pytest.raises(NotThere):
        get_draft(extending.mia, actions.begin_draft(extending.ola, None, ORGANISATION, WHY).pk)
    client = signed_in(extending.ola)
    client.post("/organisation/charter/drafts/", {"name": "Wider", "why": WHY})
    draft = Draft.objects.get(name="Wider")
    root = f"/charter/drafts/{draft.pk}/"
    for page in (
        "",
        "sentences/",
        "text/",
        "talk/",
        "revisions/",
        "about/",
        "publish/",
        "cell/?kind=refund&role=member",
    ):
        assert_clean(client.get(root + page))
    client.post(
        f"{root}rules/member-here/limit/",
        {"seen": 1, "level": "decide", "limit": "25", "cell": "kind=refund"},
    )
    look = client.get(f"{root}publish/").context["look"]
    sent = {"mark": look.mark, "why": WHY, "confirmed": "1"}
    assert client.post(f"{root}publish/", sent).status_code == 302
    assert [each.number for each in Version.objects.filter(team=extending.harbour)] == [1, 2, 3]
    above = Version.objects.filter(team=None).latest("number")
    assert "upto: 25" in above.text
    assert Version.objects.get(team=extending.harbour, number=3).extends == above


def test_versions_of_the_organisation_are_read_compared_and_restored(extending, signed_in):
    actions.publish(extending.ola, None, ORGANISATION.replace("upto: 20", "upto: 25"), "Wider.")
    client = signed_in(extending.ola)
    assert "/organisation/charter/versions/" in assert_clean(client.get("/charter/"))
    listed = assert_clean(client.get("/organisation/charter/versions/"))
    assert listed.index("Version 2") < listed.index("Version 1")
    page = assert_clean(client.get("/organisation/charter/versions/2/"))
    assert "decide up to 25 instead of 20" in page
    assert "decide up to 25 instead of 20" in assert_clean(client.get("/organisation/charter/compare/"))
    backwards = assert_clean(client.get("/organisation/charter/compare/?old=2&new=1"))
    assert "decide up to 20 instead of 25" in backwards
    text = client.get("/organisation/charter/versions/1/charter.yaml")
    assert (text.content.decode(), text["Content-Disposition"]) == (
        ORGANISATION,
        'attachment; filename="organisation-1.yaml"',
    )
    restored = client.post("/organisation/charter/versions/1/act/", {"act": "restore"})
    draft = Draft.objects.get(name="Version 1 again")
    assert (restored.url, draft.team, draft.text) == (f"/charter/drafts/{draft.pk}/", None, ORGANISATION)
    assert client.post("/organisation/charter/versions/1/act/", {"act": "burn"}).status_code == 404
    assert client.get("/organisation/charter/versions/9/").status_code == 404


@pytest.mark.parametrize("page", ["versions/", "versions/1/", "versions/1/charter.yaml", "compare/"])
def test_they_are_looked_back_at_by_owners_alone(extending, signed_in, page):
    assert signed_in(extending.mia).get(f"/organisation/charter/{page}").status_code == 403
    assert signed_in(extending.mia).post("/organisation/charter/versions/1/act/").status_code == 403


def test_the_database_itself_keeps_versions_and_revisions(house):
    draft = actions.begin_draft(house.mia, house.harbour, house.version.text, WHY)
    for change in (
        lambda: Revision.objects.update(text="x"),
        lambda: Revision.objects.filter(draft=draft).delete(),
        lambda: Version.objects.update(why="x"),
        lambda: Version.objects.update(withdrawn_at=now()),  # it is in force
    ):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()
    assert Version.objects.get().withdrawn_at is None
