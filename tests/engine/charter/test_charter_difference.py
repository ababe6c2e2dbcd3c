"""The difference of two charters is complete and sound, and says what somebody would say."""

from dataclasses import replace
from datetime import date

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from tests.engine.charter.made_charters import AMOUNTS, allowances, charters, grants, guardrails, requests
from tests.examples import examples

from remit_engine.charter.diagram.tops import NO_AMOUNT, UNLIMITED, Tops
from remit_engine.charter.difference import difference
from remit_engine.charter.difference.changes import changes
from remit_engine.charter.difference.words import change_in_words
from remit_engine.charter.document import Allowance, Charter, Grant, Guardrail, Per, Step
from remit_engine.charter.facts import Between, ChoiceFact, FlagFact, NumberFact, OneOf, Unit
from remit_engine.charter.levels import Level
from remit_engine.charter.periods import Period, Span
from remit_engine.charter.plain import level
from remit_engine.errors import InputError


def seen_by(charter, request):
    """A request as one charter sees it: with the facts and allowances that it knows."""
    return replace(
        request,
        facts={name: value for name, value in request.facts.items() if name in charter.all_facts},
        used={each.id: request.used[each.id] for each in charter.all_allowances if each.id in request.used},
    )


def with_equal_usage(charters_, request):
    """The same request, with one figure for all allowances that add up the same."""
    every = [each for charter in charters_ for each in charter.all_allowances]
    first = {}
    for allowance in every:
        first.setdefault(allowance.counter, allowance.id)
    used = {
        each.id: request.used[first[each.counter]] for each in every if first[each.counter] in request.used
    }
    return replace(request, used=used)


@st.composite
def pairs(draw):
    """A charter and another one that shares most of its rules with it; rules of the new one have new ids."""
    old = draw(charters(most_allowances=1))
    more = [f"new-{n}" for n in range(3)]
    kept = [
        tuple(rule for rule in rules if draw(st.integers(0, 4)))
        for rules in (old.grants, old.guardrails, old.allowances)
    ]
    new = replace(
        old,
        facts=draw(
            st.sampled_from([old.facts, (ChoiceFact("category", ("late", "rude", "lost")), *old.facts[1:])])
        ),
        grants=(*kept[0], *(draw(grants(more[0])) for _ in range(draw(st.integers(0, 1))))),
        guardrails=(*kept[1], *(draw(guardrails(more[1])) for _ in range(draw(st.integers(0, 1))))),
        allowances=(*kept[2], *(draw(allowances(more[2])) for _ in range(draw(st.integers(0, 1))))),
    )
    changed = tuple(
        replace(grant, upto=draw(st.one_of(st.sampled_from(AMOUNTS), st.none())))
        if draw(st.booleans())
        else grant
        for grant in new.grants
    )
    return (old, replace(new, grants=changed)) if draw(st.booleans()) else (replace(new, grants=changed), old)


def matching(found, request):
    foreign = request.currency not in {None, "EUR"}
    regions = found.day_unknown if request.day is None and found.is_dated else found.regions
    return [
        region
        for region in regions
        if (request.day is None or region.days is None or region.days.has(request.day))
        and region.change.levels(request.judged, foreign=foreign)
        and region.region.contains(lambda name: found.value_of(request, name))
    ]


@given(st.data())
@settings(max_examples=examples(120), deadline=None)
def test_complete_and_sound(data):
    """A request lies in exactly one region exactly if its levels differ, and the region says these."""
    old, new = data.draw(pairs())
    if data.draw(st.booleans()):
        old, new = (replace(each, always=(("amount", "paid"),)) for each in (old, new))
    found = difference(old, new)
    both = replace(old, allowances=tuple({a.id: a for a in (*old.allowances, *new.allowances)}.values()))
    for _ in range(8):
        request = with_equal_usage((old, new), data.draw(requests(both)))
        if data.draw(st.integers(0, 5)) == 0:
            request = replace(request, amount=None)
        paid, foreign = request.facts.get("paid"), request.currency not in {None, "EUR"}
        if old.always and not foreign and paid is not None and (request.judged or 0) > paid:
            # Impossible by the chain: nothing is said about it.
            continue
        levels = level(old, seen_by(old, request)), level(new, seen_by(new, request))
        inside = matching(found, request)
        if levels[0] == levels[1]:
            assert inside == []
            assert found.levels(request) is None
        else:
            assert len(inside) == 1
            assert inside[0] is found.region_of(request)
            assert found.levels(request) == levels
            assert inside[0].gains == (levels[1] > levels[0])


CATEGORY = ChoiceFact("category", ("late", "cold", "wrong item", "billing", "rude"))
DECIDE = Grant(
    id="spot",
    why="So.",
    who=(("role", OneOf(("member",))),),
    kinds=("refund",),
    level=Level.DECIDE,
    upto=50_00,
)


