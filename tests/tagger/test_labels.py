"""Spans to tags and back."""

from __future__ import annotations

import itertools

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from extractor.tagger.labels import TAGS, TYPES, allowed, decode, encode, tag

Spans = list[tuple[int, int, str]]


@st.composite
def spans_of_a_text(draw: st.DrawFn) -> tuple[int, Spans]:
    spans: Spans = []
    place = 0
    for gap, length, label in draw(
        st.lists(st.tuples(st.integers(0, 4), st.integers(1, 6), st.sampled_from(TYPES)), max_size=6)
    ):
        spans.append((place + gap, place + gap + length, label))
        place += gap + length
    return place + draw(st.integers(0, 4)), spans


@given(spans_of_a_text())
def test_decode_gives_back_what_was_encoded(text: tuple[int, Spans]) -> None:
    length, spans = text
    assert decode(encode(length, spans)) == spans


@given(spans_of_a_text())
def test_encoded_tags_follow_only_as_allowed(text: tuple[int, Spans]) -> None:
    tags = encode(*text)
    assert len(tags) == text[0]
    assert all(allowed()[first, second] for first, second in itertools.pairwise(tags))


def test_a_name_of_one_character_is_single_a_longer_one_begins_and_ends() -> None:
    tags = encode(5, [(0, 1, "LOC"), (1, 4, "ORG")])
    assert [TAGS[one] for one in tags.tolist()] == ["S-LOC", "B-ORG", "I-ORG", "E-ORG", "O"]


def test_a_name_that_was_opened_must_go_on() -> None:
    table = allowed()
    assert table[tag("ORG", "B"), tag("ORG", "E")]
    assert not table[tag("ORG", "B"), 0]
    assert not table[tag("ORG", "B"), tag("LOC", "E")]
    assert not table[0, tag("LOC", "I")]
    assert np.count_nonzero(table[0]) == 1 + 2 * len(TYPES)
