from __future__ import annotations

from itertools import pairwise
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st
from spacy.tokens import Doc
from spacy.vocab import Vocab

from extractor.components import state
from extractor.components._overlaps import Policy, decide
from extractor.components.entities import EntityResolver, read_policy
from extractor.components.state import Candidate, Hit, QuantityRow
from extractor.errors import RuleError
from extractor.paths import default_model


def candidate(text: str, part: str, label: str, priority: int = 50, rule: str = "test") -> Candidate:
    start = text.index(part)
    return Candidate(start, start + len(part), label, "", rule, 1.0, priority)


def hit(text: str, part: str, label: str, *, user: bool = True, context: bool = False) -> Hit:
    start = text.index(part)
    return Hit(start, start + len(part), label, "", f"id:{part}", user, context)


def quantity(text: str, part: str, unit: str) -> QuantityRow:
    start = text.index(part)
    end = start + len(part)
    return QuantityRow(start, end, start, end, "1", "1", "1", "exact", unit, "count", "", "", "quantity.test")


def doc_of(words: str) -> Doc:
    doc = Doc(Vocab(), words=words.split("|"), spaces=[False] * len(words.split("|")))
    state.set_shadow(doc, doc.text)
    return doc


def told(text: str, accepted: list) -> list[str]:
    return [
        f"{'(' if one.nested else ''}{text[one.candidate.start : one.candidate.end]}/{one.candidate.label}"
        for one in accepted
    ]


TEXT = "四川省绵阳市委统战部长张三到上海"


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        (
            [
                ("四川省绵阳市委统战部", "ORG", 50),
                ("四川省绵阳市", "LOC", 60),
                ("四川省", "LOC", 60),
                ("绵阳市", "LOC", 60),
            ],
            ["四川省绵阳市委统战部/ORG", "(四川省绵阳市/LOC", "(四川省/LOC", "(绵阳市/LOC"],
        ),
        ([("四川省", "LOC", 60), ("绵阳市委统战部", "ORG", 50)], ["四川省/LOC", "绵阳市委统战部/ORG"]),
        ([("张三", "PERSON", 50), ("三到", "LOC", 30)], ["张三/PERSON"]),
        ([("张三到", "PERSON", 30), ("张三", "PERSON", 60)], ["张三/PERSON"]),
        ([("到上海", "PERSON", 30), ("上海", "LOC", 60)], ["上海/LOC"]),
        ([("上海", "LOC", 60), ("上海", "ORG", 50)], ["上海/LOC"]),
    ],
)  # fmt: skip
def test_overlaps_are_decided_by_length_and_priority(
    parts: list[tuple[str, str, int]], expected: list[str]
) -> None:
    found = [candidate(TEXT, *part) for part in parts]
    assert told(TEXT, decide(found)) == expected
    assert told(TEXT, decide(found[::-1])) == expected


def test_a_users_name_beats_a_longer_weak_one_and_nests_in_an_organisation() -> None:
    text = "由远望工作室和绵阳市委组织"
    weak = candidate(text, "由远望工作室", "ORG", 30)
    outer = candidate(text, "绵阳市委", "ORG", 50)
    users = [candidate(text, "远望工作室", "ORG", 100), candidate(text, "绵阳", "LOC", 100)]
    assert told(text, decide([weak, outer, *users])) == ["远望工作室/ORG", "绵阳市委/ORG", "(绵阳/LOC"]


@pytest.mark.parametrize(
    ("never", "user", "expected"),
    [
        ("上海", False, []),
        ("在上海滩", False, []),
        ("上海滩", False, []),
        ("海滩", False, []),
        ("滩", False, ["上海/LOC"]),
    ],
)
def test_a_never_row_silences_what_it_covers_or_crosses(never: str, user: bool, expected: list[str]) -> None:
    text = "歌曲在上海滩流行"
    found = decide([candidate(text, "上海", "LOC", 60)], [hit(text, never, "never", user=user)])
    assert told(text, found) == expected


def test_a_shipped_never_row_does_not_silence_the_user_but_the_users_own_does() -> None:
    text = "朝阳产业"
    own = candidate(text, "朝阳", "LOC", 100)
    assert told(text, decide([own], [hit(text, "朝阳产业", "never", user=False)])) == ["朝阳/LOC"]
    assert decide([own], [hit(text, "朝阳产业", "never", user=True)]) == []


