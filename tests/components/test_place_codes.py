"""Places get the code that context leaves; otherwise the candidates."""

from __future__ import annotations

import pytest

from extractor.components import state
from extractor.components.state import EntityRow, MentionRow
from tests.components.mentioned import linker, tokenizer


def entities(marked: str, publisher: str = "") -> dict[str, EntityRow]:
    """The entities of a text in which places stand in 【…】, by name; a place in 「…」 lies inside one."""
    text, rows, starts = "", [], []
    for char in marked:
        if char in "【「":
            starts.append((len(text), char))
        elif char in "】」":
            start, _ = starts.pop()
            rows.append((start, len(text), bool(starts)))
        else:
            text += char
    assert rows
    assert not starts
    doc = tokenizer()(text)
    mentions = [
        MentionRow(start, end, "LOC", "", "x", 1.0, nested, -1, "")
        for start, end, nested in sorted(rows, key=lambda row: (row[0], -row[1]))
    ]
    state.write_rows(doc, "mentions", mentions)
    state.set_publisher(doc, publisher)
    return {row.name: row for row in state.entities(linker()(doc))}


def codes(marked: str, publisher: str = "") -> dict[str, str]:
    return {name: row.code for name, row in entities(marked, publisher).items()}


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("【北京市朝阳区】很大。", {"北京市朝阳区": "110105"}),
        ("【青海西宁】下雪。", {"青海西宁": "630100"}),
        ("【新疆巴音郭楞】很大。", {"新疆巴音郭楞": "652800"}),
        ("【海南藏族自治州】在高原。", {"海南藏族自治州": "632500"}),
        ("【四川绵阳涪城】很美。", {"四川绵阳涪城": "510703"}),
        ("【綿陽市】很美。", {"綿陽市": "510700"}),
        ("【中国四川省】很大。", {"中国四川省": "510000"}),
    ],
)
def test_a_chain_leaves_one_code(marked, expected):
    assert codes(marked) == expected


@pytest.mark.parametrize("name", ["朝阳区", "鼓楼区", "城关镇", "幸福村", "新华社区"])
def test_a_name_of_several_places_has_candidates_and_no_code(name):
    (place,) = entities(f"【{name}】今天很热闹。").values()
    assert place.code == ""
    assert len(place.candidates) > 1


@pytest.mark.parametrize("name", ["重庆路", "南京东路", "上海大厦", "长安街"])
def test_a_road_or_house_named_after_a_place_is_not_the_place(name):
    (place,) = entities(f"他在【{name}】开店。").values()
    assert (place.code, place.parents) == ("", ())


def test_a_road_in_a_city_has_the_city_as_parent():
    (place,) = entities("事故发生在【北海市重庆路】。").values()
    assert (place.code, place.parents) == ("", ("广西壮族自治区", "北海市"))


def test_parts_of_a_chain_get_their_own_codes():
    found = codes("【「四川省」「绵阳市」「涪城区」】开会。")
    assert found == {"四川省绵阳市涪城区": "510703", "四川省": "510000", "绵阳市": "510700"}


@pytest.mark.parametrize(
    ("marked", "name", "code"),
    [
        ("【长春】今天下雨。【朝阳区】有雨。", "朝阳区", "220104"),
        ("【涪城区】开会。【迎宾社区】到会。", "迎宾社区", "510703003006"),
        ("【台北市】今天下雨，【大安区】有雨。", "大安区", "TW-106"),
        ("【大连市】今天下雨。【中山区】有雨。", "中山区", "210202"),
        ("【兴山县】发生事故，车坠入【峡口镇】。", "峡口镇", "420526103"),
    ],
)
def test_places_that_the_document_names_decide(marked, name, code):
    assert codes(marked)[name] == code


def test_two_places_around_in_reach_leave_it_open():
    place = entities("【北京】和【长春】下雨，【朝阳区】有雨。")["朝阳区"]
    assert (place.code, place.candidates) == ("", ("110105", "220104"))


