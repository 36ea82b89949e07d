from __future__ import annotations

import json
import pickle
from functools import cache
from itertools import islice

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.vocab import Vocab

from extractor.components import state
from extractor.components.tokenizer import JiebaTokenizer
from extractor.errors import ModelError
from extractor.text.script import to_shadow

OWN_TEXT = (
    "柳湾社区下辖12个小区、3400户居民，社区党委书记何青说，去年投入1.2亿元改造老旧小区。"
    "SK-II与802.11ac无关，网址是www.example.com，涨幅为3.5%。台塑石化公告營收減少２成。"
)


@pytest.fixture(scope="module")
def tokenizer() -> JiebaTokenizer:
    return JiebaTokenizer(Vocab())


@pytest.fixture(scope="module")
def jieba() -> JiebaTokenizer:
    return JiebaTokenizer(Vocab(), "jieba")


def words(tokenizer: JiebaTokenizer, text: str) -> list[str]:
    return [token.text for token in tokenizer(text)]


def test_traditional_text_is_cut_as_simplified_and_kept_as_written(tokenizer):
    doc = tokenizer("組織社區理財管家等30余人")
    assert [token.text for token in doc] == ["組織", "社區", "理財", "管家", "等", "30", "余人"]
    assert [token.tag_ for token in doc][:5] == ["v", "n", "v", "n", "u"]
    assert state.shadow(doc) == "组织社区理财管家等30余人"


@cache
def shared_tokenizer() -> JiebaTokenizer:
    return JiebaTokenizer(Vocab())


@given(st.text(max_size=80))
def test_the_text_is_never_changed(text):
    doc = shared_tokenizer()(text)
    assert doc.text == text
    assert len(state.shadow(doc)) == len(text)


def test_the_engines_cut_alike(tokenizer, jieba):
    assert words(tokenizer, OWN_TEXT) == words(jieba, OWN_TEXT)


@pytest.mark.slow
def test_the_engines_cut_two_hundred_thousand_characters_alike(tokenizer, jieba, reference):
    compared = 0
    with (reference / "corpora" / "raw" / "news-taiwan.jsonl").open(encoding="utf-8") as lines:
        for line in islice(lines, 250):
            shadow = to_shadow(json.loads(line)["text"])
            assert [word for word, _ in tokenizer._segment(shadow)] == [w for w, _ in jieba._segment(shadow)]
            compared += len(shadow)
    assert compared > 200_000


def test_user_words_stay_whole_and_private(tokenizer):
    mine = JiebaTokenizer(Vocab(), user_words=[("柳湾共治会", "nt")])
    assert ("柳灣共治會", "nt") in [(token.text, token.tag_) for token in mine("加入柳灣共治會")]
    assert "柳灣共治會" not in words(tokenizer, "加入柳灣共治會")


def test_a_tokenizer_survives_disk_bytes_and_pickle(tmp_path):
    mine = JiebaTokenizer(Vocab(), user_words=[("柳湾共治会", "nt")])
    mine.to_disk(tmp_path / "tokenizer")
    again = [
        JiebaTokenizer(Vocab()).from_disk(tmp_path / "tokenizer"),
        JiebaTokenizer(Vocab()).from_bytes(mine.to_bytes()),
        pickle.loads(pickle.dumps(mine)),
    ]
    assert [words(one, "加入柳湾共治会") for one in again] == [["加入", "柳湾共治会"]] * 3


def test_an_unknown_engine_is_refused():
    with pytest.raises(ModelError, match="choose rjieba or jieba"):
        JiebaTokenizer(Vocab(), "thulac")
