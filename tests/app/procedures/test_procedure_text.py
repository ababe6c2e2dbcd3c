"""What a procedure says: Markdown there and back, the difference of two, what has to be read again."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from remit.procedures.text.difference import Piece, difference, in_bold, pieces_of, to_read
from remit.procedures.text.document import Document, Question, Step
from remit.procedures.text.merging import merge
from remit.procedures.text.reading import read_markdown
from remit.procedures.text.shown import shown
from remit.procedures.text.tidying import tidy
from remit.procedures.text.writing import write_markdown

pytestmark = pytest.mark.once

_BITS = st.sampled_from(
    [
        *("# ", "## ", "#", "\n", "\n\n", "---", "===", "```", "~~~", "- ", "1. ", "> ", "    ", "**Why:** "),
        *("why: ", "*", "_", "`", "<b>", "<!--", "[a](b)", "![x](y)", "| a |", "&amp;", "\\", "step: ab"),
        *("word", "tell the guest", "é", "日本", "\t", "\r\n", " ", "- minutes: 5", "- [x] ", "\u2028", ":"),
    ]
)
TEXTS = st.lists(_BITS, max_size=12).map("".join) | st.text(max_size=40)
STEPS = st.builds(
    Step,
    key=st.just(""),
    title=TEXTS,
    text=TEXTS,
    why=TEXTS,
    minutes=st.integers(0, 600),
    is_checked=st.booleans(),
    remedy=st.sampled_from(["", "refund", "goodwill_credit"]),
    picture=st.none() | st.integers(1, 10**6),
    alt=TEXTS,
)
QUESTIONS = st.builds(
    Question, ask=TEXTS, answers=st.lists(TEXTS, min_size=2, max_size=4).map(tuple), right=st.integers(0, 1)
)


def _numbered(steps):
    return tuple(Step(**{**_fields(step), "key": f"{place:08x}"}) for place, step in enumerate(steps, 1))


def _fields(step):
    return {name: getattr(step, name) for name in Step.__dataclass_fields__}


DOCUMENTS = st.builds(
    Document,
    title=TEXTS,
    why=TEXTS,
    steps=st.lists(STEPS, max_size=4).map(_numbered),
    tags=st.lists(st.sampled_from(["late", "wrong item", "kitchen"]), max_size=3).map(tuple),
    questions=st.lists(QUESTIONS, max_size=3).map(tuple),
).map(Document.tidied)


@given(DOCUMENTS)
def test_markdown_leads_there_and_back(document):
    assert read_markdown(write_markdown(document)) == document


@given(TEXTS)
def test_whatever_is_brought_along_becomes_a_draft(text):
    document = read_markdown(text)

    assert read_markdown(write_markdown(document)) == document


@given(DOCUMENTS)
def test_json_leads_there_and_back(document):
    assert Document.of(document.as_data()) == document


@given(TEXTS)
def test_what_is_tidied_stays_so(text):
    assert tidy(tidy(text)) == tidy(text)


@given(DOCUMENTS)
def test_tidied_stays_so(document):
    assert document.tidied() == document


@given(TEXTS)
def test_what_is_shown_is_harmless(text):
    html = shown(text)

    assert not any(word in html.lower() for word in ("<script", "<img", "<b>", "javascript:", "style="))
    assert not any(f"<h{level}" in html for level in (1, 2, 3))


@pytest.mark.parametrize(
    "text",
    ["<script>alert(1)</script>", "[x](javascript:alert)", "![cat](https://elsewhere.example/cat.png)"],
)
def test_nothing_runs_and_nothing_is_loaded(text):
    assert "<script" not in shown(text)
    assert 'href="javascript' not in shown(text)
    assert "<img" not in shown(text)


def test_a_file_from_elsewhere_becomes_a_draft():
    document = read_markdown(
        "---\ntags: [late, kitchen]\n---\n# When an order is late\n\nGuests forgive what we tell them.\n\n"
        "## 1. Tell **the guest**\n\nAt ten minutes.\n\n### How\n\nCalmly.\n\nWhy: One truth costs less.\n\n"
        "## Write it down\n\nAt the pass.\n\n- minutes: 2\n- checklist: yes\n"
    )

    assert (document.title, document.why) == ("When an order is late", "Guests forgive what we tell them.")
    assert document.tags == ("late", "kitchen")
    assert [step.title for step in document.steps] == ["Tell the guest", "Write it down"]
    assert document.steps[0].text == "At ten minutes.\n\n#### How\n\nCalmly."
    assert document.steps[0].why == "One truth costs less."
    assert (document.steps[1].why, document.steps[1].minutes, document.steps[1].is_checked) == ("", 2, True)
    assert document.steps[1].text == "At the pass."


def test_a_step_without_its_key_is_the_one_of_its_title():
    known = Document("Late", "Because.", (Step("aa", "Tell the guest"), Step("bb", "Write it down")))
    document = read_markdown("# Late\n\n## Write it all down\n\n## Tell the guest\n\n## Smile\n", known)

    assert [step.key for step in document.steps][:2] == ["bb", "aa"]
    assert document.steps[2].key not in {"", "aa", "bb"}


@given(TEXTS, TEXTS)
def test_a_difference_holds_both_texts(old, new):
    pieces = pieces_of(old, new)

    assert "".join(each.words for each in pieces if each.kind != "added") == old
    assert "".join(each.words for each in pieces if each.kind != "taken out") == new


KEYS = st.lists(st.sampled_from("abcdefg"), unique=True, max_size=7)


@st.composite
def _two(draw):
    old, new = draw(KEYS), draw(KEYS)
    words = st.sampled_from(["one", "two"])
    return tuple(
        Document(
            "T", "W", tuple(Step(key, title=draw(words), minutes=draw(st.integers(0, 1))) for key in keys)
        )
        for keys in (old, new)
    )


SOME_BOLD = st.lists(st.tuples(st.text("ab c", min_size=1, max_size=6), st.booleans()), max_size=5)


def _starred(runs):
    return "".join(f"**{words}**" if is_bold else words for words, is_bold in runs)


@given(old=SOME_BOLD, new=SOME_BOLD)
def test_what_is_bold_in_a_text_is_bold_in_the_difference(old, new):
    shown = in_bold(pieces_of(_starred(old), _starred(new)))
    for side, runs in (("taken out", old), ("added", new)):
        letters = [(each, is_bold) for words, is_bold in runs for each in words]
        assert [
            (each, piece.is_bold) for piece in shown if piece.kind in {"same", side} for each in piece.words
        ] == letters


def test_words_that_became_bold_are_shown_without_and_with():
    shown = in_bold(pieces_of("Ask first.", "Ask **first**."))
    assert [(piece.kind, piece.words, piece.is_bold) for piece in shown] == [
        ("same", "Ask ", False),
        ("taken out", "first", False),
        ("added", "first", True),
        ("same", ".", False),
    ]


def test_stars_that_make_nothing_bold_stay_as_they_were_typed():
    pieces = pieces_of("Two ** of them", "Three ** of them")
    assert in_bold(pieces) == pieces
    assert Piece("same", " ** of them") in pieces


@given(_two())
def test_a_difference_says_what_became_of_every_step(two):
    old, new = two
    found = {each.key: each for each in difference(old, new).steps}

    assert found.keys() == {step.key for step in (*old.steps, *new.steps)}
    for key, each in found.items():
        before, after = old.step(key), new.step(key)
        if before is None or after is None:
            assert each.how == ("added" if before is None else "taken out")
        else:
            assert (each.how == "changed") == (before != after)


@given(_two())
def test_what_moved_is_the_fewest(two):
    """Without those that moved, the others stand in the order of before; no fewer would do."""
    old, new = two
    moved = {each.key for each in difference(old, new).steps if each.is_moved}
    common = [step.key for step in new.steps if old.step(step.key)]
    staying = [key for key in common if key not in moved]

    assert staying == sorted(staying, key=old.place)
    assert len(staying) == _longest(tuple(old.place(key) for key in common))


def _longest(values):
    """The length of a longest rising row, the plain way."""
    best = [1] * len(values)
    for at, value in enumerate(values):
        best[at] = 1 + max((best[before] for before in range(at) if values[before] < value), default=0)
    return max(best, default=0)


@given(_two())
def test_only_what_changed_is_read_again(two):
    old, new = two
    wanted = set()
    for key in {step.key for step in (*old.steps, *new.steps)}:
        before, after = old.step(key), new.step(key)
        if before is None or after is None or before.title != after.title:
            wanted.add(key)

    assert to_read(old, new) == wanted


def test_a_difference_is_said_in_a_line():
    old = Document("T", "W", (Step("a", "One"), Step("b", "Two")))
    new = Document("T", "Other", (Step("a", "One more"), Step("c", "Three")))

    assert difference(old, new).in_words == "1 step added, 1 changed, 1 taken out, why changed"


@given(_two())
def test_what_only_one_of_two_changed_is_kept(two):
    base, changed = two

    assert merge(base, changed, base).document == changed
    assert merge(base, base, changed).document == changed
    assert merge(base, changed, changed).document == changed
    assert merge(base, changed, base).clashes == ()


@st.composite
def _three(draw):
    documents = []
    for _ in range(3):
        keys = draw(KEYS)
        words = st.sampled_from(["one", "two", "three"])
        documents.append(Document("T", "W", tuple(Step(key, title=draw(words)) for key in keys)))
    return documents


@given(_three())
def test_no_words_of_two_people_are_lost(three):
    """Each step that somebody added or changed is there, or its other side is told."""
    base, mine, theirs = three
    merged = merge(base, mine, theirs)

    assert [step.key for step in merged.document.steps] == list(
        dict.fromkeys(step.key for step in merged.document.steps)
    )
    for step in mine.steps:
        if step != base.step(step.key):
            assert merged.document.step(step.key) == step
    for step in theirs.steps:
        if step != base.step(step.key) and merged.document.step(step.key) != step:
            assert step.key in {clash.key for clash in merged.clashes}


def test_two_people_in_two_parts_of_one_step_lose_nothing():
    base = Document("T", "W", (Step("a", "One", why="Because"),))
    mine = Document("T", "W", (Step("a", "One", why="A better why"),))
    theirs = Document("T", "W", (Step("a", "One, said better", why="Because"), Step("b", "Two")))
    merged = merge(base, mine, theirs)

    assert merged.document.steps == (Step("a", "One, said better", why="A better why"), Step("b", "Two"))
    assert merged.clashes == ()


def test_the_same_part_is_asked_about():
    base, mine, theirs = (Document("T", why) for why in ("Old", "Mine", "Theirs"))
    merged = merge(base, mine, theirs)

    assert (merged.document.why, merged.clashes[0].theirs, merged.clashes[0].label) == (
        "Mine",
        "Theirs",
        "Why",
    )