def street(*grants, guardrails=(), allowances=(), **more):
    return Charter(
        "Harbour Street",
        "EUR",
        "So.",
        facts=(CATEGORY, NumberFact("order_age", Unit.DAYS)),
        roles=("member", "lead", "manager"),
        grants=grants,
        guardrails=guardrails,
        allowances=allowances,
        **more,
    )


def test_sentences_of_the_screen():
    late = Grant(
        id="late",
        why="So.",
        who=(("role", OneOf(("member",))),),
        kinds=("refund",),
        when=(("category", OneOf(("late", "cold"))),),
        level=Level.DECIDE,
        upto=80_00,
    )
    assert difference(street(DECIDE), street(DECIDE, late)).sentences == (
        "Members, refunds for late or cold: decide up to 80 instead of 50.",
        "Nobody loses anything.",
    )
    assert difference(street(DECIDE, late), street(DECIDE)).sentences == (
        "Members, refunds for late or cold: decide up to 50 instead of 80.",
        "Nobody gains anything.",
    )
    assert difference(street(DECIDE), street(replace(DECIDE, why="Other.", id="x"))).sentences == (
        "Nobody's level changes, for any request.",
    )


def test_roles_kinds_and_allowances():
    both = replace(DECIDE, who=(("role", OneOf(("member", "lead"))),), kinds=("refund", "credit"))
    weekly = Allowance(
        id="weekly",
        why="So.",
        who=(("role", OneOf(("member",))),),
        per=Per.MEMBER,
        period=Period(Span.WEEK),
        most=300_00,
    )
    found = difference(street(both), street(replace(both, upto=80_00), allowances=(weekly,)))
    week = "the total of this week per member"
    assert found.sentences == (
        f"Members, refunds and credits, {week} at most 300: decide up to 80 instead of 50.",
        "Leads, refunds and credits: decide up to 80 instead of 50.",
        f"Members, refunds and credits, {week} above 300 or not known: ask instead of decide up to 50.",
    )
    assert [each.gains for each in found.regions] == [True, True, False]
    assert found.gains == found.regions[:2]
    assert found.losses == found.regions[2:]


def test_chains_rule_out_what_is_impossible():
    """Refunds above what was given today can't be: with the chain, the region has an end."""
    today = NumberFact("given_today", Unit.MONEY)
    grant = replace(DECIDE, when=(("given_today", Between(0, 20_00)),), upto=10_00)
    old = replace(street(grant), facts=(today,))
    new = replace(street(replace(grant, upto=60_00)), facts=(today,))
    (open_ended, _) = difference(old, new).sentences
    assert open_ended == "Members, refunds, given today at most 20: decide up to 60 instead of 10."
    high = replace(grant, id="high", upto=90_00, level=Level.INFORM)
    low = replace(grant, upto=30_00)
    chained = {"always": (("amount", "given_today"),)}
    assert difference(
        replace(street(low), facts=(today,)), replace(street(low, high), facts=(today,))
    ).regions
    assert not difference(
        replace(street(low), facts=(today,), **chained), replace(street(low, high), facts=(today,), **chained)
    ).regions


def test_days():
    trial = replace(DECIDE, upto=80_00, id="trial", since=date(2026, 3, 1), until=date(2026, 3, 31))
    found = difference(street(DECIDE), street(DECIDE, trial))
    assert found.sentences[0] == (
        "From 1 March 2026 to 31 March 2026: Members, refunds: decide up to 80 instead of 50."
    )
    assert found.day_unknown == ()
    assert difference(street(DECIDE), street(DECIDE, trial), day=date(2026, 4, 1)).regions == ()
    on_its_last = difference(street(DECIDE), street(DECIDE, trial), day=date(2026, 3, 31))
    assert on_its_last.sentences[0] == "Until 31 March 2026: Members, refunds: decide up to 80 instead of 50."
    before = difference(street(DECIDE), street(DECIDE, trial), day=date(2026, 2, 28))
    assert before.sentences == found.sentences
    ended = difference(street(DECIDE, trial), street(replace(DECIDE, upto=80_00)), day=date(2026, 4, 1))
    assert ended.sentences[0] == "Members, refunds: decide up to 80 instead of 50."
    longer = replace(trial, until=date(2026, 4, 30))
    other = Guardrail(id="x", why="So.", at_most=Level.ASK, kinds=("comp",), since=date(2026, 3, 10))
    joined = difference(street(DECIDE), street(DECIDE, longer, guardrails=(other,)))
    assert joined.sentences[0].startswith("From 1 March 2026 to 30 April 2026: Members, refunds: ")
    cap = Guardrail(id="cap", why="So.", at_most=Level.ASK, since=date(2026, 3, 10))
    capped = difference(street(DECIDE), street(DECIDE, guardrails=(cap,)))
    assert capped.day_unknown[0].sentence == (
        "When the day isn't known: Members, refunds: ask instead of decide up to 50."
    )


