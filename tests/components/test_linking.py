from __future__ import annotations

import pytest

from extractor.components import state
from extractor.components._entity_ids import clean, code_of, coded_id, entity_id
from extractor.components._same_entity import Groups
from extractor.components.linking import read_rules
from extractor.components.state import MentionRow
from extractor.errors import RuleError
from tests.components.mentioned import linked, linker, tokenizer


def groups(marked: str) -> list[list[str]]:
    """The written forms of each entity, the fullest first."""
    return [[entity.name, *entity.aliases] for entity in state.entities(linked(marked))]


def references(marked: str) -> list[tuple[str, str]]:
    doc = linked(marked)
    names = [entity.name for entity in state.entities(doc)]
    return [(doc.text[row.start : row.end], names[row.entity]) for row in state.references(doc)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[L:青山市]很大，[L:青山]也美。", [["青山市", "青山"]]),
        ("[L:云川省]多山，[L:雲川]多水。", [["云川省", "雲川"]]),
        (
            "[L:云川省青山市白水区柳林社区]在城东。[L:柳林社区]不大。",
            [["云川省青山市白水区柳林社区", "柳林社区"]],
        ),
        (
            "[L:东山市朝晖区]和[L:西山市朝晖区]不同，[L:朝晖区]是前者。",
            [["东山市朝晖区", "朝晖区"], ["西山市朝晖区"]],
        ),
        ("[L:南岭]在南，[L:岭]在北。", [["南岭"], ["岭"]]),
    ],
)
def test_places(marked, expected):
    assert groups(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[O:远航工程咨询股份有限公司]中标，[O:远航公司]承建，[O:远航]表示满意。",
            [["远航工程咨询股份有限公司", "远航公司", "远航"]],
        ),
        ("[O:远航控股]与[O:远航集团]都跌，[O:远航]未回应。", [["远航控股"], ["远航集团"], ["远航"]]),
        ("[O:东方文理大学]今天放假，[O:文大]学生不多。", [["东方文理大学"], ["文大"]]),
        ("[O:东湖大学]今天放假，[O:东大]学生不多。", [["东湖大学", "东大"]]),
        ("[O:青山市公安局]通报，[O:市公安局]提醒市民。", [["青山市公安局", "市公安局"]]),
        ("[O:兴农银行]和[O:兴农银行青山分行]签约。", [["兴农银行"], ["兴农银行青山分行"]]),
        (
            "[O:云川远洋渔业有限公司]（以下简称“[O:云远]”）出海。",
            [["云川远洋渔业有限公司", "云远"]],
        ),
        ("[O:晨光助学基金会]成立。[O:基金会]表示感谢。", [["晨光助学基金会", "基金会"]]),
        ("[O:遠航集團]上市，[O:远航集团]大涨。", [["遠航集團", "远航集团"]]),
    ],
)
def test_organizations(marked, expected):
    assert groups(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[P:赵小川]来了，[P:赵]局长说好。", [["赵小川", "赵"]]),
        ("[P:赵小川]和[P:赵大海]来了，[P:赵小川]先走，[P:赵]局长说好。", [["赵小川", "赵"], ["赵大海"]]),
        ("[P:欧阳明]来了，[P:欧阳]先生说好。", [["欧阳明", "欧阳"]]),
        ("[P:米罗·科瓦奇克]抵达，[P:科瓦奇克]说好。", [["米罗·科瓦奇克", "科瓦奇克"]]),
        ("[P:张王美玉]到场，[P:张王]致辞。", [["张王美玉", "张王"]]),
        ("[P:张王美玉]到场，[P:张国]也到，[P:张]先生致辞。", [["张王美玉"], ["张国", "张"]]),
    ],
)
def test_people(marked, expected):
    assert groups(marked) == expected


def test_labels_never_mix():
    assert groups("[L:远航]港停靠着[O:远航]的船。") == [["远航"], ["远航"]]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[L:柳林社区]建成。该社区有居民三千人。", [("该社区", "柳林社区")]),
        ("[L/city:青山]今年丰收，全市粮食增产。", [("全市", "青山")]),
        ("[L:云川省]发布公报，我省经济回升。", [("我省", "云川省")]),
        ("[O:远航集团]上市，该公司去年盈利。", [("该公司", "远航集团")]),
        ("[O:远航集团]上市，公司总裁出席。", [("公司", "远航集团")]),
        ("[O:明湖学院]开学，学院院长致辞。", [("学院", "明湖学院")]),
        ("[L:青山县]丰收，三级医院都扩建。", []),
        ("[O:明湖学院]开学，一百所学校参加。", []),
        ("该公司去年盈利。", []),
    ],
)
def test_references(marked, expected):
    assert references(marked) == expected


def test_the_headline_decides_whom_a_whole_means():
    marked = "[L:青山市]发布公报\n[L:白水市]的经验传来，[L:白水市]领先。全市经济回升。"
    assert references(marked) == [("全市", "青山市")]


def test_a_dateline_is_not_what_the_text_is_about():
    marked = "云川社[L/city:白水]6月1日电 [L:青山市]发生地震，全市震感强烈。"
    assert references(marked) == [("全市", "青山市")]


def test_a_place_with_a_code_is_known_by_it():
    doc = tokenizer()("绵阳很美")
    state.write_rows(doc, "mentions", [MentionRow(0, 2, "LOC", "city", "x", 1.0, False, -1, "510700")])
    (entity,) = state.entities(linker()(doc))
    assert (entity.entity_id, entity.code, entity.code_scheme) == ("GB/T 2260:510700", "510700", "GB/T 2260")
    assert (entity.name, entity.kind) == ("绵阳", "city")


@pytest.mark.parametrize(
    ("identifier", "expected"),
    [
        ("510703", ("GB/T 2260", "510703")),
        ("CN", ("ISO 3166-1", "CN")),
        ("wiki:Q5", ("", "")),
        ("", ("", "")),
    ],
)
def test_codes_in_identifiers(identifier, expected):
    assert code_of(identifier) == expected


def test_ids_hold_for_either_script_and_tell_organizations_apart():
    assert entity_id("PERSON", "張偉") == entity_id("PERSON", "张 伟")
    assert entity_id("PERSON", "张伟", "东湖大学") != entity_id("PERSON", "张伟", "青山医院")
    assert entity_id("ORG", "远航").startswith("ORG-")
    assert coded_id("GB/T 2260", "510703") == "GB/T 2260:510703"


@pytest.mark.parametrize(
    ("text", "expected"),
    [("赵 小\n川", "赵小川"), ("David \n Perry", "David Perry"), ("庫斯 Kus", "庫斯Kus"), (" a ", "a")],
)
def test_clean(text, expected):
    assert clean(text) == expected


def test_groups_join_to_the_first():
    groups_of = Groups(3)
    groups_of.join(2, 1)
    groups_of.join(1, 0)
    assert [groups_of.root(place) for place in range(3)] == [0, 0, 0]


def test_every_mention_has_its_entity():
    doc = linked("[P:赵小川]从[L:青山市]到[O:东湖大学]，[P:赵]老师说好。")
    assert [row.entity for row in state.mentions(doc)] == [0, 1, 2, 0]


def test_missing_rules_are_named(tmp_path):
    with pytest.raises(RuleError, match=r"linking\.toml"):
        read_rules(tmp_path / "linking.toml")
