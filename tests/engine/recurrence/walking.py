"""The plain walk: day by day from the start on, each asked by the words of RFC 5545; and rules to walk by."""

from datetime import UTC, date, datetime, time, timedelta
from itertools import product
from zoneinfo import ZoneInfo

from hypothesis import strategies as st

from remit_engine.recurrence.calendar import Calendar
from remit_engine.recurrence.recurrence import Anchor, OnClosedDays, Recurrence
from remit_engine.recurrence.rule import Rule

DAY = timedelta(days=1)
ZONES = (
    "UTC",
    "Europe/Berlin",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour
    "Asia/Beirut",  # at midnight
    "America/Sao_Paulo",  # at midnight, until 2019
    "Pacific/Apia",  # had no 30 December 2011
)


def walk(recurrence, calendar, after, until):
    """Every moment that the recurrence comes, after one and not after the other."""
    found = set()
    last = until.astimezone(calendar.zone).date() + 40 * DAY
    for day, times in days_of(recurrence, last):
        there = moved(day, recurrence, calendar)
        if there is None or there < after.date() - 3 * DAY:
            continue
        for minutes in minutes_of(there, times, recurrence, calendar):
            found.add(moment(there, minutes, calendar.zone))
    return sorted(each for each in found if after < each <= until)


def days_of(recurrence, last):
    """Days of the rule with their times, up to a last one."""
    rule, day, counted, known = recurrence.rule, recurrence.start, 0, {}
    at = time() if isinstance(recurrence.at, Anchor) else recurrence.at
    while day <= min(last, rule.until or last):
        key = period(rule, day)
        if key not in known:
            known = {key: chosen(rule, day, recurrence.start, at)}
        times = sorted(each for found, each in known[key] if found == day)
        if rule.count is not None:
            times = times[: rule.count - counted]
        counted += len(times)
        if times:
            yield day, times
        day += DAY


def chosen(rule, day, start, at):
    """Of the period of a day all pairs of day and time that the rule means."""
    if index(rule, day, start) % rule.interval:
        return []
    days = [each for each in days_in_period(rule, day) if fits(rule, each, start)]
    times = sorted(time(*each) for each in product(rule.hours or [at.hour], rule.minutes or [at.minute]))
    pairs = list(product(days, times))
    if not rule.places:
        return pairs
    places = {each - 1 if each > 0 else len(pairs) + each for each in rule.places}
    return [pair for number, pair in enumerate(pairs) if number in places]


def period(rule, day):
    return {
        "DAILY": day,
        "WEEKLY": week_begin(day, rule.week_start),
        "MONTHLY": (day.year, day.month),
        "YEARLY": day.year,
    }[rule.frequency]


def index(rule, day, start):
    """Which period from the one of the start on it is, from 0."""
    match rule.frequency:
        case "DAILY":
            return (day - start).days
        case "WEEKLY":
            return (week_begin(day, rule.week_start) - week_begin(start, rule.week_start)).days // 7
        case "MONTHLY":
            return (day.year - start.year) * 12 + day.month - start.month
        case _:
            return day.year - start.year


def days_in_period(rule, day):
    match rule.frequency:
        case "DAILY":
            begin, end = day, day + DAY
        case "WEEKLY":
            begin = week_begin(day, rule.week_start)
            end = begin + 7 * DAY
        case "MONTHLY":
            begin, end = month_of(day)
        case _:
            begin, end = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return [begin + number * DAY for number in range((end - begin).days)]