def test_what_cannot_be_compared_is_refused():
    with pytest.raises(InputError, match="EUR and USD"):
        difference(street(), replace(street(), currency="USD"))
    with pytest.raises(InputError, match="not of the same type"):
        difference(
            street(replace(DECIDE, when=(("order_age", Between(0, 2)),))),
            replace(street(), facts=(FlagFact("order_age"),)),
        )


def tops(ask=UNLIMITED, propose=NO_AMOUNT, inform=NO_AMOUNT, decide=NO_AMOUNT, missing=Level.ASK):
    return Tops(ask, propose, inform, decide, missing)


@pytest.mark.parametrize(
    ("old", "new", "words"),
    [
        (tops(), tops(propose=UNLIMITED, inform=UNLIMITED, decide=UNLIMITED), ["decide instead of ask"]),
        (
            tops(),
            tops(propose=80_00, inform=80_00, decide=50_00),
            ["decide up to 50, inform up to 80 instead of ask"],
        ),
        (tops(propose=400_00), tops(propose=200_00), ["propose up to 200 instead of 400"]),
        (tops(propose=UNLIMITED), tops(propose=200_00), ["ask instead of propose above 200"]),
        (tops(propose=50_00), tops(propose=UNLIMITED), ["propose without a limit instead of up to 50"]),
        (tops(ask=500_00), tops(), ["ask instead of never above 500"]),
        (tops(), tops(ask=500_00), ["never instead of ask above 500"]),
        (tops(), tops(ask=NO_AMOUNT), ["never instead of ask"]),
        (
            tops(propose=80_00, inform=80_00, decide=50_00),
            tops(propose=100_00, inform=100_00, decide=80_00),
            ["decide up to 80 instead of 50, inform up to 100 instead of 80"],
        ),
        (
            tops(propose=50_00, inform=50_00, decide=50_00),
            tops(propose=80_00, inform=80_00, decide=20_00),
            ["inform up to 80 instead of 50", "decide up to 20 instead of 50"],
        ),
        (
            tops(),
            tops(missing=Level.NEVER),
            ["never instead of ask when the amount isn't known or in another currency"],
        ),
        (tops(missing=Level.DECIDE), tops(), ["ask instead of decide when the amount isn't known"]),
    ],
)
def test_changes_in_words(old, new, words):
    assert [change_in_words(change, "EUR") for change in changes(old, new)] == words


def test_what_the_document_says_differently():
    old = street(DECIDE, steps=(Step("first", 34, 10),))
    new = replace(
        street(
            replace(DECIDE, why="Another why.", say="At once."),
            replace(DECIDE, id="more", kinds=("comp",)),
            steps=(Step("first", 20, 10), Step("second", 60, 10)),
        ),
        name="Harbour Road",
    )
    assert [(each.code, each.rule, each.sentence) for each in difference(old, new).document] == [
        ("name", None, "The charter is called Harbour Road instead of Harbour Street."),
        ("step", None, "The step second is new."),
        ("step", None, "The bar of step first is another one."),
        ("why", "spot", "The why of spot is said differently."),
        ("say", "spot", "The words for the customer of spot are said differently."),
        ("rule-added", "more", "The grant more is new."),
    ]
    assert [each.sentence for each in difference(old, street(replace(DECIDE, id="here"))).document] == [
        "The step first is gone.",
        "The rule spot is called here.",
    ]


def test_what_a_rule_changes_is_named():
    new = street(replace(DECIDE, upto=1, level=Level.INFORM, until=date(2026, 1, 1), since=date(2025, 1, 1)))
    assert [each.sentence for each in difference(street(DECIDE), new).document] == [
        "The grant spot changes its days, level and amount."
    ]


@pytest.mark.parametrize(
    "other", [NumberFact("age", Unit.HOURS), FlagFact("age"), ChoiceFact("age", ("old",))]
)
def test_a_fact_of_two_types_or_units_cannot_be_compared(other):
    def counted(fact, condition):
        grant = replace(DECIDE, when=(("age", condition),))
        return replace(street(), facts=(fact,), grants=(grant,))

    condition = Between(0, 2) if isinstance(other, NumberFact) else OneOf(("old",))
    with pytest.raises(InputError) as refused:
        difference(counted(NumberFact("age", Unit.DAYS), Between(0, 2)), counted(other, condition))
    assert refused.value.code == "two-types"


def test_one_level_that_reaches_on_is_said_in_one():
    tell = replace(DECIDE, id="tell", level=Level.INFORM, upto=80_00)
    old = street(replace(DECIDE, upto=50_00), tell)
    new = street(replace(DECIDE, upto=120_00), tell)
    assert [region.how for region in difference(old, new).regions] == ["decide up to 120 instead of 50"]
