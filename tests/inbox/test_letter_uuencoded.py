"""Files within texts (uuencode): whatever is in them comes out again, and no sentence is taken for one."""

from hypothesis import given
from hypothesis import strategies as st
from tests.inbox.corpus import PNG, head, many, packed, part

from remit.inbox.reading.letter import read_letter
from remit.inbox.reading.uuencoded import MOST_BLOCKS, without_blocks


@given(
    st.binary(max_size=400),
    st.sampled_from(["\n", "\r\n"]),
    st.booleans(),
    st.booleans(),
)
def test_whatever_is_in_it_comes_out_again(content, newline, backtick, stripped):
    block = packed(content, newline=newline, backtick=backtick, stripped=stripped)
    text, blocks = without_blocks(f"Before.{newline}{block}After.".encode())
    assert text == f"Before.{newline}After.".encode()
    assert [(each.name, each.content) for each in blocks] == [(b"soup.png", content)]


@given(st.text(alphabet="begin 64\n`M#end", max_size=300))
def test_what_is_no_whole_file_stays_as_it_is(words):
    text, blocks = without_blocks(words.encode())
    assert blocks or text == words.encode()


def test_a_sentence_that_begins_like_one_and_one_that_was_cut():
    for words in (
        "begin 100 times and end\nNever.\nend\n",
        "begin 644 a.png\nno line of a file\nend\n",
        packed(PNG)[:-20],
        f"> {packed(PNG)}",
    ):
        assert without_blocks(words.encode()) == (words.encode(), [])


def test_no_more_than_anybody_looks_at():
    text, blocks = without_blocks((packed(b"a") * (MOST_BLOCKS + 1)).encode())
    assert len(blocks) == MOST_BLOCKS
    assert text.startswith(b"begin 644")


def test_in_a_letter_they_are_files_with_harmless_names_and_the_words_are_words():
    raw = head() + many(
        "mixed",
        part("text/plain; charset=utf-8", f"Look:\r\n{packed(PNG, '../größe.png')}So cold."),
        part("text/plain; charset=utf-8", packed(b"%PDF-1.4", "/")),
    )
    letter = read_letter(raw)
    assert letter.text.split() == ["Look:", "So", "cold."]
    assert [(each.name, each.media_type, each.content) for each in letter.attachments] == [
        ("größe.png", "image/png", PNG),
        ("file-2", "application/octet-stream", b"%PDF-1.4"),
    ]
