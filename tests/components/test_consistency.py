from __future__ import annotations

from extractor.components._consistency import agree, without_verbs
from extractor.components.state import Candidate

LEARNED = "tagger"


def proposed(text: str, *marks: tuple[str, int, str, str, float]) -> list[Candidate]:
    """Candidates from (string, which occurrence, label, rule, confidence)."""
    found = []
    for part, number, label, rule, confidence in marks:
        start = -1
        for _ in range(number):
            start = text.index(part, start + 1)
        found.append(Candidate(start, start + len(part), label, "", rule, confidence, 90))
    return found


def told(text: str, candidates: list[Candidate]) -> list[str]:
    return [f"{text[one.start : one.end]}/{one.label}" for one in candidates]


def test_what_a_rule_sees_in_two_surroundings_is_confirmed():
    text = "同业曜光科技下跌。曜光科技创办人说。首页柳溪商城|首页柳溪商城|"
    marks = [("曜光科技", 1, "ORG"), ("曜光科技", 2, "ORG"), ("柳溪商城", 1, "LOC"), ("柳溪商城", 2, "LOC")]
    found = proposed(text, *((part, number, label, "org.suffix", 0.75) for part, number, label in marks))
    rules = [one.rule for one in agree(found, text, LEARNED)]
    assert rules == ["document.repeated", "document.repeated", "org.suffix", "org.suffix"]


def test_a_name_loses_the_character_that_it_lacks_elsewhere():
    text = "书记赵川如是说。赵川表示满意。"
    found = proposed(
        text,
        ("赵川如", 1, "PERSON", LEARNED, 0.8),
        ("赵川", 1, "PERSON", "name.one.title", 0.9),
        ("赵川", 2, "PERSON", LEARNED, 0.9),
    )
    assert told(text, agree(found, text, LEARNED)) == ["赵川/PERSON", "赵川/PERSON"]


def test_a_name_that_stands_twice_keeps_its_length():
    text = "书记赵川如说。赵川如表示满意，赵川也是。"
    found = proposed(
        text,
        ("赵川如", 1, "PERSON", LEARNED, 0.8),
        ("赵川如", 2, "PERSON", LEARNED, 0.8),
        ("赵川", 1, "PERSON", "name.one.title", 0.9),
        ("赵川", 3, "PERSON", LEARNED, 0.9),
    )
    assert told(text, agree(found, text, LEARNED))[:2] == ["赵川如/PERSON", "赵川如/PERSON"]


def test_a_doubtful_label_yields_to_the_one_elsewhere():
    text = "柳林很美。柳林不大。柳林震动。"
    found = proposed(
        text,
        ("柳林", 1, "LOC", LEARNED, 0.9),
        ("柳林", 2, "LOC", LEARNED, 0.8),
        ("柳林", 3, "PERSON", LEARNED, 0.45),
    )
    assert told(text, agree(found, text, LEARNED)) == ["柳林/LOC"] * 3


def test_a_sure_label_stays():
    text = "柳林很美。柳林不大。柳林说好。"
    found = proposed(
        text,
        ("柳林", 1, "LOC", LEARNED, 0.9),
        ("柳林", 2, "LOC", LEARNED, 0.8),
        ("柳林", 3, "PERSON", LEARNED, 0.9),
    )
    assert told(text, agree(found, text, LEARNED)) == ["柳林/LOC", "柳林/LOC", "柳林/PERSON"]


def test_rules_alone_are_left_as_they_are():
    text = "书记赵川如是说。赵川表示满意。"
    found = proposed(text, ("赵川如", 1, "PERSON", "name.two.title", 0.8), ("赵川", 2, "PERSON", "x", 0.9))
    assert agree(found, text, "") == found
    assert agree(found, text, LEARNED) == found


def test_a_name_that_ends_a_sure_one_elsewhere_is_confirmed():
    text = "青州市柳湾社区很大。柳湾社区有医院，东湾社区没有。"
    found = proposed(
        text,
        ("青州市柳湾社区", 1, "LOC", LEARNED, 0.9),
        ("柳湾社区", 1, "LOC", "place.head.village", 0.8),
        ("柳湾社区", 2, "LOC", "place.head.village", 0.8),
        ("东湾社区", 1, "LOC", "place.head.village", 0.8),
    )
    rules = [one.rule for one in agree(found, text, LEARNED)]
    assert rules == [LEARNED, "document.repeated", "document.repeated", "place.head.village"]


def test_a_verb_ends_no_name():
    text = "书记张三说，欧阳称满意。"
    found = proposed(
        text, ("张三说", 1, "PERSON", LEARNED, 0.9), ("欧阳称", 1, "PERSON", "name.one.title", 0.9)
    )
    assert told(text, without_verbs(found, text, "说称")) == ["张三/PERSON", "欧阳/PERSON"]