@pytest.mark.parametrize(
    ("part", "label", "priority", "quantity_part", "expected", "kept"),
    [
        ("美", "LOC", 60, "百万美元", [], 1),  # a place inside a quantity is none
        ("万美元公司", "ORG", 30, "百万美元", [], 1),  # a weak name that crosses one is none
        ("百万美元公司", "ORG", 50, "百万美元", ["百万美元公司/ORG"], 0),  # a strong name swallows it
    ],
)
def test_mentions_and_quantities(
    part: str, label: str, priority: int, quantity_part: str, expected: list[str], kept: int
) -> None:
    doc = doc_of("的|百|万|美元|公司")
    state.write_rows(doc, "quantities", [quantity(doc.text, quantity_part, "美元")])
    state.add_candidates(doc, [candidate(doc.text, part, label, priority)])
    resolved = EntityResolver()(doc)
    assert [f"{ent.text}/{ent.label_}" for ent in resolved.ents] == expected
    assert len(state.quantities(resolved)) == len(resolved.spans["quantities"]) == kept


def test_the_doc_is_cut_at_words_and_at_spans() -> None:
    doc = doc_of("我|在|四川省|绵阳市区|有|2.2|万余人|。|\n|张三|来|了|。")
    state.add_candidates(doc, [candidate(doc.text, "四川省绵阳市", "LOC", 60, "place.chain")])
    state.add_candidates(doc, [candidate(doc.text, "四川省", "LOC", 60, "place.name")])
    state.add_candidates(doc, [candidate(doc.text, "张三", "PERSON", 50, "person.cue")])
    state.write_rows(doc, "quantities", [quantity(doc.text, "2.2万余人", "人")])
    resolved = EntityResolver()(doc)
    assert resolved.text == doc.text
    assert (
        "|".join(token.text for token in resolved)
        == "我|在|四川省|绵阳市|区|有|2.2|万余人|。|\n|张三|来|了|。"
    )
    assert [(ent.text, ent.label_, ent.id_) for ent in resolved.ents] == [
        ("四川省绵阳市", "LOC", "place.chain"),
        ("张三", "PERSON", "person.cue"),
    ]
    assert [(span.text, span.id_) for span in resolved.spans["nested"]] == [("四川省", "place.name")]
    assert [(span.text, span.label_) for span in resolved.spans["quantities"]] == [("2.2万余人", "QUANTITY")]
    assert [sentence.text.strip() for sentence in resolved.sents] == [
        "我在四川省绵阳市区有2.2万余人。",
        "张三来了。",
    ]
    assert resolved[2].tag_ == "ns"
    assert resolved[10].tag_ == "nr"
    rows = state.mentions(resolved)
    assert [(doc.text[row.start : row.end], row.nested) for row in rows] == [
        ("四川省绵阳市", False),
        ("四川省", True),
        ("张三", False),
    ]
    assert state.candidates(resolved) == []


def test_blanks_between_tokens_and_the_context_of_a_pipe_survive() -> None:
    doc = Doc(Vocab(), words=["see", "BigCo", "now"], spaces=[True, True, True], tags=["x", "eng", "x"])
    state.set_shadow(doc, doc.text)
    doc._context = {"row": 7}
    state.add_candidates(doc, [candidate(doc.text, "Big", "ORG")])
    resolved = EntityResolver()(doc)
    assert resolved.text == "see BigCo now "
    assert [token.text_with_ws for token in resolved] == ["see ", "Big", "Co ", "now "]
    assert [token.tag_ for token in resolved] == ["x", "nt", "eng", "x"]
    assert resolved._context == {"row": 7}


def test_where_the_learned_layer_has_read_only_its_names_and_trusted_rules_count() -> None:
    doc = doc_of("四川省|绵阳市|的|远山|公司|在|北京|说|美|股")
    state.mark_learned(doc)
    state.add_candidates(
        doc,
        [
            candidate(doc.text, "四川省", "LOC", 90, "learned"),
            candidate(doc.text, "绵阳市", "LOC", 90, "learned"),
            candidate(doc.text, "四川省绵阳市", "LOC", 60, "place.chain")._replace(kind="city"),
            candidate(doc.text, "的远山公司", "ORG", 50, "org.suffix.company"),
            candidate(doc.text, "远山公司", "ORG", 90, "learned"),
            candidate(doc.text, "远山公司", "ORG", 50, "org.name")._replace(kind="company"),
            candidate(doc.text, "在北京说", "ORG", 50, "org.suffix.media"),
            candidate(doc.text, "北京", "LOC", 60, "place.name"),
            candidate(doc.text, "美", "LOC", 50, "place.letter.side"),
        ],
    )
    policy = Policy("learned", ("place.name", "place.letter."))
    resolved = EntityResolver(policy)(doc)
    rows = [row for row in state.mentions(resolved) if not row.nested]
    assert [(doc.text[row.start : row.end], row.rule, row.kind) for row in rows] == [
        ("四川省绵阳市", "place.chain", "city"),
        ("远山公司", "learned", "company"),
        ("北京", "place.name", ""),
        ("美", "place.letter.side", ""),
    ]
    assert not state.has_learned(resolved)


