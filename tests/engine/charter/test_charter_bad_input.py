"""Bad input: every mistake has a file, a line, and what was expected; nothing wrong is read as something."""

import os

import pytest

from remit_engine import limits
from remit_engine.charter.findings import CharterError, Severity
from remit_engine.charter.reading import read_charter, read_charter_text
from remit_engine.errors import InputError

HEAD = """\
charter: Harbour Street
currency: EUR
why: Every guest leaves wanting to come back.
facts: {category: [late, cold], order_age: days, paid: money, vip: flag, given_today: money}
roles: [member, lead, manager]
steps: {first: 34 fair reviews at 10 %}
"""
GRANT = HEAD + "grants:\n  - id: small\n    level: decide\n    why: Because.\n"  # lines 7 to 10
GUARDRAIL = HEAD + "guardrails:\n  - id: old\n    at_most: ask\n    why: Because.\n"
ALLOWANCE = (
    HEAD
    + "allowances:\n  - id: weekly\n    per: member\n    period: week\n    most: 300\n    why: Because.\n"
)


def mistakes(text, **told):
    with pytest.raises(CharterError) as error:
        read_charter_text(text, **told)
    return error.value.findings


def only_mistake(text, **told):
    found = mistakes(text, **told)
    assert len(found) == 1, [str(each) for each in found]
    return found[0]


