"""Towns and villages of the lists of divisions: which of their names are meant."""

from __future__ import annotations

from functools import cache

import pytest

from extractor.components import state
from extractor.components.dictionary import DictionaryMatcher, create_dictionary
from extractor.components.places import PlaceMatcher, create_places
from extractor.components.tokenizer import JiebaTokenizer
from tests.components.mentioned import tokenizer

RULE = "place.division"


@cache
def matchers() -> tuple[JiebaTokenizer, DictionaryMatcher, PlaceMatcher]:
    return tokenizer(), create_dictionary(None, "d", "", ""), create_places(None, "p", "", "")


def read(text: str) -> tuple[list[str], list[str]]:
    """The divisions that are proposed, and what is silenced."""
    cut, look_up, match = matchers()
    doc = match(look_up(cut(text)))
    meant = [text[one.start : one.end] for one in state.candidates(doc) if one.rule == RULE]
    return meant, [text[start:end] for start, end in state.silenced(doc)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("火灾发生在三明市沙县区高砂镇端溪村。", ["高砂镇", "端溪村"]),
        ("记者来到恒口镇长行村。", ["恒口镇", "长行村"]),
        ("他是江油市三合镇人。", ["三合镇"]),
        ("工程在北京市密云区庄头峪村附近。", ["庄头峪村"]),
    ],
)
def test_a_unit_behind_a_place_that_holds_it_is_meant(text, expected):
    assert read(text)[0] == expected


@pytest.mark.parametrize(
    "text", ["深化农村改革", "推进城中村改造", "建成示范村十个", "千村引领、万村提升", "发展城镇经济"]
)
def test_common_words_are_no_villages(text):
    assert read(text)[0] == []


@pytest.mark.parametrize(
    ("text", "silent"),
    [
        ("推进城中村改造", "城中村"),
        ("改善非保留村环境", "留村"),
        ("举办四季村晚活动", "四季村"),
        ("建设旅游度假区", "旅游度假区"),
    ],
)
def test_look_alikes_are_silenced(text, silent):
    assert silent in read(text)[1]


def test_a_silenced_span_does_not_silence_what_crosses_it():
    meant, silent = read("深化农村商业银行改革")
    assert meant == []
    assert all(len(name) <= 4 for name in silent)