def fits(rule, day, start):
    """Whether a day is among those that the parts of the rule name, or leave to the start."""
    is_free = not (rule.weekdays or rule.month_days or rule.weeks or rule.year_days)
    match rule.frequency:
        case "WEEKLY" if not rule.weekdays:
            usual = day.weekday() == start.weekday()
        case "MONTHLY" if is_free:
            usual = day.day == start.day
        case "YEARLY" if is_free:
            usual = day.day == start.day and (bool(rule.months) or day.month == start.month)
        case _:
            usual = True
    begin, end = month_of(day)
    first, next_first = date(day.year, 1, 1), date(day.year + 1, 1, 1)
    return (
        usual
        and (not rule.months or day.month in rule.months)
        and (not rule.month_days or bool({day.day, -(end - day).days} & {*rule.month_days}))
        and (
            not rule.year_days or bool({(day - first).days + 1, -(next_first - day).days} & {*rule.year_days})
        )
        and (not rule.weeks or bool({*week_numbers(day, rule.week_start)} & {*rule.weeks}))
        and (not rule.weekdays or any(is_weekday(rule, each, day, begin, end) for each in rule.weekdays))
    )


def is_weekday(rule, wanted, day, month_begin, month_end):
    number, weekday = wanted
    if day.weekday() != weekday or not number:
        return day.weekday() == weekday
    of_year = rule.frequency == "YEARLY" and not rule.months
    begin = date(day.year, 1, 1) if of_year else month_begin
    end = date(day.year + 1, 1, 1) if of_year else month_end
    return number in {(day - begin).days // 7 + 1, -(((end - day).days - 1) // 7 + 1)}


def week_begin(day, week_start):
    return day - timedelta(days=(day.weekday() - week_start) % 7)


def week_numbers(day, week_start):
    """The week of a day from the begin and from the end of the year that has most of the week."""
    middle = week_begin(day, week_start) + 3 * DAY
    number = (middle - date(middle.year, 1, 1)).days // 7 + 1
    last = next(
        each
        for each in (date(middle.year, 12, 31) - back * DAY for back in range(7))
        if (week_begin(each, week_start) + 3 * DAY).year == middle.year
    )
    last_middle = week_begin(last, week_start) + 3 * DAY
    weeks = (last_middle - date(middle.year, 1, 1)).days // 7 + 1
    return number, number - weeks - 1


def month_of(day):
    begin = day.replace(day=1)
    return begin, (begin + 31 * DAY).replace(day=1)


def is_open(day, calendar):
    says = any(calendar.week)
    return day not in calendar.closed and (not says or bool(calendar.week[day.weekday()]))


def moved(day, recurrence, calendar):
    if recurrence.on_closed is OnClosedDays.COMES or is_open(day, calendar):
        return day
    if recurrence.on_closed is OnClosedDays.IS_LEFT_OUT:
        return None
    step = DAY if recurrence.on_closed is OnClosedDays.DAY_AFTER else -DAY
    for number in range(1, 32):
        there = day + number * step
        if is_open(there, calendar):
            return there if there >= recurrence.start else None
    return None


def minutes_of(day, times, recurrence, calendar):
    if not isinstance(recurrence.at, Anchor):
        return [each.hour * 60 + each.minute for each in times]
    if not is_open(day, calendar) or not any(calendar.week):
        return []
    near = [
        (begin + 1440 * days, end + 1440 * days)
        for days in (-1, 0, 1)
        if is_open(day + days * DAY, calendar)
        for begin, end in calendar.week[(day + days * DAY).weekday()]
    ]
    own = calendar.week[day.weekday()]
    if recurrence.at is Anchor.OPENING:
        return [begin for begin, _ in own if not any(a < begin <= b for a, b in near)]
    return [end for _, end in own if not any(a <= end < b for a, b in near)]


def moment(day, minutes, zone):
    """The first moment at which the clock shows it; where it never does, counted on from before."""
    wall = datetime.combine(day, time()) + timedelta(minutes=minutes)
    near = [(wall + timedelta(hours=hours)).replace(tzinfo=UTC) for hours in (-26, 0, 26)]
    offsets = {each.astimezone(zone).utcoffset() for each in near}
    shown = [(wall - offset).replace(tzinfo=UTC) for offset in offsets]
    right = [each for each in shown if each.astimezone(zone).replace(tzinfo=None) == wall]
    if right:
        return min(right)
    # Skipped: with the offset of before, which is the smaller one where clocks go forward.
    return max(shown)


def some(values, most=3):
    return st.lists(values, max_size=most, unique=True).map(lambda found: tuple(sorted(found)))


WEEKDAYS = st.integers(0, 6)
FROM_EITHER_END = st.sampled_from([*range(1, 32), *range(-31, 0)])


@st.composite
def rules(draw):
    """Rules of every kind that RFC 5545 lets stand."""
    frequency = draw(st.sampled_from(["DAILY", "WEEKLY", "MONTHLY", "YEARLY"]))
    weeks = some(st.sampled_from([1, 2, 9, 26, 52, 53, -1]), 2)
    numbers = st.sampled_from([0, 0, 1, 2, 3, 4, 5, -1, -2])
    offered = {
        "months": some(st.integers(1, 12)),
        "weekdays": some(st.tuples(st.just(0), WEEKDAYS)),
        "hours": some(st.integers(0, 23)),
        "minutes": some(st.integers(0, 59), 2),
    }
    if frequency != "WEEKLY":
        offered["month_days"] = some(FROM_EITHER_END)
    if frequency in {"MONTHLY", "YEARLY"}:
        offered["weekdays"] = some(st.tuples(numbers, WEEKDAYS))
    if frequency == "YEARLY":
        offered["weeks"] = weeks
        offered["year_days"] = some(st.sampled_from([1, 59, 60, 61, 100, 365, 366, -1, -60, -366]))
    # Seldom all at once: such rules hardly ever come.
    kept = draw(st.lists(st.sampled_from(sorted(offered)), max_size=2, unique=True))
    parts = {name: draw(offered[name]) for name in kept}
    if parts.get("weeks") and parts.get(
        "weekdays"
    ):  # weeks of the year with the first Monday of it: no such rule
        parts["weekdays"] = tuple(sorted({(0, day) for _, day in parts["weekdays"]}))
    ends = draw(st.sampled_from(["", "", "count", "until"]))
    places = draw(some(st.sampled_from([1, 2, 3, -1, -2]), 2)) if any(parts.values()) else ()
    return Rule(
        frequency,
        interval=draw(st.sampled_from([1, 1, 1, 2, 3, 4, 6, 14])),
        count=draw(st.integers(1, 60)) if ends == "count" else None,
        until=draw(st.dates(date(2009, 1, 1), date(2040, 12, 31))) if ends == "until" else None,
        places=places,
        week_start=draw(st.sampled_from([0, 0, 5, 6])),
        **parts,
    )


@st.composite
def weeks(draw):
    """Opening hours: none, some days, evenings past midnight, twice a day."""
    stretch = st.sampled_from(
        [[[540, 1020]], [[1080, 1560]], [[660, 900], [1080, 1380]], [[0, 1440]], [[540, 720], [720, 900]], []]
    )
    return draw(st.one_of(st.just(()), st.lists(stretch, min_size=7, max_size=7)))


@st.composite
def recurrences(draw):
    """A recurrence, and the calendar of a team that it comes in, with closed days around its start."""
    start = draw(
        st.one_of(
            st.dates(date(2009, 1, 1), date(2036, 12, 31)),
            st.sampled_from([date(2024, 2, 29), date(2024, 12, 31), date(2011, 12, 29), date(2026, 3, 28)]),
        )
    )
    at = st.one_of(
        st.times().map(lambda each: each.replace(second=0, microsecond=0, fold=0)), st.just(time(2, 30))
    )
    rule = draw(rules())
    if not (rule.hours or rule.minutes):
        at = st.one_of(at, st.sampled_from(Anchor))
    days = draw(st.sets(st.integers(0, 700), max_size=6))
    long = draw(st.sampled_from([0, 0, 10, 40]))
    days |= set(range(100, 100 + long))
    calendar = Calendar(
        ZoneInfo(draw(st.sampled_from(ZONES))), draw(weeks()), frozenset(start + each * DAY for each in days)
    )
    return Recurrence(rule, start, draw(at), draw(st.sampled_from(OnClosedDays))), calendar