# (what is added to the grant, guardrail or allowance; line, code, words of the message)
FIELDS = [
    (GRANT, "when: {categry: late}", "unknown-fact", "'categry'", "Did you mean category?"),
    (GRANT, "when: {category: lte}", "unknown-value", "'lte'", "Did you mean late?"),
    (GRANT, "when: {category: [late, Late]}", "unknown-value", "'Late'", "Did you mean late?"),
    (GRANT, "when: {category: [late, late]}", "twice", "'late'", "once"),
    (GRANT, "when: {category: []}", "empty", "list is empty", "at least one"),
    (GRANT, "when: {category: {late: yes}}", "not-a-list", "map", "[a, b]"),
    (GRANT, "when: {category: true}", "not-a-word", "true", "quotes"),
    (GRANT, "when: {category: }", "empty", "Nothing", "a word"),
    (GRANT, "when: {vip: maybe}", "not-a-flag", "'maybe'", "yes or no"),
    (GRANT, "when: {vip: on}", "not-a-flag", "'on'", "yes or no"),
    (GRANT, "when: {vip: 1}", "not-a-flag", "'1'", "yes or no"),
    (GRANT, "when: {about_me: 2}", "not-a-flag", "'2'", "yes or no"),
    (GRANT, 'when: {order_age: "<= -2"}', "negative", "'-2'", "0 or more"),
    (GRANT, 'when: {order_age: "< 0"}', "empty-range", "below 0", "another"),
    (GRANT, 'when: {order_age: "10..3"}', "empty-range", "No number", "smaller number first"),
    (GRANT, 'when: {order_age: [">= 10", "< 10"]}', "empty-range", "all of these", "smaller number"),
    (GRANT, 'when: {order_age: "<= 2 days"}', "unit-written", "'2 days'", "Write 2 alone"),
    (GRANT, 'when: {order_age: "<= 2.5"}', "not-a-number", "number of days", "whole number"),
    (GRANT, "when: {order_age: two}", "not-a-number", "'two'", "digits"),
    (GRANT, 'when: {order_age: "=> 2"}', "not-a-number", "'> 2'", "digits"),
    (GRANT, 'when: {order_age: "!= 2"}', "not-a-number", "'!= 2'", "digits"),
    (GRANT, 'when: {order_age: "1..2..3"}', "not-a-number", "'2..3'", "digits"),
    (GRANT, 'when: {order_age: ""}', "empty", "Nothing", "<= 2"),
    (GRANT, f'when: {{order_age: "< {"9" * 5000}"}}', "too-large", "99999", "Stay below"),
    (GRANT, 'when: {paid: "<= 49.999"}', "too-many-decimals", "2 decimals", "as many"),
    (GRANT, "when: {role: lead}", "misplaced", "'role'", "who: {role: …}"),
    (GRANT, "when: {member: ana}", "misplaced", "'member'", "who: {member: …}"),
    (GRANT, "when: {team: x}", "misplaced", "'team'", "who: {team: …}"),
    (GRANT, "when: {step: first}", "misplaced", "'step'", "who: {step: …}"),
    (GRANT, "when: {kind: refund}", "misplaced", "'kind'", "kind: …"),
    (GRANT, 'when: {amount: "< 5"}', "misplaced", "'amount'", "upto"),
    (GRANT, "when: late", "not-a-map", "when", "name: value"),
    (GRANT, "who: member", "not-a-map", "who", "name: value"),
    (GRANT, "who: {role: leed}", "unknown-role", "'leed'", "Did you mean lead?"),
    (GRANT, "who: {role: other}", "reserved-word", "'other'", "everybody"),
    (GRANT, "who: {team: [a, other]}", "reserved-word", "'other'", "everybody"),
    (GRANT, "who: {step: frist}", "unknown-step", "'frist'", "Did you mean first?"),
    (GRANT, "who: {step: other}", "unknown-step", "'other'", "first"),
    (GRANT, "who: {rule: lead}", "unknown-field", "'rule'", "Did you mean role?"),
    (GRANT, "who: {role: [lead, null]}", "empty", "Nothing", "a word"),
    (GRANT, "kind: refunds", "unknown-kind", "'refunds'", "Did you mean refund?"),
    (GRANT, "role: lead", "unknown-field", "'role'", "who: {role: …}"),
    (GRANT, "upto: -5", "negative", "'-5'", "0 or more"),
    (GRANT, "upto: 1e3", "not-a-number", "'1e3'", "digits"),
    (GRANT, "upto: 0x10", "not-a-number", "'0x10'", "digits"),
    (GRANT, "upto: 0o17", "not-a-number", "'0o17'", "digits"),
    (GRANT, "upto: 010", "not-a-number", "begins with 0", "Write 10"),
    (GRANT, "upto: 1_000", "not-a-number", "'1_000'", "Write 1000"),
    (GRANT, 'upto: "1,000"', "not-a-number", "'1,000'", "Write 1000"),
    (GRANT, "upto: 50,00", "not-a-number", "decimal comma", "Write 50.00, with a point"),
    (GRANT, "upto: 1.250,5", "not-a-number", "decimal comma", "Write 1250.5, with a point"),
    (GRANT, "upto: 1 000", "not-a-number", "'1 000'", "Write 1000"),
    (GRANT, "upto: .inf", "not-a-number", "'.inf'", "digits"),
    (GRANT, "upto: nan", "not-a-number", "'nan'", "digits"),
    (GRANT, "upto: +5", "not-a-number", "'+5'", "digits"),
    (GRANT, "upto: 5.", "not-a-number", "'5.'", "digits"),
    (GRANT, "upto: .5", "not-a-number", "'.5'", "digits"),
    (GRANT, "upto: 50 EUR", "not-a-number", "'50 EUR'", "currency stands at the top"),
    (GRANT, "upto: ٥٠", "not-a-number", "'٥٠'", "digits"),
    (GRANT, "upto: 49.999", "too-many-decimals", "'49.999'", "as many"),
    (GRANT, "upto: 999999999999999999999", "too-large", "more than Remit takes", "Stay below"),
    (GRANT, f"upto: {'9' * 9000}", "too-large", "9…'", "Stay below"),
    (GRANT, "upto: ", "empty", "Nothing", "a sum of money"),
    (GRANT, "upto: [50]", "not-single", "list", "a sum of money"),
    (GRANT, "above: 5", "unknown-field", "'above'", "upto"),
    (GRANT, "at_most: ask", "unknown-field", "'at_most'", "level"),
    (GRANT, "uptoo: 5", "unknown-field", "'uptoo'", "Did you mean upto?"),
    (GRANT, "tell: leed", "unknown-role", "'leed'", "Did you mean lead?"),
    (GRANT, "objections: 4 hours", "not-a-time", "'4 hours'", "4 working hours"),
    (GRANT, "objections: 0 working hours", "not-a-time", "'0 working hours'", "working"),
    (GRANT, "say: ' '", "empty", "Nothing is said", "customer"),
    (GRANT, "from: 2026-02-30", "no-such-day", "2026-02-30 doesn't exist", "calendar"),
    (GRANT, "from: 0000-01-01", "no-such-day", "doesn't exist", "calendar"),
    (GRANT, "until: 2026-2-3", "not-a-day", "'2026-2-3'", "2026-12-24"),
    (GRANT, "until: tomorrow", "not-a-day", "'tomorrow'", "2026-12-24"),
    (GRANT, "from: 2026-02-03\n    until: 2026-02-02", "ends-before", "2026-02-02", "Swap"),
    (GRANT, "<<: {upto: 5}", "merge-key", "Merge keys", "Write the fields out"),
    (GRANT, "level: ask", "twice", "in line 9 and here", "Keep one"),
    (GUARDRAIL, "upto: 5", "unknown-field", "'upto'", "above"),
    (GUARDRAIL, "level: ask", "unknown-field", "'level'", "at_most"),
    (GUARDRAIL, "above: -5", "negative", "'-5'", "0 or more"),
    (GUARDRAIL, "if_missing: ignored", "unknown-if-missing", "'ignored'", "Did you mean ignore?"),
    (GUARDRAIL, "hand_to: lead", "misplaced", "never", "Take it out"),
    (ALLOWANCE, "beyond: never", "beyond-never", "can't say never", "beyond: ask"),
    (ALLOWANCE, "beyond: decide", "caps-nothing", "cap nothing", "ask"),
    (ALLOWANCE, "beyond: askk", "unknown-level", "'askk'", "Did you mean ask?"),
    (ALLOWANCE, "upto: 3", "unknown-field", "'upto'", "most"),
    (ALLOWANCE, "beyond: ", "empty", "Nothing", "level"),
]


