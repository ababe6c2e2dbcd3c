"""Charters as somebody writes them, for the tests of `remit charter`."""

PLAIN = """\
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back.
facts:
  category: [late, cold, rude]
  order_age: days
  paid: money
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
    who: {role: [member, lead]}
    kind: refund
    when: {category: [late, cold], order_age: "<= 2"}
    upto: 80
    level: inform
    tell: lead
    why: Lateness is our fault, never the guest's.
  - id: manager
    who: {role: manager}
    level: decide
    why: Somebody on the spot must be able to end any usual trouble.
guardrails:
  - id: illness
    who: {role: [member, lead]}
    kind: [refund, credit]
    when: {illness: yes}
    if_missing: ignore
    at_most: never
    hand_to: manager
    why: Health comes first.
allowances:
  - id: weekly
    who: {role: member}
    kind: [refund, credit]
    per: member
    period: week
    most: 300
    beyond: ask
    why: A bad week should be seen while it can still be helped.
"""
"""Nothing to find in it."""


FINDABLE = """\
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back.
facts:
  category: [late, cold, rude]
kinds: [refund, gift]
roles: [member, manager]
steps: {first: 34 fair reviews at 10 %, second: 50 fair reviews at 5 %}
grants:
  - id: wide
    who: {role: member}
    kind: refund
    upto: 50
    level: decide
    why: A small refund costs less than a lost guest.
  - id: narrow
    who: {role: member}
    kind: refund
    when: {category: late}
    upto: 30
    level: decide
    why: Lateness is our fault.
  - id: grown
    who: {role: member, step: first}
    kind: refund
    upto: 90
    level: decide
    why: Who has shown it may do more.
  - id: last-winter
    until: 2024-02-28
    who: {role: member}
    kind: refund
    upto: 200
    level: propose
    why: A trial that is over.
  - id: manager
    who: {role: manager}
    kind: refund
    upto: 500
    level: decide
    why: Somebody must be able to end it.
guardrails:
  - id: gifts
    kind: gift
    at_most: ask
    why: Nobody gives gifts alone anyway.
"""
"""A grant that another one covers, a step that takes away, an ended trial, an idle guardrail, dead ends."""


def line_of(text: str, words: str) -> int:
    """The line on which words stand first."""
    return next(number for number, line in enumerate(text.splitlines(), 1) if words in line)


def many_rules(count: int) -> str:
    """A charter of so many grants, most of which matter."""
    head = (
        "charter: Many\ncurrency: EUR\nwhy: Every guest leaves wanting to come back.\n"
        f"facts:\n  category: [{', '.join(f'c{number}' for number in range(20))}]\n  order_age: days\n"
        f"roles: [{', '.join(f'r{number}' for number in range(10))}]\ngrants:\n"
    )
    rules = (
        f"  - id: grant-{number}\n    who: {{role: r{number % 10}}}\n    kind: refund\n"
        f"    when: {{category: c{number // 10 % 20}, order_age: '<= {number // 200}'}}\n"
        f"    upto: {5000 - 20 * (number // 200) - number % 7}\n    level: decide\n    why: Rule {number}.\n"
        for number in range(count)
    )
    return head + "".join(rules)
