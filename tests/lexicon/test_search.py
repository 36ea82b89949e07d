from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from extractor.lexicon.search import AutomatonMatcher, Matcher, PrefixMatcher, matcher_of

FORMS = st.lists(st.text("柳湾河村A𠮷", min_size=1, max_size=6), max_size=15, unique=True)


@pytest.mark.parametrize("made", [AutomatonMatcher, PrefixMatcher])
def test_a_matcher_finds_forms_of_every_length_where_they_overlap(made):
    matcher: Matcher = made(["柳", "柳湾", "湾区", "柳湾区委", "区委宣传部"])
    found = sorted((start, end) for _, start, end in matcher.find("柳湾区委宣传部"))
    assert found == [(0, 1), (0, 2), (0, 4), (1, 3), (2, 7)]


@given(FORMS, st.text("柳湾河村A𠮷。", max_size=40))
def test_both_matchers_find_the_same(forms, text):
    assert sorted(PrefixMatcher(forms).find(text)) == sorted(AutomatonMatcher(forms).find(text))


@pytest.mark.parametrize("text", ["", "柳", "柳湾", "\ud800柳湾村"])
def test_a_text_may_be_shorter_than_every_form_or_broken(text):
    found = [(start, end) for _, start, end in PrefixMatcher(["柳湾村"]).find(text)]
    assert found == ([(1, 4)] if len(text) > 3 else [])


def test_many_forms_are_searched_by_their_beginnings():
    few, many = ["柳湾"], [f"柳湾{number}号" for number in range(40_001)]
    assert isinstance(matcher_of(few), AutomatonMatcher)
    assert isinstance(matcher_of(many), PrefixMatcher)
    assert [(start, end) for _, start, end in matcher_of(many).find("柳湾400号")] == [(0, 6)]
