from __future__ import annotations

from collections.abc import Callable

import pytest
from spacy.language import Language
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.components.dictionary import DictionaryMatcher
from extractor.components.entities import EntityResolver
from extractor.components.organizations import OrganizationMatcher, create_organizations
from extractor.components.places import PlaceMatcher
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
    parts = [
        DictionaryMatcher(load_lexicon(folder)),
        PlaceMatcher(folder),
        OrganizationMatcher(folder),
        EntityResolver(),
    ]

    def run(text: str) -> Doc:
        doc = tokenizer(text)
        for part in parts:
            doc = part(doc)
        return doc

    return run


def organizations(doc: Doc) -> list[tuple[int, int]]:
    return [(ent.start_char, ent.end_char) for ent in doc.ents if ent.label_ == "ORG"]


@pytest.mark.parametrize(
    "marked",
    [
        # a place, or a level, and a department
        "【云南省委宣传部】和【曲靖市卫生局】发了通知",
        "【湖北省政府】开会，省政府也开会",
        "记者从【通海县抗震救灾指挥部】了解到",
        "【县民政局】送来大米，【市公安局】派了人",
        "【区委统战部】牵头",
        # X市委 shares the 市 with the place; 党委 before a title does not belong to it
        "【玉溪市委】书记来了，社区党委书记也来了",
        "【中共云南省委】和【共青团昆明市委】",
        # a title written with one 局 is a title only
        "公安局长走了，国防部长来了",
        # companies, schools, hospitals
        "【华清远山科技有限公司】成立十年",
        "【昆明市第一中学】和【昆明市儿童医院】都在放假",
        "他在【花旗银行（中国）有限公司】上班",
        "【兴业银行昆明分行】开业",
        "【四川大学华西医院骨科】的医生",
        # before the form in law any words are a name, but it begins with a proper one
        "零組件供應商【沛晨精密股份有限公司】昨日公布財報",
        # a place between an organisation and its branch
        "【国家统计局玉溪调查队】发布数据",
        # quoted groups: by their head, by being set up, by their members
        "街道成立了“【晚霞志愿服务队】”",
        "由老人组成的“【银发宣讲团】”，“【蓝马甲】”“【巷口会】”等8支小分队",
        "这叫“家门口服务”，是“一把钥匙”",
        # courts and prosecutors by their short names, bodies of a park
        "【橋頭地檢署】偵辦，【士林地院】裁定，【台南高分院】駁回",
        "【香港科技园公司】招聘，【科學園公司】主席到場",
        "省人大代表到会，接受市人大监督",
        # common nouns name nobody
        "各级政府、有关部门和企业、学校、医院参加",
        "保险公司和物业公司的负责人",
        "大力推进合作社改革，加强党组织建设",
    ],
)
def test_marked_organizations_are_found_and_nothing_else(read: Read, marked: str) -> None:
    text, expected = unmark(marked)
    assert organizations(read(text)) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "「远山工程顧問股份有限公司」接了案，遠山公司說不急，遠山不回應。",
            ["远山工程顧問股份有限公司", "遠山公司", "遠山"],
        ),
        ("白石资本有限公司（以下简称“石投”）成立，石投很忙。", ["白石资本有限公司", "石投", "石投"]),
        ("金穗集团和别家签约，金穗集团很忙。", ["金穗集团", "金穗集团"]),
        ("集团很忙，公司也很忙。", []),
    ],
)
def test_short_and_repeated_names(read: Read, text: str, expected: list[str]) -> None:
    assert [ent.text for ent in read(text).ents if ent.label_ == "ORG"] == expected


@pytest.mark.parametrize("unit", ["市委", "省委统战部", "远山公司", "北京市公安局", "“远山", "石桥、"])
def test_endless_repetition_is_read_to_its_end(read: Read, unit: str) -> None:
    text = unit * 1500
    doc = read(text)
    assert doc.text == text
    assert all(len(ent.text) <= 64 for ent in doc.ents)


def test_places_inside_an_organization_are_nested(read: Read) -> None:
    doc = read("四川省绵阳市卫生局说")
    assert [ent.text for ent in doc.ents] == ["四川省绵阳市卫生局"]
    assert [span.text for span in doc.spans["nested"]] == ["四川省绵阳市", "四川省", "绵阳市"]


@pytest.mark.parametrize(
    "name", ["高原(北京)文化传播有限公司", "星火（深圳）智能股份有限公司", "青松(上海)咨询有限公司"]
)
def test_a_company_begins_before_its_bracketed_place(read: Read, name: str) -> None:
    assert [ent.text for ent in read(name + "投资2亿元。").ents] == [name]


def test_every_example_of_the_rules_holds() -> None:
    rules = load_rules(default_model() / "rules" / "organizations.toml")
    assert len(rules.rules) == 6
    assert failing_examples(rules) == []


def test_the_factory_takes_a_folder() -> None:
    assert isinstance(
        create_organizations(Language(), "organizations", str(default_model()), ""), OrganizationMatcher
    )
