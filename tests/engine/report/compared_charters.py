"""Pairs of charters whose comparison is one page each: every state that the page has."""

from dataclasses import replace

from remit_engine.charter.difference import Change, difference
from remit_engine.charter.document import Charter
from remit_engine.charter.levels import Level
from remit_engine.charter.reading import read_charter_text
from remit_engine.report.comparison import comparison_page

PLAIN = """\
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back.
facts:
  category: [late, cold, rude]
  order_age: days
  illness: flag
roles: [member, lead, manager]
steps: {first: 34 fair reviews at 10 %}
grants:
  - id: on-the-spot
    who: {role: [member, lead]}
    kind: [refund, credit]
    upto: 50
    level: decide
    why: A small refund costs less than a lost guest.
  - id: late-is-ours
    who: {role: lead}
    kind: refund
    when: {category: [late, cold], order_age: "<= 2"}
    upto: 120
    level: inform
    why: Lateness is our fault.
  - id: grown
    who: {role: member, step: first}
    kind: refund
    upto: 80
    level: decide
    why: Who has shown it may do more.
  - id: manager
    who: {role: manager}
    level: decide
    why: Somebody ends any usual trouble.
guardrails:
  - id: illness
    who: {role: [member, lead]}
    kind: [refund, credit]
    when: {illness: yes}
    if_missing: ignore
    at_most: never
    why: Health comes first.
allowances:
  - id: weekly
    who: {role: member}
    kind: [refund, credit]
    per: member
    period: week
    most: 300
    beyond: ask
    why: A bad week should be seen.
"""
TRIAL = """  - id: winter
    from: 2026-12-01
    until: 2027-02-28
    who: {role: member}
    kind: [refund, credit]
    upto: 90
    level: propose
    why: One winter of trust.
"""
HOSTILE = '<script>alert(1)</script>" onload="x\' & </style>'


def read(text: str) -> Charter:
    return read_charter_text(text).charter


def pairs() -> dict[str, tuple[Charter, Charter]]:
    """Old and new charters by what the page shows."""
    old = read(PLAIN)
    wider = PLAIN.replace("upto: 50", "upto: 60").replace("300", "500").replace("<= 2", "<= 4")
    wider = wider.replace("guardrails:", f"{TRIAL}guardrails:")
    longest = ("a very long name of a charter " * 4).strip()
    return {
        "none": (old, old),
        "words": (old, read(PLAIN.replace("Health comes first", "Health comes before all"))),
        "gain": (old, read(PLAIN.replace("upto: 120", "upto: 400"))),
        "loss": (old, read(PLAIN.replace("upto: 120", "upto: 60"))),
        "both": (old, read(PLAIN.replace("upto: 120", "upto: 400").replace("upto: 50", "upto: 40"))),
        "dated": (old, read(PLAIN.replace("guardrails:", f"{TRIAL}guardrails:"))),
        "used": (old, read(PLAIN.replace("most: 300", "most: 500"))),
        "forty": (old, read(wider)),
        "many levels": (old, read(many_levels())),
        "renamed": (old, read(PLAIN.replace("Harbour Street", longest))),
        "hostile": (old, read(hostile(PLAIN))),
        "huge": (read(cells(0)), read(cells(1))),
    }


def many_levels() -> str:
    """A member has every level along the amount."""
    more = "".join(
        f"""  - id: at-{level}
    who: {{role: member}}
    kind: credit
    upto: {upto}
    level: {level}
    why: As far as that.
"""
        for level, upto in (("inform", "1000000.05"), ("propose", "1000000.10"))
    )
    never = """  - id: far
    who: {role: member}
    kind: credit
    above: 2000000
    at_most: never
    why: Nobody gives that much.
"""
    return PLAIN.replace("guardrails:\n", f"{more}guardrails:\n{never}")


def hostile(text: str) -> str:
    """The same with names that would like to be markup."""
    quoted = '"' + HOSTILE.replace("\\", "\\\\").replace('"', '\\"') + '"'
    return (
        text.replace("charter: Harbour Street", f"charter: {quoted}")
        .replace("why: Every guest leaves wanting to come back.", f"why: {quoted}")
        .replace("[late, cold, rude]", f"[late, cold, rude, {quoted}]")
        .replace("{category: [late, cold]", f"{{category: [late, cold, {quoted}]")
        .replace("manager", quoted)
        .replace(f"id: {quoted}", "id: manager")
    )


def cells(more: int) -> str:
    """Twenty roles and twenty words, each pair with a limit of its own: 400 changes."""
    roles, words = [f"role {one}" for one in range(20)], [f"word {one}" for one in range(20)]
    grants = "".join(
        f"""  - id: g-{one}-{two}
    who: {{role: {role}}}
    kind: refund
    when: {{category: {word}}}
    upto: {100 + one * 20 + two + 500 * more}
    level: decide
    why: It is so.
"""
        for one, role in enumerate(roles)
        for two, word in enumerate(words)
    )
    return (
        f"charter: Huge\ncurrency: EUR\nwhy: It is so.\nfacts:\n  category: [{', '.join(words)}]\n"
        f"roles: [{', '.join(roles)}]\ngrants:\n{grants}"
    )


def without_example() -> str:
    """A page with a case that only requests without an amount are in."""
    old, new = pairs()["gain"]
    changes = difference(old, new)
    (region,) = changes.regions
    how = "decide instead of ask when the amount isn't known"
    unknown = replace(region, change=Change((), (Level.ASK, Level.DECIDE)), how=how)
    return comparison_page(old, new, replace(changes, regions=(unknown,)))


def page_of(old: Charter, new: Charter) -> str:
    return comparison_page(old, new, difference(old, new))