@pytest.mark.parametrize(("document", "added", "code", "wrong", "next_step"), FIELDS)
def test_a_wrong_field_is_told_with_its_line(document, added, code, wrong, next_step):
    text = document + f"    {added}\n"
    found = only_mistake(text)
    assert (found.code, found.place.file) == (code, "charter.yaml")
    assert found.place.line == text.count("\n")
    assert found.severity is Severity.ERROR
    assert wrong in found.wrong
    assert next_step in found.next_step
    assert found.rule in {"small", "old", "weekly"}


# (document, what in it is replaced, by what; code and words of the message)
REPLACED = [
    (GRANT, "why: Because.", 'why: "  "', "empty", "Nothing is said", "what the rule is for"),
    (GRANT, "why: Because.", "why: ", "empty", "Nothing", "what the rule is for"),
    (GRANT, "why: Because.", "why: ~", "empty", "Nothing", "what the rule is for"),
    (GRANT, "why: Because.", "why: [a]", "not-single", "list", "what the rule is for"),
    (GRANT, "why: Because.", "why: true", "not-a-text", "true", "what the rule is for"),
    (GRANT, "why: Because.", "why: '\u200b'", "empty", "Nothing is said", "what the rule is for"),
    (GRANT, "why: Because.", f"why: {'x' * 2001}", "too-long", "2,001", "2,000"),
    (GRANT, "level: decide", "level: decde", "unknown-level", "'decde'", "Did you mean decide?"),
    (GRANT, "level: decide", "level: Decide", "unknown-level", "'Decide'", "Did you mean decide?"),
    (GRANT, "level: decide", "level: never", "never-in-grant", "only a guardrail", "at_most: never"),
    (GRANT, "id: small", "id: Small", "bad-id", "'Small'", "lower-case"),
    (GRANT, "id: small", "id: -small", "bad-id", "'-small'", "lower-case"),
    (GRANT, "id: small", "id: about-me", "reserved-id", "'about-me'", "another id"),
    (GRANT, "id: small", "id: other-currency", "reserved-id", "'other-currency'", "another id"),
    (GRANT, "id: small", f"id: {'x' * 101}", "bad-id", "xxx", "at most 100"),
    (GUARDRAIL, "at_most: ask", "at_most: decide", "caps-nothing", "caps nothing", "inform"),
    (GUARDRAIL, "at_most: ask", "at_most: aks", "unknown-level", "'aks'", "Did you mean ask?"),
    (ALLOWANCE, "period: week", "period: weak", "unknown-period", "'weak'", "Did you mean week?"),
    (ALLOWANCE, "period: week", "period: year", "unknown-period", "'year'", "rolling 30 days"),
    (ALLOWANCE, "period: week", "period: rolling 0 days", "unknown-period", "0 days", "from 1"),
    (ALLOWANCE, "period: week", "period: rolling 9999 days", "unknown-period", "9999", "3660"),
    (ALLOWANCE, "per: member", "per: membr", "unknown-per", "'membr'", "Did you mean member?"),
    (ALLOWANCE, "most: 300", "most: -300", "negative", "'-300'", "0 or more"),
    (ALLOWANCE, "most: 300", "most: {count: 2.5}", "not-a-number", "'2.5'", "whole number"),
    (ALLOWANCE, "most: 300", "most: {cuont: 2}", "unknown-field", "'cuont'", "Did you mean count?"),
    (GRANT, "currency: EUR", "currency: euro", "not-a-currency", "'euro'", "three capital letters"),
    (GRANT, "charter: Harbour Street", "charter: ''", "empty", "Nothing", "name of the charter"),
    (GRANT, "roles: [member", "rolls: [member", "unknown-field", "'rolls'", "Did you mean roles?"),
    (GRANT, "roles: [member, lead, manager]", "roles: lead", "not-a-list", "list of roles", "[one"),
    (GRANT, "roles: [member, lead, manager]", "roles: [lead, lead]", "twice", "'lead'", "once"),
    (GRANT, "roles: [member, lead, manager]", "kinds: [refund, other]", "reserved-word", "'other'", "Leave"),
    (GRANT, "order_age: days", "order_age: dais", "unknown-unit", "'dais'", "Did you mean days?"),
    (GRANT, "order_age: days", "Order Age: days", "bad-name", "'Order Age'", "lower-case"),
    (GRANT, "order_age: days", "amount: money", "reserved-name", "amount", "another name"),
    (GRANT, "order_age: days", "role: [x]", "reserved-name", "role", "another name"),
    (GRANT, "category: [late, cold]", "category: [late, other]", "reserved-word", "always there", "Leave"),
    (GRANT, "category: [late, cold]", "category: [late, late]", "twice", "'late'", "once"),
    (GRANT, "category: [late, cold]", "category: [' late']", "spaces-around", "' late'", "'late'"),
    (GRANT, "steps: {first: 34", "steps: {none: 34", "reserved-word", "'none'", "another"),
    (GRANT, "steps: {first: 34", "steps: {first: many", "not-a-bar", "many", "34 fair reviews"),
    (GRANT, "at 10 %", "at 100 %", "not-a-bar", "100 %", "34 fair reviews"),
    (GRANT, "steps: {", "always: [paid]\nsteps: {", "not-a-chain", "two numbers", "amount <="),
    (GRANT, "steps: {", "always: [paid <= amount]\nsteps: {", "misplaced", "first", "amount <="),
    (GRANT, "steps: {", "always: [amount <= payd]\nsteps: {", "unknown-fact", "'payd'", "Did you mean paid?"),
    (GRANT, "steps: {", "always: [amount <= vip]\nsteps: {", "unknown-fact", "'vip'", "Known are"),
    (GRANT, "steps: {", "always: [paid <= order_age]\nsteps: {", "two-units", "different units", "like"),
    (GRANT, "steps: {", "always: [paid <= paid]\nsteps: {", "twice", "twice", "once"),
    (GRANT, "grants:", "grants: []\nguardrails: x\nallowances:", "not-a-list", "list of rules", "- id: "),
]


