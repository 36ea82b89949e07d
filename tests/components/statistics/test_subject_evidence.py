"""Names that stand near a figure and yet do not own it, and the evidence that a topic needs."""

from __future__ import annotations

import pytest

from .marked import read


def subjects(marked: str, entities: dict[str, str], references: dict[str, str] | None = None) -> list[str]:
    return [row.subject_text for row in read(marked, entities, references)]


@pytest.mark.parametrize(
    ("marked", "entities", "expected"),
    [
        ("青石线是一条支线，西起安平站，东接东湖站，全长【86公里】。", {"青石线": "LOC/road", "安平站": "LOC", "东湖站": "LOC"}, "青石线"),
        ("青石線是一條支線，北起安平站，南至東湖站，全長【86公里】。", {"青石線": "LOC/road", "安平站": "LOC", "東湖站": "LOC"}, "青石線"),
        ("作为安平市最有名的温泉而兴旺的青石温泉海拔【310米】。", {"安平市": "LOC/city", "青石温泉": "LOC"}, "青石温泉"),
        ("重修的柳树水库防洪能力将提高，每年还能为下游的安平市提供【900万立方米】用水。", {"柳树水库": "LOC", "安平市": "LOC/city"}, "柳树水库"),
        ("青石镇地处山区，距安平市【40公里】。", {"青石镇": "LOC/town", "安平市": "LOC/city"}, "青石镇"),
        ("青石鎮地處山區，距離安平市【40公里】。", {"青石鎮": "LOC/town", "安平市": "LOC/city"}, "青石鎮"),
        ("青石镇南部与柳树镇接壤，耕地面积【3万亩】。", {"青石镇": "LOC/town", "柳树镇": "LOC/town"}, "青石镇"),
        ("安平市勞動局表示，此次通報的企業為華新公司，員工【90人】。", {"安平市勞動局": "ORG/government", "華新公司": "ORG/company"}, "華新公司"),
        ("统计局今日公布，青石镇粮食产量增至【3万吨】。", {"统计局": "ORG/government", "青石镇": "LOC/town"}, "青石镇"),
        ("藏有许多手稿的柳树书院，也是安平市最受欢迎的景点，每年接待【6万】参观者。", {"柳树书院": "LOC", "安平市": "LOC/city"}, "柳树书院"),
        ("新的华新公司资产达到【60亿元】。", {"华新公司": "ORG/company"}, "华新公司"),
        ("来自青石镇的【5位】姑娘走在前面。", {"青石镇": "LOC/town"}, "青石镇"),
        ("只在安平市就有【200多家】舞蹈学校。", {"安平市": "LOC/city"}, "安平市"),
        ("今年头【3个月】安平市的建筑业等【9个】部门出现亏损。", {"安平市": "LOC/city"}, "安平市"),
        ("十三岁的李明不仅能背诵【100余首】古诗。", {"李明": "PERSON"}, "李明"),
        ("在治理会上，柳树社区组建了由志愿者组成的春苗队，并开设【9个】服务点。", {"柳树社区": "LOC", "春苗队": "ORG"}, "柳树社区"),
        ("安平市华新公司的女工李明开始创业，先后投资【60万元】。", {"安平市": "LOC", "华新公司": "ORG/company", "李明": "PERSON"}, "李明"),
    ],
)  # fmt: skip
def test_the_grammatical_subject_comes_before_the_nearest_name(marked, entities, expected):
    assert subjects(marked, entities)[-1] == expected


@pytest.mark.parametrize(
    ("marked", "entities"),
    [
        ("〔记者李明/安平报道〕仓库失火，烧毁货物【30吨】。", {"李明": "PERSON", "安平": "LOC/city"}),
        ("（記者李明）倉庫失火，燒毀貨物【30噸】。", {"李明": "PERSON"}),
        ("协会今日公布【2万人】参与了徒步。", {"协会": "ORG/association"}),
        ("李明向市民致意，对【30年】前的往事表示怀念。", {"李明": "PERSON"}),
        ("短短【13个小时】内，安平市及东湖市各发生一起事故，【29人】罹难。", {"安平市": "LOC/city", "东湖市": "LOC/city"}),
        ("李家豪宅失窃，遭【2名】蒙面歹徒闯入。", {"李家": "ORG"}),
        ("安平市下了一场雨，我看见【7辆】卡车。", {"安平市": "LOC/city"}),
        ("经过【10多年】的努力，《安平市志》编成。", {"安平市": "LOC/city"}),
        ("《安平市志·青石卷》等【7部】志书编成。", {"安平市": "LOC/city", "青石": "LOC"}),
        ("震中距安平市约【90公里】。", {"安平市": "LOC/city"}),
        ("李明在会上表示，附近有【6幢】大厦。", {"李明": "PERSON"}),
    ],
)  # fmt: skip
def test_sources_times_and_bystanders_own_nothing(marked, entities):
    assert set(subjects(marked, entities)) == {""}


def test_a_name_that_comes_later_owns_nothing_before():
    text = "新建产业园【3个】。青石镇、柳树镇入选示范镇。设施农业产值突破【30亿元】。"
    assert subjects(text, {"青石镇": "LOC/town", "柳树镇": "LOC/town"}) == ["", ""]


def test_a_body_named_on_the_way_is_no_topic():
    text = "认真配合国务院督查、审计等工作，落实国务院部署。推动出台法规【35件】。召开发布会【97场】。"
    assert subjects(text, {"国务院": "ORG/government"})[-1] == ""


def test_the_whole_town_is_the_one_that_the_text_opens_with():
    text = "青石镇地处安平市东南部。全镇面积【280平方公里】。南部与柳树镇接壤。全镇耕地【3万亩】。"
    entities = {"青石镇": "LOC/town", "安平市": "LOC/city", "柳树镇": "LOC/town"}
    assert subjects(text, entities, {"全镇": "柳树镇"}) == ["青石镇"] * 2