@pytest.mark.parametrize(("confidence", "expected"), [(0.9, [("瑞丽", "PERSON")]), (0.5, [("瑞丽", "LOC")])])
def test_a_learned_label_in_doubt_yields_to_a_trusted_rule(
    confidence: float, expected: list[tuple[str, str]]
) -> None:
    doc = doc_of("在|瑞丽|城")
    state.mark_learned(doc)
    learned = candidate(doc.text, "瑞丽", "PERSON", 90, "learned")._replace(confidence=confidence)
    state.add_candidates(doc, [learned, candidate(doc.text, "瑞丽", "LOC", 60, "place.name")])
    resolved = EntityResolver(Policy("learned", ("place.name",), 0.8))(doc)
    assert [(ent.text, ent.label_) for ent in resolved.ents] == expected


def test_a_bare_word_is_no_mention_but_may_end_one() -> None:
    text = "远山基金会的基金会"
    bare = Hit(6, 9, "bare", "", "", False, False)
    inner = Hit(2, 5, "bare", "", "", False, False)
    whole = candidate(text, "远山基金会", "ORG", 50)
    alone = whole._replace(start=6, end=9)
    assert told(text, decide([whole, alone], [bare, inner])) == ["远山基金会/ORG"]


def test_letters_that_were_read_as_one_place_stay_apart() -> None:
    doc = doc_of("在|中缅|边境")
    state.mark_learned(doc)
    letters = [candidate(doc.text, letter, "LOC", 50, "place.letter.states") for letter in "中缅"]
    state.add_candidates(doc, [candidate(doc.text, "中缅", "LOC", 90, "learned"), *letters])
    resolved = EntityResolver(Policy("learned", ("place.letter.", "document.repeated")))(doc)
    assert [ent.text for ent in resolved.ents] == ["中", "缅"]


def test_two_bodies_that_were_read_as_one_stay_two() -> None:
    doc = doc_of("县|疾控中心|和|县|中医院|都|来")
    state.mark_learned(doc)
    parts = [candidate(doc.text, part, "ORG", 50, "org.suffix") for part in ("县疾控中心", "县中医院")]
    state.add_candidates(doc, [candidate(doc.text, "县疾控中心和县中医院", "ORG", 90, "learned"), *parts])
    resolved = EntityResolver(Policy("learned", (), 0.8))(doc)
    assert [(ent.text, ent.id_) for ent in resolved.ents] == [
        ("县疾控中心", "learned"),
        ("县中医院", "learned"),
    ]


def test_the_shipped_policy_trusts_what_the_user_says() -> None:
    policy = read_policy(default_model())
    assert policy.learned == "tagger"
    assert policy.counts(Candidate(0, 2, "ORG", "", "dictionary.user", 1.0, 100))
    assert not policy.counts(Candidate(0, 2, "ORG", "", "org.suffix.company", 1.0, 50))


def test_a_policy_that_is_missing_or_at_fault_is_an_error(tmp_path: Path) -> None:
    (tmp_path / "rules").mkdir()
    for content in (None, "[learned]\nrule = 1"):
        if content:
            (tmp_path / "rules" / "entities.toml").write_text(content, encoding="utf-8")
        with pytest.raises(RuleError, match=r"entities\.toml: cannot be read"):
            read_policy(tmp_path)


def test_an_empty_document_stays_empty() -> None:
    doc = Doc(Vocab(), words=[])
    state.set_shadow(doc, "")
    assert len(EntityResolver()(doc)) == 0


def test_a_users_own_label_needs_no_matcher() -> None:
    doc = doc_of("新|款|流云|手机")
    state.write_rows(doc, "hits", [hit(doc.text, "流云手机", "PRODUCT"), hit(doc.text, "手机", "place_head")])
    resolved = EntityResolver()(doc)
    assert [(ent.text, ent.label_, ent.id_) for ent in resolved.ents] == [
        ("流云手机", "PRODUCT", "dictionary.user")
    ]
    assert [row.id for row in state.mentions(resolved)] == ["id:流云手机"]


spans = st.tuples(
    st.integers(0, 30),
    st.integers(1, 8),
    st.sampled_from(["PERSON", "ORG", "LOC", "PRODUCT"]),
    st.sampled_from([20, 30, 50, 60, 100]),
)


@given(st.lists(spans, max_size=25))
def test_outermost_mentions_never_overlap_and_nested_ones_lie_inside(
    drawn: list[tuple[int, int, str, int]],
) -> None:
    found = [
        Candidate(start, start + size, label, "", "r", 1.0, priority)
        for start, size, label, priority in drawn
    ]
    accepted = decide(found)
    assert bool(accepted) == bool(found)
    outer = [one.candidate for one in accepted if not one.nested]
    assert all(left.end <= right.start for left, right in pairwise(outer))
    for one in accepted:
        if one.nested:
            inside = one.candidate
            assert any(big.start <= inside.start and inside.end <= big.end and big != inside for big in outer)