@pytest.mark.parametrize("row", REPLACED, ids=[f"{row[3]}-{n}" for n, row in enumerate(REPLACED)])
def test_a_wrong_value_is_told_with_its_line(row):
    document, old, new, code, wrong, next_step = row
    assert document.count(old) == 1
    found = next(each for each in mistakes(document.replace(old, new)) if each.code == code)
    assert wrong in found.wrong
    assert next_step in found.next_step
    line = document[: document.index(old)].count("\n") + 1
    assert found.place.line == line + (1 if "grants: []" in new else 0)


@pytest.mark.parametrize(
    ("document", "line", "code"),
    [
        (GRANT, "charter: Harbour Street\n", "missing-field"),
        (GRANT, "currency: EUR\n", "missing-field"),
        (GRANT, "why: Every guest leaves wanting to come back.\n", "missing-field"),
        (GRANT, "    level: decide\n", "missing-field"),
        (GRANT, "    why: Because.\n", "missing-field"),
        (GUARDRAIL, "    at_most: ask\n", "missing-field"),
        (ALLOWANCE, "    per: member\n", "missing-field"),
        (ALLOWANCE, "    period: week\n", "missing-field"),
        (ALLOWANCE, "    most: 300\n", "missing-field"),
    ],
)
def test_what_is_missing_is_named(document, line, code):
    found = only_mistake(document.replace(line, ""))
    assert found.code == code
    name = line.strip().split(":")[0]
    assert f"no {name}." in found.wrong
    assert f"'{name}: " in found.next_step


