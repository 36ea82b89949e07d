"""Items and categories where the segmenter knows a word badly or not at all, in both scripts."""

from __future__ import annotations

import pytest

from extractor.text.script import to_shadow

from .marked import read


def described(marked: str, **entities: str) -> list[tuple[str, str]]:
    return [(to_shadow(row.item), row.category) for row in read(marked, entities)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("救助了【超3000名】渐冻症儿童。", [("渐冻症儿童", "people")]),
        ("走访【200个】自闭症儿童家庭。", [("自闭症儿童家庭", "households")]),
        ("走訪【200個】自閉症兒童家庭。", [("自闭症儿童家庭", "households")]),
        ("新设【80个】村级托育服务站点。", [("村级托育服务站点", "organizations")]),
        ("新设【80个】村级婴幼儿照护服务站点。", [("村级婴幼儿照护服务站点", "organizations")]),
        ("當局管理【四個】公共屋邨。", [("公共屋邨", "places")]),
        ("【兩個】律師公會表示反對。", [("律师公会", "organizations")]),
        ("受傷的是【3名】木工。", [("木工", "people")]),
        ("募集就业见习岗位【5万个】。", [("就业见习岗位", "items")]),
        ("修缮【30栋】危旧居民楼排险工程。", [("危旧居民楼", "places")]),
        ("缴获【40支】武器。", [("武器", "items")]),
        ("来了【10名】驻村员工。", [("驻村员工", "members")]),
    ],
)
def test_what_stands_before_a_known_head_belongs_to_it(marked, expected):
    assert described(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("【上百家】装修风格各异的中型餐馆开张。", [("中型餐馆", "organizations")]),
        ("【上百家】裝修風格各異的中型餐館開張。", [("中型餐馆", "organizations")]),
        ("资产在【50亿元】的银行都愿意合并。", [("资产", "money")]),
        ("這裡有長【約20公里】的海岸線。", [("海岸线", "length")]),
        ("预订了【100人】的宴席。", [("", "people")]),
        ("持有该公司的【34%】股权。", [("股权", "percentage")]),
    ],
)
def test_phrases_with_of(marked, expected):
    assert described(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("对草案进行了【两次】重大修改。", [("重大修改", "frequency")]),
        ("對草案進行了【兩次】重大修改。", [("重大修改", "frequency")]),
        ("这【两次】叛乱造成了损失。", [("叛乱", "frequency")]),
        ("组织骨干教师业务培训【2000人次】。", [("骨干教师业务培训", "people")]),
        ("全市发生森林火灾【6起】。", [("森林火灾", "frequency")]),
        ("全市發生交通事故【6起】。", [("交通事故", "frequency")]),
    ],
)
def test_acts_and_events_that_are_counted(marked, expected):
    assert described(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("建成智慧农场【12个】、完工【8个】。", [("智慧农场", "organizations")] * 2),
        ("實施技改項目【40個】，竣工【25個】。", [("技改项目", "items")] * 2),
        ("新创建文化产业园【3个】。", [("文化产业园", "places")]),
        ("当天损失战机【6架】。", [("战机", "items")]),
        ("全厂共出口服装【5000万件】。", [("服装", "items")]),
        ("农村劳动力转移就业【240万人】。", [("农村劳动力", "people")]),
        ("该市镇总面积【12平方公里】。", [("总面积", "area")]),
        ("行政机关败诉率降至【3.4%】。", [("行政机关败诉率", "percentage")]),
        ("收入中有【一成】来自旅游。", [("收入", "percentage")]),
        ("收入中有【一成】來自旅遊。", [("收入", "percentage")]),
    ],
)
def test_words_in_front_of_the_item(marked, expected):
    assert described(marked) == expected


def test_verbs_of_a_quoted_name_are_no_change():
    assert described("实施“百村引领、百村提升”工程项目【58个】。") == [("工程项目", "items")]
    assert described("實施「品質提升」工程項目【20個】。") == [("工程项目", "items")]
    assert [row.category for row in read("他说：“收入增长【5%】。”")] == ["change"]


@pytest.mark.parametrize("verb", ["高涨", "猛涨", "飙升", "急升", "重挫", "劲升", "大升"])
def test_strong_verbs_are_changes(verb):
    assert [row.category for row in read(f"早盘股价{verb}【4.5%】。")] == ["change"]


def test_bare_amounts_of_money_and_names_with_numbers():
    assert described("這筆【2400億】納稅金沒有下落。") == [("纳税金", "money")]
    assert described("【3万】灾民得到救助。") == [("灾民", "people")]


def test_persons_among_bystanders_are_people():
    rows = described("當時屋內有【2男】、【4女】共【6人】，歹徒綑綁【4人】。", 甲公司="ORG")
    assert [category for _, category in rows] == ["people"] * 4
    assert rows[0][0] == ""


def test_persons_of_whom_a_body_consists_are_members():
    assert described("成立了由【30名】居民代表组成的议事会。") == [("居民代表", "members")]
    assert described("由【27人】組成的委員會作出決定。") == [("", "members")]
    assert described("来了【30名】居民代表。") == [("居民代表", "people")]
