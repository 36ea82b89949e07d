from __future__ import annotations

import pytest

from extractor.components import state
from extractor.components._titles import make_grammar
from extractor.components.roles import read_role_rules
from extractor.errors import RuleError
from extractor.lexicon.lexicon import load_lexicon
from extractor.paths import default_model
from tests.components.mentioned import linked, roles, titled


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[O:青山市教育局]局长[P:赵小川]介绍", ["赵小川|局长|青山市教育局"]),
        ("[L:青山市]副市长[P:孙立群]、[P:周文斌]出席", ["孙立群|副市长|青山市", "周文斌|副市长|青山市"]),
        ("[O:青山市委]书记、市长[P:孙立群]出席", ["孙立群|书记|青山市委", "孙立群|市长|青山市委"]),
        (
            "[O:远航集团]高级副总裁兼财务总监[P:许志豪]",
            ["许志豪|高级副总裁|远航集团", "许志豪|财务总监|远航集团"],
        ),
        ("[O:远航集团]海外渔业开发总监[P:许志豪]", ["许志豪|海外渔业开发总监|远航集团"]),
        ("[L:柳林社区]建成。该社区党委书记[P:何玉兰]说", ["何玉兰|党委书记|柳林社区"]),
        ("[O:兴农银行]行长[P:蔡文]、副行长[P:成芳]致辞", ["蔡文|行长|兴农银行", "成芳|副行长|兴农银行"]),
        ("[O:東湖大學]前校長[P:高明]逝世", ["高明|前校長|東湖大學"]),
        ("[O:青山市教育局]时任局长[P:赵小川]", ["赵小川|局长|青山市教育局"]),
        ("[L:云川]驻[L:白国]大使[P:林远]", ["林远|大使|云川"]),
        ("[O:東湖醫院]副院長（教學）[P:高明]說", ["高明|副院長|東湖醫院"]),
        (
            "[O:东湖医院]院长[P:何玉兰]教授及副院长[P:高明]到场",
            ["何玉兰|院长|东湖医院", "何玉兰|教授|", "高明|副院长|东湖医院"],
        ),
        ("[L:青山县]原县长[P:赵川]", ["赵川|原县长|青山县"]),
        ("[L:青山市]长[P:赵川]", ["赵川|市长|青山市"]),
        ("立法委員[P:段宜]質疑", ["段宜|立法委員|"]),
        ("商务部长[P:罗文]抵达", ["罗文|商务部长|"]),
        ("远山渔业公司总经理[P:田雨]说", ["田雨|总经理|远山渔业公司"]),
    ],
)
def test_titles_before_a_name(marked, expected):
    assert titled(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[L/province:云川省]震后，[O:云川省委]、省政府重视，省委书记[P:罗清]、省长[P:李忠]作出批示",
            ["罗清|书记|云川省委", "李忠|省长|云川省"],
        ),
        (
            "[L/city:青山市]开会，[O:青山市委]副书记、市长[P:孙立]，市人大常委会主任[P:周文]到会",
            ["孙立|副书记|青山市委", "孙立|市长|青山市", "周文|市人大常委会主任|青山市"],
        ),
        ("[L:白水县]发生地震，县委书记[P:张道]赶到", ["张道|县委书记|白水县"]),
    ],
)
def test_bare_committees_and_levels(marked, expected):
    assert titled(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[P:高]教授说", ["高|教授|"]),
        ("[O:东湖大学][P:何玉兰]教授说", ["何玉兰|教授|东湖大学"]),
        ("[P:张伟]先生说", []),
        ("[P:张伟]代表村民说", []),
    ],
)
def test_titles_after_a_name(marked, expected):
    assert titled(marked) == expected


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        ("[P:朱立]任[O:远航集团]总裁", ["朱立|总裁|远航集团"]),
        ("[P:朱立]也是[O:立法會]議員", ["朱立|議員|立法會"]),
        ("[P:朱立]在[O:远航集团]担任研发总监", ["朱立|研发总监|远航集团"]),
        ("[P:朱立]当选为[O:渔业协会]会长、理事长", ["朱立|会长|渔业协会", "朱立|理事长|渔业协会"]),
        ("[P:朱立]由副主任调任[O:远航集团]顾问", ["朱立|副主任|", "朱立|顾问|远航集团"]),
        ("[P:朱立]，[O:远航集团]总裁，昨天到访", ["朱立|总裁|远航集团"]),
        ("[P:朱立]（[O:远航集团]总裁）到访", ["朱立|总裁|远航集团"]),
        ("免去[P:朱立]的[L:青山县]副县长职务", ["朱立|副县长|青山县"]),
        ("曾任[O:远航集团]总裁的[P:朱立]到访", ["朱立|总裁|远航集团"]),
        ("[P:朱立]說，[P:李蓬]是好人", []),
        ("[P:朱立]负责主任务", []),
    ],
)
def test_titles_that_a_verb_gives(marked, expected):
    assert titled(marked) == expected


