"""Through the real tables and actions: drawn as often as was said, and estimates that no sampling bends.

One team, one week of decisions of uneven amounts; reviewers would have decided something else about the large
ones more often. The week is drawn again and again, each time with a key of its own, as the actions do it.
"""

from datetime import timedelta

import numpy as np
import pytest
from django.db import transaction
from lxml import html
from tests.app.made_complaints import made_complaint, wants
from tests.examples import examples

from remit.complaints.actions.deciding import decide
from remit.core import clock
from remit.core.clock import now
from remit.reviews.actions.asking import ask_reviewers
from remit.reviews.actions.looking import finish
from remit.reviews.actions.weekly import draw_round, open_round
from remit.reviews.models import Lot, Review, Round
from remit.reviews.queries.fair import fair_reviews
from remit.reviews.queries.team import reviews_of
from remit.reviews.templatetags.reviews import share
from remit.reviews.weeks import week_of
from remit_engine.evidence import sampling
from remit_engine.evidence.growth import Review as Fair
from remit_engine.evidence.growth import record_of

AMOUNTS = {
    "ana": (200, 300, 500, 800, 900, 1200, 1500, 2500, 4000, 4900),
    "ben": (100, 700, 1400, 4800),
    "sam": (300, 600, 900, 5000, 9000, 15000, 30000),
    "mia": (2000, 90000),
}


def would_differ(value):
    """What reviewers would say: of larger amounts something else more often; of some small ones, too."""
    return value > 4000 or value in {300, 1400}


@pytest.fixture
def decisions(house):
    """By their key; made by the action, after the moment at which each week is opened."""
    found = {}
    with clock.at(now() + timedelta(hours=1)):
        for word, amounts in AMOUNTS.items():
            for value in amounts:
                complaint = made_complaint(house)
                decision = decide(getattr(house, word), complaint.number, wants("refund", value))
                assert decision.level in {"decide", "inform"}
                found[decision.pk] = decision
    return found


class Again:
    """Undoes what was done in it, so that the same week can be drawn once more."""

    def __enter__(self):
        self.inside = transaction.atomic()
        self.inside.__enter__()

    def __exit__(self, *error):
        transaction.set_rollback(True)
        self.inside.__exit__(None, None, None)
        return False


def drawn_anew(house):
    row = open_round(house.harbour, week_of(house.harbour, now()))
    with clock.at(row.ends_at + timedelta(hours=2)):
        draw_round(row.pk)
    return Round.objects.get(pk=row.pk)


def equals_the_engine(row, decisions):
    """The rows are exactly what the engine says of the same decisions and key."""
    lots = {each.decision_id: each for each in Lot.objects.filter(round=row)}
    engine = sampling.draw(
        [
            sampling.Decided(f"decision:{pk}", decisions[pk].member.word, lots[pk].stake)
            for pk in sorted(lots)
        ],
        bytes.fromhex(row.key),
        each=row.each,
        budget=row.budget,
    )
    for pk, each in zip(sorted(lots), engine, strict=True):
        lot = lots[pk]
        assert (lot.drawn_fair, lot.drawn_risk, lot.chance_fair, lot.chance_risk, lot.chance, lot.place) == (
            each.is_fair, each.is_risk, each.fair, each.risk, each.chance, each.place
        )  # fmt: skip
    return lots


def test_drawn_as_often_as_was_said_and_the_estimate_is_that_of_all(house, decisions):
    rounds, keys = examples(600), sorted(decisions)
    fair, risk = np.zeros(len(keys)), np.zeros(len(keys))
    weighted, ratios, plain = [], [], []
    for _ in range(rounds):
        with Again():
            lots = equals_the_engine(drawn_anew(house), decisions)
            chances = [(lots[pk].chance_fair, lots[pk].chance_risk) for pk in keys]
            fair += [lots[pk].drawn_fair for pk in keys]
            risk += [lots[pk].drawn_risk for pk in keys]
            drawn = [pk for pk in keys if lots[pk].is_drawn]
            said = np.array([would_differ(decisions[pk].value) for pk in drawn], float)
            chance = np.array([lots[pk].chance for pk in drawn])
            weighted.append((said / chance).sum() / len(keys))
            ratios.append(sampling.rate_of(said, chance).rate)
            plain.append(said.mean())
    for counted, stated in zip((fair, risk), np.array(chances).T, strict=True):
        spread = np.sqrt(rounds * stated * (1 - stated))
        certain = spread == 0
        assert (counted[certain] == rounds * stated[certain]).all()
        assert np.abs((counted - rounds * stated)[~certain] / spread[~certain]).max() < 4.2
    truth = np.mean([would_differ(each.value) for each in decisions.values()])
    error = 4.2 * np.std(weighted) / rounds**0.5
    assert abs(np.mean(weighted) - truth) < error
    assert abs(np.mean(ratios) - truth) < error + 0.02  # a ratio of two sums: nearly unbiased, of few reviews
    assert np.mean(plain) - truth > 0.05  # without weights the large ones would speak too loudly


@pytest.mark.slow
def test_what_the_pages_show_is_what_the_engine_says_of_20_histories(house, decisions, signed_in):
    mia = signed_in(house.mia)
    for _ in range(20):
        with Again():
            row = drawn_anew(house)
            with clock.at(row.ends_at + timedelta(days=1)):
                ask_reviewers(row.pk)
                for review in Review.objects.select_related("decision", "reviewer").order_by("?"):
                    differs = would_differ(review.decision.value)
                    outcome = "different" if differs else "same"
                    finish(review.reviewer, review.pk, outcome, why="Because.", better="Less.")
                shown = reviews_of(house.harbour)
                page = mia.get("/teams/harbour/reviews/").content.decode()
            lots = list(Lot.objects.filter(round=row).select_related("decision").order_by("reviews__pk"))
            drawn = list({each.pk: each for each in lots if each.is_drawn}.values())
            engine = sampling.rate_of(
                [would_differ(each.decision.value) for each in drawn], [each.chance for each in drawn]
            )
            assert shown.estimate == engine
            assert shown.of_money == sampling.rate_of(
                [would_differ(each.decision.value) for each in drawn],
                [each.chance for each in drawn],
                amounts=[each.decision.value for each in drawn],
            )
            assert shown.done == engine.reviews
            assert (shown.open, shown.given_up, shown.completion) == (0, 0, 1.0)
            said = [each.text_content() for each in html.fromstring(page).xpath("//*[@class='stat-line']/*")]
            words = " ".join(" ".join(said).split())
            low, high = share(engine.low), share(engine.high)
            assert words.startswith(f"{share(engine.rate)} of all decisions taken without asking"), words
            assert words.endswith(f"between {low} and {high}")
            _members_are_as_the_engine_says(house)


def _members_are_as_the_engine_says(house):
    for word in AMOUNTS:
        membership = getattr(house, word).memberships.get()
        lots = Lot.objects.filter(member=membership.member, drawn_fair=True).order_by("place")
        expected = [
            Fair.DIFFERENTLY if would_differ(each.decision.value) else Fair.SAME
            for each in lots.select_related("decision")
        ]
        found = [Fair(each.state) for each in fair_reviews(membership)]
        assert found == expected
        assert record_of(found) == record_of(expected)
