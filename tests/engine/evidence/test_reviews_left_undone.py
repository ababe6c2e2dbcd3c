"""What it does when unpleasant reviews are left undone, and that asking three of them mends most of it.

Two years of four fair reviews a week, of a member of whom reviewers say *differently* at just the tolerated
rate: the next step would be wrong. Each who is asked leaves half of those undone that would say so.
"""

import numpy as np
import pytest

from remit_engine.evidence.growth import BAR, TOLERATED, Review, record_of

REVIEWS, MEMBERS = 416, 600


def shares_reached(askers, undone=0.5):
    """The share who reach the bar, and who would if all that were given up had said *differently*."""
    rng = np.random.default_rng(7 * askers)
    reached = at_worst = 0
    for _ in range(MEMBERS):
        differently = rng.random(REVIEWS) < TOLERATED
        given_up = differently & (rng.random(REVIEWS) < undone**askers)
        said = np.where(differently, Review.DIFFERENTLY, Review.SAME)
        record = record_of(list(np.where(given_up, Review.GIVEN_UP, said)))
        reached += record.reached is not None
        at_worst += record.at_worst >= BAR
    return reached / MEMBERS, at_worst / MEMBERS


@pytest.mark.slow
def test_one_asked_spoils_it_and_three_asked_after_one_another_mend_most_of_it():
    one, two, three = (shares_reached(askers) for askers in (1, 2, 3))
    none, _ = shares_reached(1, undone=0)
    spread = 4.2 * (0.25 / MEMBERS) ** 0.5
    assert none <= 0.05 + 4.2 * (0.05 * 0.95 / MEMBERS) ** 0.5
    assert abs(one[0] - 0.82) < spread
    assert abs(two[0] - 0.24) < spread
    assert abs(three[0] - 0.10) < spread
    for _, at_worst in (one, two, three):
        assert at_worst < 0.05
