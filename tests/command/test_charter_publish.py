"""`remit charter publish` and `remit charter export`, on a database of their own."""

import pytest
from made_team import MadeTeam

pytestmark = pytest.mark.slow  # a database for each

CHARTER = """\
charter: Harbour
currency: EUR
why: Every guest leaves wanting to come back.
grants:
  # A remark of ours.
  - id: on-the-spot
    who: {role: [member, lead]}
    kind: refund
    upto: 50
    level: decide
    why: A small refund costs less than a lost guest.
  - id: manager
    who: {role: manager}
    level: decide
    why: Somebody on the spot must be able to end any usual trouble.
"""
WIDER = CHARTER.replace("upto: 50", "upto: 80")
WHY = ("--why", "Less waiting.", "--yes")
"""With a yes to what is found: in a team of one, roles of nobody."""


@pytest.fixture(scope="module")
def begun(tmp_path_factory):
    folder = tmp_path_factory.mktemp("team")
    MadeTeam(folder)
    return folder


@pytest.fixture
def made(begun, tmp_path):
    (tmp_path / "one.yaml").write_text(CHARTER)
    (tmp_path / "wider.yaml").write_text(WIDER)
    return MadeTeam(tmp_path / "data", like=begun)


@pytest.fixture
def ours(remit, made):
    """`remit charter …` on the team; returns what came out."""

    def run(*arguments):
        return remit("charter", *arguments, env=made.env)

    return run


def said(result):
    return " ".join(result.stdout.split())


def test_published_looked_at_and_written_out_again(ours, tmp_path):
    first = ours("publish", "one.yaml", "--team", "harbour", *WHY)
    assert first.returncode == 0, first.stderr
    assert "Version 1 of Harbour is in force, published alone." in said(first)
    looked = ours("publish", "wider.yaml", "--team", "harbour", *WHY, "--look")
    assert looked.returncode == 0
    assert "80" in said(looked)
    assert "in force" not in said(looked)
    assert ours("export", "--team", "harbour").stdout == CHARTER
    assert "Version 2 of Harbour" in said(ours("publish", "wider.yaml", "--team", "harbour", *WHY))
    assert ours("export", "--team", "harbour").stdout == WIDER
    assert ours("export", "--team", "harbour", "--version", 1).stdout == CHARTER
    written = ours("export", "--team", "harbour", "--out", "out.yaml")
    assert "Written: out.yaml (version 2 of Harbour)" in said(written)
    assert (tmp_path / "out.yaml").read_text() == WIDER
    again = ours("export", "--team", "harbour", "--version", 1, "--out", "out.yaml")
    assert again.returncode == 2
    assert "--force" in again.stderr
    assert (tmp_path / "out.yaml").read_text() == WIDER
    assert ours("export", "--team", "harbour", "--version", 1, "--out", "out.yaml", "--force").returncode == 0
    assert (tmp_path / "out.yaml").read_text() == CHARTER


def test_the_organisations_charter(ours):
    published = ours("publish", "one.yaml", "--organisation", *WHY)
    assert "Version 1 of the organisation is in force" in said(published), published.stderr
    assert ours("export", "--organisation").stdout == CHARTER


def test_a_mistake_is_refused_with_its_line(ours, tmp_path):
    (tmp_path / "bad.yaml").write_text(CHARTER.replace("level: decide", "level: decid", 1))
    refused = ours("publish", "bad.yaml", "--team", "harbour", *WHY)
    assert refused.returncode == 2
    assert "bad.yaml:10" in refused.stdout
    assert "can't be published like this" in said(refused)
    assert ours("export", "--team", "harbour").returncode == 2


def test_findings_need_a_yes(ours):
    asked = ours("publish", "one.yaml", "--team", "harbour", "--why", "Less waiting.")
    assert asked.returncode == 2
    assert "one.yaml:6 role-of-nobody" in said(asked)
    assert "say --yes to publish in spite of what was found" in said(asked)
    assert ours("export", "--team", "harbour").returncode == 2
    assert "in force" in said(ours("publish", "one.yaml", "--team", "harbour", *WHY))


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("publish", "one.yaml", "--team", "harbor", *WHY), "Did you mean harbour?"),
        (("publish", "one.yaml", *WHY), "Say --team TEAM or --organisation."),
        (("publish", "one.yaml", "--team", "harbour", "--organisation", *WHY), "Say --team TEAM"),
        (("publish", "none.yaml", "--team", "harbour", *WHY), "none.yaml"),
        (("publish", "one.yaml", "--team", "harbour"), "--why"),
        (("publish", "one.yaml", "--team", "harbour", "--why", " ", "--yes"), "why"),
        (("publish", "one.yaml", "--team", "harbour", *WHY, "--by", "ola"), "Nobody is called 'ola'"),
        (("publish", "one.yaml", "--team", "harbour", *WHY, "--seconded-by", "x"), "Nobody is called 'x'"),
        (("export", "--team", "harbour"), "Harbour has no charter yet"),
        (("export", "--team", "harbour", "--version", "3"), "Harbour has no version 3"),
        (("export", "--organisation"), "The organisation has no charter yet"),
        (("export",), "Say --team TEAM"),
    ],
)
def test_what_cannot_be_done_says_why(ours, arguments, words):
    refused = ours(*arguments)
    assert refused.returncode == 2, refused.stderr
    assert words in " ".join(refused.stderr.split())
    assert "Traceback" not in refused.stderr


def test_the_same_document_once_more_is_refused(ours):
    assert ours("publish", "one.yaml", "--team", "harbour", *WHY).returncode == 0
    again = ours("publish", "one.yaml", "--team", "harbour", *WHY)
    assert again.returncode == 2
    assert again.stderr.startswith("remit: ")


def test_a_database_that_is_not_there(remit, tmp_path):
    (tmp_path / "one.yaml").write_text(CHARTER)
    env = {"REMIT_DATA": str(tmp_path / "none"), "DATABASE_URL": ""}
    refused = remit("charter", "publish", "one.yaml", "--team", "harbour", *WHY, env=env)
    assert refused.returncode == 2
    assert "isn't set up" in refused.stderr
