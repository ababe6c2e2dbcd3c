"""A charter as people write it, with remarks and spaces of their own."""

EXAMPLE = """\
# Harbour Street, spring
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back; nobody waits for a signature.
facts:                                  # beside the built-in ones
  category: [late, cold, wrong item, billing, rude]
  order_age: days
  given_today: money
  given_week: money
roles: [member, lead, manager]
steps: {first: 34 fair reviews at 10 %}
always: [amount <= given_today <= given_week]

grants:
  # what the front line gives every day
  - id: fix-on-the-spot
    who: {role: [member, lead]}
    kind: [refund, adjustment, credit]
    upto: 50                            # asked for by the team
    level: decide
    why: A small refund costs less than a lost guest.
    say: We can settle this right now.   # for the customer; a why is for the team

  # the guests who waited
  - id: late-is-ours
    who: {role: [member, lead], step: first}
    kind: [refund]
    when: {category: [late, cold], order_age: "<= 2"}
    upto: 80
    level: inform
    tell: lead
    why: Lateness is our fault, never the guest's.
  - id: manager
    who: {role: [manager]}
    upto: 2000
    level: decide
    why: Somebody on the spot must be able to end any usual trouble.
guardrails:
  - id: old-orders
    when: {order_age: "> 60"}
    if_missing: ignore
    at_most: ask
    why: Old orders need a second look at the bank's deadline.
allowances:
  - id: weekly
    who: {role: [member]}
    per: member                         # member | team | customer | order
    period: week                        # day | week | month | rolling N days | ever
    most: 300                           # a sum, or {count: 3}
    beyond: ask
    why: A bad week should be seen while it can still be helped.
"""