def test_the_title_behind_a_comma_can_be_the_next_mans():
    assert titled("[O:远航集团]总裁[P:朱立]，[O:东湖大学]校长[P:何玉兰]出席") == [
        "朱立|总裁|远航集团",
        "何玉兰|校长|东湖大学",
    ]


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "[O:云川社][L:青山]6月1日电（记者[P:屈明]、[P:李怀]）昨天",
            ["屈明|记者|云川社", "李怀|记者|云川社"],
        ),
        ("（文/[P:任远] [O:明湖学院]）", ["任远|文|明湖学院"]),
        ("作者 [P:岳桐] [P:邱海]\n", ["岳桐|作者|", "邱海|作者|"]),
        ("【記者[P:王五]／[L:青山]報導】", ["王五|記者|"]),
        ("[O:青山晚报]记者[P:林晓]", ["林晓|记者|青山晚报"]),
        ("记者从[L:青山]获悉", []),
    ],
)
def test_bylines(marked, expected):
    assert titled(marked) == expected


def test_each_title_is_told_once():
    marked = "[O:远航集团]总裁[P:朱立]说。[O:远航集团]总裁[P:朱立]又说。"
    assert titled(marked) == ["朱立|总裁|远航集团"]


def test_the_span_covers_title_and_person():
    doc = roles()(linked("据[O:远航集团]总裁[P:朱立]说"))
    (row,) = state.roles(doc)
    assert doc.text[row.start : row.end] == "总裁朱立"
    assert row.rule == "role.before"


def test_people_are_told_apart_by_their_organization():
    one = state.entities(roles()(linked("[O:远航集团]总裁[P:朱立]")))
    other = state.entities(roles()(linked("[O:东湖大学]校长[P:朱立]")))
    ids = [entity.entity_id for entity in (*one, *other) if entity.label == "PERSON"]
    assert len(ids) == 2
    assert len(set(ids)) == 2


def test_the_grammar_takes_prefixes_and_nouns():
    rules = read_role_rules(default_model() / "rules" / "roles.toml")
    grammar = make_grammar(load_lexicon(default_model()), rules)
    text = "高级副总裁"
    assert grammar.ending_at(text, 5, 0)[:2] == (0, 5)
    assert grammar.ending_at(text, 5, 2)[:2] == (2, 5)
    assert grammar.ending_at("说过", 2, 0) is None
    assert grammar.first_after("渔业开发总监职务", 0, 8)[:2] == (0, 6)
    assert grammar.first_after("，总监", 0, 3) is None


def test_missing_rules_are_named(tmp_path):
    with pytest.raises(RuleError, match=r"roles\.toml"):
        read_role_rules(tmp_path / "roles.toml")


@pytest.mark.parametrize(
    ("marked", "expected"),
    [
        (
            "身兼[O:青山局]主席的[O:云川会议]成员[P:赵文]回应",
            ["赵文|主席|青山局", "赵文|成员|云川会议"],
        ),
        ("政府委任[P:赵文]为科技园主席，接替[P:孙立]", ["赵文|主席|科技园"]),
        ("大会选举[P:周文]为校友会会长", ["周文|会长|校友会"]),
        ("[P:林立]和身兼[O:青山局]主席的会议成员[P:赵文]到场", ["赵文|主席|青山局"]),
        ("[P:赵文]获委任为[O:青山局]主席", ["赵文|主席|青山局"]),
        ("[O:青山队]成员[P:孙立]说", ["孙立|成员|青山队"]),
        ("家庭成员[P:孙立]说，主席的话", []),
        ("兼任主席的，[P:孙立]说", []),
    ],
)
def test_offices_behind_verbs_of_appointment_and_before_的(marked, expected):
    assert titled(marked) == expected


def test_the_medium_that_reports_holds_no_title(nlp):
    doc = nlp("新华社北京5月3日电 教育部长何文青表示，全国有教师1800万人。")
    assert [(row.person_text, row.role, row.org_text) for row in state.roles(doc)] == [
        ("何文青", "教育部长", "")
    ]
