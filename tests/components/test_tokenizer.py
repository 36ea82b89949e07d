from __future__ import annotations

import json
import pickle
import sys
from collections.abc import Iterable, Iterator
from functools import cache

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from spacy.lang.zh.lex_attrs import like_num
from spacy.vocab import Vocab

from extractor.components import state
from extractor.components.tokenizer import JiebaTokenizer, create_tokenizer, is_like_number, word_frequencies
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


@settings(deadline=None)
@given(st.text(max_size=80))
def test_the_text_is_never_changed(text):
    doc = shared_tokenizer()(text)
    assert doc.text == text
    assert len(state.shadow(doc)) == len(text)


def test_the_engines_cut_alike(tokenizer, jieba):
    assert words(tokenizer, OWN_TEXT) == words(jieba, OWN_TEXT)


@pytest.mark.slow
def test_the_engines_cut_two_hundred_thousand_characters_alike(tokenizer, jieba, reference):
    compared = words_compared = other_tags = 0
    for path in sorted((reference / "corpora" / "raw").glob("*.jsonl")):
        with path.open(encoding="utf-8") as lines:
            for text in sample(lines, 60_000):
                ours, theirs = tokenizer._segment(text), jieba._segment(text)
                assert [word for word, _ in ours] == [word for word, _ in theirs]
                compared, words_compared = compared + len(text), words_compared + len(ours)
                other_tags += sum(one != other for one, other in zip(ours, theirs, strict=True))
    assert compared > 200_000
    assert other_tags < words_compared / 10_000


def sample(lines: Iterable[str], size: int) -> Iterator[str]:
    """Shadows of whole texts until they have ``size`` characters."""
    for line in lines:
        shadow = to_shadow(json.loads(line)["text"])
        yield shadow
        size -= len(shadow)
        if size <= 0:
            return


def test_words_that_no_dictionary_has_get_the_same_tags(tokenizer, jieba):
    text = "何青云在柳湾共治会领奖，㗎是什么，AT&T与G60沿线，娴姐说，瞪羚企业"
    assert tokenizer._segment(text) == jieba._segment(text)
    assert ("共治会", "n") in jieba._segment(text)


def test_without_rjieba_jieba_stands_in(monkeypatch, tokenizer):
    monkeypatch.setitem(sys.modules, "rjieba", None)
    other = JiebaTokenizer(Vocab(), user_words=[("柳湾共治会", "nt")])
    assert words(other, "加入柳灣共治會") == ["加入", "柳灣共治會"]
    assert other(OWN_TEXT).text == OWN_TEXT


def test_frequencies_are_those_of_the_dictionary():
    frequencies = word_frequencies()
    assert frequencies["来宾"] > 100
    assert "柳湾共治会" not in frequencies


def test_a_pipe_of_texts_keeps_their_order(tokenizer):
    texts = ["柳湾社区有8个小区。", "何青说，明天下雨。", ""]
    assert [doc.text for doc in tokenizer.pipe(texts)] == texts


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


def test_a_users_dictionary_reaches_the_segmenter(tmp_path):
    rows = "柳湾共治会\tORG\n何青雲\tPERSON\n柳湾\tnever\n巡河打卡\tPROJECT\n"
    (tmp_path / "own.tsv").write_text("term\tlabel\n" + rows, encoding="utf-8")
    (tmp_path / "words.txt").write_text("理财妈 3 n\n", encoding="utf-8")
    made = create_tokenizer(user=str(tmp_path))(Blank())
    doc = made("柳灣共治會的何青云教理财妈巡河打卡")
    assert [(token.text, token.tag_) for token in doc] == [
        ("柳灣共治會", "nt"), ("的", "uj"), ("何青云", "nr"), ("教", "v"), ("理财妈", "nz"), ("巡河打卡", "nz"),
    ]  # fmt: skip


class Blank:
    vocab = Vocab()


def test_an_unknown_engine_is_refused():
    with pytest.raises(ModelError, match="choose rjieba or jieba"):
        JiebaTokenizer(Vocab(), "thulac")


@pytest.mark.parametrize(
    "word",
    ["二十", "廿", "皕", "叁佰", "三", "一百", "3", "１２", "1/2", "+5", "万", "人民", "十分", "ABC", "②"],
)
def test_like_num_is_spacys(word: str) -> None:
    assert is_like_number(word) == like_num(word)