def test_two_rules_with_one_id_are_both_named():
    found = only_mistake(GRANT + "  - {id: small, level: decide, why: Again.}\n")
    assert found.wrong == "Two rules have the id 'small': in line 8 and in line 11."
    across = only_mistake(GRANT + "guardrails:\n  - {id: small, at_most: ask, why: Again.}\n")
    assert "line 8" in across.wrong
    assert across.place.line == 12


def test_all_mistakes_are_told_in_their_order():
    text = GRANT.replace("currency: EUR", "currency: euro") + "    upto: -5\n    when: {vip: perhaps}\n"
    found = mistakes(text)
    assert [each.code for each in found] == ["not-a-currency", "negative", "not-a-flag"]
    assert [each.place.line for each in found] == [2, 11, 12]
    with pytest.raises(CharterError) as error:
        read_charter_text(text, name="ours.yaml")
    lines = str(error.value).splitlines()
    assert lines[0] == "ours.yaml:2: 'euro' is no currency. Write its three capital letters, such as EUR."
    assert lines[1] == "ours.yaml:11: '-5' is below zero. Write 0 or more."
    assert error.value.code == "not-a-currency"
    assert error.value.next_step == "Write its three capital letters, such as EUR."


def test_a_wrong_declaration_is_one_mistake():
    """What names it is no second one."""
    text = (GRANT + "    when: {order_age: 3, category: late}\n    who: {step: second}\n").replace(
        "order_age: days", "order_age: dais"
    )
    text = text.replace("steps: {first: 34 fair reviews at 10 %}", "steps: {second: many}")
    assert [each.code for each in mistakes(text)] == ["unknown-unit", "not-a-bar"]


def test_reading_stops_after_many_mistakes():
    rules = "".join(f"  - {{id: r{n}, level: decde, why: x}}\n" for n in range(500))
    found = mistakes(HEAD + "grants:\n" + rules)
    assert len(found) == limits.CHARTER_FINDINGS
    with pytest.raises(CharterError, match="And 90 more mistakes"):
        read_charter_text(HEAD + "grants:\n" + rules)


# the text as a whole

NESTED = "[" * 5_000 + "]" * 5_000
BLOCKS = "".join(" " * n + "a:\n" for n in range(60))
BOMB = "a: &a [x, x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{name}: &{name} [{', '.join([f'*{before}'] * 10)}]\n"
    for before, name in zip("abcdefgh", "bcdefghi", strict=True)
)
TEXTS = [
    ("", "empty", 1, "charter: "),
    ("   \n\n# only a remark\n", "empty", 1, "charter: "),
    ("---\n...\n", "empty", 1, "charter: "),
    ("~", "empty", 1, "charter: "),
    ("- a\n- b\n", "not-a-map", 1, "charter: "),
    ("just a text\n", "not-a-map", 1, "charter: "),
    ("a: 1\n---\nb: 2\n", "several-documents", 2, "one in each file"),
    ("%YAML 1.1\n---\na: 1\n", "directive", 2, "Leave"),
    ("%TAG ! tag:example.com,2026:\n---\na: 1\n", "directive", 2, "Leave"),
    ("a: 1\n\tb: 2\n", "not-yaml", 2, "spaces"),
    ("a: [1, 2\nb: 3\n", "not-yaml", 2, "brackets"),
    ("a: 'open\n", "not-yaml", 2, "quotes"),
    ("when:\n  order_age: > 60\n", "not-yaml", 2, "> 60"),
    ("when: {order_age: > 60}\n", "not-yaml", 1, "> 60"),
    ("why: it is: so\n", "not-yaml", 1, "colon in quotes"),
    ("why: @home\n", "not-yaml", 1, "quotes"),
    ("a: !!python/object/apply:os.system [ls]\n", "tag", 1, "leave it out"),
    ("a: !!str x\n", "tag", 1, "leave it out"),
    ("a: !x {}\n", "tag", 1, "leave it out"),
    ("? [a, b]\n: c\n", "not-a-name", 1, "a word"),
    ("a: *b\n", "unknown-alias", 1, "Write the value out"),
    ("a: &a [*a]\n", "unknown-alias", 1, "Write the value out"),
    ("a: x\x07y\n", "control-character", 1, "U+0007"),
    ("a: b\nc: \x00\n", "control-character", 2, "U+0000"),
    ('a: b\nc: "\\x00"\n', "control-character", 2, "Take it out"),
    ('a: "\\ud800"\n', "control-character", 1, "Take it out"),
    (f"a: {NESTED}\n", "too-deep", 1, "six"),
    ("- " * 5_000 + "x\n", "too-deep", 1, "six"),
    (BLOCKS, "too-deep", 17, "six"),
    (BOMB, "too-many-values", 6, "smaller"),
    ("a: " + "x" * 1_000_001, "too-large", 1, "Leave out"),
    ("a: " + "é" * 500_001, "too-large", 1, "Leave out"),
]


