"""What is counted or measured: after the figure, before it, across a verb, or handed on."""

from __future__ import annotations

import pytest

from .marked import read


def items(marked: str, **entities: str) -> list[str]:
    return [row.item for row in read(marked, entities)]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("全镇有【12家】乡镇企业。", ["乡镇企业"]),
        ("收到【40平方米】的门面。", ["门面"]),
        ("来了【60多位】教师、医生和村民代表。", ["教师、医生和村民代表"]),
        ("共【8个】国家和地区的【300名】选手到场。", ["国家和地区", "选手"]),
        ("迎来【3名】经验丰富的年轻教练。", ["年轻教练"]),
        ("这里有【26种】受保护植物。", ["受保护植物"]),
        ("新添【3个】【100万元以上】项目。", ["项目", "项目"]),
        ("帮扶【200名】【60岁以上】的老人。", ["老人", "老人"]),
        ("派出【5名】队员。", ["队员"]),
        ("建成【20个】类似东湖的基层工作实践基地。", ["基层工作实践基地"]),
        ("完成【3个】小区电路改造。", ["小区"]),
    ],
)
def test_items_after_the_figure(marked, expected):
    assert items(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("镇上有商铺【300余家】、农贸市场【4个】。", ["商铺", "农贸市场"]),
        ("年末常住人口【32.5万人】。", ["常住人口"]),
        ("发表学术论文【120余篇】。", ["学术论文"]),
        ("新建乡村文化站【18个】。", ["乡村文化站"]),
        ("养了黄牛和奶牛【300多头】、山羊【80只】。", ["黄牛和奶牛", "山羊"]),
        ("水产捕捞总产量【5万吨】。", ["水产捕捞总产量"]),
        ("全市人均可支配收入【3.2万元】。", ["人均可支配收入"]),
        ("规模以上工业增加值【86亿元】。", ["规模以上工业增加值"]),
        ("主桥长【320米】，桥面宽【24米】。", ["主桥长", "桥面宽"]),
        ("占地【30亩】，面积【80平方米】的门卫室。", ["占地", "门卫室"]),
        ("平均水深【2.3米】。", ["平均水深"]),
    ],
)
def test_items_before_the_figure(marked, expected):
    assert items(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("财政收入达到【5.6亿元】。", ["财政收入"]),
        ("户籍人口（含流动人口）为【12万人】。", ["户籍人口"]),
        ("读者累计【6.3万人次】。", ["读者"]),
        ("失业率控制在【5.5%】。", ["失业率"]),
        ("房屋倒塌【30间】。", ["房屋"]),
        ("游客由【12万人次】增加到【36万人次】。", ["游客", "游客"]),
        ("亏损由【30万元】减为【8万元】。", ["亏损", "亏损"]),
    ],
)
def test_items_across_a_verb(marked, expected):
    assert items(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("出口占总产量的【13%】。", ["总产量"]),
        ("服务业增加值占生产总值的比重为【52%】。", ["服务业增加值"]),
        ("赝品占【六成】。", ["赝品"]),
        ("【三成】的住户反对。", ["住户"]),
        ("选票的【54%】已经点完。", ["选票"]),
        ("全村有【六分之一】的农户外出。", ["农户"]),
        ("入学率【98%】，其中女童为【97%】。", ["入学率", "入学率"]),
        ("今年的产量是去年的【3倍】。", ["产量"]),
        ("森林覆盖率【61%】，高于全国平均水平【30个百分点】。", ["森林覆盖率", "森林覆盖率"]),
    ],
)
def test_items_of_shares(marked, expected):
    assert items(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("工效提高【47%】。", ["工效"]),
        ("实现生产总值【400亿元】，比上年增长【10%】。", ["生产总值", "生产总值"]),
        ("第一产业实现增加值【15亿元】，增长【6%】。", ["第一产业增加值", "第一产业增加值"]),
        ("每年减少水费【140元】。", ["水费"]),
        ("收盘价【31.5元】，涨幅【1.8%】。", ["收盘价", "收盘价"]),
        ("营收【5亿元】，利润【2亿元】，分别增长【8%】和【6%】。", ["营收", "利润", "营收", "利润"]),
        ("城镇和农村居民收入分别增长【4%】和【6%】。", ["城镇和农村居民收入"] * 2),
        ("入学率和升学率分别达到【99%】和【95%】。", ["入学率", "升学率"]),
        ("公司减资【4亿元】，减资比率达【66%】。", ["减资", "减资比率"]),
    ],
)
def test_items_of_changes(marked, expected):
    assert items(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("管理【8个】小区，其中【6个】是自建的。", ["小区", "小区"]),
        ("有支流【60余条】，其中【10公里以上】的支流有【3条】，【5公里以上】的有【8条】。", ["支流"] * 5),
        ("转移群众【29户】【94人】。", ["群众", "群众"]),
        ("新增【35宗】个案，累计【2万宗】。", ["个案", "个案"]),
        ("面积【1.5平方英里】（【4平方公里】）。", ["面积", "面积"]),
    ],
)
def test_items_that_parts_take_from_their_whole(marked, expected):
    assert items(marked) == expected


@pytest.mark.parametrize(
    "marked",
    [
        "事故造成【7人】死亡。",
        "他在此工作了【五年】。",
        "该镇距县城【12公里】。",
        "一共花了【3万元】。",
    ],
)
def test_items_that_the_sentence_does_not_name(marked):
    assert set(items(marked)) == {""}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("法院收到投诉【300件】。", ["投诉"]),
        ("地区生产总值迈上【6万亿元】台阶，达到【6.2万亿元】。", ["地区生产总值"] * 2),
        ("股价处于低谷。今日收报【5元】，上涨【3%】。", ["股价", "股价"]),
        ("东湖大桥是一座公路桥，全国只有【两座】。", ["公路桥"]),
        ("平均每个家庭有【3人】。", [""]),
        ("行政村【28个】、居民委员会【3个】。", ["行政村", "居民委员会"]),
        ("有成员【18人】的团伙。", ["成员"]),
        ("每亩增产【100公斤】，农民增收【100元】。", ["", ""]),
        ("比普通品种增产【20%】。", [""]),
        ("债务【5亿元】，其中【90%】是外债。", ["债务", "外债"]),
        ("年接待游客【30万人次】。", ["游客"]),
    ],
)
def test_items_that_are_easily_missed(marked, expected):
    assert items(marked) == expected


def test_a_property_alone_is_no_item():
    rows = read("青石岛长【14公里】、宽【3公里】，桥面宽【24米】。", {"青石岛": "LOC"})
    assert [row.item for row in rows] == ["", "", "桥面宽"]


def test_items_are_written_as_in_the_text():
    assert items("鎮上有商戶【300余家】和【12所】學校。") == ["商戶", "學校"]


def test_items_leave_out_the_owner():
    (row,) = read("青石镇耕地面积【2100亩】。", {"青石镇": "LOC/town"})
    assert (row.item, row.subject_text) == ("耕地面积", "青石镇")


def test_items_of_a_body_stop_at_the_body():
    assert items("【36家】企业产值均超过【2亿元】。") == ["企业", "产值"]
