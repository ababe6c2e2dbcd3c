"""What may be published of a wave: by itself, with the two before it, or not at all."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from remit.pulse.facts import Earlier, Groups, blur_for, counted_parts, counted_whole, mark_of
from remit.pulse.models import Figure, Wave
from remit_engine.evidence import pulse
from remit_engine.evidence.pulse import Counted, Group


def figures_of(
    wave: Wave,
    groups: Groups,
    published: Mapping[str, set[Group]],
    before: Mapping[str, Sequence[Earlier]],
) -> Iterator[Figure]:
    """What may be published of a wave, from the counts in its box.

    Args:
        wave: with team and box at hand.
        groups: who was asked.
        published: by item the groups of which figures are known already.
        before: by item what was said in earlier waves, the newest first.
    """
    for item, _ in wave.items:
        whole = counted_whole(wave, item)
        if whole.answers < pulse.LEAST:
            continue
        known = published.get(item, set())
        if whole.answers >= pulse.LEAST_ALONE and pulse.stand_apart([groups.whole], known):
            yield _alone(wave, item, "", whole, groups.whole)
            parts = counted_parts(wave, item, groups)
            shown = pulse.shown_parts({part: each.answers for part, each in parts.items()})
            if pulse.stand_apart(groups.reckoned(shown), known):
                for part in sorted(shown):
                    yield _alone(wave, item, part, parts[part], groups.parts[part])
        else:
            waves = [Earlier(whole, groups.whole), *before.get(item, ())][: pulse.TOGETHER]
            if len(waves) == pulse.TOGETHER:
                people = [each.whole for each in waves]
                blur = blur_for(wave.team, item, people)
                figure = pulse.together([each.counted for each in waves], blur)
                yield _row(wave, item, "", figure, people)


def _alone(wave: Wave, item: str, part: str, counted: Counted, people: Group) -> Figure:
    figure = pulse.alone(counted, blur_for(wave.team, item, [people]))
    return _row(wave, item, part, figure, [people])


def _row(wave: Wave, item: str, part: str, figure: pulse.Figure, people: Sequence[Group]) -> Figure:
    worst_low, worst_high = figure.worst or (None, None)
    return Figure(
        wave=wave,
        item=item,
        part=part,
        form=figure.form.value,
        low=figure.low,
        high=figure.high,
        sure_low=figure.sure_low,
        sure_high=figure.sure_high,
        worst_low=worst_low,
        worst_high=worst_high,
        answers=figure.answers,
        people=mark_of(people),
    )
