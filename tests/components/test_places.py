from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.components import state
from extractor.components.dictionary import DictionaryMatcher
from extractor.components.entities import EntityResolver
from extractor.components.places import PlaceMatcher, create_places
from extractor.components.tokenizer import JiebaTokenizer
from extractor.lexicon.lexicon import load_lexicon
from extractor.paths import default_model
from extractor.text.rules import failing_examples, load_rules
from tests.conftest import unmark

Read = Callable[[str], Doc]


@pytest.fixture(scope="module")
def read() -> Read:
    folder = default_model()
    tokenizer = JiebaTokenizer(Vocab())
    parts = [DictionaryMatcher(load_lexicon(folder)), PlaceMatcher(folder), EntityResolver()]

    def run(text: str) -> Doc:
        doc = tokenizer(text)
        for part in parts:
            doc = part(doc)
        return doc

    return run


def places(doc: Doc) -> list[tuple[int, int]]:
    return [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "LOC"]


@pytest.mark.parametrize(
    "marked",
    [
        # chains are one span
        "村子属于【四川省绵阳市涪城区】管辖",
        "他生在【湖南长沙】，后来去了【日本东京】",
        "洪水淹了【江西省上饶市鄱阳县】的农田",
        "雨下在【江苏阜宁】",
        # traditional text is read as simplified text is
        "他住在【臺北市】，常去【廣東省廣州市】",
        # towns, villages, roads that no list has
        "车过【石桥河】，进了【平远县柳溪镇】",
        "公交停在【武汉解放大道】",
        # a list that says what its members are
        "北与【清泉】、【柳林】、【姜家店】等乡镇接壤",
        "东与【石桥】、西与【柳林】、北与【姜家店】等乡镇接壤",
        # short names of counties in a list with others
        "新开【仙桃】、【潜江】、【宜都】三个网点",
        # one letter, one mention
        "【中】【缅】边境通了车",
        "【川】【渝】两地联手",
        "【俄】总统访【华】期间，【美】总理也来了",
        "【台】股收低，【美】股收高",
        "【欧】【美】专家来了，全国都知道",
        # fused names of regions
        "【京津冀】协同，【长三角】一体",
        # a title is no part of the place
        "【湘潭】市长和【长沙】市民",
        # what stands before a dateline
        "新华社【昆明】3月1日电",
        # none of these names a place
        "农村和城镇的居民都到市区的广场去",
        "全市上下理清思路，各部门走出新路子",
        "中国特色的道路",
        "两国在四楼开会，五县一市参加",
    ],
)
def test_marked_places_are_found_and_nothing_else(read: Read, marked: str) -> None:
    text, expected = unmark(marked)
    assert places(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "nested"),
    [
        ("四川省绵阳市涪城区很大", ["四川省", "绵阳市", "涪城区"]),
        ("湖南长沙很大", ["湖南", "长沙"]),
    ],
)
def test_parts_of_a_chain_are_nested(read: Read, text: str, nested: list[str]) -> None:
    doc = read(text)
    assert [span.text for span in doc.spans["nested"]] == nested


def test_a_short_name_counts_once_its_full_form_is_there(read: Read) -> None:
    assert places(read("朝阳产业发展快")) == []
    doc = read("朝阳区修路，朝阳居民高兴")
    assert [ent.text for ent in doc.ents] == ["朝阳区", "朝阳"]


def test_a_place_does_not_contradict_its_parent(read: Read) -> None:
    doc = read("广东省成都市")
    assert [ent.text for ent in doc.ents] == ["广东省", "成都市"]


def test_every_example_of_the_rules_holds() -> None:
    rules = load_rules(default_model() / "rules" / "places.toml")
    assert len(rules.rules) > 10
    assert failing_examples(rules) == []


def test_empty_and_foreign_texts_have_no_places(read: Read) -> None:
    for text in ("", " \n\n ", "no place here, only words"):
        assert places(read(text)) == []


def test_the_factory_takes_a_folder() -> None:
    matcher = create_places(Language(), "places", str(default_model()), "")
    doc = JiebaTokenizer(Vocab())("北京")
    state.write_rows(doc, "hits", [(0, 2, "LOC", "province", "110000", False, False)])
    assert [(one.start, one.end, one.label) for one in state.candidates(matcher(doc))] == [(0, 2, "LOC")]


def test_a_missing_folder_is_an_error_that_names_it(tmp_path: Path) -> None:
    with pytest.raises(OSError, match=str(tmp_path.name)):
        PlaceMatcher(tmp_path)
