"""JSON for programs, and the draft charter."""

import json
from decimal import Decimal

import pytest
from any_answers import answers
from hypothesis import HealthCheck, given, settings
from made_answers import HOSTILE, account, answer, segment, states, thin
from ruamel.yaml import YAML
from tests.examples import examples

from remit_engine.charter.reading import read_charter_text
from remit_engine.charter.reading.scalars import can_be_word
from remit_engine.evidence.letgo.values import Promise, Reason
from remit_engine.money import decimals
from remit_engine.report import as_json, draft_charter
from remit_engine.report.words import whole

STATES = states()
RELAXED = settings(
    max_examples=examples(40),
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.data_too_large],
)


def read(made, **told):
    told = {"name": "Harbour Street", "source": "approvals.csv"} | told
    return YAML(typ="safe").load(draft_charter(made, **told))


def test_json_keeps_its_keys():
    made = json.loads(as_json(STATES["one"], account()))
    assert list(made) == [
        "schema", "headline", "summary", "promise", "minor_units", "settings", "currency", "period", "counts",
        "automatic_approved", "plan", "segments", "thin", "saved", "cost", "bound", "time_split", "standards",
        "no_declines", "today", "source",
    ]  # fmt: skip
    assert list(made["segments"][0]) == [
        "title", "sentence", "rests_on", "key", "kind", "role", "facts", "parent", "verdict", "reason",
        "counts", "tested_on", "error_share", "smallest_asked", "largest_asked", "curve", "bands",
        "thin_rate_at_most", "limit", "more_needed", "bound", "saved", "cost", "recent", "second_reading",
        "changed_since",
    ]  # fmt: skip
    assert made["schema"] == "remit.letgo/1"


def test_json_says_the_values_and_the_words():
    made = json.loads(as_json(STATES["one"], account()))
    part = made["segments"][0]
    assert part["limit"] == 8_000
    assert part["verdict"] == "let go"
    assert part["rests_on"] == {"asked": 320, "declined": 0}
    assert part["counts"]["counted_declined"] == 15
    assert part["sentence"].startswith("You approved all 320 requests up to EUR 80.")
    assert made["period"]["first"] == "2025-09-01"
    assert made["settings"]["working_days"] == [0, 1, 2, 3, 4]
    assert made["source"]["answers"][0]["answer"] == "approved"
    assert made["source"]["answers"][3]["answer"] is None
    assert json.loads(as_json(STATES["no times"], account()))["period"] is None


@given(answers())
@RELAXED
def test_any_answer_makes_json_that_any_console_can_print(made):
    text = as_json(made, account())
    assert text.isascii()
    assert len(json.loads(text)["segments"]) == len(made.segments)


def test_a_grant_for_each_segment_let_go():
    charter = read(STATES["one"])
    assert charter["charter"] == "Harbour Street"
    assert charter["currency"] == "EUR"
    assert charter["facts"] == {"category": ["late"]}
    assert charter["grants"] == [
        {
            "id": "refund-member-late",
            "who": {"role": ["member"]},
            "kind": ["refund"],
            "when": {"category": ["late"]},
            "upto": 80,
            "level": "decide",
            "why": (
                "All 320 such requests up to EUR 80 were approved, so that at most 3 in 100 would have been "
                "declined (right at least 19 times in 20)."
            ),
        }
    ]


def test_several_words_of_a_fact_are_one_condition():
    charter = read(answer(segment(facts=(("Cost centre", "late"), ("Cost centre", "no"), ("Kind", "x y")))))
    assert charter["grants"][0]["when"] == {"cost_centre": ["late", "no"], "fact_kind": ["x y"]}
    assert charter["facts"]["cost_centre"] == ["late", "no"]


@pytest.mark.parametrize(
    ("currency", "limit", "upto"),
    [("EUR", 12_690, 126.9), ("JPY", 12_690, 12_690), ("KWD", 12_690, 12.69)],
)
def test_upto_is_in_units(currency, limit, upto):
    text = draft_charter(answer(segment(limit=limit), currency=currency), name="x")
    assert YAML(typ="safe").load(text)["grants"][0]["upto"] == upto


def test_no_limit_seen_gives_the_largest_amount_asked():
    text = draft_charter(STATES["no limit seen"], name="x", source="approvals.csv")
    assert "upto: 150\n" in text
    assert "# No limit is seen: this is the largest amount that was asked." in text
    assert "  # Refunds where category is late, by members\n" in text


def test_nothing_let_go_gives_no_grants_and_says_why():
    text = draft_charter(STATES["real work"], name="x")
    assert YAML(typ="safe").load(text)["grants"] == []
    assert "# No grants: In every group that was looked at, declines are clearly more frequent" in text


