"""The learned layer in the pipeline: what it proposes, alone and beside other texts."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from spacy.language import Language

from extractor.components import state
from extractor.components.state import Candidate
from extractor.components.tagger import CueWords, NameTagger
from extractor.lexicon.lexicon import load_lexicon
from extractor.paths import default_model
from extractor.pipeline import load
from extractor.tagger.reading import WORD_CUES

TEXTS = [
    "青州市水务局局长梁博远昨日在东坪镇表示，工程下月完工。",
    "記者陳思遠報道，東湖醫院將於明年遷往新址。",
    "今天天气很好。",
    "王海燕说，柳湾社区新建了一座图书馆；柳湾社区有三百户居民。",
]


@pytest.fixture(scope="module")
def until_tagger() -> Language:
    return load(exclude=("quantities", "entities", "linking", "roles", "statistics"))


def tagged(nlp: Language, text: str) -> list[Candidate]:
    return [one for one in state.candidates(nlp(text)) if one.rule == "tagger"]


def test_the_tagger_proposes_names_of_every_type(until_tagger: Language) -> None:
    text = TEXTS[0]
    found = {(text[one.start : one.end], one.label) for one in tagged(until_tagger, text)}
    assert {("梁博远", "PERSON"), ("东坪镇", "LOC"), ("青州市水务局", "ORG")} <= found


def test_traditional_text_is_read_as_simplified_text(until_tagger: Language) -> None:
    simplified = "记者陈思远报道，东湖医院将于明年迁往新址。"
    assert len(simplified) == len(TEXTS[1])
    first, second = tagged(until_tagger, TEXTS[1]), tagged(until_tagger, simplified)
    assert len(first) >= 2
    assert [one[:3] for one in first] == [one[:3] for one in second]


@pytest.mark.parametrize(("least", "proposed"), [(0.0, True), (1.01, False)])
def test_a_name_that_is_not_likely_enough_is_not_proposed(
    until_tagger: Language, least: float, proposed: bool
) -> None:
    component = until_tagger.get_pipe("tagger")
    assert isinstance(component, NameTagger)
    doc = NameTagger(component.tagger, component.reader, least)(until_tagger(TEXTS[0], disable=["tagger"]))
    assert any(one.rule == "tagger" for one in state.candidates(doc)) == proposed


def test_every_confidence_is_a_probability_to_three_places(until_tagger: Language) -> None:
    found = [one for text in TEXTS for one in tagged(until_tagger, text)]
    assert len(found) >= 5
    assert all(0.0 <= one.confidence <= 1.0 for one in found)
    assert all(one.confidence == round(one.confidence, 3) for one in found)


def test_the_same_text_gives_the_same_candidates_again(until_tagger: Language) -> None:
    first = [tagged(until_tagger, text) for text in TEXTS]
    again = [tagged(until_tagger, text) for text in reversed(TEXTS)]
    assert any(first)
    assert first == again[::-1]


def test_texts_in_a_pipe_are_tagged_as_each_alone(until_tagger: Language) -> None:
    alone = [tagged(until_tagger, text) for text in TEXTS]
    piped = [
        [one for one in state.candidates(doc) if one.rule == "tagger"]
        for doc in until_tagger.pipe(TEXTS, batch_size=3)
    ]
    assert any(alone)
    assert piped == alone


@pytest.mark.parametrize("text", ["", "\n", "。。。", "𠮷", " \n \n"])
def test_texts_with_nothing_to_read(until_tagger: Language, text: str) -> None:
    doc = until_tagger(text)
    assert state.has_learned(doc)
    assert [one for one in state.candidates(doc) if one.rule == "tagger"] == []


def test_cue_words_are_found_longest_first_and_those_of_one_character_are_not() -> None:
    cues = CueWords(load_lexicon(default_model()))
    text = "党委书记的话"
    found = [(text[start:end], WORD_CUES[number]) for start, end, number in cues.find(text).tolist()]
    assert found == [("党委书记", "title")]


def test_the_component_is_made_by_the_pipeline(nlp: Language) -> None:
    assert isinstance(nlp.get_pipe("tagger"), NameTagger)


def test_mentions_given_nine_in_ten_are_right_nine_times_in_ten(nlp: Language, reference: Path) -> None:
    """On sentences that neither weights nor calibration were fitted to; .85 and more counts as nine in ten."""
    given, right = [], 0
    with (reference / "corpora" / "news" / "dev.jsonl").open(encoding="utf-8") as lines:
        for row in map(json.loads, list(lines)[1::2]):
            gold = {(one["start"], one["end"], one["type"]) for one in row["entities"]}
            for one in state.mentions(nlp(row["text"])):
                if not one.nested and one.confidence >= 0.85:
                    given.append(one.confidence)
                    right += (one.start, one.end, one.label) in gold
    assert len(given) > 250
    assert right / len(given) == pytest.approx(sum(given) / len(given), abs=0.06)