def test_the_publisher_decides_where_the_text_says_nothing():
    assert codes("【朝阳区】今天下雨。", "北京日报") == {"朝阳区": "110105"}
    assert codes("【朝阳区】今天下雨。", "长春晚报") == {"朝阳区": "220104"}
    assert codes("【朝阳区】今天下雨。", "新华社") == {"朝阳区": ""}


def test_a_village_needs_more_than_its_prefecture():
    place = entities("【绵阳市】开会。【迎宾社区】到会。")["迎宾社区"]
    assert (place.code, place.candidates) == ("", ("510703003006", "510781102003"))


def test_names_shared_with_other_places_need_support():
    assert codes("工厂设在【德州】。") == {"德州": ""}
    assert codes("【山东】下雨，【德州】有雨。")["德州"] == "371400"


def test_a_prefecture_is_not_given_up_for_a_county_of_its_name():
    place = entities("【辽宁】与【北京】签约，【朝阳】建厂。")["朝阳"]
    assert place.code == ""
    assert {"211300", "110105"} <= set(place.candidates)


@pytest.mark.parametrize("name", ["西湖", "清水河", "岳阳楼"])
def test_a_lake_or_river_is_no_county_of_its_name(name):
    assert codes(f"游客来到【杭州】、【呼和浩特】、【岳阳】和【{name}】。")[name] == ""


def test_a_district_of_taiwan_is_not_looked_for_in_a_text_on_the_mainland():
    assert codes("【天津】与【台湾】合作，企业落户【南港】。")["南港"] == ""


def test_an_id_of_the_dictionaries_gives_way_where_it_is_not_sure():
    doc = tokenizer()("朝阳区今天下雨")
    state.write_rows(doc, "mentions", [MentionRow(0, 3, "LOC", "county", "x", 1.0, False, -1, "110105")])
    (place,) = state.entities(linker()(doc))
    assert place.code == ""


def test_an_id_of_the_user_stays():
    doc = tokenizer()("朝阳区今天下雨")
    row = MentionRow(0, 3, "LOC", "county", "dictionary.user", 1.0, False, -1, "110105")
    state.write_rows(doc, "mentions", [row])
    (place,) = state.entities(linker()(doc))
    assert (place.code, place.parents) == ("110105", ())


def test_former_names_carry_the_present_and_the_old_code():
    (place,) = entities("【成都市新津县】很美。").values()
    assert (place.code, place.parents) == ("510118", ("四川省", "成都市"))
    assert "510132" in place.candidates


def test_a_renamed_unit_keeps_its_code():
    (place,) = entities("【湖北省襄樊市】很美。").values()
    assert (place.code, place.kind) == ("420600", "city")


def test_a_district_of_hong_kong_has_parents_and_no_code():
    place = entities("【香港】今天下雨，【沙田区】有雨。")["沙田区"]
    assert (place.code, place.parents) == ("", ("香港特别行政区",))


def test_letters_are_the_places_they_stand_for():
    assert codes("【京】、【沪】两地，【中】【美】两国") == {
        "京": "110000",
        "沪": "310000",
        "中": "CN",
        "美": "US",
    }


def test_the_code_gives_id_scheme_kind_and_parents():
    (place,) = entities("【四川省绵阳市涪城区迎宾社区】很美。").values()
    assert (place.entity_id, place.code_scheme, place.kind) == (
        "NBS 2023:510703003006",
        "NBS 2023",
        "village",
    )
    assert place.parents == ("四川省", "绵阳市", "涪城区", "工区街道")


def test_a_town_that_the_chain_does_not_know_is_not_looked_for_elsewhere():
    found = entities("【「成都市」「新津县」「金华镇」】很美。【金华镇】很大。")
    place = next(row for name, row in found.items() if name.endswith("金华镇"))
    assert (place.code, place.parents) == ("", ("四川省", "成都市", "新津区"))