def test_pooled_evidence_claims_no_promise_of_its_own():
    assert "as part of the promise about everything" in read(STATES["pooled"])["grants"][0]["why"]


def test_ids_are_unique_even_when_words_look_alike():
    made = answer(*(segment(key=key) for key in ("crème", "creme", "日本", "中国")))
    assert [grant["id"] for grant in read(made)["grants"]] == ["creme", "creme-2", "grant", "grant-2"]


@pytest.mark.parametrize("version", ["1.1", "1.2"])
@pytest.mark.parametrize(
    "word", ["no", "Yes", "null", "12", "1e3", "a: b", "# x", "- y", "\u202e", 'it\'s "so"', "x" * 200]
)
def test_every_reader_of_yaml_gets_the_words_as_they_were(word, version):
    reader = YAML(typ="safe", pure=True)
    reader.version = version
    made = answer(segment(kind=word, role=word, facts=((word, word),)))
    grant = reader.load(draft_charter(made, name="x"))["grants"][0]
    assert grant["kind"] == [word]
    assert grant["who"] == {"role": [word]}
    assert list(grant["when"].values()) == [[word]]


@pytest.mark.parametrize("word", ["other", "", " padded ", "two\nlines", HOSTILE, "x" * 201])
@pytest.mark.parametrize("field", ["kind", "role", "facts"])
def test_no_grant_for_words_that_no_charter_can_hold(word, field):
    """`other` means every word that isn't listed: what was seen of one word is no evidence about those."""
    told = {field: (("category", word),) if field == "facts" else word}
    text = draft_charter(answer(segment(), segment(key="odd", **told)), name="x")
    assert [grant.id for grant in as_a_charter(text).grants] == ["refund-member-late"]
    assert text.count("no charter can hold these words") == 1


def as_a_charter(text):
    return read_charter_text(text.replace('currency: ""', "currency: EUR")).charter


def test_kinds_are_declared_where_no_charter_knows_them():
    usual = as_a_charter(draft_charter(answer(segment(), segment(kind="comp", key="b")), name="x"))
    assert usual.kinds == ()
    made = answer(segment(kind="Voucher"), segment(Reason.REAL_WORK, key="b"), thin=(thin(1),))
    assert as_a_charter(draft_charter(made, name="x")).kinds == ("Voucher", "comp", "refund")


def test_names_of_facts_are_free_to_take():
    names = ("About me", "currency", "12th", "yes", "x" * 99, "Größe", "大きさ", "Grosse")
    made = answer(segment(facts=tuple((name, "late") for name in names), key="Other currency"))
    charter = as_a_charter(draft_charter(made, name="y" * 999))
    assert [fact.name for fact in charter.facts] == [
        "fact_about_me", "fact_currency", "fact_12th", "fact_yes", "x" * 50, "groe", "fact", "grosse",
    ]  # fmt: skip
    assert [grant.id for grant in charter.grants] == ["other-currency-2"]


@pytest.mark.parametrize("state", STATES)
def test_every_draft_is_a_charter_once_it_has_a_currency(state):
    charter = as_a_charter(draft_charter(STATES[state], name="x", source="approvals.csv"))
    held = whole.going(STATES[state])
    if state != "hostile":
        assert [grant.upto for grant in charter.grants] == [part.limit for part in held]


def can_stand(part):
    words = [part.kind, part.role, *(word for _, word in part.facts)]
    return all(word is None or (can_be_word(word) and word != "other") for word in words)


@given(answers())
@RELAXED
def test_any_answer_makes_a_draft_that_reads_back(made):
    charter = read(made)
    going = [part for part in whole.going(made) if can_stand(part)]
    assert len(charter["grants"]) == len(going)
    assert len({grant["id"] for grant in charter["grants"]}) == len(going)
    read_back = as_a_charter(draft_charter(made, name="x", source="y"))
    assert [grant.id for grant in read_back.grants] == [grant["id"] for grant in charter["grants"]]
    assert all(
        grant.upto <= part.limit for grant, part in zip(read_back.grants, going, strict=True) if made.currency
    )
    for grant, part in zip(charter["grants"], going, strict=True):
        exact = Decimal(part.limit) / 10 ** decimals(made.currency)
        assert Decimal(str(grant["upto"])) <= exact
        assert grant["level"] == "decide"
        assert grant["why"]
        assert made.settings.promise is Promise.POOLED or "right at least" in grant["why"]
        assert (part.reason is Reason.NO_LIMIT_SEEN) <= (part.limit is not None)
