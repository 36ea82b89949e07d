from __future__ import annotations

import copy

import pytest

from extractor.evaluation.scoring import FIELDS, Count, score

TEXT = "迎新社区党委书记顾明澜说，社区有商户750余家、小区38个。"
GOLD = {
    "id": "a",
    "text": TEXT,
    "entities": [
        {"start": 0, "end": 4, "text": "迎新社区", "type": "LOC"},
        {"start": 8, "end": 11, "text": "顾明澜", "type": "PERSON"},
    ],
    "roles": [{"person": "顾明澜", "role": "党委书记", "org": "迎新社区"}],
    "statistics": [
        {
            "start": 18, "end": 23, "text": "750余家", "value": 750, "low": 750, "high": None, "modifier": "more", "unit": "家",
            "category": "organizations", "item": "商户", "subject": "迎新社区", "direction": "", "status": "normal", "time_period": "",
        },
        {
            "start": 26, "end": 29, "text": "38个", "value": 38, "low": 38, "high": 38, "modifier": "exact", "unit": "个",
            "category": "places", "item": "小区", "subject": "迎新社区", "direction": "", "status": "normal", "time_period": "",
        },
    ],
}  # fmt: skip


def output():
    """An output that is right in everything."""
    return {
        "id": "a",
        "mentions": [
            {"start": e["start"], "end": e["end"], "label": e["type"], "nested": False}
            for e in GOLD["entities"]
        ],
        "entities": [{"entity_id": "1", "name": "迎新社区", "aliases": ["社区"]}],
        "roles": [{"start": 4, "person": "顾明澜", "role": "党委书记", "org": "社区", "org_id": "1"}],
        "statistics": [
            {**s, "subject": "社区", "subject_id": "1"} for s in copy.deepcopy(GOLD["statistics"])
        ],
    }


def test_what_is_right_scores_one():
    scores = score([GOLD], [output()])
    floors = scores.as_floors()
    assert [floors.pop(part) for part in ("entities", "roles")] == [1.0, 1.0]
    stages = ("span", "quantity", "record", "full")
    assert [floors.pop(f"statistics.{stage}") for stage in stages] == [1.0] * 4
    stated = [name for name, (_, of) in scores.fields.items() if of]
    assert {"value", "item", "subject"} <= set(stated)
    assert floors == {f"statistics.{name}": float(name in stated) for name in FIELDS}
    assert scores.fields["subject"] == [2, 2]


def test_nothing_found_scores_zero():
    scores = score([GOLD], [])
    assert set(scores.as_floors().values()) == {0.0}
    assert scores.entities == Count(right=0, out=0, gold=2)


@pytest.mark.parametrize(
    ("field", "wrong", "stages"),
    [
        ("end", 22, (1, 1, 1, 1)),
        ("value", 751, (2, 1, 1, 1)),
        ("low", None, (2, 1, 1, 1)),
        ("unit", "户", (2, 1, 1, 1)),
        ("modifier", "exact", (2, 1, 1, 1)),
        ("category", "places", (2, 2, 1, 1)),
        ("item", "", (2, 2, 2, 1)),
        ("subject", "", (2, 2, 2, 1)),
        ("time_period", "2024", (2, 2, 2, 2)),
    ],
)
def test_one_wrong_field_costs_the_stages_that_need_it(field, wrong, stages):
    given = output()
    given["statistics"][0][field] = wrong
    scores = score([GOLD], [given])
    assert tuple(count.right for count in scores.stages.values()) == stages


def test_a_third_is_close_enough():
    gold, given = copy.deepcopy(GOLD), output()
    gold["statistics"][1].update(value=0.333333, low=0.333333, high=0.333333)
    given["statistics"][1].update(value=1 / 3, low=1 / 3, high=1 / 3)
    assert score([gold], [given]).stages["full"].right == 2


def test_nested_mentions_and_other_labels_are_left_aside():
    given = output()
    given["mentions"] += [
        {"start": 0, "end": 2, "label": "LOC", "nested": True},
        {"start": 4, "end": 8, "label": "TITLE", "nested": False},
    ]
    assert score([GOLD], [given]).entities == Count(right=2, out=2, gold=2)


def test_a_span_with_another_label_is_wrong():
    given = output()
    given["mentions"][0]["label"] = "ORG"
    scores = score([GOLD], [given])
    assert scores.entities == Count(right=1, out=2, gold=2)
    assert scores.labels["ORG"] == Count(right=0, out=1, gold=0)


def test_a_role_is_counted_once_however_often_it_is_given():
    given = output()
    given["roles"] *= 2
    assert score([GOLD], [given]).roles == Count(right=1, out=2, gold=1)


def test_only_the_body_counts_where_the_gold_says_which_it_is():
    gold = {**GOLD, "meta": {"body_start": 0, "body_end": 25}, "statistics": GOLD["statistics"][:1]}
    assert score([gold], [output()]).stages["span"] == Count(right=1, out=1, gold=1)


def test_parts_the_gold_has_not_are_not_scored():
    gold = {"id": "a", "text": TEXT, "statistics": GOLD["statistics"]}
    scores = score([gold], [output()])
    assert scores.entities == Count()
    assert scores.stages["full"].f1 == 1.0


@pytest.mark.parametrize(
    ("out", "gold", "same"),
    [
        ("迎新社区", "武进区迎新社区", True),
        ("武进区迎新社区", "迎新社区", True),
        ("区", "武进区", False),
        ("", "迎新社区", False),
        ("", "", True),
    ],
)
def test_a_chain_of_places_may_be_written_long_or_short(out, gold, same):
    row, given = copy.deepcopy(GOLD), output()
    row["statistics"][0]["subject"] = gold
    given["statistics"][0].update(subject=out, subject_id="")
    assert score([row], [given]).fields["subject"][0] == 1 + same


def test_counts_have_precision_and_recall():
    count = Count()
    assert (count.precision, count.recall, count.f1) == (0.0, 0.0, 0.0)
    count.add(3, 4, 6)
    assert (count.precision, count.recall, count.f1) == (0.75, 0.5, 0.6)