@pytest.mark.parametrize(
    ("text", "code", "line", "words"), TEXTS, ids=[f"{c}-{n}" for n, (_, c, *_) in enumerate(TEXTS)]
)
def test_what_is_no_charter_at_all(text, code, line, words):
    found = mistakes(text)[0]
    assert (found.code, found.place.line) == (code, line)
    assert words in found.wrong + found.next_step


def test_deep_aliases_count_as_deep_as_they_are():
    text = "a: &a [[[[[[[x]]]]]]]\nb: &b [[[[[[*a]]]]]]\nc: [[[[*b]]]]\n"
    assert mistakes(text)[0].code == "too-deep"


def test_a_charter_may_not_be_too_large():
    rules = "".join(f"- {{id: r{n}, level: decide, why: x}}\n" for n in range(limits.CHARTER_RULES + 1))
    assert only_mistake("charter: x\ncurrency: EUR\nwhy: y\ngrants:\n" + rules).code == "too-many-rules"
    words = ", ".join(f"w{n}" for n in range(limits.CHARTER_WORDS + 1))
    assert only_mistake(f"charter: x\ncurrency: EUR\nwhy: y\nroles: [{words}]\n").code == "too-many-words"
    facts = ", ".join(f"f{n}: flag" for n in range(limits.CHARTER_FACTS + 1))
    assert only_mistake(f"charter: x\ncurrency: EUR\nwhy: y\nfacts: {{{facts}}}\n").code == "too-many-facts"
    assert only_mistake(GRANT.replace("[late,", f"[{'l' * 201},")).code == "too-long"


# files


def refused(path):
    with pytest.raises(CharterError) as error:
        read_charter(path)
    return error.value.findings[0]


def test_files_that_hold_no_charter(tmp_path):
    assert refused(tmp_path / "missing.yaml").code == "no-such-file"
    assert refused(tmp_path).code == "not-a-file"
    assert refused("a\0b").code == "no-such-file"
    picture = tmp_path / "picture.yaml"
    picture.write_bytes(b"\x89PNG\r\n\x1a\n\xff\xfe")
    assert (refused(picture).code, refused(picture).place.line) == ("not-utf-8", 1)
    old = tmp_path / "latin.yaml"
    old.write_bytes("charter: x\nwhy: déjà\n".encode("latin-1"))
    found = refused(old)
    assert (found.code, found.place.line, found.place.column) == ("not-utf-8", 2, 7)
    assert found.place.file == str(old)
    wide = tmp_path / "wide.yaml"
    wide.write_bytes(GRANT.encode("utf-16"))
    assert refused(wide).code == "not-utf-8"
    large = tmp_path / "large.yaml"
    large.write_bytes(b"#" * (limits.CHARTER_BYTES + 1))
    assert refused(large).code == "too-large"


# what a charter extends

ORGANISATION = """\
charter: organisation
currency: EUR
why: The same everywhere.
facts: {vip: flag, category: [late, cold]}
guardrails:
  - {id: cap, at_most: ask, why: Together., kind: comp}
"""
PLACE = "charter: place\nextend: organisation.yaml\nwhy: Ours.\n"


