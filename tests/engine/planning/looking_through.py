"""Plain models: all plans of a tiny event, and what a plan must never do, written down once more by hand."""

from itertools import combinations, product

from remit_engine.planning import Place, Placed, Plan, conflicts, shortages
from remit_engine.planning.demands import keeps
from remit_engine.planning.possible import starts


def whole_plans(event, pins=()):
    """All plans of the event without shortages and conflicts; walks through everything, task by task."""
    yield from _walk(event, list(event.tasks), Plan(), tuple(pins))


def _walk(event, tasks, plan, pins):
    if conflicts(event, plan):
        return
    if not tasks:
        if not shortages(event, plan, pins):
            yield plan
        return
    first, *rest = tasks
    for placed in _placed(event, first, pins):
        yield from _walk(event, rest, plan.replaced(placed), pins)


def _placed(event, task, pins):
    """Each way to place a task in full, as if there were nothing else."""
    teams = [
        [
            tuple(Place(each.id, need.skill) for each in team)
            for team in combinations([each for each in event.people if each.can(need.skill)], need.count)
        ]
        for need in task.people
    ]
    for start, room, *people in product(starts(event, task, None, pins), task.rooms or (None,), *teams):
        team = tuple(place for each in people for place in each)
        placed = Placed(task=task.id, start=start, people=team, room=room, equipment=task.equipment)
        mine = [pin for pin in pins if pin.task == task.id]
        if all(keeps(Plan(placed=(placed,)), pin) for pin in mine):
            yield placed


def broken_rules(event, plan):
    """What a plan must never do, minute by minute. Slow, and shares nothing with the engine's own check."""
    broken = set()
    for person in event.people:
        broken |= _of_person(event, plan, person)
    for placed in plan.placed:
        task = event.task[placed.task]
        if not task.earliest <= placed.start <= task.latest - task.length:
            broken.add("window")
        for name in task.after:
            if name in plan.of and plan.of[name].start + event.task[name].length > placed.start:
                broken.add("order")
        if placed.room is not None and placed.room not in task.rooms:
            broken.add("room")
        if {place.person for place in placed.people} & set(task.not_by):
            broken.add("taken out")
    minutes = sorted({placed.start for placed in plan.placed} | {each.span.start for each in event.bookings})
    for minute in minutes:
        now = [each for each in plan.placed if _runs(event, each, minute)]
        taken = [each for each in event.bookings if each.span.start <= minute < each.span.end]
        broken |= _of_things(event, now, taken)
    return broken


def _runs(event, placed, minute):
    return placed.start <= minute < placed.start + event.task[placed.task].length


def _of_person(event, plan, person):
    mine = [placed for placed in plan.placed if person.id in [place.person for place in placed.people]]
    times = [(each.start, each.start + event.task[each.task].length, True) for each in mine]
    times += [(each.span.start, each.span.end, False) for each in event.bookings if person.id in each.people]
    there = {minute for span in person.available for minute in range(span.start, span.end)}
    broken = _of_two(event, person, times)
    for start, end, is_ours in times:
        if is_ours and not there.issuperset(range(start, end)):
            broken.add("away")
        day = event.timeline.day(start)
        that_day = [(first, last, ours) for first, last, ours in times if event.timeline.day(first) == day]
        if is_ours and sum(last - first for first, last, _ in that_day) > person.most_a_day:
            broken.add("long day")
    for placed in mine:
        places = [place for place in placed.people if place.person == person.id]
        if len(places) > 1:
            broken.add("two places")
        asked_for = {place.skill for place in places}
        if asked_for - {""} - person.skills or (person.only_skilled and "" in asked_for):
            broken.add("skill")
    return broken


def _of_two(event, person, times):
    broken = set()
    for one, other in combinations(times, 2):
        if not (one[2] or other[2]):
            continue
        if set(range(*one[:2])) & set(range(*other[:2])):
            broken.add("two places")
        elif event.timeline.day(one[0]) != event.timeline.day(other[0]):
            gap = max(one[0], other[0]) - min(one[1], other[1])
            if gap < person.rest:
                broken.add("rest")
    return broken


def _of_things(event, now, taken):
    broken = set()
    for piece in event.equipment:
        ours = sum(need.count for each in now for need in each.equipment if need.equipment == piece.id)
        theirs = sum(need.count for each in taken for need in each.equipment if need.equipment == piece.id)
        if ours and ours + theirs > piece.count:
            broken.add("equipment")
    for room in event.rooms:
        ours = sum(each.room == room.id for each in now)
        theirs = any(room.id in each.rooms for each in taken)
        if ours > room.at_once or (ours and theirs):
            broken.add("room")
    return broken
