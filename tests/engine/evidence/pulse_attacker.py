"""Somebody who reads everything that is published of a pulse, and guesses what one colleague answered.

Answers are made anew in many worlds; the attacker learns in half of them what the published figures say about
the one they look for, and guesses in the other half. They know the rules, who was asked in which wave, that
their colleague left, and, if they are in the team, their own answers in every wave.
"""

from dataclasses import dataclass

import numpy as np

from remit_engine.evidence import pulse
from remit_engine.evidence.pulse import Counted

CHANCES = np.array([0.06, 0.12, 0.25, 0.37, 0.20])
"""How often each of the five answers is given."""
WAVES = 7
LEFT_AFTER = 4
"""Waves that the colleague was asked in."""
_PIECES = 60
_VALUES = np.arange(1, 6)


@dataclass(frozen=True)
class Worlds:
    """Made answers of a team from which one left, and what is published of them.

    Attributes:
        counts: how many said what, by world, wave and value.
        blurs: of each world: by how many waves of a figure the colleague was asked in, and of single waves.
        said: low, high and interval of each figure, by world.
        target: what the colleague said in their last wave.
        own: what somebody else said in each wave.
    """

    counts: np.ndarray
    blurs: np.ndarray
    said: np.ndarray
    target: np.ndarray
    own: np.ndarray


def made_worlds(rng, worlds, people, stay, *, blurred=True):
    """A team: each answer stays from wave to wave with a chance, or moves by one."""
    answers = np.empty((worlds, WAVES, people), dtype=np.int8)
    answers[:, 0] = rng.choice(5, (worlds, people), p=CHANCES) + 1
    for wave in range(1, WAVES):
        moves = rng.random((worlds, people)) >= stay
        steps = np.where(moves, rng.choice([-1, 1], (worlds, people)), 0)
        answers[:, wave] = np.clip(answers[:, wave - 1] + steps, 1, 5)
    counts = (answers[..., None] == _VALUES).sum(axis=2)
    counts[:, LEFT_AFTER:] -= answers[:, LEFT_AFTER:, 0, None] == _VALUES
    blurs = rng.uniform(-1, 1, (worlds, pulse.TOGETHER + 2)) * blurred
    said = np.column_stack([column for figure in _figures(counts, blurs) for column in figure])
    return Worlds(counts, blurs, said, answers[:, LEFT_AFTER - 1, 0].astype(int), answers[:, :, 1])


def by_the_engine(worlds, number):
    """What the engine publishes of one world: what `Worlds.said` has to be."""
    waves = [Counted(tuple(tally), sum(tally)) for tally in worlds.counts[number].tolist()]
    figures = []
    for wave, counted in enumerate(waves):
        if _is_alone(counted.asked, wave):
            figures.append(pulse.alone(counted, worlds.blurs[number, -1]))
        elif _is_together(counted.asked, wave):
            blur = worlds.blurs[number, _with_them(wave)]
            figures.append(pulse.together(waves[wave - 2 : wave + 1], blur))
    return [value for each in figures for value in (each.low, each.high, each.sure_low, each.sure_high)]


def share_guessed(rng, worlds, *, knows_own):
    """How often the attacker is right: by the line through all they know that fits best, cut in pieces."""
    known = [worlds.said, worlds.said**2 / 50, np.ones(len(worlds.said))]
    known = np.column_stack([*known, worlds.own] if knows_own else known).astype(float)
    learn, guess = np.array_split(rng.permutation(len(known)), 2)
    weights = np.linalg.lstsq(known[learn], worlds.target[learn], rcond=None)[0]
    score = known @ weights
    piece = np.searchsorted(np.quantile(score[learn], np.linspace(0, 1, _PIECES)[1:-1]), score)
    seen = np.zeros((_PIECES, 6))
    np.add.at(seen, (piece[learn], worlds.target[learn]), 1)
    return float((seen.argmax(axis=1)[piece[guess]] == worlds.target[guess]).mean())


def base_rate(worlds):
    """How often the commonest answer is right."""
    return np.bincount(worlds.target).max() / len(worlds.target)


def _is_alone(asked, wave):
    return asked >= pulse.LEAST_ALONE and wave < LEFT_AFTER


def _is_together(asked, wave):
    return asked >= pulse.LEAST and wave >= pulse.TOGETHER - 1


def _with_them(wave):
    """Waves of a figure in which the colleague was asked."""
    return sum(each < LEFT_AFTER for each in range(wave - 2, wave + 1))


def _figures(counts, blurs):
    """All figures of all worlds at once; a test holds them against the engine."""
    asked = counts.sum(axis=2)[0]
    means = (counts @ _VALUES) / asked
    halves = np.stack([_half(counts[:, wave], means[:, wave]) for wave in range(WAVES)], axis=1)
    for wave in range(WAVES):
        if _is_alone(asked[wave], wave):
            blur = blurs[:, -1] * pulse.blur_of(_told(asked[wave]))
            low = np.clip(np.floor((means[:, wave] + blur) * 10 + 0.5), 12, 48)
            around = (np.where(low == 12, 10, low), np.where(low == 48, 50, low))
            yield low, low, *_within(around[0] - halves[:, wave], around[1] + halves[:, wave])
        elif _is_together(asked[wave], wave):
            three = slice(wave - 2, wave + 1)
            blur = blurs[:, _with_them(wave)] * pulse.blur_of(min(map(_told, asked[three])))
            low = np.clip(np.floor((means[:, three].mean(axis=1) + blur) * 2 + 1e-9) * 5, 10, 45)
            half = halves[:, three].mean(axis=1)
            yield low, low + 5, *_within(low - half, low + 5 + half)


def _told(asked):
    return pulse.told_answers(asked, asked)[0]


def _half(counts, means):
    asked = counts.sum(axis=1)[0]
    told = _told(asked) if asked >= pulse.LEAST else asked
    squares = (counts * (_VALUES - means[:, None]) ** 2).sum(axis=1) / (asked - 1)
    deviation = np.maximum(np.ceil(np.sqrt(squares) * 2 - 1e-9) / 2, 1)
    sampled = deviation**2 / told * (1 - told / asked)
    return 10 * pulse.t_quantile(0.95, told - 1) * np.sqrt(sampled + pulse.blur_of(told) ** 2 / 3)


def _within(low, high):
    return np.maximum(np.floor(low + 1e-9), 10), np.minimum(np.ceil(high - 1e-9), 50)