def place(added, organisation=ORGANISATION):
    return mistakes(PLACE + added, resolve=lambda name, beside: organisation)


EXTENDED = [
    ("currency: USD\n", "two-currencies", "EUR"),
    ("facts: {vip: days}\n", "redeclared", "declare it alike"),
    ("facts: {category: [late, cold, rude]}\n", "redeclared", "declare it alike"),
    ("guardrails: [{id: cap, at_most: ask, why: x}]\n", "id-twice", "organisation.yaml:6"),
    ("kinds: [refund, voucher]\n", "kinds-taken-away", "comp"),
    ("grants: [{id: a, level: decide, why: x, when: {category: rude}}]\n", "unknown-value", "late"),
]


@pytest.mark.parametrize(("added", "code", "words"), EXTENDED)
def test_a_child_adds_and_takes_nothing_away(added, code, words):
    found = place(added)[0]
    assert (found.code, found.place.line) == (code, 4)
    assert words in found.wrong + found.next_step


def test_a_new_kind_may_not_slip_out_of_an_inherited_rule():
    organisation = ORGANISATION.replace("kind: comp", "kind: other") + "kinds: [refund]\n"
    found = place("kinds: [voucher]\n", organisation)[0]
    assert found.code == "kinds-taken-away"
    assert "cap" in found.wrong


def test_mistakes_of_what_is_extended_are_told_in_its_file():
    found = place("", ORGANISATION.replace("at_most: ask", "at_most: aks"))[0]
    assert str(found.place) == "organisation.yaml:6"
    assert place("", "")[0].code == "empty"


def test_circles_are_named(tmp_path):
    for one, other in (("a", "b"), ("b", "c"), ("c", "b")):
        text = f"charter: {one}\nextend: {other}.yaml\nwhy: x\n"
        (tmp_path / f"{one}.yaml").write_text(text)
    found = refused(tmp_path / "a.yaml")
    assert (found.code, found.place.line) == ("circle", 2)
    assert found.place.file == str(tmp_path / "c.yaml")
    circle = " -> ".join(str(tmp_path / f"{name}.yaml") for name in "bcb")
    assert circle in found.wrong
    (tmp_path / "self.yaml").write_text("charter: x\nextend: ./self.yaml\nwhy: x\n")
    assert refused(tmp_path / "self.yaml").code == "circle"


def test_there_is_an_end_to_extending(tmp_path):
    for n in range(12):
        above = "currency: EUR" if n == 0 else f"extend: c{n - 1}.yaml"
        (tmp_path / f"c{n}.yaml").write_text(f"charter: c{n}\n{above}\nwhy: x\n")
    assert len(read_charter(tmp_path / "c7.yaml").charter.lineage) == limits.CHARTER_LINEAGE
    assert refused(tmp_path / "c8.yaml").code == "extends-too-deep"


def test_only_plain_files_beside_it_are_extended(tmp_path):
    for name, code in (
        ("missing.yaml", "no-such-file"),
        (".", "no-such-file"),
        (str(tmp_path / "b.yaml"), "not-beside"),
        ("https://example.com/b.yaml", "not-beside"),
        ("C:\\b.yaml", "not-beside"),
        ("pipe", "no-such-file"),
    ):
        (tmp_path / "a.yaml").write_text(f"charter: x\nextend: '{name}'\nwhy: x\n")
        if name == "pipe":
            os.mkfifo(tmp_path / "pipe")
        found = refused(tmp_path / "a.yaml")
        assert (found.code, found.place.line) == (code, 2)


def test_a_text_alone_opens_no_file(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)
    (tmp_path / "organisation.yaml").write_text(ORGANISATION)
    assert only_mistake(PLACE).code == "extends-nothing"


def test_what_the_resolver_says_is_told_where_the_name_stands():
    def resolve(name, beside):
        raise InputError("no-such-charter", f"There is no charter {name}.", "Publish it first.")

    found = only_mistake(PLACE, resolve=resolve)
    assert (found.code, found.place.line) == ("no-such-charter", 2)
    assert "There is no charter organisation.yaml." in found.wrong
    assert found.next_step == "Publish it first."
